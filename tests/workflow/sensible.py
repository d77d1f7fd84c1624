"""Sensible fields for any act on a case as it stands, or None where there is nothing sensible."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from world import CHECKS, GRID, World

from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.time.zone import iso

Fields = dict[str, Any]

PLAIN: dict[str, Fields] = {
    "withdraw": {"reason": "撤"},
    "split": {"reason": "不同"},
    "return_to_desk": {"reason": "不在本网格"},
    "request_linkage": {"reason": "需执法", "parties": ["城管"]},
    "request_instruction": {"of": "deputy_head"},
    "record_instruction": {"giver": "deputy_head", "text": "办", "channel": "phone"},
    "report_to_head": {"channel": "phone", "outcome": "reached"},
    "report_result": {"channel": "phone", "outcome": "已办"},
    "submit_to_head": {"reason": "difficult"},
    "submit_to_street": {"reason": "difficult"},
    "close": {"checks": CHECKS, "report": "齐"},
    "reopen": {"reason": "复查"},
    "urge": {"target": "城管"},
    "note": {"text": "看到"},
    "attach": {"kind": "other", "file": "a.pdf"},
    "contact_citizen": {"outcome": "reached"},
    "request_verification": {"target": "站"},
    "record_verification": {"verdict": "verified", "by_whom": "网格员"},
    "request_guidance": {"target": "公安", "text": "?"},
    "record_guidance": {"text": "按第三条"},
    "write_back": {"system": "12345", "what": "办结"},
    "upstream_returned": {"reason": "不满意"},
    "upstream_changed": {"changes": {"place": "新址"}},
    "upstream_urged": {},
    "reveal": {"party": "caller", "reason": "回访"},
}


def sensible(world: World, label: str, verb: str, pick: int) -> Fields | None:
    """Fields with which an open act is done; ``pick`` varies them."""
    if verb in PLAIN:
        return dict(PLAIN[verb])
    build = BUILT.get(verb)
    return None if build is None else build(world, world.case(label), pick)


def _accept(world: World, case: Case, pick: int) -> Fields:
    if pick % 3 == 0:
        fields: Fields = {"as": "community", "grid": GRID, "category": "垃圾"}
        urgent = {"giver": "deputy_head", "reason": "小"}
        return {**fields, **(urgent if case.urgent else {})}
    difficulty = ("simple", "complex", "urgent", "repeat", "major")[pick % 5]
    parties = [p.name for p in case.course.parties] or ["城管", "公安"]
    lead = parties[pick % len(parties)]
    basis = {} if pick % 2 else {"basis": "条例"}
    return {
        "as": "linkage",
        "difficulty": difficulty,
        "lead": lead,
        "parties": parties,
        "reason": "联动",
        **basis,
    }


def _refuse(world: World, case: Case, pick: int) -> Fields:
    return {"reason": "not_in_area", "fed_back_at": iso(world.now)}


def _merge(world: World, case: Case, pick: int) -> Fields | None:
    states = world.procedure.states
    others = [c.no for c in world.cases.values() if c.no != case.no and not states[c.state].end]
    return {"into": others[pick % len(others)]} if others else None


def _dispatch(world: World, case: Case, pick: int) -> Fields:
    return {"station": case.grid or GRID, "due": _later(world, 60 + pick)}


def _reclassify(world: World, case: Case, pick: int) -> Fields:
    return {"difficulty": ("urgent", "major")[pick % 2], "reason": "升级"}


def _supervise(world: World, case: Case, pick: int) -> Fields:
    return {"target": "城管", "demand": "办", "due": _later(world, 60)}


def _call(world: World, case: Case, pick: int) -> Fields:
    names = [p.name for p in case.course.parties] or ["caller"]
    return {"party": names[pick % len(names)], "outcome": ("reached", "busy")[pick % 2]}


def _convene(world: World, case: Case, pick: int) -> Fields | None:
    names = [p.name for p in case.course.parties]
    fields: Fields = {"parties": names, "location": "现场", "mode": "offline"}
    return {**fields, "time": _later(world, 5 + pick)}


def _reschedule(world: World, case: Case, pick: int) -> Fields:
    fields: Fields = {"time": _later(world, 5 + pick), "location": "居委会", "reason": "等人"}
    return fields if case.course.parties else {**fields, "parties": ["城管"]}


def _confirm(world: World, case: Case, pick: int) -> Fields | None:
    names = [p.name for p in case.course.parties]
    if not names:
        return None
    outcome = ("arrived", "arrived", "late", "absent")[pick % 4]
    return {"party": names[pick % len(names)], "outcome": outcome}


def _invite(world: World, case: Case, pick: int) -> Fields:
    fields: Fields = {"party": ("市场监管", "消防")[pick % 2], "reason": "涉及"}
    return {**fields, "time": _later(world, 10 + pick)} if pick % 3 else fields


def _release(world: World, case: Case, pick: int) -> Fields | None:
    names = [p.name for p in case.course.parties if p.name != case.course.lead]
    return {"party": names[pick % len(names)], "reason": "不涉及"} if names else None


def _outcome(world: World, case: Case, pick: int) -> Fields:
    if pick % 4 == 0:
        return {"agreed": False, "reason": "未谈成"}
    return {"agreed": True, "duties": _duties(case, pick), "basis": "条例"}


def _duties(case: Case, pick: int) -> list[Fields]:
    names = [p.name for p in case.course.parties]
    if len(names) > 1 and pick % 2:
        names = names[:-1]
    limits = ("30 min", "2 h", "1个自然日", "当日")
    return [
        {"party": n, "duty": "清理", "limit": limits[(pick + i) % 4], "lead": i == 0}
        for i, n in enumerate(names)
    ]


def _done(world: World, case: Case, pick: int) -> Fields | None:
    names = [p.name for p in case.course.parties if p.completed_at is None]
    if not names:
        return None
    return {"party": names[pick % len(names)], "completed_at": iso(world.now)}


def _file(world: World, case: Case, pick: int) -> Fields | None:
    names = [p.name for p in case.course.parties if p.filed_at is None]
    return {"party": names[pick % len(names)], "text": "已办"} if names else None


def _rework(world: World, case: Case, pick: int) -> Fields | None:
    names = [p.name for p in case.course.parties]
    if not names:
        return None
    fields: Fields = {"party": names[pick % len(names)], "items": ["photos"]}
    return {**fields, "reason": "不清", "limit": "2 h"}


def _result(world: World, case: Case, pick: int) -> Fields:
    fields: Fields = {"progress": pick % 3 != 0, "text": "议定"}
    return {**fields, "duties": _duties(case, pick)} if pick % 2 and case.course.parties else fields


def _street(world: World, case: Case, pick: int) -> Fields:
    fields = _result(world, case, pick)
    return {**fields, "final": True} if pick % 5 == 0 else fields


def _correct(world: World, case: Case, pick: int) -> Fields:
    fields: Fields = {"event": 1, "field": "place", "value": "嘉乐路21号"}
    return {**fields, "reason": "录错"}


def _later(world: World, minutes: int) -> str:
    return iso(world.now + timedelta(minutes=minutes))


BUILT = {
    "accept": _accept,
    "refuse": _refuse,
    "merge": _merge,
    "dispatch": _dispatch,
    "reclassify": _reclassify,
    "supervise": _supervise,
    "call": _call,
    "convene": _convene,
    "reschedule": _reschedule,
    "confirm_response": _confirm,
    "invite": _invite,
    "release": _release,
    "record_outcome": _outcome,
    "mark_done": _done,
    "file_result": _file,
    "return_for_rework": _rework,
    "record_head_result": _result,
    "record_street_result": _street,
    "correct": _correct,
}
