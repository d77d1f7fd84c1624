"""Corrections: a new event that mends an earlier one, its due times computed anew (A-37)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from dutydesk.errors import Refused
from dutydesk.workflow.cases.model import Case, Clock
from dutydesk.workflow.time.zone import parse_instant, to_local

if TYPE_CHECKING:
    from dutydesk.workflow.cases.asked import Asked

FACT_TIMES = ("at", "arrived_at", "completed_at", "fed_back_at")
PLANNED_TIMES = ("time", "due")
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
    if name in FACT_TIMES and value > asked.act.recorded_at:
        params: dict[str, object] = {"field": name, "value": value, "latest": asked.act.recorded_at}
        return Refused("time_order", params, "A-37")
    return None


def _text_fits(asked: Asked, name: str) -> Refused | None:
    value = asked.values["value"]
    if name == "grid" and asked.context.places.grid(str(value)) is None:
        expected = [g.name for g in asked.context.places.grids]
        return Refused("bad_value", {"field": "value", "value": str(value), "expected": expected})
    return None


def read_time(value: object) -> datetime | None:
    """The instant in a raw value, or None where it is none."""
    if isinstance(value, datetime):
        return to_local(value)
    try:
        return parse_instant(str(value))
    except ValueError:
        return None


def corrected_case(case: Case, name: str, value: object, grid: str | None) -> Case:
    """The case with one of its own facts set right; other fields stay on the journal only."""
    if name in CASE_TEXTS:
        return replace(case, **_one(name, str(value).strip()))
    if name in CASE_TIMES:
        return replace(case, **_one(name, read_time(value)))
    if name == "grid" and grid is not None:
        return replace(case, grid=grid)
    return case


def _one(name: str, value: object) -> dict[str, Any]:
    return {name: value}


def corrected_clock(clock: Clock, event: int, name: str, value: object) -> Clock:
    """The clock as the corrected event would have made it; the same clock where it had no part."""
    moment = read_time(value)
    if moment is None:
        return clock
    if clock.stopped_by == event and name in FACT_TIMES:
        on_time = clock.due_at is None or moment <= clock.due_at
        if clock.ended:
            return replace(clock, stopped_at=moment, on_time=None if on_time else False)
        return replace(clock, stopped_at=moment, on_time=on_time)
    if clock.started_by != event:
        return clock
    if name in FACT_TIMES and clock.limit_s is not None and clock.name != "respond":
        return _judged(_restarted(clock, moment))
    if name == "due" and clock.due_at is not None:
        return _judged(replace(clock, due_at=moment))
    if name == "time" and clock.name == "respond":
        return _judged(replace(clock, due_at=moment))
    if name == "time" and clock.name == "record_outcome":
        return _judged(_restarted(clock, moment))
    return clock


def _restarted(clock: Clock, moment: datetime) -> Clock:
    due = moment + timedelta(seconds=clock.limit_s or 0)
    return replace(clock, started_at=moment, due_at=due)


def _judged(clock: Clock) -> Clock:
    if clock.stopped_at is None or clock.due_at is None:
        return clock
    on_time = clock.stopped_at <= clock.due_at
    if clock.ended:
        return replace(clock, on_time=None if on_time else False)
    return replace(clock, on_time=on_time)
