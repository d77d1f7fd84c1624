"""The shipped tables against what the State Council's notices say."""

from __future__ import annotations

from datetime import date

import pytest

from dutydesk.config.calendars import read_year, shipped_calendar, shipped_years
from dutydesk.workflow.time.calendar import DayKind

MAKEUP_DAYS = {
    2019: ["02-02", "02-03", "04-28", "05-05", "09-29", "10-12"],
    2020: ["01-19", "04-26", "05-09", "06-28", "09-27", "10-10"],
    2021: ["02-07", "02-20", "04-25", "05-08", "09-18", "09-26", "10-09"],
    2022: ["01-29", "01-30", "04-02", "04-24", "05-07", "10-08", "10-09"],
    2023: ["01-28", "01-29", "04-23", "05-06", "06-25", "10-07", "10-08"],
    2024: ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
    2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
}


@pytest.mark.parametrize("year", sorted(MAKEUP_DAYS))
def test_the_makeup_days_of_each_year(year: int) -> None:
    found = [f"{day.date:%m-%d}" for day in shipped_calendar().year(year) if day.kind == "makeup"]
    assert found == MAKEUP_DAYS[year]


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2018-12-29", True),
        ("2018-12-31", False),
        ("2020-01-31", False),
        ("2020-02-03", True),
        ("2022-12-31", False),
        ("2026-01-01", False),
        ("2026-01-02", False),
        ("2026-02-17", False),
        ("2026-09-25", False),
        ("2026-09-26", False),
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-11-20", True),
        ("2026-11-21", False),
    ],
)
def test_known_days(day: str, working: bool) -> None:
    assert shipped_calendar().is_working_day(date.fromisoformat(day)) is working


@pytest.mark.parametrize("year", sorted(MAKEUP_DAYS))
def test_every_named_day_names_its_notice(year: int) -> None:
    named = [
        day
        for day in shipped_calendar().year(year)
        if day.kind in (DayKind.HOLIDAY, DayKind.MAKEUP)
    ]
    assert {day.source.startswith("http") for day in named} == {True}
    assert {bool(day.name) for day in named} == {True}


def test_the_year_2027_is_not_published_and_nobody_guesses() -> None:
    calendar = shipped_calendar()
    assert shipped_years() == tuple(range(2019, 2028))
    assert calendar.missing_years(2019, 2028) == (2027, 2028)
    assert calendar.day_class(date(2027, 10, 1)).source == "assumed"
    assert read_year(2028) is None
