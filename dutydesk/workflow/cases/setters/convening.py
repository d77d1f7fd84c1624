"""What convening changes: instruction, calls, notice, response, who takes part."""

from __future__ import annotations

from dataclasses import replace

from dutydesk.workflow.cases.model import Call, Case, Instruction, Party
from dutydesk.workflow.cases.setters.changes import in_course, in_party, propose
from dutydesk.workflow.cases.work import Work


def instruction_asked(work: Work) -> Case:
    return in_course(work, instruction_asked_at=work.at)


def instructed(work: Work) -> Case:
    asked = work.asked
    given = Instruction(str(asked.get("giver")), asked.get("text"), asked.get("channel"), work.at)
    return in_course(work, instructions=(*work.case.course.instructions, given))


def head_reported(work: Work) -> Case:
    return in_course(work, head_reported_at=work.case.course.head_reported_at or work.at)


def called(work: Work) -> Case:
    asked = work.asked
    promised = asked.get("promised_at")
    call = Call(asked.get("party"), asked.get("outcome"), work.at, asked.get("said"), promised)
    changed = in_course(work, calls=(*work.case.course.calls, call))
    party = changed.course.party(call.party)
    if party is None or party.state != "invited":
        return changed
    known = tuple(
        replace(p, state="called") if p.name == call.party else p for p in changed.course.parties
    )
    return replace(changed, course=replace(changed.course, parties=known))


def reclassified(work: Work) -> Case:
    return in_course(work, difficulty=work.asked.get("difficulty"), track=work.asked.track)


def convened(work: Work) -> Case:
    """The push has gone out to these parties for this time and place (X-5.2.3.3, A-32)."""
    asked = work.asked
    kept = {p.name: p for p in work.case.course.parties}
    named = tuple(replace(kept.get(n, Party(n)), state="notified") for n in asked.parties)
    return in_course(
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
    return in_course(
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
        changed = in_party(work, state="absent", outcome="absent")
        return replace(
            changed,
            course=replace(changed.course, proposals=propose(changed.course, "poor_response")),
        )
    arrived = work.asked.get("arrived_at") or work.at
    state = "late" if outcome == "late" else "responded"
    return in_party(work, state=state, outcome=outcome, arrived_at=arrived)


def invited(work: Work) -> Case:
    asked, course = work.asked, work.case.course
    name = asked.get("party")
    known = course.parties if course.party(name) else (*course.parties, Party(name))
    lead = name if asked.get("lead") else course.lead
    return in_course(work, parties=known, lead=lead)


def released(work: Work) -> Case:
    name = work.asked.party_name
    return in_course(work, parties=tuple(p for p in work.case.course.parties if p.name != name))
