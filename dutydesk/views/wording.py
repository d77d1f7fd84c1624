"""Refusals as sentences: what is missing or wrong, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from dutydesk.errors import Refused
from dutydesk.i18n import _, listed
from dutydesk.views.labels import N_, Words
from dutydesk.views.wording_adjusting import SENTENCES, overdue
from dutydesk.views.wording_handover import handover_not_open, readback_wrong
from dutydesk.workflow.time.zone import to_local

__all__ = ["CODES", "Words", "claused", "word"]

Params = Mapping[str, object]
Sentence = Callable[[Params, Words | None], str]
MOST_SHOWN = 8
"""How many case numbers a sentence names."""

EXPECTED: Mapping[str, str] = {
    "later than the act": N_("晚于办理时间的时间"),
    "not before the act": N_("不早于办理时间的时间"),
    "a case, or none open": N_("一件案件，或写明该网格没有未结案件"),
    "not before the call": N_("不早于通话的时间"),
    "another open case": N_("另一件未结案件"),
    "an open case": N_("一件未结案件"),
    "within 24 h after the act": N_("办理后24小时以内的时间"),
    "not yet done": N_("还没有完成的参与方"),
    "not yet filed": N_("还没有反馈的参与方"),
    "not the lead": N_("牵头方以外的参与方"),
    "each party once": N_("每个参与方只写一次"),
    "exactly one lead": N_("只有一个牵头方"),
    "text": N_("文字"),
    "list": N_("清单"),
    "number": N_("数字"),
    "true | false": N_("是或否"),
}
"""What the rules expect, in words, where it is not a value that can be typed."""


def word(refused: Refused, words: Words | None = None) -> str:
    """The sentence of a refusal in the language in use; names from the procedure with `words`."""
    sentence = CODES.get(refused.code)
    if sentence is None:
        return refused.message
    return sentence(refused.params, words)


def claused(sentence: str, clause: str | None) -> str:
    """A sentence with the clause it rests on behind it, where there is one."""
    if not clause:
        return sentence
    return _("{sentence}（{clause}）").format(sentence=sentence, clause=clause)


def _field(params: Params, words: Words | None) -> str:
    name = str(params.get("field") or "")
    return words.field(name, params.get("expected")) if words else name


def _names(value: object) -> list[str]:
    if value is None:
        return []
    if isinstance(value, (list, tuple, set, frozenset)):
        return [str(item) for item in value]
    return [str(value)]


def _list(value: object) -> str:
    return listed(_names(value))


def _roles(value: object, words: Words | None) -> str:
    return _("或").join(words.role(name) if words else name for name in _names(value))


def _items(value: object, words: Words | None) -> str:
    return listed(words.choice("checks", n) if words else n for n in _names(value))


def _said(value: object) -> str:
    if isinstance(value, datetime):
        return f"{to_local(value):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_said(part)}" for key, part in value.items())
    if isinstance(value, (list, tuple)):
        return listed(_said(part) for part in value)
    word = str(value)
    return _(EXPECTED[word]) if word in EXPECTED else word


INSTRUCTING = ("request_instruction", "record_instruction")
"""The acts that a simple case needs not (X-5.2.3.5)."""


def _wrong_state(params: Params, words: Words | None) -> str:
    state, verb = params.get("state"), params.get("verb", params.get("act"))
    if state is None:
        return _("没有这件案件，请核对编号")
    shown = words.state(str(state)) if words else str(state)
    if verb is None:
        return _("案件现在是“{state}”，不能这样办").format(state=shown)
    if verb == "take_over":
        return _("没有人交班给您，请对方先交班")
    act = words.verb(str(verb)) if words else str(verb)
    difficulty = params.get("difficulty")
    if difficulty == "simple" and verb in INSTRUCTING:
        return _("简易案件不需要指示，不用“{act}”，可以直接发起协调").format(act=act)
    if difficulty is not None:
        how = words.choice("difficulty", str(difficulty)) if words else str(difficulty)
        return _("案件是{difficulty}案件，不能“{act}”").format(difficulty=how, act=act)
    if words and (name := str(params.get("fact", ""))):
        value, said = words.choice(name, str(params["value"])), _("{name}是“{value}”，不能“{act}”")
        return said.format(name=words.field(name), value=value, act=act)
    return _("案件现在是“{state}”，不能“{act}”").format(state=shown, act=act)


def _not_your_role(params: Params, words: Words | None) -> str:
    allowed = _roles(params.get("allowed"), words)
    role = _roles(params.get("role"), words)
    behalf = params.get("on_behalf")
    if behalf is not None:
        return _("{role}不能代{behalf}办这一步，应由{allowed}办").format(
            role=role, behalf=_roles(behalf, words), allowed=allowed
        )
    if not allowed:
        return _("{role}不能办这一步").format(role=role)
    return _("{role}不能办这一步，应由{allowed}办，或注明代谁办理").format(
        role=role, allowed=allowed
    )


def _missing_field(params: Params, words: Words | None) -> str:
    return _("缺少“{field}”，请填写").format(field=_field(params, words))


def _bad_value(params: Params, words: Words | None) -> str:
    field, value = _field(params, words), _said(params.get("value", ""))
    expected = params.get("expected")
    if expected is None:
        return _("“{field}”写成“{value}”不对").format(field=field, value=value)
    return _("“{field}”写成“{value}”不对，应为：{expected}").format(
        field=field, value=value, expected=_said(expected)
    )


def _instruction_missing(params: Params, words: Words | None) -> str:
    givers = _roles(params.get("giver"), words)
    if not givers:
        return _("还没有指示，请先记录指示")
    return _("还没有{giver}的指示，请先请示并记录指示").format(giver=givers)


def _call_first(params: Params, words: Words | None) -> str:
    return _("还没有致电{parties}，请先致电再推送").format(parties=_list(params.get("parties")))


def _act_missing(params: Params, words: Words | None) -> str:
    act = str(params.get("act") or "")
    if not act:
        return _("还缺少前面的一步，请先办")
    return _("还没有“{act}”，请先办").format(act=words.verb(act) if words else act)


def _head_not_reported(params: Params, words: Words | None) -> str:
    if params.get("act") == "report_result":
        return _("处置结果还没有报网格长，请先“结果报网格长”")
    return _("还没有告知网格长，请先“告知网格长”")


def _offline_required(params: Params, words: Words | None) -> str:
    return _("紧急、重大案件必须线下协调，请改为线下并写明地点")


def _head_record_missing(params: Params, words: Words | None) -> str:
    return _("还没有网格长的协调结果，请先记录；网格长均不在岗时，请选此理由")


def _results_missing(params: Params, words: Words | None) -> str:
    return _("{parties}还没有反馈结果，请先填报").format(parties=_list(params.get("parties")))


def _checks_missing(params: Params, words: Words | None) -> str:
    return _("这些审核项还没有结论，或“不适用”没有说明：{items}").format(
        items=_items(params.get("items"), words)
    )


def _checks_failed(params: Params, words: Words | None) -> str:
    return _("这些审核项不通过：{items}；请退回返工，不能结案").format(
        items=_items(params.get("items"), words)
    )


def _report_missing(params: Params, words: Words | None) -> str:
    return _("还没有评价报告，请写好再结案")


def _not_in_area(params: Params, words: Words | None) -> str:
    return _("“{grid}”不在本片区（{area}），属{belongs_to}；请不予受理或请对方加入").format(
        grid=params.get("grid", ""),
        area=params.get("area", ""),
        belongs_to=params.get("belongs_to", ""),
    )


def _inside_area(params: Params, words: Words | None) -> str:
    return _("“{grid}”就在本片区，不能以“非本片区”不予受理").format(grid=params.get("grid", ""))


def _police_incident(params: Params, words: Words | None) -> str:
    channel = str(params.get("channel") or "")
    if channel.isdigit():
        return _("{number} 的事由 {number} 办，请转给它，不在这里登记").format(number=channel)
    return _("这是警情，请转回110，不在这里登记")


def _cases_stranded(params: Params, words: Words | None) -> str:
    states = params.get("states")
    named = states.items() if isinstance(states, Mapping) else ()
    said = listed(_("{state} {count} 件").format(state=name, count=n) for name, n in named)
    return _("规程 {procedure} 里没有这些状态，却有在办案件：{states}；先用原规程办完再换").format(
        procedure=params.get("procedure", ""), states=said
    )


def _time_order(params: Params, words: Words | None) -> str:
    if "overdue" in params:
        return overdue(params, words)
    name = params.get("field", "at")
    field = _("办理时间") if name == "at" else _field(params, words)
    earliest, latest = params.get("earliest"), params.get("latest")
    value = _said(params.get("value", params.get("at", "")))
    if earliest is not None and latest is not None:
        return _("“{field}”{value}不合先后，应在 {earliest} 到 {latest} 之间").format(
            field=field, value=value, earliest=_said(earliest), latest=_said(latest)
        )
    if earliest is not None:
        return _("“{field}”{value}太早，不能早于 {earliest}").format(
            field=field, value=value, earliest=_said(earliest)
        )
    return _("“{field}”{value}太晚，不能晚于现在 {latest}").format(
        field=field, value=value, latest=_said(latest or "")
    )


def _stale(params: Params, words: Words | None) -> str:
    if "batch" in params:
        cases = _names(params.get("cases", ()))
        return _("批次 {batch} 导入后有 {count} 件案件办过：{cases}；没有撤回任何一件").format(
            batch=params["batch"], count=len(cases), cases=listed(cases[:MOST_SHOWN])
        )
    return _("案件在您打开之后已有变化，什么都没有覆盖；请看过新内容再办")


def _independence(params: Params, words: Words | None) -> str:
    return _("{who}办过这件案件，不能自己核实，请换人").format(who=params.get("who", ""))


def _duplicate(params: Params, words: Words | None) -> str:
    number, case = params.get("external_no"), params.get("case")
    if number is not None and case is not None:
        return _("上级编号 {number} 已经登记过，案件 {case}").format(number=number, case=case)
    if number is not None:
        return _("上级编号 {number} 已经登记过").format(number=number)
    if "key" in params:
        return _("键 {key} 已经用于别的操作，请换一个").format(key=params["key"])
    return _("案件 {case} 已经登记过").format(case=case or "")


CODES: Mapping[str, Sentence] = {
    "wrong_state": _wrong_state,
    "not_your_role": _not_your_role,
    "missing_field": _missing_field,
    "bad_value": _bad_value,
    "instruction_missing": _instruction_missing,
    "call_first": _call_first,
    "head_not_reported": _head_not_reported,
    "offline_required": _offline_required,
    "head_record_missing": _head_record_missing,
    "results_missing": _results_missing,
    "checks_missing": _checks_missing,
    "checks_failed": _checks_failed,
    "report_missing": _report_missing,
    "not_in_area": _not_in_area,
    "inside_area": _inside_area,
    "police_incident": _police_incident,
    "cases_stranded": _cases_stranded,
    "time_order": _time_order,
    "stale": _stale,
    "independence": _independence,
    "duplicate": _duplicate,
    "handover_not_open": handover_not_open,
    "readback_wrong": readback_wrong,
    "act_missing": _act_missing,
    **SENTENCES,
}
"""Every stable code of contracts.md section 3, in its order, and what procedures add."""
