"""Why a due time: every stretch of time between start and due, counted or not, with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from dutydesk.workflow.time.calendar import WEEK_SOURCE, Calendar, Day, DayKind
from dutydesk.workflow.time.counting import (
    DEFAULT_COUNTING,
    Counting,
    Plan,
    plans,
    standing,
)
from dutydesk.workflow.time.ledger import Due, Pause, Rule, Stretch, Warned, Why
from dutydesk.workflow.time.limits import Limit
from dutydesk.workflow.time.worktime import WorkTime
from dutydesk.workflow.time.zone import midnight, to_local

_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_OFF = {DayKind.REST: Why.REST_DAYS, DayKind.HOLIDAY: Why.HOLIDAY}
YEAR_END_FROM = 28
"""From this day of December on the next year's notice has moved days before (2018, 2022)."""


def due(
    limit: Limit,
    start: datetime,
    *,
    counting: Counting = DEFAULT_COUNTING,
    calendar: Calendar | None = None,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Limit] = (),
) -> Due:
    """When `limit` from `start` is due, and why; times in the counting zone.

    Raises what `counting.due_at` raises.
    """
    at = to_local(start)
    ledger: list[Stretch] = []
    found = plans(limit, start, counting, calendar, pauses, extensions)
    for number, (plan, end_at) in enumerate(found):
        part = merged(_stretches(plan, at, end_at, pauses))
        ledger += [_extended(stretch, number) for stretch in part] if number else part
        at = end_at
    working = any(isinstance(plan.line, WorkTime) for plan, _ in found)
    doubts = doubtful(calendar, to_local(start), at) if working and calendar is not None else ()
    return Due(at, found[0][0].rule, tuple(ledger), doubts)


def doubtful(calendar: Calendar, from_at: datetime, to_at: datetime) -> tuple[Warned, ...]:
    """What may still change days between two instants: tables that are not there yet."""
    last = (to_at - _SECOND).date()
    missing = calendar.missing_years(from_at.year, last.year)
    found = [Warned("year_missing", {"year": year}) for year in missing]
    at_the_end = last >= date(last.year, 12, YEAR_END_FROM)
    if at_the_end and not calendar.published(last.year + 1) and last.year not in missing:
        found.append(Warned("year_end_open", {"year": last.year + 1}))
    return tuple(found)


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches of one reason that follow one another as one."""
    found: list[Stretch] = []
    for each in stretches:
        last = found[-1] if found else None
        if (
            last is not None
            and last.why is each.why
            and bool(last.counted_s) == bool(each.counted_s)
            and (last.name, last.source) == (each.name, each.source)
        ):
            counted_s = last.counted_s + each.counted_s
            found[-1] = Stretch(
                last.from_at, each.to_at, counted_s, each.why, each.name, each.source
            )
        else:
            found.append(each)
    return found


def _extended(stretch: Stretch, number: int) -> Stretch:
    return Stretch(
        stretch.from_at,
        stretch.to_at,
        stretch.counted_s,
        stretch.why,
        stretch.name,
        stretch.source,
        number,
    )


def _stretches(
    plan: Plan, start_at: datetime, end_at: datetime, pauses: Sequence[Pause]
) -> Iterator[Stretch]:
    if start_at < plan.from_at:
        yield Stretch(start_at, plan.from_at, 0, Why.START_DAY_NOT_COUNTED)
    at = plan.from_at
    for pause in standing(plan, pauses) if pauses else ():
        if pause.from_at >= end_at:
            break
        yield from _running(plan, at, pause.from_at)
        yield Stretch(pause.from_at, pause.to_at, 0, Why.PAUSED, pause.reason)
        at = pause.to_at
    yield from _running(plan, at, end_at)


def _running(plan: Plan, from_at: datetime, to_at: datetime) -> Iterator[Stretch]:
    """What counts and what does not between two instants without a pause."""
    if from_at >= to_at:
        return
    if not isinstance(plan.line, WorkTime):
        yield Stretch(from_at, to_at, (to_at - from_at) // _SECOND, plan.why)
        return
    if plan.rule not in (Rule.END_OF_DAY, Rule.SAME_CLOCK):
        yield from _in_slots(plan.line, plan.why, from_at, to_at)
        return
    begin_at: datetime = from_at
    for day, midnight_at in _runs(plan.line.calendar, from_at, to_at):
        end_at = min(to_at, midnight_at)
        yield _whole(day, plan.why, begin_at, end_at)
        begin_at = end_at


def _runs(calendar: Calendar, from_at: datetime, to_at: datetime) -> Iterator[tuple[Day, datetime]]:
    """The last day of each run of days of one class and name, with the midnight after it."""
    last: Day | None = None
    for day in calendar.days(from_at.date(), (to_at - _SECOND).date()):
        if last is not None and last[1:] != day[1:]:
            yield last, midnight(day.date)
        last = day
    if last is not None:
        yield last, midnight(last.date) + _DAY


def _in_slots(line: WorkTime, why: Why, from_at: datetime, to_at: datetime) -> Iterator[Stretch]:
    at = from_at
    for day in line.calendar.days(from_at.date(), (to_at - _SECOND).date()):
        end_at = min(to_at, midnight(day.date) + _DAY)
        if day.working:
            yield from _slotted(line, day, why, at, end_at)
        else:
            yield _whole(day, why, at, end_at)
        at = end_at


def _slotted(
    line: WorkTime, day: Day, why: Why, from_at: datetime, to_at: datetime
) -> Iterator[Stretch]:
    """One working day: its slots count, the breaks between them and the hours around do not."""
    midnight_at = midnight(day.date)
    edges, at = line.slots.of(day.date), from_at
    for place, slot in enumerate(edges):
        begins_at = midnight_at + timedelta(seconds=slot.begins_s)
        ends_at = midnight_at + timedelta(seconds=slot.ends_s)
        if at < min(begins_at, to_at):
            yield Stretch(at, min(begins_at, to_at), 0, Why.BREAK if place else Why.OFF_HOURS)
        at = max(at, begins_at)
        if at < min(ends_at, to_at):
            yield _whole(day, why, at, min(ends_at, to_at))
        at = max(at, ends_at)
        if at >= to_at:
            return
    yield Stretch(at, to_at, 0, Why.OFF_HOURS)


def _whole(day: Day, why: Why, from_at: datetime, to_at: datetime) -> Stretch:
    """A stretch of one kind of day, counted where that is worked."""
    if not day.working:
        return Stretch(from_at, to_at, 0, _OFF[day.kind], day.name, _told(day))
    if day.kind is DayKind.MAKEUP:
        why = Why.MAKEUP_DAY
    return Stretch(from_at, to_at, (to_at - from_at) // _SECOND, why, day.name, _told(day))


def _told(day: Day) -> str:
    """Where a day's class comes from, unless it is the plain week."""
    if day.source == WEEK_SOURCE:
        return ""
    return f"{day.notice} {day.source}" if day.notice else day.source
