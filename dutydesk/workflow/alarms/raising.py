"""The alarms of one case that have come by now, and the case with its rungs counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dutydesk.workflow.alarms.ladder import Planned, coming
from dutydesk.workflow.alarms.model import Alarm, AlarmReason, Silence
from dutydesk.workflow.alarms.rings import silence
from dutydesk.workflow.alarms.states import STALE, priority_of
from dutydesk.workflow.cases.model import Case, Clock
from dutydesk.workflow.context import Context

LATE = timedelta(seconds=5)
"""A clock that is kept raises an alarm within two or three seconds; one that comes later than this
had nobody to keep it, however short the stop was, and is on the record as late."""


def due_alarms(case: Case, now: datetime, context: Context) -> tuple[Case, tuple[Alarm, ...]]:
    """Every rung whose moment has come, once each; running it twice changes nothing.

    After a gap all rungs that have passed are recorded, so that the record is the same whether or
    not the desk slept, but of one clock only the last that has a sound rings (A-37).
    """
    raised: list[Alarm] = []
    rung_steps: set[str] = set()
    for clock in case.running():
        due = _come(case, clock, now, context)
        kind = context.procedure.clock(clock.name, clock.variant)
        quiet = [silence(case, kind, plan.rung, now, context) for plan in due]
        last = max((n for n, why in enumerate(quiet) if why is None), default=None)
        for number, (plan, why) in enumerate(zip(due, quiet, strict=True)):
            if why is None and number != last:
                why = Silence.SUPERSEDED
            if why is None and now - plan.at > STALE:
                why = Silence.STALE
            if why is None and clock.name in rung_steps:
                why = Silence.SAME_STEP
            if why is None:
                rung_steps.add(clock.name)
            raised.append(_alarm(case, clock, plan, now, context, why))
            clock = replace(clock, rungs=clock.rungs + 1, raised_at=plan.at)
        if due:
            case = _put(case, clock)
    return case, tuple(raised)


def _come(case: Case, clock: Clock, now: datetime, context: Context) -> list[Planned]:
    """The rungs that have come; a repeating one is followed through the gap."""
    found: list[Planned] = []
    while True:
        come = [p for p in coming(case, clock, context) if p.at <= now]
        found += come
        if not come or all(p.rung.every_s is None for p in come):
            return found
        clock = replace(clock, raised_at=come[-1].at)


def _alarm(
    case: Case, clock: Clock, plan: Planned, now: datetime, context: Context, quiet: Silence | None
) -> Alarm:
    reason = AlarmReason.NEXT_RUNG if clock.rungs else AlarmReason.FIRST
    if clock.rungs and plan.rung.every_s is not None:
        reason = AlarmReason.REPEAT
    holder, operator = context.duty.holder_role, context.procedure.parts.operator
    track = case.course.track
    urgent = case.urgent or (track is not None and track == context.procedure.urgent_track)
    return Alarm(
        key=f"{case.no}|{clock.id}|{clock.rungs}",
        area=case.area,
        case=case.no,
        clock=clock.name,
        clock_id=clock.id,
        party=clock.party,
        light=plan.rung.light,
        rung=clock.rungs,
        to=tuple(holder if role == operator else role for role in plan.rung.to),
        rings=quiet is None,
        reason=reason,
        silence=quiet,
        planned_at=plan.at,
        raised_at=now,
        late=now - plan.at > LATE,
        priority=priority_of(plan.rung.light, urgent=urgent).value,
        urgent=urgent,
    )


def _put(case: Case, clock: Clock) -> Case:
    return replace(case, clocks=tuple(clock if c.id == clock.id else c for c in case.clocks))
