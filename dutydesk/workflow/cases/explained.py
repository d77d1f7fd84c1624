"""Why a clock of a case is due when it is: its frozen limit and rule, stretch by stretch."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import takewhile
from typing import NamedTuple

from dutydesk.workflow.cases.adjustments import Extension
from dutydesk.workflow.cases.dating import counting_by, pauses
from dutydesk.workflow.cases.model import Clock
from dutydesk.workflow.time.calendar import Calendar
from dutydesk.workflow.time.explaining import doubtful, due
from dutydesk.workflow.time.ledger import BY_CALENDAR, Due, Stretch, Warned, Why
from dutydesk.workflow.time.limits import parse
from dutydesk.workflow.time.zone import to_local

_SECOND = timedelta(seconds=1)
AGREED = frozenset((Why.AGREED_TIME, Why.UPSTREAM_RESERVE, Why.UNTIL_MIDNIGHT, Why.CAP))
"""Reasons of a due time that no limit leads to."""


class Explained(NamedTuple):
    """The stretches from a clock's start to its due time without a gap, and what is doubtful.

    `frozen` among the warnings says that the calendar of today would count otherwise.
    """

    ledger: tuple[Stretch, ...]
    warnings: tuple[Warned, ...]


def explained(clock: Clock, calendar: Calendar) -> Explained | None:
    """Why the clock is due then; None for one that only shows what has passed."""
    if clock.due_at is None:
        return None
    start_at, due_at = to_local(clock.started_at), to_local(clock.due_at)
    limited = tuple(takewhile(lambda more: more.limit, clock.extended))
    agreed = clock.extended[len(limited) :]
    until_at = to_local(agreed[0].from_at) if agreed else due_at
    more = _agreed(clock, agreed, len(limited) + 1)
    if not clock.limit:
        why = Why(clock.counted) if clock.counted in AGREED else Why.RECORDED
        return Explained((*_one(clock, start_at, until_at, why), *more), ())
    found = _counted(clock, start_at, limited, calendar)
    if found.due_at == until_at:
        return Explained((*found.ledger, *more), found.warnings)
    again_at = to_local(clock.fresh_at)
    if again_at > start_at and not limited:
        moved = _counted(clock, again_at, (), calendar)
        if moved.due_at == until_at:
            first = Stretch(start_at, again_at, 0, Why.MOVED)
            return Explained((first, *moved.ledger, *more), moved.warnings)
    frozen = _frozen(found, until_at)
    return Explained((*frozen.ledger, *more), frozen.warnings)


def _counted(
    clock: Clock, start_at: datetime, limited: tuple[Extension, ...], calendar: Calendar
) -> Due:
    """The clock's own limit and what was added to it, counted from an instant with its pauses."""
    return due(
        parse(clock.limit),
        start_at,
        counting=counting_by(clock.counted),
        calendar=calendar,
        pauses=[p for p in pauses(clock) if p.to_at > start_at],
        extensions=[parse(each.limit) for each in limited],
    )


def _agreed(clock: Clock, extended: tuple[Extension, ...], first: int) -> tuple[Stretch, ...]:
    """The stretches of deferrals that agreed on a date, or that follow one."""
    return tuple(
        stretch._replace(extension=number)
        for number, each in enumerate(extended, start=first)
        for stretch in _one(clock, to_local(each.from_at), to_local(each.to_at), Why.AGREED_TIME)
    )


def doubts(clock: Clock, calendar: Calendar) -> tuple[Warned, ...]:
    """The year tables that a running clock's due time still waits for."""
    if clock.due_at is None or not clock.running or clock.counted not in BY_CALENDAR:
        return ()
    return doubtful(calendar, to_local(clock.started_at), to_local(clock.due_at))


def _frozen(found: Due, due_at: datetime) -> Explained:
    """The stretches up to the due time that stands, whatever today's calendar says."""
    ledger = [
        each if each.to_at <= due_at else _until(each, due_at)
        for each in found.ledger
        if each.from_at < due_at
    ]
    if found.due_at < due_at:
        ledger += _plain(found.due_at, due_at, Why.MOVED)
    return Explained(tuple(ledger), (Warned("frozen", {"would_be": found.due_at}),))


def _until(stretch: Stretch, due_at: datetime) -> Stretch:
    length = (due_at - stretch.from_at) // _SECOND
    return stretch._replace(to_at=due_at, counted_s=length if stretch.counted_s else 0)


def _one(clock: Clock, start_at: datetime, due_at: datetime, why: Why) -> list[Stretch]:
    """One stretch for one reason, parted by the pauses in it."""
    found: list[Stretch] = []
    for pause in pauses(clock):
        if pause.from_at < due_at and pause.to_at > start_at:
            found += _plain(start_at, pause.from_at, why)
            still_at = max(start_at, pause.from_at)
            start_at = min(pause.to_at, due_at)
            found.append(Stretch(still_at, start_at, 0, Why.PAUSED))
    return [*found, *_plain(start_at, due_at, why)]


def _plain(start_at: datetime, due_at: datetime, why: Why) -> list[Stretch]:
    if start_at >= due_at:
        return []
    counted = 0 if why is Why.MOVED else (due_at - start_at) // _SECOND
    return [Stretch(start_at, due_at, counted, why)]
