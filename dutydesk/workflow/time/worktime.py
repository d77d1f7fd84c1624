"""Working time added, taken off and measured by one table of sums, so that they always agree."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

from dutydesk.workflow.time.slots import Slot, Slots
from dutydesk.workflow.time.zone import at_second

if TYPE_CHECKING:
    from dutydesk.workflow.time.calendar import Calendar


class Line(Protocol):
    """Time of which some counts: added to an instant, and measured between two."""

    def add(self, start_at: datetime, seconds: int, *, late: bool = False) -> datetime:
        """The instant at which so many seconds have counted since `start_at`."""
        ...

    def between(self, start_at: datetime, end_at: datetime) -> int:
        """The seconds that count from `start_at` up to `end_at`."""
        ...


class AllTime:
    """Every second counts, day and night (A-08)."""

    def add(self, start_at: datetime, seconds: int, *, late: bool = False) -> datetime:
        return start_at + timedelta(seconds=seconds)

    def between(self, start_at: datetime, end_at: datetime) -> int:
        return (end_at - start_at) // timedelta(seconds=1)


class _Year(NamedTuple):
    """The worked days of a year as ordinals, their slots, and the seconds before each of them.

    `before` has one more entry than `days`: the seconds of the whole year.
    """

    days: tuple[int, ...]
    slots: tuple[tuple[Slot, ...], ...]
    before: tuple[int, ...]


@dataclass(slots=True)
class WorkTime:
    """The working time of a calendar within slots; a year's sums are made once, when needed.

    Instants are in the counting zone, with whole seconds.
    """

    calendar: Calendar
    slots: Slots
    _years: dict[int, _Year] = field(default_factory=dict, repr=False)

    def between(self, start_at: datetime, end_at: datetime) -> int:
        """The worked seconds from `start_at` up to `end_at`, which is not before it."""
        before = _upto(self._year(start_at.year), start_at)
        years = range(start_at.year, end_at.year)
        whole = sum(self._year(year).before[-1] for year in years)
        return whole + _upto(self._year(end_at.year), end_at) - before

    def add(self, start_at: datetime, seconds: int, *, late: bool = False) -> datetime:
        """The instant at which so many seconds have been worked since `start_at`.

        Where that is the end of a slot it is that end; with `late` the next slot's beginning.
        Raises OverflowError where no work comes any more.
        """
        year = start_at.year
        found = self._years.get(year) or self._made(year)
        wanted = _upto(found, start_at) + seconds
        while True:
            total = found.before[-1]
            if wanted < total or (wanted == total and not late):
                return _at(found, wanted, late)
            wanted, year = wanted - total, year + 1
            if year > MAXYEAR or not total:
                raise OverflowError(year)
            found = self._years.get(year) or self._made(year)

    def end_of_day(self, start_at: datetime, amount: int) -> datetime:
        """24:00 of the n-th worked day after the start's: `add` of whole days from midnight.

        Only for slots that are whole days. Raises OverflowError where no work comes any more.
        """
        year = start_at.year
        found = self._years.get(year) or self._made(year)
        place = bisect_right(found.days, start_at.toordinal()) + amount - 1
        while place >= len(found.days):
            place, year = place - len(found.days), year + 1
            if year > MAXYEAR or not found.days:
                raise OverflowError(year)
            found = self._years.get(year) or self._made(year)
        return at_second(found.days[place] + 1, 0)

    def take(self, end_at: datetime, seconds: int) -> datetime:
        """The last instant from which so many seconds are worked up to `end_at`: `add` undone.

        Raises OverflowError where there was no such work.
        """
        year = end_at.year
        wanted = _upto(self._year(year), end_at) - seconds
        while wanted < 0:
            year -= 1
            if year < MINYEAR or not (total := self._year(year).before[-1]):
                raise OverflowError(year)
            wanted += total
        return _at(self._year(year), wanted, True)

    def _year(self, year: int) -> _Year:
        return self._years.get(year) or self._made(year)

    def _made(self, year: int) -> _Year:
        worked = [day.date for day in self.calendar.year(year) if day.working]
        slots = tuple(self.slots.of(day) for day in worked)
        before = [0]
        for each in slots:
            before.append(before[-1] + sum(ends_s - begins_s for begins_s, ends_s in each))
        made = _Year(tuple(day.toordinal() for day in worked), slots, tuple(before))
        self._years[year] = made
        return made


def _upto(found: _Year, at: datetime) -> int:
    """The worked seconds of the instant's year before it."""
    ordinal = at.toordinal()
    place = bisect_left(found.days, ordinal)
    worked = found.before[place]
    if place < len(found.days) and found.days[place] == ordinal:
        second = at.hour * 3600 + at.minute * 60 + at.second
        for begins_s, ends_s in found.slots[place]:
            if second <= begins_s:
                break
            worked += min(second, ends_s) - begins_s
    return worked


def _at(found: _Year, wanted: int, late: bool) -> datetime:
    """The instant of a year at which so many of its seconds have been worked."""
    place = (bisect_right if late else bisect_left)(found.before, wanted) - 1
    left = wanted - found.before[place]
    for begins_s, ends_s in found.slots[place]:
        length = ends_s - begins_s
        if left < length or (left == length and not late):
            return at_second(found.days[place], begins_s + left)
        left -= length
    raise AssertionError(wanted)
