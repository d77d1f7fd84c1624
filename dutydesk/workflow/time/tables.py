"""Whether a year's table can be believed, and which days it would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from dutydesk.workflow.time.calendar import Calendar, Day, YearTable

FEASTS: Final = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
"""Every year's notice names each of them, by itself or together with another."""
FIXED: Final = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
"""Days off by law on the same date each year."""


class TableFault(StrEnum):
    """Why a year's table is refused; the value is the stable code."""

    NO_DAYS = "calendar_empty"
    NO_PAPER = "calendar_without_notice"
    OTHER_YEAR = "calendar_other_year"
    TWICE = "calendar_contradicts_itself"
    LACKS_FEAST = "calendar_lacks_holiday"
    LACKS_DAY = "calendar_lacks_day"
    OTHER_TABLE = "calendar_contradicts_other"


class Faulty(NamedTuple):
    """One fault of a table and what it is about."""

    fault: TableFault
    what: str


class Changed(NamedTuple):
    """A day whose class would be another one."""

    old: Day
    new: Day


def faults(table: YearTable, calendar: Calendar) -> tuple[Faulty, ...]:
    """What is wrong with a table beside the others that are there; empty where nothing is."""
    if not table.days:
        return (Faulty(TableFault.NO_DAYS, str(table.year)),)
    return tuple(_faults(table, calendar))


def _faults(table: YearTable, calendar: Calendar) -> Iterator[Faulty]:
    if not table.papers and not table.numbers:
        yield Faulty(TableFault.NO_PAPER, str(table.year))
    for listed in table.days:
        last_december = date(table.year - 1, 12, 1)
        if not last_december <= listed.date <= date(table.year, 12, 31):
            yield Faulty(TableFault.OTHER_YEAR, listed.date.isoformat())
    times = Counter(listed.date for listed in table.days)
    for day in sorted(day for day, count in times.items() if count > 1):
        yield Faulty(TableFault.TWICE, day.isoformat())
    for feast in FEASTS:
        if not any(feast in listed.name and listed.off for listed in table.days):
            yield Faulty(TableFault.LACKS_FEAST, feast)
    off = {listed.date for listed in table.days if listed.off}
    for month, number in FIXED:
        if date(table.year, month, number) not in off:
            yield Faulty(TableFault.LACKS_DAY, date(table.year, month, number).isoformat())
    yield from _against_others(table, calendar)


def _against_others(table: YearTable, calendar: Calendar) -> Iterator[Faulty]:
    """A day that the tables of the years around name otherwise."""
    named = {
        listed.date: listed.off
        for year in (table.year - 1, table.year + 1)
        if (other := calendar.source(year)) is not None
        for listed in other.days
    }
    for listed in table.days:
        if named.get(listed.date, listed.off) != listed.off:
            yield Faulty(TableFault.OTHER_TABLE, listed.date.isoformat())


def with_table(calendar: Calendar, table: YearTable) -> Calendar:
    """The calendar as it would be with this table in its year's place."""

    def source(year: int) -> YearTable | None:
        return table if year == table.year else calendar.source(year)

    return Calendar(source, calendar.overrides, calendar.slots)


def changes(old: Calendar, new: Calendar, year: int) -> tuple[Changed, ...]:
    """The days of a year, and of the December before, whose class or name changes."""
    first, last = date(year - 1, 12, 1), date(year, 12, 31)
    pairs = zip(old.days(first, last), new.days(first, last), strict=True)
    found = (Changed(before, after) for before, after in pairs)
    return tuple(pair for pair in found if pair.old[1:3] != pair.new[1:3])
