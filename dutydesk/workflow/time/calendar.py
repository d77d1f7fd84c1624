"""Working days, rest days, holidays and make-up days, from the State Council's yearly tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from dutydesk.workflow.time.slots import HOUSE_SLOTS, WHOLE_DAYS, Slots
from dutydesk.workflow.time.worktime import WorkTime

SATURDAY: Final = 5
ASK_FROM_MONTH: Final = 11
"""The notice for the next year is out in November: from then on its table is asked for."""


class DayKind(StrEnum):
    """The class of a day; `holiday` and `makeup` come from a table only."""

    WORK = "work"
    REST = "rest"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"


WEEK_SOURCE: Final = "week"
"""Source of a day that no table names: the plain week of a published year."""
ASSUMED_SOURCE: Final = "assumed"
"""Source of a day in a year without a table: the plain week, taken on trust (A-35)."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a yearly table: a day off, or a day worked in exchange."""

    date: date
    name: str
    off: bool


@dataclass(frozen=True, slots=True)
class YearTable:
    """The State Council's table of one year; `papers` are the addresses of its notices.

    `numbers` are the notices' own, such as 国办发明电〔2025〕7号.

    A table may list December days of the year before. Without days it is not published.
    """

    year: int
    days: tuple[Listed, ...] = ()
    papers: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    @property
    def published(self) -> bool:
        """Whether the notice is out."""
        return bool(self.days)


class Day(NamedTuple):
    """A day, its class, the holiday's name (or empty) and where the class comes from.

    `notice` is the number of the notice; `source` its address, the reason of a day of the desk's
    own, or one of WEEK_SOURCE and ASSUMED_SOURCE.
    """

    date: date
    kind: DayKind
    name: str
    source: str
    notice: str = ""

    @property
    def working(self) -> bool:
        """Whether work is done: plain working days and make-up days."""
        return self.kind in (DayKind.WORK, DayKind.MAKEUP)


YearSource = Callable[[int], YearTable | None]


@dataclass
class Calendar:
    """Day classes over all years; asks `source` for a year's table once, and only when needed.

    `overrides` are a desk's own days and stand above every table; `slots` are the working
    slots of a day that is worked.
    """

    source: YearSource
    overrides: Mapping[date, Day] = field(default_factory=dict)
    slots: Slots = HOUSE_SLOTS
    _tables: dict[int, YearTable | None] = field(default_factory=dict, repr=False)
    _years: dict[int, dict[date, Day]] = field(default_factory=dict, repr=False)
    _whole: dict[int, tuple[Day, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        tables: Iterable[YearTable],
        overrides: Mapping[date, Day] | None = None,
        slots: Slots = HOUSE_SLOTS,
    ) -> Calendar:
        """A calendar of tables at hand."""
        by_year = {table.year: table for table in tables}
        return cls(by_year.get, overrides or {}, slots)

    @cached_property
    def working_days(self) -> WorkTime:
        """Working days as time: each from 00:00 to 24:00."""
        return WorkTime(self, WHOLE_DAYS)

    @cached_property
    def working_hours(self) -> WorkTime:
        """The time within the working slots of working days."""
        return WorkTime(self, self.slots)

    def published(self, year: int) -> bool:
        """Whether the year's own table is there and names its days."""
        table = self._table(year)
        return table is not None and table.published

    def missing_years(self, first: int, last: int) -> tuple[int, ...]:
        """The years from first to last (both included) whose table is not published."""
        return tuple(year for year in range(first, last + 1) if not self.published(year))

    def day_class(self, day: date) -> Day:
        """The class of a day, by override, table, or the plain week."""
        if day in self.overrides:
            return self.overrides[day]
        named = self._named(day.year).get(day)
        if named is not None:
            return named
        kind = DayKind.REST if day.weekday() >= SATURDAY else DayKind.WORK
        return Day(day, kind, "", WEEK_SOURCE if self.published(day.year) else ASSUMED_SOURCE)

    def is_working_day(self, day: date) -> bool:
        """Whether the day is worked (A-35): make-up days are, holidays and weekends are not."""
        return self.day_class(day).working

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        following = day + timedelta(days=1)
        while not self.is_working_day(following):
            following += timedelta(days=1)
        return following

    def year(self, year: int) -> tuple[Day, ...]:
        """Every day of a year in order; found once."""
        found = self._whole.get(year)
        if found is None:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            dates = (date.fromordinal(number) for number in range(first, last + 1))
            found = self._whole[year] = tuple(self.day_class(day) for day in dates)
        return found

    def days(self, first: date, last: date) -> Iterator[Day]:
        """The days from first to last, both included."""
        for year in range(first.year, last.year + 1):
            begin = date(year, 1, 1).toordinal()
            low, high = first.toordinal() - begin, last.toordinal() - begin + 1
            yield from self.year(year)[max(0, low) : high]

    def _table(self, year: int) -> YearTable | None:
        if year not in self._tables:
            self._tables[year] = self.source(year)
        return self._tables[year]

    def _named(self, year: int) -> dict[date, Day]:
        """The named days of a year out of both tables; the next year's notice is the later word."""
        if year not in self._years:
            tables = (self._table(year), self._table(year + 1))
            self._years[year] = {
                listed.date: _day(listed, table)
                for table in tables
                if table is not None
                for listed in table.days
                if listed.date.year == year
            }
        return self._years[year]


def _day(listed: Listed, table: YearTable) -> Day:
    if listed.off:
        kind = DayKind.HOLIDAY
    elif listed.date.weekday() >= SATURDAY:
        kind = DayKind.MAKEUP
    else:
        # A notice may name a plain weekday only to say that work begins again on it (2020-02-03).
        kind = DayKind.WORK
    return Day(listed.date, kind, listed.name, " ".join(table.papers), "、".join(table.numbers))


def wanted_years(calendar: Calendar, today: date) -> tuple[int, ...]:
    """The unpublished years a desk needs today: this one and, from 1 November, the next."""
    last = today.year + 1 if today.month >= ASK_FROM_MONTH else today.year
    return calendar.missing_years(today.year, last)
