"""What taking in changes: register, accept, merge, dispatch, and back again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dutydesk.workflow.cases.model import Case, Course, Party
from dutydesk.workflow.cases.setters.changes import in_course
from dutydesk.workflow.cases.work import Work


def registered(work: Work) -> Case:
    """A case as it comes in; a doubtful place or grid leaves a mark, never a refusal (X-1.2)."""
    given = work.asked.values
    case = work.case
    plain = (
        *("external_no", "category", "upstream_due", "caller", "reported_at", "occurred_at"),
        *("kind", "discovered_by", "cross_level", "cross_domain", "legacy", "urgent", "grid"),
        *("cross_grids", "pain_points", "key_work", "batch", "issuer"),
    )
    changes = {name: given[name] for name in plain if name in given}
    marks = list(case.marks)
    history = given.get("history") is True
    if not history and not given.get("place"):
        marks.append("地点待补")
    if not history and not given.get("grid"):
        marks.append("待定位")
    return replace(
        case,
        channel=given["channel"],
        place=given.get("place", ""),
        description=given["description"],
        marks=tuple(marks),
        **changes,
    )


def classified(work: Work) -> Case:
    asked, case = work.asked, work.case
    field = asked.context.procedure.acts[asked.act.verb].field("difficulty")
    tracked = field is not None and field.needed(asked.values)
    names = ("cross_level", "cross_domain", "legacy", "cross_grids", "pain_points", "key_work")
    changes: dict[str, Any] = {n: asked.values[n] for n in names if n in asked.values}
    if asked.get("grid"):
        changes["grid"] = asked.get("grid")
        changes["marks"] = tuple(m for m in case.marks if m != "待定位")
    course = replace(
        case.course,
        class_=asked.get("as"),
        difficulty=asked.get("difficulty") if tracked else None,
        track=asked.track if tracked else None,
        basis=asked.get("basis") or case.course.basis,
        urgent_reason=asked.get("reason") if case.urgent and not tracked else None,
    )
    changes["category"] = asked.get("category") or case.category
    return replace(case, course=course, **changes)


def parties(work: Work) -> Case:
    """The parties named at acceptance and the one that leads (X-2.7, X-4.2.3.5)."""
    named = tuple(Party(name) for name in work.asked.parties)
    return in_course(work, parties=named, lead=work.asked.get("lead"))


def refused(work: Work) -> Case:
    return work.case


def taken_back(work: Work) -> Case:
    """The case of an import that was taken back; its upstream number is free again."""
    return replace(work.case, external_no=None)


def merged(work: Work) -> Case:
    into = work.asked.get("into")
    return replace(work.case, merged_into=into, linked=(*work.case.linked, into))


def split(work: Work) -> Case:
    linked = tuple(no for no in work.case.linked if no != work.case.merged_into)
    return replace(work.case, merged_into=None, linked=linked, course=Course())


def linked(work: Work) -> Case:
    """The case another one was merged into; the earlier upstream due is taken over (A-19)."""
    case, other = work.case, work.asked.get("upstream_due")
    dues = [d for d in (case.upstream_due, other) if d is not None]
    links = tuple(dict.fromkeys((*case.linked, work.asked.get("case"))))
    return replace(case, linked=links, upstream_due=min(dues) if dues else None)


def dispatched(work: Work) -> Case:
    """With the grid's workstation, which then owes the result (X-3.3.1)."""
    station = work.asked.get("station")
    party = Party(station, state="working", required=True, given_at=work.at)
    course = work.case.course
    first = course.first_dispatched_at or work.at
    changed = in_course(
        work,
        station=station,
        parties=(party,),
        lead=station,
        first_dispatched_at=first,
        wrong_station=False,
    )
    return replace(changed, grid=station)


def wrong_station(work: Work) -> Case:
    return in_course(work, station=None, parties=(), lead=None, wrong_station=True)


def linkage_requested(work: Work) -> Case:
    """Received anew as a linkage case, with the parties the station proposes (T09)."""
    proposed = tuple(Party(name) for name in work.asked.get("parties") or ())
    first = work.case.course.first_dispatched_at
    course = Course(
        class_="linkage", origin_linkage=True, parties=proposed, first_dispatched_at=first
    )
    return replace(work.case, course=course)
