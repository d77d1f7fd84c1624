"""The messages that an act leaves in the outbox, written in the act's own transaction (A-32)."""

from __future__ import annotations

from dutydesk.reports.notice import Meeting, late_refusal, matter_of, notice
from dutydesk.storage import Message, Sending
from dutydesk.views.labels import Words
from dutydesk.workflow.cases.acts import Event, Outcome

MANUAL = "manual"
"""The channel of this issue: the operator sends by hand and confirms by doing the act."""


def messages(outcome: Outcome, words: Words) -> tuple[Message, ...]:
    """The messages of an outcome; their keys make a repetition write nothing twice."""
    found: list[Message] = []
    for event in outcome.events:
        if event.verb in ("convene", "reschedule"):
            found += _convened(outcome, event, words)
        if event.verb == "refuse":
            found += _refused_late(outcome, event)
    return tuple(found)


def _convened(outcome: Outcome, event: Event, words: Words) -> list[Message]:
    case, course = outcome.case, outcome.case.course
    names = [party.name for party in course.parties]
    meeting = Meeting(course.coordination_at, course.location or "", course.mode or "", names)
    text = notice(matter_of(case, words), meeting, words)
    return [
        Message(
            key=f"{case.no}|{event.seq}|{name}",
            area=case.area,
            case=case.no,
            channel=MANUAL,
            recipient=name,
            text=text,
            created_at=event.recorded_at,
            state=Sending.SENT,
            sent_at=event.at,
            confirmed_by=str(event.by),
        )
        for name in names
    ]


def _refused_late(outcome: Outcome, event: Event) -> list[Message]:
    late = any(c.clock == "triage" and c.on_time is False for c in outcome.changes)
    if not late:
        return []
    case = outcome.case
    return [
        Message(
            key=f"{case.no}|{event.seq}|street_centre",
            area=case.area,
            case=case.no,
            channel=MANUAL,
            recipient="street_centre",
            text=late_refusal(case),
            created_at=event.recorded_at,
        )
    ]
