"""Planned hours across evenings, weekends, holidays, make-up days and extensions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutydesk.workflow.duty.hours import Hours, NeverOpen, Span, Window
from dutydesk.workflow.time.calendar import Calendar, Listed, YearTable
from dutydesk.workflow.time.zone import ZONE, parse_instant

AUTUMN_2026 = YearTable(
    2026,
    (
        *(Listed(date(2026, 9, day), "中秋节", True) for day in (25, 26, 27)),
        *(Listed(date(2026, 10, day), "国庆节", True) for day in range(1, 8)),
        Listed(date(2026, 9, 20), "国庆节", False),
        Listed(date(2026, 10, 10), "国庆节", False),
    ),
    ("https://example.test/2026",),
)
CALENDAR = Calendar.of([AUTUMN_2026])
PLAIN = Hours(CALENDAR)


def at(text: str) -> datetime:
    return parse_instant(f"2026-{text}")


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("11-20 08:29:59", False),
        ("11-20 08:30:00", True),
        ("11-20 18:59:59", True),
        ("11-20 19:00:00", False),
        ("11-21 10:00", False),
        ("10-01 10:00", False),
        ("09-20 10:00", True),
        ("10-10 10:00", True),
    ],
)
def test_open_on_working_days_only_the_closing_instant_outside(moment: str, is_open: bool) -> None:
    assert PLAIN.is_open(at(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "opening", "closing"),
    [
        ("11-20 08:00", "11-20 08:30", "11-20 19:00"),
        ("11-20 08:30", "11-23 08:30", "11-20 19:00"),
        ("11-20 10:00", "11-23 08:30", "11-20 19:00"),
        ("11-20 19:00", "11-23 08:30", "11-23 19:00"),
        ("11-19 22:00", "11-20 08:30", "11-20 19:00"),
        ("09-30 20:00", "10-08 08:30", "10-08 19:00"),
        ("10-09 20:00", "10-10 08:30", "10-10 19:00"),
        ("09-24 12:00", "09-28 08:30", "09-24 19:00"),
    ],
)
def test_next_opening_and_closing_across_weekends_and_holidays(
    moment: str, opening: str, closing: str
) -> None:
    assert PLAIN.next_opening(at(moment)) == at(opening)
    assert PLAIN.next_closing(at(moment)) == at(closing)


def test_hours_are_extended_at_both_ends_by_weekday_and_by_date() -> None:
    extended = Hours(
        CALENDAR,
        by_weekday={0: Span(time(7), time(21)), 6: Span(time(9), time(12))},
        by_date={date(2026, 11, 24): Span(time(6), time(0))},
    )
    assert extended.window(date(2026, 11, 23)) == Window(at("11-23 07:00"), at("11-23 21:00"))
    assert extended.window(date(2026, 11, 24)) == Window(at("11-24 06:00"), at("11-25 00:00"))
    assert extended.window(date(2026, 11, 25)) == Window(at("11-25 08:30"), at("11-25 19:00"))
    assert extended.window(date(2026, 11, 22)) is None
    assert extended.window(date(2026, 9, 20)) == Window(at("09-20 09:00"), at("09-20 12:00"))
    assert extended.is_open(at("11-24 23:59:59"))
    assert not extended.is_open(at("11-25 00:00"))


def test_a_date_says_its_own_hours_whatever_its_class() -> None:
    hours = Hours(
        CALENDAR,
        by_date={date(2026, 11, 21): Span(time(9), time(17)), date(2026, 11, 23): None},
    )
    assert hours.window(date(2026, 11, 21)) == Window(at("11-21 09:00"), at("11-21 17:00"))
    assert hours.next_opening(at("11-21 17:00")) == at("11-24 08:30")


def test_windows_between_two_moments() -> None:
    assert PLAIN.windows(at("11-20 19:00"), at("11-24 08:30")) == (
        Window(at("11-23 08:30"), at("11-23 19:00")),
    )
    assert PLAIN.windows(at("11-20 18:59:59"), at("11-23 08:30:01")) == (
        Window(at("11-20 08:30"), at("11-20 19:00")),
        Window(at("11-23 08:30"), at("11-23 19:00")),
    )
    assert PLAIN.windows(at("11-21 00:00"), at("11-22 23:00")) == ()


def test_hours_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ValueError, match="not after"):
        Hours(CALENDAR, opens=time(19), closes=time(8, 30))
    with pytest.raises(ValueError, match="not after"):
        Hours(CALENDAR, by_weekday={0: Span(time(9), time(9))})


def test_a_desk_that_never_opens_says_so() -> None:
    start = date(2026, 1, 1)
    closed = {start + timedelta(days=count): None for count in range(1100)}
    with pytest.raises(NeverOpen):
        Hours(CALENDAR, by_date=closed).next_opening(at("01-02 00:00"))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 20), timezones=st.just(ZONE)))
def test_between_a_moment_and_the_next_edge_nothing_changes(moment: datetime) -> None:
    second = timedelta(seconds=1)
    opening, closing = PLAIN.next_opening(moment), PLAIN.next_closing(moment)
    assert moment < opening
    assert moment < closing
    assert PLAIN.is_open(moment) is (closing < opening)
    assert (PLAIN.is_open(opening - second), PLAIN.is_open(opening)) == (False, True)
    assert (PLAIN.is_open(closing - second), PLAIN.is_open(closing)) == (True, False)
