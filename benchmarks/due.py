"""Twelve working days from a start, beside the package `holidays` counting the same."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib.metadata import version

from benchmarks.figures import Figure, Scale, interleaved, taking
from dutydesk.config.calendars import shipped_calendar
from dutydesk.workflow.time.counting import due_at
from dutydesk.workflow.time.limits import parse
from dutydesk.workflow.time.zone import ZONE

FIRST, LAST = date(2019, 1, 1), date(2026, 12, 31)
AMOUNT = 12


def run(scale: Scale) -> list[Figure]:
    """Every date of the shipped tables, and both must agree on each."""
    import holidays  # slow import

    china = holidays.country_holidays("CN", years=range(FIRST.year - 1, LAST.year + 2))
    calendar, limit = shipped_calendar(), parse(f"{AMOUNT} working days")
    days = _days(scale.of(1, 50))
    starts = [datetime(day.year, day.month, day.day, 10, tzinfo=ZONE) for day in days]

    def ours() -> list[datetime]:
        return [due_at(limit, start, calendar=calendar) for start in starts]

    def theirs() -> list[date]:
        return [china.get_nth_working_day(day, AMOUNT) for day in days]

    agree = [(at - timedelta(seconds=1)).date() for at in ours()] == theirs()
    measured, baseline = interleaved(scale.of(15, 2), lambda: taking(ours), lambda: taking(theirs))
    return [
        Figure(
            name="due",
            what=f"{AMOUNT} working days, mean over {len(days):,} starts",
            measured_s=measured / len(days),
            baseline=f"the package holidays {version('holidays')}",
            baseline_s=baseline / len(days),
            bar=1 / 5,
            note="equal on every start" if agree else "NOT equal on every start",
            whole=agree,
        )
    ]


def _days(step: int) -> list[date]:
    """Starts whose twelfth working day still lies in a published year."""
    last = LAST.toordinal() - 40
    return [date.fromordinal(number) for number in range(FIRST.toordinal(), last, step)]
