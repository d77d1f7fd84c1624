"""Why a clock of a case is due when it is: its frozen limit and rule, stretch by stretch."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from dutydesk.workflow.cases.model import Clock
from dutydesk.workflow.time.calendar import Calendar
from dutydesk.workflow.time.counting import SWITCHES, Counting
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
    if not clock.limit:
        why = Why(clock.counted) if clock.counted in AGREED else Why.RECORDED
        return Explained(_one(start_at, due_at, why), ())
    counting = counting_of(clock.counted)
    found = due(parse(clock.limit), start_at, counting=counting, calendar=calendar)
    if found.due_at == due_at:
        return Explained(found.ledger, found.warnings)
    again_at = to_local(clock.fresh_at)
    if again_at > start_at:
        moved = due(parse(clock.limit), again_at, counting=counting, calendar=calendar)
        if moved.due_at == due_at:
            first = Stretch(start_at, again_at, 0, Why.MOVED)
            return Explained((first, *moved.ledger), moved.warnings)
    return _frozen(found, due_at)


def doubts(clock: Clock, calendar: Calendar) -> tuple[Warned, ...]:
    """The year tables that a running clock's due time still waits for."""
    if clock.due_at is None or not clock.running or clock.counted not in BY_CALENDAR:
        return ()
    return doubtful(calendar, to_local(clock.started_at), to_local(clock.due_at))


def counting_of(counted: str) -> Counting:
    """The switches behind a frozen rule such as `working_day:8h`."""
    switch, _colon, value = counted.partition(":")
    return Counting.of({switch: value} if switch in SWITCHES else {})


def _frozen(found: Due, due_at: datetime) -> Explained:
    """The stretches up to the due time that stands, whatever today's calendar says."""
    ledger = [
        each if each.to_at <= due_at else _until(each, due_at)
        for each in found.ledger
        if each.from_at < due_at
    ]
    if found.due_at < due_at:
        ledger += _one(found.due_at, due_at, Why.MOVED)
    return Explained(tuple(ledger), (Warned("frozen", {"would_be": found.due_at}),))


def _until(stretch: Stretch, due_at: datetime) -> Stretch:
    length = (due_at - stretch.from_at) // _SECOND
    return stretch._replace(to_at=due_at, counted_s=length if stretch.counted_s else 0)


def _one(start_at: datetime, due_at: datetime, why: Why) -> tuple[Stretch, ...]:
    if start_at >= due_at:
        return ()
    counted = 0 if why is Why.MOVED else (due_at - start_at) // _SECOND
    return (Stretch(start_at, due_at, counted, why),)
