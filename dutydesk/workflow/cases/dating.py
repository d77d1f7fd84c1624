"""The due time of a clock through pauses and deferrals: moved, never recounted, explained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from dutydesk.workflow.cases.adjustments import Extension, Held, Wait
from dutydesk.workflow.cases.model import Clock
from dutydesk.workflow.time.calendar import Calendar
from dutydesk.workflow.time.counting import SWITCHES, Counting
from dutydesk.workflow.time.ledger import Pause
from dutydesk.workflow.time.limits import Limit, parse
from dutydesk.workflow.time.shifting import extended, shifted
from dutydesk.workflow.time.zone import to_local


def pauses(clock: Clock) -> tuple[Pause, ...]:
    """The stretches in which a clock stood still, as the counting takes them."""
    return tuple(Pause(to_local(h.from_at), to_local(h.to_at)) for h in clock.held)


def paused(clock: Clock, from_at: datetime, to_at: datetime, calendar: Calendar) -> Clock:
    """The clock with one more stretch in which it stands still, its due time moved by it."""
    held = (*clock.held, Held(from_at, to_at, clock.due_at, clock.extended))
    if clock.due_at is None or clock.due_at <= from_at:
        return replace(clock, held=held)
    return replace(_past(clock, Pause(from_at, to_at), calendar), held=held)


def waiting(
    clock: Clock, waits: Iterable[Wait], calendar: Calendar, since: datetime | None = None
) -> Clock:
    """A clock that was started or dated anew, with every wait of its case that lies after that."""
    begun = since or clock.started_at
    for wait in waits:
        if wait.concerns(clock.name) and wait.ends_at > begun:
            clock = paused(clock, max(wait.from_at, begun), wait.ends_at, calendar)
    return clock


def resumed(clock: Clock, to_at: datetime, calendar: Calendar) -> Clock:
    """The clock whose last pause ended at `to_at` instead of its planned end."""
    last = clock.held[-1]
    before = replace(
        clock, due_at=last.was_due_at, extended=last.was_extended, held=clock.held[:-1]
    )
    return before if to_at <= last.from_at else paused(before, last.from_at, to_at, calendar)


def deferred(
    clock: Clock,
    at: datetime,
    calendar: Calendar,
    counting: Counting,
    *,
    due: datetime | None = None,
    limit: Limit | None = None,
) -> Clock:
    """The clock with its due time put off to a date, or by a limit counted from the old one."""
    assert clock.due_at is not None
    if limit is None:
        assert due is not None
        more = Extension(clock.due_at, due)
    else:
        found = extended(clock.due_at, limit, counting, calendar)
        more = Extension(clock.due_at, found.due_at, limit.canonical, found.rule.value)
    longer = int((more.to_at - clock.due_at).total_seconds())
    return replace(
        clock,
        due_at=more.to_at,
        extended=(*clock.extended, more),
        limit_s=None if clock.limit_s is None else clock.limit_s + longer,
        fresh_at=at,
    )


def _past(clock: Clock, pause: Pause, calendar: Calendar) -> Clock:
    """Due time and deferrals after a pause: the part it lies in is shifted, the rest follows."""
    assert clock.due_at is not None
    dues = [e.from_at for e in clock.extended[:1]] or [clock.due_at]
    rules, dues = [clock.counted], [*dues, *(e.to_at for e in clock.extended)]
    rules += [e.counted for e in clock.extended]
    for number, (old, rule) in enumerate(zip(dues, rules, strict=True)):
        new = shifted(old, pause, rule, calendar) if pause.from_at < old else old
        if new != old:
            return _following(clock, number, new, calendar)
        pause = pause._replace(from_at=max(pause.from_at, old))
    return clock


def _following(clock: Clock, number: int, due_at: datetime, calendar: Calendar) -> Clock:
    """The clock whose part `number` (0 the limit, n the n-th deferral) is now due then."""
    found = list(clock.extended[: max(0, number - 1)])
    if number:
        found.append(replace(clock.extended[number - 1], to_at=due_at))
    for each in clock.extended[number:]:
        if each.limit:
            end_at = extended(due_at, parse(each.limit), counting_by(each.counted), calendar).due_at
        else:
            end_at = due_at + (each.to_at - each.from_at)
        found.append(replace(each, from_at=due_at, to_at=end_at))
        due_at = end_at
    return replace(clock, due_at=due_at, extended=tuple(found))


def counting_by(counted: str) -> Counting:
    """The switches behind a frozen rule such as `working_day:8h`."""
    switch, _colon, value = counted.partition(":")
    return Counting.of({switch: value} if switch in SWITCHES else {})
