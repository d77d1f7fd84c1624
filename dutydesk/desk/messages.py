"""The messages that an act leaves in the outbox, written in the act's own transaction (A-32)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from dutydesk.reports.notice import Meeting, joint_notice, late_refusal, matter_of, notice
from dutydesk.storage import Message, Sending
from dutydesk.views.labels import Words
from dutydesk.workflow.cases.acts import Event, Outcome

MANUAL = "manual"
"""The channel of this issue: the operator sends by hand and confirms by doing the act."""


def messages(outcome: Outcome, words: Words, *, drill: bool = False) -> tuple[Message, ...]:
    """The messages of an outcome; their keys make a repetition write nothing twice.

    In a `drill` each says so.
    """
    found: list[Message] = []
    for event in outcome.events:
        does = partial(words.procedure.sets, event.verb)
        if does("convened") or does("rescheduled"):
            found += _convened(outcome, event, words, drill)
        told = words.procedure.values.get("late_refusal")
        if told and does("refused"):
            found += _refused_late(outcome, event, told["clock"], told["to"], drill)
    return tuple(found)


def _convened(outcome: Outcome, event: Event, words: Words, drill: bool) -> list[Message]:
    case, course = outcome.case, outcome.case.course
    names = [party.name for party in course.parties]
    meeting = Meeting(course.coordination_at, course.location or "", course.mode or "", names)
    text = notice(matter_of(case, words), meeting, words, drill=drill)
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


def together(
    outcomes: Sequence[Outcome], words: Words, *, drill: bool = False
) -> tuple[Message, ...]:
    """The one message of cases that were convened as a bundle, once per recipient.

    Those that meet at another time or place have a message of their own.
    """
    groups: dict[tuple[object, ...], list[Outcome]] = {}
    for outcome in outcomes:
        course = outcome.case.course
        key = (course.coordination_at, course.location, course.mode)
        groups.setdefault(key, []).append(outcome)
    found: list[Message] = []
    for group in groups.values():
        found += (
            messages(group[0], words, drill=drill)
            if len(group) == 1
            else (_one_for_all(group, words, drill))
        )
    return tuple(found)


def _one_for_all(group: Sequence[Outcome], words: Words, drill: bool) -> list[Message]:
    course, event = group[0].case.course, group[0].events[0]
    each = [
        (matter_of(one.case, words), [party.name for party in one.case.course.parties])
        for one in group
    ]
    names = list(dict.fromkeys(name for _matter, parties in each for name in parties))
    meeting = Meeting(course.coordination_at, course.location or "", course.mode or "", names)
    return [
        Message(
            key=f"{event.data['bundle']}|{group[0].case.no}|{name}",
            area=group[0].case.area,
            case=None,
            channel=MANUAL,
            recipient=name,
            text=joint_notice(each, meeting, words, drill=drill),
            created_at=event.recorded_at,
            state=Sending.SENT,
            sent_at=event.at,
            confirmed_by=str(event.by),
        )
        for name in names
    ]


def _refused_late(
    outcome: Outcome, event: Event, clock: str, to: str, drill: bool
) -> list[Message]:
    late = any(c.clock == clock and c.on_time is False for c in outcome.changes)
    if not late:
        return []
    case = outcome.case
    return [
        Message(
            key=f"{case.no}|{event.seq}|{to}",
            area=case.area,
            case=case.no,
            channel=MANUAL,
            recipient=to,
            text=late_refusal(case, drill=drill),
            created_at=event.recorded_at,
        )
    ]
