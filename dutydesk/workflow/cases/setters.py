"""The named ``set`` effects of the procedures: what an act changes in the record of a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.corrections import corrected_case, corrected_clock
from dutydesk.workflow.cases.model import (
    Attachment,
    Call,
    Case,
    Course,
    Instruction,
    Party,
)
from dutydesk.workflow.cases.work import Work, completed_at

Setter = Callable[[Work], Case]


def _course(work: Work, **changes: Any) -> Case:
    return replace(work.case, course=replace(work.case.course, **changes))


def _party(work: Work, **changes: Any) -> Case:
    name = work.asked.party_name
    parties = tuple(
        replace(p, **changes) if p.name == name else p for p in work.case.course.parties
    )
    return _course(work, parties=parties)


def _propose(course: Course, proposal: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*course.proposals, proposal)))


def _mark(case: Case, mark: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*case.marks, mark)))


def registered(work: Work) -> Case:
    """A case as it comes in; a doubtful place or grid leaves a mark, never a refusal (X-1.2)."""
    given = work.asked.values
    case = work.case
    plain = (
        *("external_no", "category", "upstream_due", "caller", "reported_at", "occurred_at"),
        *("kind", "discovered_by", "cross_level", "cross_domain", "legacy", "urgent", "grid"),
        *("cross_grids", "pain_points", "key_work"),
    )
    changes = {name: given[name] for name in plain if name in given}
    marks = list(case.marks)
    if not given.get("place"):
        marks.append("地点待补")
    if not given.get("grid"):
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
    linkage = asked.get("as") == "linkage"
    names = ("cross_level", "cross_domain", "legacy", "cross_grids", "pain_points", "key_work")
    changes: dict[str, Any] = {n: asked.values[n] for n in names if n in asked.values}
    if asked.get("grid"):
        changes["grid"] = asked.get("grid")
        changes["marks"] = tuple(m for m in case.marks if m != "待定位")
    course = replace(
        case.course,
        class_=asked.get("as"),
        difficulty=asked.get("difficulty") if linkage else None,
        track=asked.track if linkage else None,
        basis=asked.get("basis") or case.course.basis,
        urgent_reason=asked.get("reason") if case.urgent and not linkage else None,
    )
    changes["category"] = asked.get("category") or case.category
    return replace(case, course=course, **changes)


def parties(work: Work) -> Case:
    """The parties named at acceptance and the one that leads (X-2.7, X-4.2.3.5)."""
    named = tuple(Party(name) for name in work.asked.parties)
    return _course(work, parties=named, lead=work.asked.get("lead"))


def refused(work: Work) -> Case:
    return work.case


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
    changed = _course(
        work,
        station=station,
        parties=(party,),
        lead=station,
        first_dispatched_at=first,
        wrong_station=False,
    )
    return replace(changed, grid=station)


def wrong_station(work: Work) -> Case:
    return _course(work, station=None, parties=(), lead=None, wrong_station=True)


def linkage_requested(work: Work) -> Case:
    """Received anew as a linkage case, with the parties the station proposes (T09)."""
    proposed = tuple(Party(name) for name in work.asked.get("parties") or ())
    first = work.case.course.first_dispatched_at
    course = Course(
        class_="linkage", origin_linkage=True, parties=proposed, first_dispatched_at=first
    )
    return replace(work.case, course=course)


def instruction_asked(work: Work) -> Case:
    return _course(work, instruction_asked_at=work.at)


def instructed(work: Work) -> Case:
    asked = work.asked
    given = Instruction(str(asked.get("giver")), asked.get("text"), asked.get("channel"), work.at)
    return _course(work, instructions=(*work.case.course.instructions, given))


def head_reported(work: Work) -> Case:
    return _course(work, head_reported_at=work.case.course.head_reported_at or work.at)


def called(work: Work) -> Case:
    asked = work.asked
    promised = asked.get("promised_at")
    call = Call(asked.get("party"), asked.get("outcome"), work.at, asked.get("said"), promised)
    changed = _course(work, calls=(*work.case.course.calls, call))
    party = changed.course.party(call.party)
    if party is None or party.state != "invited":
        return changed
    known = tuple(
        replace(p, state="called") if p.name == call.party else p for p in changed.course.parties
    )
    return replace(changed, course=replace(changed.course, parties=known))


def reclassified(work: Work) -> Case:
    return _course(work, difficulty=work.asked.get("difficulty"), track=work.asked.track)


def convened(work: Work) -> Case:
    """The push has gone out to these parties for this time and place (X-5.2.3.3, A-32)."""
    asked = work.asked
    kept = {p.name: p for p in work.case.course.parties}
    named = tuple(replace(kept.get(n, Party(n)), state="notified") for n in asked.parties)
    return _course(
        work,
        parties=named,
        convened_at=work.at,
        coordination_at=asked.get("time"),
        location=asked.get("location"),
        mode=asked.get("mode"),
    )


def rescheduled(work: Work) -> Case:
    asked = work.asked
    kept = {p.name: p for p in work.case.course.parties}
    named = tuple(
        replace(kept.get(n, Party(n)), state="notified", outcome=None, arrived_at=None)
        for n in asked.parties
    )
    return _course(
        work,
        parties=named,
        convened_at=work.at,
        coordination_at=asked.get("time"),
        location=asked.get("location"),
        proposals=work.case.course.proposals,
    )


def responded(work: Work) -> Case:
    outcome = work.asked.get("outcome")
    if outcome == "absent":
        changed = _party(work, state="absent", outcome="absent")
        return replace(
            changed,
            course=replace(changed.course, proposals=_propose(changed.course, "poor_response")),
        )
    arrived = work.asked.get("arrived_at") or work.at
    state = "late" if outcome == "late" else "responded"
    return _party(work, state=state, outcome=outcome, arrived_at=arrived)


def invited(work: Work) -> Case:
    asked, course = work.asked, work.case.course
    name = asked.get("party")
    known = course.parties if course.party(name) else (*course.parties, Party(name))
    lead = name if asked.get("lead") else course.lead
    return _course(work, parties=known, lead=lead)


def released(work: Work) -> Case:
    name = work.asked.party_name
    return _course(work, parties=tuple(p for p in work.case.course.parties if p.name != name))


def agreed(work: Work) -> Case:
    basis = work.asked.get("basis") or work.case.course.basis
    return _course(work, agreed=True, outcome_at=work.at, basis=basis)


def not_agreed(work: Work) -> Case:
    """Coordination without result; submitting is proposed, never done by itself (A-13)."""
    proposals = _propose(work.case.course, "no_result")
    return _course(work, agreed=False, outcome_at=work.at, proposals=proposals)


def duties(work: Work) -> Case:
    """Each party's duty and limit; who has none is not required to file (X-5.2.5.1)."""
    given = {d.party: d for d in work.asked.get("duties") or ()}
    fresh = tuple(
        replace(
            p,
            duty=given[p.name].duty if p.name in given else None,
            limit=str(given[p.name].limit) if p.name in given else None,
            required=p.name in given,
            state="working" if p.name in given else p.state,
            completed_at=None,
            filed_at=None,
            given_at=work.at if p.name in given else None,
        )
        for p in work.case.course.parties
    )
    lead = next((d.party for d in given.values() if d.lead), work.case.course.lead)
    return _course(work, parties=fresh, lead=lead, outcome_at=work.at, street_final=False)


def done(work: Work) -> Case:
    return _party(work, state="done_claimed", completed_at=completed_at(work))


def filed(work: Work) -> Case:
    """Text and typed attachments of one party; filing alone completes too (A-07)."""
    asked = work.asked
    files = tuple(replace(a, party=asked.party_name) for a in asked.get("attachments") or ())
    changed = _party(
        work,
        state="result_filed",
        completed_at=completed_at(work),
        filed_at=work.at,
        result=asked.get("text"),
    )
    return replace(changed, attachments=(*changed.attachments, *files))


def result_reported(work: Work) -> Case:
    return _course(work, result_reported_at=work.at)


def returned(work: Work) -> Case:
    """Back to one party; at the second return submitting is proposed (A-22)."""
    course = work.case.course
    count = course.returns + 1
    most = work.asked.context.procedure.values["max_returns_before_proposal"]
    changed = _party(
        work,
        state="returned",
        required=True,
        completed_at=None,
        filed_at=None,
        given_at=work.at,
        limit=str(work.asked.get("limit")),
        returns=(work.asked.party.returns if work.asked.party else 0) + 1,
    )
    proposals = _propose(course, "poor_response") if count >= most else course.proposals
    return replace(changed, course=replace(changed.course, returns=count, proposals=proposals))


def submitted(work: Work) -> Case:
    head = work.case.course.head_result_at if work.case.state == "at_head" else None
    return _course(work, head_result_at=head)


def head_result(work: Work) -> Case:
    return _course(work, head_result_at=work.at)


def street_result(work: Work) -> Case:
    return _course(work, street_final=work.asked.get("final") is True)


def closed(work: Work) -> Case:
    asked = work.asked
    changed = _course(
        work,
        checks=tuple(sorted((asked.get("checks") or {}).items())),
        check_notes=tuple(sorted((asked.get("notes") or {}).items())),
        report=asked.get("report"),
    )
    return replace(changed, closed_at=work.at)


def reopened(work: Work) -> Case:
    return replace(work.case, closed_at=None)


def urged(work: Work) -> Case:
    return replace(work.case, urged=work.case.urged + 1)


def supervised(work: Work) -> Case:
    return replace(work.case, marks=_mark(work.case, "督办"))


def attached(work: Work) -> Case:
    asked = work.asked
    file = Attachment(asked.get("kind"), asked.get("file"), party=asked.get("party"))
    return replace(work.case, attachments=(*work.case.attachments, file))


def citizen_contacted(work: Work) -> Case:
    satisfaction = work.asked.get("satisfaction") or work.case.satisfaction
    return replace(work.case, satisfaction=satisfaction)


def corrected(work: Work) -> Case:
    """The case and its clocks as the corrected event would have made them."""
    asked = work.asked
    event, name, value = asked.get("event"), asked.get("field"), asked.values["value"]
    for clock in work.case.clocks:
        mended = corrected_clock(clock, event, name, value)
        if mended is not clock and mended != clock:
            work.put(mended)
            work.tell("moved", mended)
    grid = asked.context.places.grid(str(value))
    return corrected_case(work.case, name, value, grid.name if grid else None)


def written_back(work: Work) -> Case:
    return work.case


def returned_upstream(work: Work) -> Case:
    """A new run of the same case; both episodes count in the figures (A-38)."""
    due = work.asked.get("upstream_due") or work.case.upstream_due
    return replace(
        work.case,
        run=work.case.run + 1,
        upstream_due=due,
        marks=_mark(work.case, "回"),
        closed_at=None,
        merged_into=None,
        course=Course(),
        received_at=work.at,
    )


def changed_upstream(work: Work) -> Case:
    """Fields that the upstream platform changed, and nothing else."""
    case = work.case
    for name, value in work.asked.get("changes").items():
        case = corrected_case(case, name, value, None)
    return case


def urged_upstream(work: Work) -> Case:
    return replace(work.case, urged=work.case.urged + 1, marks=_mark(work.case, "催"))


SETTERS: dict[str, Setter] = {
    setter.__name__: setter
    for setter in (
        *(registered, classified, parties, refused, merged, split, linked, dispatched),
        *(wrong_station, linkage_requested, instruction_asked, instructed, head_reported),
        *(called, reclassified, convened, rescheduled, responded, invited, released, agreed),
        *(not_agreed, duties, done, filed, result_reported, returned, submitted, head_result),
        *(street_result, closed, reopened, urged, supervised, attached, citizen_contacted),
        *(corrected, written_back, returned_upstream, changed_upstream, urged_upstream),
    )
}
"""Every ``set`` effect a procedure can name."""


def follow_acts(act: Act, case: Case) -> tuple[Act, ...]:
    """The acts that a merge asks of the case it was merged into (A-19)."""
    if act.verb != "merge" or case.merged_into is None:
        return ()
    fields: dict[str, object] = {"case": case.no}
    if case.upstream_due is not None:
        fields["upstream_due"] = case.upstream_due
    return (
        replace(
            act,
            verb="linked",
            case=case.merged_into,
            fields=fields,
            by=type(act.by)("system"),
            on_behalf=None,
            key=None,
            version=None,
        ),
    )
