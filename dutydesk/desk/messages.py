"""The messages that an act leaves in the outbox, written in the act's own transaction (A-32)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from dutydesk.reports.message import message
from dutydesk.reports.notice import Meeting, joint_notice, late_refusal, matter_of, notice
from dutydesk.storage import Message, Sending
from dutydesk.views.labels import Words
from dutydesk.workflow.cases.acts import Event, Outcome
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.templates import PARTIES, Template, templates_of

MANUAL = "manual"
"""The channel of whatever no other carries: a person sends, and confirms by doing the act."""
CONVENE, RESCHEDULE, LATE_REFUSAL = "convene", "reschedule", "late_refusal"
PUSHED: Mapping[str, tuple[str, ...]] = {CONVENE: ("convened",), RESCHEDULE: ("rescheduled",)}
"""Kinds whose message is written by `convened` where the act has this effect."""
Carries = Mapping[str, str]
"""Which channel carries a kind of message; MANUAL for those that are not in it."""


def messages(
    outcome: Outcome, words: Words, *, drill: bool = False, carries: Carries | None = None
) -> tuple[Message, ...]:
    """The messages of an outcome; their keys make a repetition write nothing twice.

    In a `drill` each says so. A convening that a channel carries has its messages already: it is
    done because they were sent.
    """
    carries = carries or {}
    found: list[Message] = []
    for event in outcome.events:
        does = partial(words.procedure.sets, event.verb)
        if does("convened") and CONVENE not in carries:
            found += convened([outcome], event, words, drill=drill)
        if does("rescheduled"):
            made = convened([outcome], event, words, drill=drill, kind=RESCHEDULE)
            found += [leaving(one, carries) for one in made]
        told = words.procedure.values.get("late_refusal")
        if told and does("refused"):
            found += _refused_late(outcome, event, told["clock"], told["to"], carries, drill)
        found += templated(event, outcome.case, words, {}, drill=drill, carries=carries)
    return tuple(found)


def leaving(made: Message, carries: Carries) -> Message:
    """The message as its channel is to send it; as it is where a person sends it."""
    channel = carries.get(made.kind or "")
    if channel is None:
        return made
    return replace(made, channel=channel, state=Sending.DRAFT, sent_at=None, confirmed_by=None)


def convened(
    outcomes: Sequence[Outcome],
    event: Event,
    words: Words,
    *,
    drill: bool,
    kind: str = CONVENE,
) -> list[Message]:
    """One message per recipient, for one case or for several that meet together (X-5.2.3.3)."""
    first = outcomes[0].case
    each = [
        (matter_of(one.case, words), [party.name for party in one.case.course.parties])
        for one in outcomes
    ]
    meeting = _meeting(event, first, [name for _matter, parties in each for name in parties], kind)
    alone = len(outcomes) == 1
    text = (
        notice(each[0][0], meeting, words, drill=drill, kind=kind)
        if alone
        else joint_notice(each, meeting, words, drill=drill)
    )
    stem = f"{first.no}|{event.seq}" if alone else f"{event.data['bundle']}|{first.no}"
    return [
        Message(
            key=f"{stem}|{name}",
            area=first.area,
            case=first.no if alone else None,
            channel=MANUAL,
            recipient=name,
            text=text,
            created_at=event.recorded_at,
            state=Sending.SENT,
            sent_at=event.at,
            confirmed_by=str(event.by),
            kind=kind,
        )
        for name in meeting.parties
    ]


def _meeting(event: Event, case: Case, names: Sequence[str], kind: str) -> Meeting:
    """Where and when those meet, each named once; why it was moved, where it was."""
    course = case.course
    reason = str(event.data.get("reason") or "") if kind == RESCHEDULE else ""
    place, mode = course.location or "", course.mode or ""
    return Meeting(course.coordination_at, place, mode, list(dict.fromkeys(names)), reason)


def meetings(outcomes: Sequence[Outcome]) -> list[list[Outcome]]:
    """Cases that were convened together, apart by time, place and manner."""
    groups: dict[tuple[object, ...], list[Outcome]] = {}
    for outcome in outcomes:
        course = outcome.case.course
        key = (course.coordination_at, course.location, course.mode)
        groups.setdefault(key, []).append(outcome)
    return list(groups.values())


def together(
    outcomes: Sequence[Outcome], words: Words, *, drill: bool = False
) -> tuple[Message, ...]:
    """The one message of cases that were convened as a bundle, once per recipient.

    Those that meet at another time or place have a message of their own.
    """
    found: list[Message] = []
    for group in meetings(outcomes):
        found += convened(group, group[0].events[0], words, drill=drill)
    return tuple(found)


def templated(
    event: Event,
    case: Case | None,
    words: Words,
    more: Mapping[str, str],
    *,
    drill: bool,
    carries: Carries,
    area: str = "",
) -> list[Message]:
    """What the procedure's own templates say of an act, where a channel carries it.

    Where none does, the act itself is the record of having told him: no chore is made of it.
    """
    found: list[Message] = []
    for kind, template in templates_of(words.procedure).items():
        if kind not in carries or event.verb not in template.to:
            continue
        if any(words.procedure.sets(event.verb, effect) for effect in PUSHED.get(kind, ())):
            continue
        text = message(template, event, case, words, more, drill=drill)
        no = case.no if case is not None else None
        found += [
            Message(
                key=f"{no or f'{area}-desk'}|{event.seq}|{kind}|{name}",
                area=case.area if case is not None else area,
                case=no,
                channel=carries[kind],
                recipient=name,
                text=text,
                created_at=event.recorded_at,
                kind=kind,
            )
            for name in _recipients(template, event, case)
        ]
    return found


def _recipients(template: Template, event: Event, case: Case | None) -> list[str]:
    """Field of the act, role, or everybody who takes part."""
    who = template.to[event.verb]
    if who == PARTIES:
        return [party.name for party in case.course.parties] if case is not None else []
    given = event.data.get(who)
    return [str(given)] if given else [who]


def _refused_late(
    outcome: Outcome, event: Event, clock: str, to: str, carries: Carries, drill: bool
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
            channel=carries.get(LATE_REFUSAL, MANUAL),
            recipient=to,
            text=late_refusal(case, drill=drill),
            created_at=event.recorded_at,
            kind=LATE_REFUSAL,
        )
    ]
