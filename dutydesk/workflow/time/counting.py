"""From a limit and a start to the due time, exact to the second."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final, Literal, get_args

from dutydesk.errors import BadInput
from dutydesk.workflow.time.calendar import Calendar
from dutydesk.workflow.time.ledger import Due, Rule, Stretch, Why
from dutydesk.workflow.time.limits import Limit, LimitKind
from dutydesk.workflow.time.zone import iso, next_midnight, to_local

NaturalDay = Literal["rolling24h", "next_midnight"]
WorkingDay = Literal["end_of_day", "same_clock", "8h"]
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Counting:
    """The switches of a procedure that say how days are counted (A-01, A-35)."""

    natural_day: NaturalDay = "rolling24h"
    working_day: WorkingDay = "end_of_day"

    def __post_init__(self) -> None:
        if self.natural_day not in get_args(NaturalDay):
            raise ValueError(f"natural_day = {self.natural_day!r}: {get_args(NaturalDay)}")
        if self.working_day not in get_args(WorkingDay):
            raise ValueError(f"working_day = {self.working_day!r}: {get_args(WorkingDay)}")


DEFAULT_COUNTING: Final = Counting()


class NotCountedYet(BadInput):
    """A limit in working days or working hours, which this version does not count."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(
            f"{str(limit)!r}: limits in {limit.kind.value} come with a later version",
            expected="min, h, natural days, same day",
        )
        self.limit = limit


class BeyondCalendar(BadInput, ValueError):
    """A due time later than any that can be written down."""

    def __init__(self, limit: Limit, start: datetime) -> None:
        super().__init__(f"{iso(start)} + {limit}: beyond the year 9999")
        self.limit = limit
        self.start = start


def due(
    limit: Limit,
    start: datetime,
    *,
    counting: Counting = DEFAULT_COUNTING,
    calendar: Calendar | None = None,
) -> Due:
    """When `limit` from `start` is due, and why; times in the counting zone, floored to seconds.

    Elapsed and natural-day limits run on every day, day and night (A-08), so they need no
    calendar. Raises NotCountedYet for working days and hours, BeyondCalendar past the year 9999,
    ValueError for a naive start.
    """
    start_at = to_local(start)
    count = COUNTED.get(limit.kind)
    if count is None:
        raise NotCountedYet(limit)
    try:
        return count(_Question(limit.amount, start_at, counting, calendar))
    except OverflowError as error:
        raise BeyondCalendar(limit, start_at) from error


@dataclass(frozen=True, slots=True)
class _Question:
    """What a counting rule is given."""

    amount: int
    start_at: datetime
    counting: Counting
    calendar: Calendar | None


def _minutes(asked: _Question) -> Due:
    return _run(asked.start_at, timedelta(minutes=asked.amount), Rule.ELAPSED, Why.ELAPSED)


def _hours(asked: _Question) -> Due:
    return _run(asked.start_at, timedelta(hours=asked.amount), Rule.ELAPSED, Why.ELAPSED)


def _natural_days(asked: _Question) -> Due:
    """A-01: 24 h each, or the start day not counted and the n-th day counted to its end."""
    length = DAY * asked.amount
    if asked.counting.natural_day == "rolling24h":
        return _run(asked.start_at, length, Rule.ROLLING_24H, Why.NATURAL_DAYS)
    first_at = next_midnight(asked.start_at)
    waiting = Stretch(asked.start_at, first_at, 0, Why.START_DAY_NOT_COUNTED)
    counted = _run(first_at, length, Rule.NEXT_MIDNIGHT, Why.NATURAL_DAYS)
    return Due(counted.due_at, counted.rule, (waiting, *counted.ledger))


def _same_day(asked: _Question) -> Due:
    """A-07: until 24:00 of the start's day."""
    left = next_midnight(asked.start_at) - asked.start_at
    return _run(asked.start_at, left, Rule.SAME_DAY, Why.UNTIL_MIDNIGHT)


def _run(start_at: datetime, length: timedelta, rule: Rule, why: Why) -> Due:
    """One stretch that counts from its first second to its last."""
    due_at = start_at + length
    return Due(due_at, rule, (Stretch(start_at, due_at, length // timedelta(seconds=1), why),))


COUNTED: Final[Mapping[LimitKind, Callable[[_Question], Due]]] = MappingProxyType(
    {
        LimitKind.MINUTES: _minutes,
        LimitKind.HOURS: _hours,
        LimitKind.NATURAL_DAYS: _natural_days,
        LimitKind.SAME_DAY: _same_day,
    }
)
"""Which kinds are counted and how; a kind that stands nowhere here is refused."""
