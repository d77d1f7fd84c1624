"""The words of a procedure in one language: states, steps, roles, acts, fields and their values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from dutydesk import text
from dutydesk.i18n import _, language, listed
from dutydesk.workflow.cases.model import SUB_CENTRE, Actor
from dutydesk.workflow.procedure import Procedure
from dutydesk.workflow.time.zone import parse_instant, to_local


def N_(message: str) -> str:
    """Marks a text for the catalogue where it stands; `_` gives it in the language in use."""
    return message


CHOICES: Mapping[str, Mapping[str, str]] = {
    "via": {
        "phone": N_("电话"),
        "wechat": N_("政务微信"),
        "in_person": N_("当面"),
        "paper": N_("书面"),
        "message": N_("消息"),
    },
    "difficulty": {
        "simple": N_("简易"),
        "complex": N_("复杂"),
        "difficult": N_("疑难"),
        "repeat": N_("重复"),
        "supervised": N_("督办"),
        "urgent": N_("紧急"),
        "major": N_("重大"),
    },
    "track": {"S": N_("简"), "C": N_("复"), "U": N_("急")},
    "class": {"community": N_("社区层面"), "linkage": N_("联动类")},
    "kind": {"component": N_("部件"), "event": N_("事件")},
    "discovered_by": {"people": N_("人防"), "technology": N_("技防")},
    "reason": {
        "not_in_area": N_("非本片区"),
        "difficult": N_("疑难复杂"),
        "poor_response": N_("响应处置不力"),
        "no_result": N_("协调无果"),
        "heads_unavailable": N_("网格长均不在岗"),
        "other": N_("其他"),
    },
    "call": {
        "reached": N_("接通"),
        "no_answer": N_("无人接"),
        "busy": N_("占线"),
        "declined": N_("来不了"),
        "left_word": N_("已留话"),
    },
    "settle": {"kept": N_("做到"), "moved": N_("改期"), "not_kept": N_("未做到")},
    "response": {"arrived": N_("到场"), "late": N_("迟到"), "absent": N_("未到")},
    "mode": {"offline": N_("线下"), "online": N_("线上")},
    "checks": {
        "complete": N_("描述齐全"),
        "law": N_("法规政策适用准确"),
        "summary": N_("处置意见概括准确"),
        "photos": N_("核查照片对比明确"),
        "wording": N_("语句通顺合理"),
    },
    "check": {"pass": N_("通过"), "fail": N_("不通过"), "na": N_("不适用")},
    "attachment": {
        "photo_before": N_("处置前照片"),
        "photo_after": N_("处置后照片"),
        "enforcement": N_("执法文书"),
        "plan": N_("方案"),
        "other": N_("其他"),
    },
    "satisfaction": {
        "satisfied": N_("满意"),
        "unsatisfied": N_("不满意"),
        "not_rated": N_("未评价"),
    },
    "verdict": {
        "verified": N_("属实"),
        "partly": N_("部分属实"),
        "not_verified": N_("不属实"),
    },
    "presence": {
        "on": N_("在岗"),
        "present": N_("在岗"),
        "out": N_("外出"),
        "off": N_("离岗"),
        "unknown": N_("未报到"),
        "vacant": N_("空缺"),
    },
    "party": {
        "invited": N_("待联系"),
        "called": N_("已致电"),
        "notified": N_("已推送"),
        "responded": N_("已到场"),
        "late": N_("迟到"),
        "absent": N_("未到"),
        "working": N_("处置中"),
        "done_claimed": N_("已完成"),
        "result_filed": N_("已反馈"),
        "returned": N_("返工中"),
        "released": N_("已退出"),
    },
    "light": {"red": N_("超时"), "yellow": N_("将超时"), "green": N_("正常")},
    "mark": {
        "回": N_("回"),
        "催": N_("催"),
        "督办": N_("督办"),
        "重复": N_("重复"),
        "待定位": N_("待定位"),
        "请缓": N_("请缓"),
        "缓": N_("缓"),
        "挂": N_("挂"),
        "申诉": N_("申诉"),
        "豁免": N_("豁免"),
    },
    "contact": {"caller": N_("来电人")},
    "tag": {
        "cross_level": N_("跨层级"),
        "cross_grid": N_("跨网格"),
        "cross_domain": N_("跨领域"),
        "legacy": N_("历史遗留"),
    },
}
"""What the values of choices are called, by kind of choice."""

BY_TYPE: Mapping[tuple[str, str], str] = {
    ("outcome", "call"): "call",
    ("outcome", "contact_citizen"): "call",
    ("outcome", "confirm_response"): "response",
    ("outcome", "settle"): "settle",
    ("kind", "attach"): "attachment",
    ("to", "hand_over"): "role",
    ("recipient", "decide_message"): "role",
    ("status", "presence"): "presence",
    ("difficulties", "standing_instruction"): "difficulty",
    ("as", "accept"): "class",
}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z)$", re.ASCII)
_VIA_VERBS = frozenset(
    ("record_instruction", "standing_instruction", "report_to_head", "report_result")
)


class Words:
    """A procedure's names and the desk's texts; in the language in use unless one is given."""

    def __init__(self, procedure: Procedure, lang: str | None = None) -> None:
        self.procedure = procedure
        self.lang = lang or language()
        fields = procedure.fields.values()
        self._named = {(f.name, value): label for f in fields for value, label in f.names}

    def state(self, name: str | None) -> str:
        """The state's name; the bare name for one that the procedure does not have."""
        found = self.procedure.states.get(name or "")
        return found.label.in_(self.lang) if found else name or ""

    def bay(self, key: str | None) -> str:
        """The bay's name from its key, the Chinese name."""
        for state in self.procedure.states.values():
            if state.bay and state.bay.zh == key:
                return state.bay.in_(self.lang)
        return key or ""

    def verb(self, name: str) -> str:
        """The act's name."""
        found = self.procedure.acts.get(name)
        return found.label.in_(self.lang) if found else name

    def clock(self, name: str | None) -> str:
        """The step's name."""
        found = self.procedure.clocks.get(name or "")
        return found[""].label.in_(self.lang) if found else name or ""

    def role(self, name: str) -> str:
        """The role's name; a free name as it is."""
        found = self.procedure.roles.get(name)
        return found.in_(self.lang) if found else name

    def short_role(self, name: str) -> str | None:
        """A role or a unit where few characters must do; None where it has no such name."""
        short = self.procedure.parts.short(name)
        return short.in_(self.lang) if short else None

    def actor(self, actor: Actor | str) -> str:
        """Role and name of a person: 协调指挥员 陈静."""
        who = Actor.parse(actor) if isinstance(actor, str) else actor
        return f"{self.role(who.role)} {who.name}" if who.name else self.role(who.role)

    def party(self, name: str) -> str:
        """Whoever is waited for or rung: a role, the caller, or a free name."""
        return self.choice("contact", name) if name == "caller" else self.role(name)

    def field(self, name: str, choices: object = None) -> str:
        """The field's name; of `duties.limit` both parts.

        Where acts use one name for two things (`channel`, `kind`), the choices tell which is meant.
        """
        head, dot, rest = name.partition(".")
        named = [f for f in self.procedure.fields.values() if f.name == head]
        meant = [f for f in named if f.choices and list(f.choices) == choices]
        found = next(iter([*meant, *named]), None)
        label = found.label.in_(self.lang) if found else head
        return f"{label} · {self.field(rest)}" if dot and rest and not rest.isdigit() else label

    def choice(self, kind: str, value: str | None) -> str:
        """What a value of a choice is called; the value itself where it has no name."""
        if value is None:
            return ""
        if kind == "holder":
            return self.holder(value)
        named = self._named.get((kind, value))
        if named is not None:
            return named.in_(self.lang)
        found = CHOICES.get(kind, {}).get(value)
        return _(found) if found else value

    def holder(self, value: str) -> str:
        """What the desk is called while this one holds it, as the procedure says."""
        parts = self.procedure.parts
        mine = value == SUB_CENTRE
        label = parts.label if mine else parts.night_label
        return label.in_(self.lang) if label else self.role(parts.operator if mine else value)

    def mark(self, mark: str) -> str:
        """A mark of a case as it is shown: 回, 催2."""
        if mark[:1] == "催" and mark[1:].isdigit():
            return _("催{count}").format(count=mark[1:])
        return self.choice("mark", mark)

    def value(self, verb: str, field: str, value: object) -> str:
        """A field's value as it is read in the timeline; free texts with their numbers covered."""
        if isinstance(value, bool):
            return _("是") if value else _("否")
        if isinstance(value, datetime):
            return f"{to_local(value):%m-%d %H:%M}"
        if isinstance(value, (list, tuple)):
            return listed(self.value(verb, field, item) for item in value)
        if isinstance(value, Mapping) and "duty" in value:
            return self.duty(value)
        if isinstance(value, Mapping):
            pairs = (
                f"{self.field(str(k))} {self.value(verb, str(k), v)}" for k, v in value.items()
            )
            return " ".join(pairs)
        word = str(value)
        if _INSTANT.match(word):
            return f"{parse_instant(word):%m-%d %H:%M}"
        kind = "via" if field == "channel" and verb in _VIA_VERBS else BY_TYPE.get((field, verb))
        kind = kind or self._kind(verb, field)
        if kind == "role" or field in ("giver", "of"):
            return self.actor(word)
        if field in ("party", "promised_by", "promised_to"):
            return text.mask_numbers(self.party(word))
        head, colon, rest = word.partition(":")
        if field == "reason" and colon and head in CHOICES["reason"]:
            named = _(CHOICES["reason"][head])
            return _("{reason}：{words}").format(reason=named, words=rest.strip())
        known = kind in CHOICES or (kind, word) in self._named
        return self.choice(kind, word) if known else text.mask_numbers(word)

    def _kind(self, verb: str, field: str) -> str:
        """What kind of choice a field of the procedure's own act is, told by its values."""
        act = self.procedure.acts.get(verb)
        own = act.field(field) if act is not None else None
        if own is None or not own.choices or field in CHOICES:
            return field
        meant = (kind for (name, _verb), kind in BY_TYPE.items() if name == field)
        return next((k for k in meant if set(own.choices) <= set(CHOICES.get(k, ()))), field)

    def duty(self, given: Mapping[str, object]) -> str:
        """What one party has to do by when, as it is said: 城管（牵头）清理，2 小时."""
        party = self.party(str(given.get("party") or ""))
        lead = given.get("lead") is True
        said = _("{party}（牵头）{duty}") if lead else _("{party} {duty}")
        line = said.format(party=party, duty=text.mask_numbers(str(given.get("duty") or "")))
        limit = str(given.get("limit") or "")
        return _("{line}，{limit}").format(line=line, limit=limit) if limit else line

    def span(self, seconds: int) -> str:
        """How long, in the fewest words."""
        return text.remaining(seconds, self.lang)

    def when(self, at: datetime, now: datetime) -> str:
        """When, as one says it on the telephone."""
        return text.absolute(to_local(at), now, self.lang)

    def left(self, due_at: datetime, now: datetime) -> str:
        """What remains, or by how much it is over: `还有 47分`, `超时 2:14`."""
        seconds = int((due_at - now).total_seconds())
        if seconds < 0:
            return _("超时 {span}").format(span=self.span(seconds))
        return _("还有 {span}").format(span=self.span(seconds))
