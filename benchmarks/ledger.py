"""Why a clock of 15 working days with two pauses is due, beside when it is due."""

from __future__ import annotations

from datetime import datetime, timedelta

from benchmarks.figures import Figure, Scale, interleaved, taking
from dutydesk.config.calendars import shipped_calendar
from dutydesk.workflow.time.counting import due_at
from dutydesk.workflow.time.explaining import due
from dutydesk.workflow.time.ledger import Pause
from dutydesk.workflow.time.limits import parse
from dutydesk.workflow.time.zone import ZONE

START = datetime(2026, 9, 18, 10, tzinfo=ZONE)
PAUSES = tuple(
    Pause(START + timedelta(days=days), START + timedelta(days=days + length))
    for days, length in ((3, 2), (20, 4))
)


def run(scale: Scale) -> list[Figure]:
    """The same limit over the National Day holidays, a thousand times each."""
    calendar, limit = shipped_calendar(), parse("15 working days")
    count = scale.of(1_000, 5)

    def why() -> None:
        for _each in range(count):
            due(limit, START, calendar=calendar, pauses=PAUSES)

    def bare() -> None:
        for _each in range(count):
            due_at(limit, START, calendar=calendar, pauses=PAUSES)

    why()
    measured, baseline = interleaved(scale.of(15, 2), lambda: taking(why), lambda: taking(bare))
    return [
        Figure(
            name="ledger",
            what="the ledger of a 15-working-day clock with two pauses",
            measured_s=measured / count,
            baseline="the bare due time of the same clock",
            baseline_s=baseline / count,
            bar=20,
        )
    ]
