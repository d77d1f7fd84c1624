"""The named rules that give a clock its start, its limit and its due time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from dutydesk.workflow.cases.by_table import edition_of
from dutydesk.workflow.procedure import ClockKind, Effect
from dutydesk.workflow.time.counting import Counting, plan_of
from dutydesk.workflow.time.counting import due_at as counted_due
from dutydesk.workflow.time.ledger import Why
from dutydesk.workflow.time.limits import Limit
from dutydesk.workflow.time.zone import next_midnight

if TYPE_CHECKING:
    from dutydesk.workflow.cases.model import Case
    from dutydesk.workflow.cases.work import Work


CAPPED = "cap"
"""Counted so: the limit of all steps together came before that of this one."""

CAP_FROM = ("received_at", "occurred_at", "reported_at")
"""The moments of a case from which such a limit may count; one that is not known is its receipt."""

VARIED: dict[str, Callable[[Case], str | None]] = {
    "track": lambda case: case.course.track,
    "class": lambda case: case.course.class_,
    "difficulty": lambda case: case.course.difficulty,
    "channel": lambda case: case.channel,
    "urgent": lambda case: "urgent" if case.urgent else None,
}
"""The facts by which a clock may vary, besides the fields that the procedure keeps."""


class Start(NamedTuple):
    """Where a clock begins, its full limit in seconds, its due time and its variant.

    `limit` and `counted` are frozen on the clock (X-9.1): the limit as text, empty where the due
    time was agreed, and the rule that counted it, or the reason of the due time. `edition` is that
    of the matter table where the limit is taken from it.
    """

    started_at: datetime
    limit_s: int | None
    due_at: datetime | None
    variant: str
    limit: str = ""
    counted: str = ""
    edition: int | None = None


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


def _tabled(work: Work, limit: Limit, variant: str = "") -> Start:
    """A limit counted from the act; where the matter table gives it, with the table's edition."""
    asked = work.asked
    edition = edition_of(asked.context.matters, asked.values, work.case, limit)
    return _by(work, limit, work.at, variant)._replace(edition=edition)


def _kind(work: Work, effect: Effect, variant: str) -> ClockKind:
    return work.asked.context.procedure.clock(effect.name, variant)


def varied(work: Work, clock: str) -> str:
    """The variant of a clock that the case asks for: the first value of `vary` that is one."""
    kinds, case = work.asked.context.procedure.clocks[clock], work.case
    for name in kinds[""].vary:
        known = VARIED.get(name)
        value = case.kept(name) if known is None else known(case)
        if value and value in kinds:
            return value
    return ""


def _by_limit(work: Work, effect: Effect, party: str | None) -> Start | None:
    kind = _kind(work, effect, varied(work, effect.name))
    if kind.limit is None:
        return None
    known: datetime | None = getattr(work.case, kind.since) if kind.since else None
    start = (known or work.case.received_at) if kind.since else work.moment(effect)
    return _capped(work, kind, _by(work, kind.limit, start, kind.variant))


def _capped(work: Work, kind: ClockKind, start: Start) -> Start:
    """Never later than the whole of several steps allows (A-27): 4 days, but 7 since discovery."""
    if kind.cap is None:
        return start
    since: datetime = getattr(work.case, kind.cap_from) or work.case.received_at
    last = _by(work, kind.cap, since).due_at
    if last is None or start.due_at is None or start.due_at <= last:
        return start
    seconds = max(0, int((last - start.started_at).total_seconds()))
    return Start(start.started_at, seconds, last, start.variant, counted=CAPPED)


def _by_coordination(work: Work, effect: Effect, party: str | None) -> Start | None:
    """Due at the time in the notice (X-5.2.4.2); an invited party may have a time of its own.

    Whoever has come already and is only made the lead is not waited for again.
    """
    here = work.case.course.party(party) if party else None
    if work.asked.does("invited") and here is not None and here.outcome is not None:
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
    standard = work.asked.standard
    if station_due is None:
        return _tabled(work, standard.counted) if standard is not None else None
    seconds = int((station_due - work.at).total_seconds())
    return Start(work.at, seconds, station_due, variant, counted=Why.UPSTREAM_RESERVE.value)


def _completion_day(work: Work, effect: Effect, party: str | None) -> Start | None:
    """24:00 of the day on which the party completed (X-5.2.5.2)."""
    start = completed_at(work)
    due_at = next_midnight(start)
    seconds = int((due_at - start) / timedelta(seconds=1))
    return Start(start, seconds, due_at, "", counted=Why.UNTIL_MIDNIGHT.value)


def _agreed(work: Work, effect: Effect, party: str | None) -> Start | None:
    """Due when the act says, else after the limit it gives, else after the clock's own."""
    found = _given(work, effect, party)
    if found is not None:
        return found
    limit = work.asked.get("limit")
    variant = varied(work, effect.name)
    return _tabled(work, limit, variant) if limit is not None else _by_limit(work, effect, party)


def _given(work: Work, effect: Effect, party: str | None) -> Start | None:
    """Due when the act says: an order, a supervision, an agreed date."""
    due: datetime | None = work.asked.get("due")
    if due is None:
        return None
    seconds = int((due - work.at).total_seconds())
    variant = varied(work, effect.name)
    return Start(work.at, seconds, due, variant, counted=Why.AGREED_TIME.value)


def _no_due(work: Work, effect: Effect, party: str | None) -> Start | None:
    return Start(work.at, None, None, "")


START_RULES: dict[str, Callable[[Work, Effect, str | None], Start | None]] = {
    "limit": _by_limit,
    "coordination_time": _by_coordination,
    "after_coordination": _after_coordination,
    "disposal": _disposal,
    "completion_day": _completion_day,
    "given": _given,
    "agreed": _agreed,
    "none": _no_due,
}
"""The named rules that give a clock its start and due time."""
