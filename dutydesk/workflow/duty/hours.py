"""The planned hours of the desk: when it is open, opens next and closes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from dutydesk.workflow.time.calendar import Calendar
from dutydesk.workflow.time.zone import ZONE, to_local

DEFAULT_OPEN: Final = time(8, 30)
DEFAULT_CLOSE: Final = time(19, 0)
_SEARCH_DAYS: Final = 1000
_ONE_DAY: Final = timedelta(days=1)


class Span(NamedTuple):
    """Opening and closing time of one day; closing at 00:00 means 24:00."""

    opens: time
    closes: time


class Window(NamedTuple):
    """One planned stretch: the opening instant is inside, the closing instant is not."""

    opens_at: datetime
    closes_at: datetime


class NeverOpen(ValueError):
    """No planned hours within the next years."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Planned hours on working days (X-5.1.1), extended at both ends by day (X-5.1.2).

    `by_weekday` (0 = Monday) changes the times of that weekday where it is worked; `by_date` says
    the times of one date whatever its class, None keeps it closed. Make-up days are working days.
    """

    calendar: Calendar
    opens: time = DEFAULT_OPEN
    closes: time = DEFAULT_CLOSE
    by_weekday: Mapping[int, Span] = field(default_factory=dict)
    by_date: Mapping[date, Span | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        spans = [Span(self.opens, self.closes), *self.by_weekday.values()]
        spans += [span for span in self.by_date.values() if span is not None]
        for span in spans:
            if span.closes != time(0) and span.closes <= span.opens:
                raise ValueError(f"closes {span.closes} is not after opens {span.opens}")

    def window(self, day: date) -> Window | None:
        """The planned hours of a day, or None where it stays closed."""
        if day in self.by_date:
            span = self.by_date[day]
        elif self.calendar.is_working_day(day):
            span = self.by_weekday.get(day.weekday(), Span(self.opens, self.closes))
        else:
            span = None
        if span is None:
            return None
        closes_on = day + _ONE_DAY if span.closes == time(0) else day
        return Window(
            datetime.combine(day, span.opens, ZONE), datetime.combine(closes_on, span.closes, ZONE)
        )

    def is_open(self, at: datetime) -> bool:
        """Whether the instant lies in planned hours; the closing instant itself does not."""
        window = self.window(to_local(at).date())
        return window is not None and window.opens_at <= at < window.closes_at

    def next_opening(self, at: datetime) -> datetime:
        """The first opening strictly after the instant; NeverOpen if there is none for years."""
        return next(window.opens_at for window in self._from(at) if window.opens_at > at)

    def next_closing(self, at: datetime) -> datetime:
        """The first closing strictly after the instant; NeverOpen if there is none for years."""
        return next(window.closes_at for window in self._from(at) if window.closes_at > at)

    def windows(self, from_at: datetime, to_at: datetime) -> tuple[Window, ...]:
        """The windows that share time with the stretch from `from_at` up to `to_at`, in order."""
        first = to_local(from_at).date()
        days = (to_local(to_at).date() - first).days + 1
        found = (self.window(first + _ONE_DAY * count) for count in range(days))
        return tuple(
            window
            for window in found
            if window is not None and window.opens_at < to_at and window.closes_at > from_at
        )

    def _from(self, at: datetime) -> Iterator[Window]:
        day = to_local(at).date()
        for count in range(_SEARCH_DAYS):
            window = self.window(day + _ONE_DAY * count)
            if window is not None:
                yield window
        raise NeverOpen(f"no planned hours from {day} on")
