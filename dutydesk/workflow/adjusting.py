"""Deferral, suspension and appeal as a procedure declares them, and the acts they stand for.

`[deferral]`, `[suspension]` and `[appeal]` of a procedure name roles, numbers and a clause; the
acts, their fields and transitions are the same everywhere, added before the procedure is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dutydesk.workflow.time.limits import Limit, parse

LONGEST = "365 days"
"""House: nothing is put off for longer than this from now, unless the procedure says so."""
DECLARED = ("deferral", "suspension", "appeal")


@dataclass(frozen=True, slots=True)
class Deferral:
    """Whose limits may be put off, `most` times a case, by whose approvals in order (B-3.4.3.4)."""

    clocks: tuple[str, ...]
    ask: tuple[str, ...]
    approvals: tuple[tuple[str, ...], ...]
    most: int
    longest: Limit
    clause: str | None


@dataclass(frozen=True, slots=True)
class Suspension:
    """Which clocks may stand still (none named: all), `most` times a case."""

    clocks: tuple[str, ...]
    most: int
    longest: Limit
    clause: str | None


@dataclass(frozen=True, slots=True)
class Adjusting:
    """What a procedure declares; None where it has no such thing."""

    deferral: Deferral | None = None
    suspension: Suspension | None = None


def adjusting_of(table: Mapping[str, Any]) -> Adjusting:
    """The declarations of a parsed procedure file."""
    deferral, suspension = table.get("deferral"), table.get("suspension")
    return Adjusting(
        None if deferral is None else _deferral(deferral),
        None if suspension is None else _suspension(suspension),
    )


def _deferral(table: Mapping[str, Any]) -> Deferral:
    return Deferral(
        clocks=tuple(table["clocks"]),
        ask=tuple(table["ask"]),
        approvals=tuple(tuple(step) for step in table["approvals"]),
        most=int(table["most"]),
        longest=parse(str(table.get("longest", LONGEST))),
        clause=table.get("clause"),
    )


def _suspension(table: Mapping[str, Any]) -> Suspension:
    return Suspension(
        clocks=tuple(table.get("clocks", ())),
        most=int(table.get("most", 1)),
        longest=parse(str(table.get("longest", LONGEST))),
        clause=table.get("clause"),
    )


# ── the acts that a declaration stands for ──────────────────────────────────────────────────────

FIELDS: Mapping[str, Mapping[str, Any]] = {
    "adjust_party": {"name": "party", "zh": "承办方", "en": "party", "type": "party"},
    "adjust_reason": {"name": "reason", "zh": "理由", "en": "reason", "type": "text"},
    "adjust_due": {"name": "due", "zh": "缓至", "en": "put off to", "type": "time"},
    "adjust_limit": {"name": "limit", "zh": "或延长", "en": "or by", "type": "limit"},
    "adjust_text": {"name": "text", "zh": "意见", "en": "words", "type": "text"},
    "adjust_until": {"name": "until", "zh": "挂至", "en": "until", "type": "time"},
    "adjust_clock": {"name": "clock", "zh": "超时的时限", "en": "overdue limit", "type": "run"},
    "adjust_evidence": {"name": "evidence", "zh": "证据", "en": "evidence", "type": "long_text"},
    "adjust_verdict": {
        "name": "verdict", "zh": "结论", "en": "verdict", "type": "choice",
        "choices": {"accepted": ["成立", "accepted"], "rejected": ["不成立", "rejected"]},
    },
    "adjust_list": {"name": "list", "zh": "清单", "en": "list", "type": "text"},
    "adjust_runs": {"name": "clocks", "zh": "时限", "en": "limits", "type": "texts"},
}  # fmt: skip
"""The fields of these acts; their keys clash with none of a procedure's own."""

ACTS: Mapping[str, Mapping[str, Any]] = {
    "ask_deferral": {
        "zh": "申请缓办", "en": "ask for deferral", "of": "deferral",
        "fields": ["adjust_party", "adjust_reason*", "adjust_due", "adjust_limit"],
    },
    "approve_deferral": {
        "zh": "同意缓办", "en": "approve deferral", "of": "deferral",
        "fields": ["adjust_due", "adjust_text"],
    },
    "refuse_deferral": {
        "zh": "不同意缓办", "en": "refuse deferral", "of": "deferral", "fields": ["adjust_reason*"],
    },
    "suspend": {
        "zh": "挂账", "en": "suspend", "of": "suspension",
        "fields": ["adjust_until*", "adjust_reason*"],
    },
    "resume": {"zh": "恢复办理", "en": "resume", "of": "suspension", "fields": ["adjust_text"]},
    "appeal": {
        "zh": "超时申诉", "en": "appeal", "of": "appeal",
        "fields": ["adjust_clock", "adjust_reason*", "adjust_evidence*"],
    },
    "review_appeal": {
        "zh": "申诉复核", "en": "review the appeal", "of": "appeal",
        "fields": ["adjust_clock", "adjust_verdict*", "adjust_text*"],
    },
    "redate": {
        "zh": "改期限", "en": "re-date", "of": "", "internal": True,
        "fields": ["adjust_list*", "adjust_reason*", "adjust_runs*"],
    },
}  # fmt: skip
"""The acts by verb; `of` names the declaration that brings each, an empty one every procedure."""


PHRASES: Mapping[str, Mapping[str, list[list[str]]]] = {
    "ask_deferral": {"reason": [["材料设备未到", "material has not come"],
        ["需多方协调", "several must agree"], ["天气原因", "weather"]]},
    "refuse_deferral": {"reason": [["理由不足", "reason does not hold"],
        ["应抓紧办结", "to be done in time"]]},
    "suspend": {"reason": [["季节性施工", "seasonal works"], ["等工程立项", "works to be approved"],
        ["涉诉待判", "before a court"]]},
    "appeal": {
        "reason": [["不可抗力", "force majeure"], ["系统故障", "system failure"],
            ["派单有误", "dispatched in error"]],
        "evidence": [["见附件", "see attachments"], ["见经过记录", "see the timeline"]],
    },
    "review_appeal": {"text": [["属实", "as stated"], ["证据不足", "evidence does not hold"]]},
}  # fmt: skip
"""House: the commonest words of these acts, for which a digit stands."""


PROPOSED: Mapping[str, Mapping[str, str]] = {
    "ask_deferral": {"reason": "=phrase"},
    "approve_deferral": {"due": "=put_off"},
    "suspend": {"reason": "=phrase", "until": "=tomorrow"},
    "appeal": {"reason": "=phrase", "evidence": "=phrase"},
}
"""House: what their forms hold at first."""


def expanded(table: Mapping[str, Any]) -> dict[str, Any]:
    """The table with the acts of its declarations; what it spells out itself stays as it is."""
    verbs = [verb for verb, act in ACTS.items() if not act["of"] or act["of"] in table]
    acts = {verb: {k: v for k, v in ACTS[verb].items() if k != "of"} for verb in verbs}
    for name in DECLARED:
        for verb, more in (table.get(name, {}).get("fields") or {}).items():
            if verb in acts:
                acts[verb]["fields"] = [*acts[verb]["fields"], *more]
    for verb in verbs:
        acts[verb]["phrases"] = PHRASES.get(verb, {})
        acts[verb]["proposed"] = PROPOSED.get(verb, {})
    rows = [row for verb in verbs for row in _rows(verb, table)]
    return {
        **table,
        "fields": {**table["fields"], **FIELDS},
        "acts": {**table["acts"], **{v: a for v, a in acts.items() if v not in table["acts"]}},
        "transitions": [*table["transitions"], *rows],
    }


def _rows(verb: str, table: Mapping[str, Any]) -> list[dict[str, Any]]:
    if verb == "redate":
        return [_redating(table)]
    declared = table[ACTS[verb]["of"]]
    steps = declared.get("approvals", ())
    if verb in ("approve_deferral", "refuse_deferral"):
        return [_decided(verb, declared, number, len(steps)) for number in range(1, len(steps) + 1)]
    row = _row(verb, declared)
    clocks = declared.get("clocks") or [n for n in table["clocks"] if verb == "suspend"]
    if verb == "ask_deferral":
        row |= {"by": declared["ask"], "guards": ["deferral_open", "deferral_dated"]}
    elif verb == "suspend":
        row |= {"by": declared["by"], "guards": ["suspension_open"]}
    elif verb == "resume":
        by = [*declared.get("resume", declared["by"]), "system"]
        return [row | {"from": ["*open"], "by": by, "when": {"suspended": True}}]
    elif verb == "appeal":
        row |= {"from": ["*any"], "by": declared["by"], "guards": ["overdue_named"]}
    else:
        guards = ["appeal_named", "not_the_appellant"]
        when = {"appealed": True}
        row |= {"from": ["*any"], "by": declared["review"], "guards": guards, "when": when}
    if verb in ("ask_deferral", "suspend"):
        row["guards"] = [*(f"in_time {name}" for name in clocks), *row["guards"]]
    return [row]


EFFECTS = {
    "ask_deferral": "deferral_asked",
    "approve_deferral": "deferral_approved",
    "refuse_deferral": "deferral_refused",
    "suspend": "suspended",
    "resume": "resumed",
    "appeal": "appealed",
    "review_appeal": "appeal_reviewed",
}


def _row(verb: str, declared: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": verb,
        "from": declared.get("from", ["*open"]),
        "verb": verb,
        "effects": [f"set {EFFECTS[verb]}"],
        "clause": declared.get("clause"),
    }


def _decided(verb: str, declared: Mapping[str, Any], number: int, last: int) -> dict[str, Any]:
    """One step of the approvals: who decides is whose turn it is."""
    row = _row(verb, declared) | {
        "id": f"{verb}.{number}",
        "from": ["*open"],
        "when": {"deferral_step": number},
        "by": declared["approvals"][number - 1],
        "guards": ["not_the_applicant"],
    }
    if verb == "approve_deferral" and number == last:
        row |= {"effects": ["set deferral_granted"]}
        row["guards"] = [*row["guards"], "deferral_dated"]
    return row


def _redating(table: Mapping[str, Any]) -> dict[str, Any]:
    """Rules belong to the administrator (X-9.1), where there is none to the desk itself."""
    roles: Iterable[str] = table.get("roles", {})
    by = ["admin"] if "admin" in roles else [table["desk"]["operator"]]
    return {
        "id": "redate",
        "from": ["*open"],
        "verb": "redate",
        "by": by,
        "guards": ["redating_fits"],
        "effects": ["set redated"],
        "clause": table.get("clauses", {}).get("redate"),
    }
