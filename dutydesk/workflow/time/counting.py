"""From a limit and a start to the due time, and from two instants to what has counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple, cast, get_args

from dutydesk.errors import BadInput
from dutydesk.workflow.time.calendar import Calendar
from dutydesk.workflow.time.ledger import Pause, Rule, Why
from dutydesk.workflow.time.limits import Limit, LimitKind
from dutydesk.workflow.time.slots import DAY_S
from dutydesk.workflow.time.worktime import AllTime, Line
from dutydesk.workflow.time.zone import iso, next_midnight, to_local

NaturalDay = Literal["rolling24h", "next_midnight"]
WorkingDay = Literal["end_of_day", "same_clock", "8h"]
SWITCHES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "natural_day": (*get_args(NaturalDay), "24h"),
        "working_day": get_args(WorkingDay),
    }
)
"""The switches that a procedure may set, with the values that they know."""
ANOTHER_NAME: Final = {"24h": "rolling24h"}
"""Other words for a value of a switch."""
ALL_TIME: Final = AllTime()


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

    @classmethod
    def of(cls, values: Mapping[str, object]) -> Counting:
        """The switches among a procedure's values; ValueError where one has no known value."""
        given = {name: str(values[name]) for name in SWITCHES if name in values}
        plain = {name: ANOTHER_NAME.get(text, text) for name, text in given.items()}
        made: Counting = cls(**cast("dict[str, Any]", plain))
        return made


DEFAULT_COUNTING: Final = Counting()


class NoCalendar(BadInput, ValueError):
    """A limit in working days or working hours, and no calendar to count them by."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(
            f"{str(limit)!r}: {limit.kind.value} cannot stand here",
            expected="min, h, natural days, same day",
        )
        self.limit = limit


class BeyondCalendar(BadInput, ValueError):
    """A due time later than any that can be written down."""

    def __init__(self, limit: Limit, start: datetime) -> None:
        super().__init__(f"{iso(start)} + {limit}: beyond the year 9999")
        self.limit = limit
        self.start = start


class Plan(NamedTuple):
    """How one limit is counted from one start: since when, how many seconds, of which time.

    `late` puts a due time between two working days at the later one's beginning.
    """

    rule: Rule
    why: Why
    from_at: datetime
    seconds: int
    line: Line
    late: bool = False

    @property
    def by_days(self) -> bool:
        """Whether whole days are counted from a midnight, so that pauses take whole days too."""
        return self.rule in (Rule.NEXT_MIDNIGHT, Rule.END_OF_DAY)


def plan_of(
    limit: Limit, start_at: datetime, counting: Counting, calendar: Calendar | None
) -> Plan:
    """How the limit is counted from a start in the counting zone; raises NoCalendar."""
    if limit.kind in NEEDS_CALENDAR and calendar is None:
        raise NoCalendar(limit)
    return PLANS[limit.kind](limit.amount, start_at, counting, calendar)


def due_at(
    limit: Limit,
    start: datetime,
    *,
    counting: Counting = DEFAULT_COUNTING,
    calendar: Calendar | None = None,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Limit] = (),
) -> datetime:
    """When `limit` from `start` is due, in the counting zone, floored to seconds.

    Elapsed and natural-day limits run on every day, day and night (A-08), and need no calendar.
    Raises NoCalendar, BeyondCalendar past the year 9999, ValueError for a naive start.
    """
    if pauses or extensions:
        return plans(limit, start, counting, calendar, pauses, extensions)[-1][1]
    start_at = to_local(start)
    try:
        if limit.kind is LimitKind.WORKING_DAYS and counting.working_day == "end_of_day":
            if calendar is None:
                raise NoCalendar(limit)
            return calendar.working_days.end_of_day(start_at, limit.amount)
        plan = plan_of(limit, start_at, counting, calendar)
        return plan.line.add(plan.from_at, plan.seconds, late=plan.late)
    except OverflowError as error:
        raise BeyondCalendar(limit, start_at) from error


def plans(
    limit: Limit,
    start: datetime,
    counting: Counting,
    calendar: Calendar | None,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Limit] = (),
) -> tuple[tuple[Plan, datetime], ...]:
    """The plan of the limit and of each extension, each with the instant it leads to.

    An extension is counted from the due time before it.
    """
    start_at = to_local(start)
    try:
        plan = plan_of(limit, start_at, counting, calendar)
        found = [(plan, _end(plan, pauses))]
        for more in extensions:
            last_at = found[-1][1]
            plan = extension_plan(more, last_at, counting, calendar)
            found.append((plan, _end(plan, pauses)))
    except (OverflowError, ValueError) as error:
        if isinstance(error, BadInput):
            raise
        raise BeyondCalendar(limit, start_at) from error
    return tuple(found)


def extension_plan(
    more: Limit, last_at: datetime, counting: Counting, calendar: Calendar | None
) -> Plan:
    """How an extension is counted from the due time before it; in days it goes on from 24:00."""
    plan = plan_of(more, last_at, counting, calendar)
    on = plan.by_days and last_at == next_midnight(last_at - timedelta(seconds=1))
    return plan._replace(from_at=last_at) if on else plan


def elapsed_s(
    limit: Limit,
    start: datetime,
    end: datetime,
    *,
    counting: Counting = DEFAULT_COUNTING,
    calendar: Calendar | None = None,
    pauses: Sequence[Pause] = (),
) -> int:
    """The seconds of `limit`'s kind from `start` to `end`: `due_at` undone. Raises NoCalendar."""
    plan = plan_of(limit, to_local(start), counting, calendar)
    at, end_at, counted = plan.from_at, to_local(end), 0
    for pause in standing(plan, pauses):
        if pause.from_at >= end_at:
            break
        counted += plan.line.between(at, pause.from_at)
        at = pause.to_at
    return counted + (plan.line.between(at, end_at) if at < end_at else 0)


def standing(plan: Plan, pauses: Sequence[Pause]) -> list[Pause]:
    """The pauses as the plan feels them, in order, merged, from its first instant on.

    Where whole days are counted, the day on which a pause begins counts and the day on which it
    ends does not, like a start's day (A-35).
    """
    found: list[Pause] = []
    for pause in sorted(pauses):
        from_at, to_at = to_local(pause.from_at), to_local(pause.to_at)
        if plan.by_days:
            from_at = next_midnight(from_at)
            to_at = next_midnight(to_at - timedelta(seconds=1))
        from_at = max(from_at, found[-1].to_at if found else plan.from_at)
        if from_at < to_at:
            found.append(Pause(from_at, to_at, pause.reason))
    return found


def _end(plan: Plan, pauses: Sequence[Pause]) -> datetime:
    """The instant at which all the plan's seconds have counted."""
    at, left = plan.from_at, plan.seconds
    for pause in standing(plan, pauses) if pauses else ():
        before = plan.line.between(at, pause.from_at)
        if before >= left:
            break
        at, left = pause.to_at, left - before
    return plan.line.add(at, left, late=plan.late)


def before(limit: Limit, at: datetime, calendar: Calendar) -> datetime:
    """The last instant from which `limit` runs up to `at`: so long before a due time.

    Working days are whole ones: 3 working days before Friday's 24:00 is Wednesday 00:00.
    """
    end_at = to_local(at)
    plan = plan_of(limit, end_at, DEFAULT_COUNTING, calendar)
    if limit.kind is LimitKind.WORKING_DAYS:
        return calendar.working_days.take(end_at, plan.seconds)
    if limit.kind is LimitKind.WORKING_HOURS:
        return calendar.working_hours.take(end_at, plan.seconds)
    return end_at - timedelta(seconds=plan.seconds)


def _elapsed(
    seconds: int,
) -> Callable[[int, datetime, Counting, Calendar | None], Plan]:
    def plan(
        amount: int, start_at: datetime, counting: Counting, calendar: Calendar | None
    ) -> Plan:
        return Plan(Rule.ELAPSED, Why.ELAPSED, start_at, amount * seconds, ALL_TIME)

    return plan


def _natural_days(
    amount: int, start_at: datetime, counting: Counting, calendar: Calendar | None
) -> Plan:
    """A-01: 24 h each, or the start day not counted and the n-th day counted to its end."""
    seconds = amount * DAY_S
    if counting.natural_day == "rolling24h":
        return Plan(Rule.ROLLING_24H, Why.NATURAL_DAYS, start_at, seconds, ALL_TIME)
    first_at = next_midnight(start_at)
    return Plan(Rule.NEXT_MIDNIGHT, Why.NATURAL_DAYS, first_at, seconds, ALL_TIME)


def _same_day(
    amount: int, start_at: datetime, counting: Counting, calendar: Calendar | None
) -> Plan:
    """A-07: until 24:00 of the start's day."""
    left = (next_midnight(start_at) - start_at) // timedelta(seconds=1)
    return Plan(Rule.SAME_DAY, Why.UNTIL_MIDNIGHT, start_at, left, ALL_TIME)


def _working_days(
    amount: int, start_at: datetime, counting: Counting, calendar: Calendar | None
) -> Plan:
    """A-35: to the n-th working day's 24:00 or the start's time of day, or 8 hours each."""
    assert calendar is not None
    if counting.working_day == "8h":
        hours = _working_hours(amount * 8, start_at, counting, calendar)
        return hours._replace(rule=Rule.EIGHT_HOURS)
    seconds, days = amount * DAY_S, calendar.working_days
    if counting.working_day == "same_clock":
        return Plan(Rule.SAME_CLOCK, Why.WORKING_DAYS, start_at, seconds, days, late=True)
    return Plan(Rule.END_OF_DAY, Why.WORKING_DAYS, next_midnight(start_at), seconds, days)


def _working_hours(
    amount: int, start_at: datetime, counting: Counting, calendar: Calendar | None
) -> Plan:
    """Inside the working slots; a start between two of them counts from the next one."""
    assert calendar is not None
    line = calendar.working_hours
    return Plan(Rule.WORKING_HOURS, Why.WORKING_HOURS, start_at, amount * 3600, line)


NEEDS_CALENDAR: Final = frozenset((LimitKind.WORKING_DAYS, LimitKind.WORKING_HOURS))
PLANS: Final[Mapping[LimitKind, Callable[[int, datetime, Counting, Calendar | None], Plan]]] = (
    MappingProxyType(
        {
            LimitKind.MINUTES: _elapsed(60),
            LimitKind.HOURS: _elapsed(3600),
            LimitKind.NATURAL_DAYS: _natural_days,
            LimitKind.SAME_DAY: _same_day,
            LimitKind.WORKING_DAYS: _working_days,
            LimitKind.WORKING_HOURS: _working_hours,
        }
    )
)
"""How each kind of limit is counted."""
