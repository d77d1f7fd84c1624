"""Minutes to red: the next hour by first breach, the act that saves each, who breaches at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from dutydesk.views.question import Context, Reading
from dutydesk.views.queue import grid_shorts
from dutydesk.workflow.alarms.ahead import Breach, Crowd, saver, together
from dutydesk.workflow.cases.model import Actor, Case, Clock
from dutydesk.workflow.context import Context as Rules
from dutydesk.workflow.time.zone import iso

HOUR = timedelta(minutes=60)


class ForecastRow(NamedTuple):
    """One clock that breaches: whose it is, and the one act that saves it, None where the desk has
    none."""

    case: str
    clock: str
    party: str | None
    due_at: datetime
    unit: str
    grid: str
    place: str
    act: str | None
    track: str | None


class Forecast(NamedTuple):
    """The rows by first breach, and the units that breach more than once together."""

    rows: tuple[ForecastRow, ...]
    crowds: tuple[Crowd, ...]


@dataclass(frozen=True, slots=True)
class MinutesToRed:
    """What of the desk's area breaches within a stretch from now."""

    within: timedelta = HOUR

    def answer(self, reading: Reading, context: Context) -> Forecast:
        """The forecast as the record stands."""
        from dutydesk.storage.queries import running  # slow import
        from dutydesk.views.stored import load_duty  # slow import

        until = reading.now + self.within
        found = running.breaching(reading.connection, context.area, reading.now, until)
        duty = context.duty(load_duty(reading, context.area), reading.now)
        rules = Rules(context.procedure, context.places, context.hours, duty)
        shorts = grid_shorts(context.places)
        rows = _rows(found, reading, rules, shorts)
        return Forecast(rows, together([Breach(r.due_at, r.unit, r.case) for r in rows if r.unit]))


def _rows(
    found: Sequence[tuple[str, int]], reading: Reading, rules: Rules, shorts: dict[str, str]
) -> tuple[ForecastRow, ...]:
    from dutydesk.views.stored import load_case  # slow import

    rows: list[ForecastRow] = []
    cases: dict[str, Case | None] = {}
    for no, number in found:
        if no not in cases:
            cases[no] = load_case(reading, no)
        case = cases[no]
        clock = next((c for c in case.running() if c.id == number), None) if case else None
        if case is not None and clock is not None and clock.due_at is not None:
            rows.append(_row(case, clock, clock.due_at, reading.now, rules, shorts))
    return tuple(rows)


def _row(
    case: Case, clock: Clock, due_at: datetime, now: datetime, rules: Rules, shorts: dict[str, str]
) -> ForecastRow:
    by = Actor(rules.duty.holder_role)
    grid = case.grid or ""
    unit = clock.party or case.course.station or case.course.lead or ""
    return ForecastRow(
        case=case.no,
        clock=clock.name,
        party=clock.party,
        due_at=due_at,
        unit=unit,
        grid=shorts.get(grid, grid),
        place=case.place,
        act=saver(case, clock.name, by, now, rules),
        track=case.course.track,
    )


def as_documents(found: Forecast, now: datetime) -> list[dict[str, Any]]:
    """The rows, then the crowds, each one line of JSON."""
    rows = [
        {
            "kind": "breach",
            "case": row.case,
            "clock": row.clock,
            "party": row.party,
            "due_at": iso(row.due_at),
            "minutes": int((row.due_at - now).total_seconds() // 60),
            "unit": row.unit,
            "act": row.act,
        }
        for row in found.rows
    ]
    crowds = [
        {
            "kind": "together",
            "unit": crowd.unit,
            "from": iso(crowd.from_at),
            "to": iso(crowd.to_at),
            "cases": list(crowd.cases),
        }
        for crowd in found.crowds
    ]
    return [*rows, *crowds]
