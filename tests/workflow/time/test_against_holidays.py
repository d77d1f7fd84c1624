"""Working days agree with the package `holidays` on every date from 2019 to 2026."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dutydesk.config.calendars import shipped_calendar
from dutydesk.workflow.time.counting import due_at
from dutydesk.workflow.time.limits import parse
from dutydesk.workflow.time.zone import ZONE

FIRST, LAST = date(2019, 1, 1), date(2026, 12, 31)
DAYS = [date.fromordinal(number) for number in range(FIRST.toordinal(), LAST.toordinal() + 1)]


@pytest.fixture(scope="module")
def china() -> Any:
    holidays = pytest.importorskip("holidays", reason="`holidays` stands beside the dev packages")
    return holidays.country_holidays("CN", years=range(2018, 2028))


def test_every_day_is_worked_or_not_alike(china: Any) -> None:
    calendar = shipped_calendar()
    other = [day for day in DAYS if calendar.is_working_day(day) != china.is_working_day(day)]
    assert other == []


@pytest.mark.parametrize("amount", [1, 5, 12, 15])
def test_working_days_end_on_the_same_date(china: Any, amount: int) -> None:
    calendar, limit = shipped_calendar(), parse(f"{amount}个工作日")
    for day in DAYS[: -2 * amount - 15]:
        start = datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)
        last = due_at(limit, start, calendar=calendar) - timedelta(seconds=1)
        assert last.date() == china.get_nth_working_day(day, amount), day
