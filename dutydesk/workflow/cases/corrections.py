"""Corrections: a new event that mends an earlier one, its due times computed anew (A-37)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from dutydesk.errors import Refused
from dutydesk.workflow.cases.model import Case, Clock
from dutydesk.workflow.cases.reserve import reserved_due
from dutydesk.workflow.time.zone import next_midnight, parse_instant, to_local

if TYPE_CHECKING:
    from dutydesk.workflow.cases.asked import Asked

FACT_TIMES = ("at", "arrived_at", "completed_at", "fed_back_at")
PLANNED_TIMES = ("time", "due")
AT_COORDINATION, AFTER_COORDINATION = "coordination_time", "after_coordination"
DISPOSAL, COMPLETION_DAY = "disposal", "completion_day"
"""The rules of `starting.START_RULES` whose clocks a correction dates in a way of their own."""
CASE_TEXTS = ("place", "description", "category")
CASE_TIMES = ("upstream_due", "occurred_at", "reported_at")


def correction_fits(asked: Asked) -> Refused | None:
    """The event exists, and the value fits the field; a fact lies not in the future."""
    event, name = asked.get("event"), asked.get("field")
    if event is None or name is None or "value" not in asked.values:
        return None
    if not 1 <= event <= asked.case.last_seq:
        expected = f"1–{asked.case.last_seq}"
        return Refused("bad_value", {"field": "event", "value": event, "expected": expected})
    if name not in (*FACT_TIMES, *PLANNED_TIMES, *CASE_TIMES):
        return _text_fits(asked, name)
    value = read_time(asked.values["value"])
    if value is None:
        shown = {
            "field": "value",
            "value": str(asked.values["value"]),
            "expected": "2026-11-20T18:55",
        }
        return Refused("bad_value", shown)
    earliest = _followed(asked.case, event) if name in FACT_TIMES else None
    late = name in FACT_TIMES and value > asked.act.recorded_at
    if late or (earliest is not None and value < earliest):
        params = {
            "field": name,
            "value": value,
            "earliest": earliest,
            "latest": asked.act.recorded_at,
        }
        return Refused("time_order", params)
    return None


def _followed(case: Case, event: int) -> datetime | None:
    """The fact that an event follows, as far as a clock tells: what it stopped had begun."""
    begun = [
        c.started_at
        for c in case.clocks
        if c.stopped_by == event and c.stopped_at is not None and c.started_at <= c.stopped_at
    ]
    return max((b for b in begun), default=None)


def _text_fits(asked: Asked, name: str) -> Refused | None:
    value = asked.values["value"]
    if name not in {f.name for f in asked.context.procedure.fields.values()}:
        named = [*FACT_TIMES, *PLANNED_TIMES, *CASE_TEXTS, *CASE_TIMES, "grid"]
        return Refused("bad_value", {"field": "field", "value": name, "expected": named})
    if name in CASE_TEXTS and not isinstance(value, str):
        shown: dict[str, object] = {"field": "value", "value": str(value), "expected": "text"}
        return Refused("bad_value", shown)
    if name == "grid" and asked.context.places.grid(str(value)) is None:
        expected = [g.name for g in asked.context.places.grids]
        return Refused("bad_value", {"field": "value", "value": str(value), "expected": expected})
    return None


def read_time(value: object) -> datetime | None:
    """The instant in a raw value, or None where it is none."""
    if isinstance(value, datetime):
        return None if value.tzinfo is None else to_local(value)
    try:
        return parse_instant(str(value))
    except ValueError:
        return None


def corrected_case(case: Case, name: str, value: object, grid: str | None) -> Case:
    """The case with one of its own facts set right; other fields stay on the journal only."""
    if name in CASE_TEXTS and value is not None:
        return replace(case, **_one(name, str(value).strip()))
    if name in CASE_TIMES:
        return replace(case, **_one(name, read_time(value)))
    if name == "grid" and grid is not None:
        return replace(case, grid=grid)
    return case


def _one(name: str, value: object) -> dict[str, Any]:
    return {name: value}


def corrected_clock(
    case: Case, clock: Clock, due: str, event: int, name: str, value: object, at: datetime
) -> Clock:
    """The clock as the corrected event would have made it; the same clock where it had no part.

    ``due`` is the rule that dates such a clock (`starting.START_RULES`), ``at`` is when the
    correction counts from: a warning that would lie before it is left out.
    """
    moment = read_time(value)
    if moment is None:
        return clock
    if clock.stopped_by == event and name in FACT_TIMES:
        absent = clock.on_time is False and not _overdue(clock)
        mended = _judged(replace(clock, stopped_at=moment))
        return replace(mended, on_time=False) if absent else mended
    if clock.started_by != event:
        return clock
    mended = _begun(case, clock, due, name, moment)
    return clock if mended == clock else _judged(replace(mended, fresh_at=at))


def _begun(case: Case, clock: Clock, due: str, name: str, moment: datetime) -> Clock:
    """The clock as it would have begun had the corrected time been known."""
    if name in FACT_TIMES and clock.limit_s is not None and due != AT_COORDINATION:
        return _restarted(case, clock, due, moment)
    if name == "due" and clock.due_at is not None:
        return _due(clock, moment)
    if name == "time" and due == AT_COORDINATION:
        return _due(clock, moment)
    if name == "time" and due == AFTER_COORDINATION:
        return _restarted(case, clock, due, moment)
    return clock


def _due(clock: Clock, due_at: datetime) -> Clock:
    limit_s = int((due_at - clock.started_at).total_seconds())
    return replace(clock, due_at=due_at, limit_s=limit_s)


def _restarted(case: Case, clock: Clock, due: str, moment: datetime) -> Clock:
    if due == COMPLETION_DAY:
        return _due(replace(clock, started_at=moment), next_midnight(moment))
    if due == DISPOSAL and case.course.class_ == "community" and case.upstream_due:
        due_at, variant = reserved_due(case.upstream_due, moment)
        if due_at is not None:
            return _due(replace(clock, started_at=moment, variant=variant), due_at)
    due_at = moment + timedelta(seconds=clock.limit_s or 0)
    return replace(clock, started_at=moment, due_at=due_at)


def _overdue(clock: Clock) -> bool:
    stopped_at, due_at = clock.stopped_at, clock.due_at
    return stopped_at is not None and due_at is not None and stopped_at > due_at


def _judged(clock: Clock) -> Clock:
    if clock.stopped_at is None or clock.due_at is None:
        return clock
    on_time = clock.stopped_at <= clock.due_at
    if clock.ended:
        return replace(clock, on_time=None if on_time else False)
    return replace(clock, on_time=on_time)
