"""The named rules that give a clock its start, its limit and its due time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from dutydesk.workflow.procedure import ClockKind, Effect
from dutydesk.workflow.time.counting import Counting, plan_of
from dutydesk.workflow.time.counting import due_at as counted_due
from dutydesk.workflow.time.ledger import Why
from dutydesk.workflow.time.limits import Limit
from dutydesk.workflow.time.zone import next_midnight

if TYPE_CHECKING:
    from dutydesk.workflow.cases.work import Work


class Start(NamedTuple):
    """Where a clock begins, its full limit in seconds, its due time and its variant.

    `limit` and `counted` are frozen on the clock (X-9.1): the limit as text, empty where the due
    time was agreed, and the rule that counted it, or the reason of the due time.
    """

    started_at: datetime
    limit_s: int | None
    due_at: datetime | None
    variant: str
    limit: str = ""
    counted: str = ""


def completed_at(work: Work) -> datetime:
    """When the party of the act completed: as given, as recorded before, else now (A-07)."""
    given: datetime | None = work.asked.get("completed_at")
    party = work.asked.party
    recorded = party.completed_at if party is not None else None
    return recorded or given or work.at


def _by(work: Work, limit: Limit, start: datetime, variant: str = "") -> Start:
    """A limit counted from a start, by the procedure's switches and the desk's calendar."""
    context = work.asked.context
    counting, calendar = Counting.of(context.procedure.values), context.hours.calendar
    due_at = counted_due(limit, start, counting=counting, calendar=calendar)
    rule = plan_of(limit, start, counting, calendar).rule
    seconds = int((due_at - start).total_seconds())
    return Start(start, seconds, due_at, variant, limit.canonical, rule.value)


def _kind(work: Work, effect: Effect, variant: str) -> ClockKind:
    return work.asked.context.procedure.clock(effect.name, variant)


def _by_limit(work: Work, effect: Effect, party: str | None) -> Start | None:
    variant = work.case.course.track or "" if effect.name == "coordinate" else ""
    if work.case.urgent and effect.name in ("triage", "dispatch"):
        variant = "urgent"
    limit = _kind(work, effect, variant).limit
    if limit is None:
        return None
    return _by(work, limit, work.at, variant)


def _by_coordination(work: Work, effect: Effect, party: str | None) -> Start | None:
    """Due at the time in the notice (X-5.2.4.2); an invited party may have a time of its own.

    Whoever has come already and is only made the lead is not waited for again.
    """
    here = work.case.course.party(party) if party else None
    if work.asked.act.verb == "invite" and here is not None and here.outcome is not None:
        return None
    time: datetime | None = work.asked.get("time") or work.case.course.coordination_at
    if time is None or time <= work.at:
        return None
    seconds = int((time - work.at).total_seconds())
    return Start(work.at, seconds, time, "", counted=Why.AGREED_TIME.value)


def _after_coordination(work: Work, effect: Effect, party: str | None) -> Start | None:
    time = work.case.course.coordination_at
    limit = _kind(work, effect, "").limit
    if time is None or limit is None:
        return None
    return _by(work, limit, time)


def _disposal(work: Work, effect: Effect, party: str | None) -> Start | None:
    """The agreed limit of a duty, the new limit of a return, or the station's due (A-15)."""
    duties = {d.party: d for d in work.asked.get("duties") or ()}
    if party in duties:
        duty = duties[party]
        return _by(work, duty.limit, duty.start or work.at)
    limit = work.asked.get("limit")
    if limit is not None:
        return _by(work, limit, work.at)
    station_due, variant = work.asked.station_due()
    if station_due is None:
        return None
    seconds = int((station_due - work.at).total_seconds())
    return Start(work.at, seconds, station_due, variant, counted=Why.UPSTREAM_RESERVE.value)


def _completion_day(work: Work, effect: Effect, party: str | None) -> Start | None:
    """24:00 of the day on which the party completed (X-5.2.5.2)."""
    start = completed_at(work)
    due_at = next_midnight(start)
    seconds = int((due_at - start) / timedelta(seconds=1))
    return Start(start, seconds, due_at, "", counted=Why.UNTIL_MIDNIGHT.value)


def _no_due(work: Work, effect: Effect, party: str | None) -> Start | None:
    return Start(work.at, None, None, "")


START_RULES: dict[str, Callable[[Work, Effect, str | None], Start | None]] = {
    "limit": _by_limit,
    "coordination_time": _by_coordination,
    "after_coordination": _after_coordination,
    "disposal": _disposal,
    "completion_day": _completion_day,
    "none": _no_due,
}
"""The named rules that give a clock its start and due time."""
