"""When the warnings and ladder steps of a running clock come (procedures.md 3.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from dutydesk.workflow.cases.model import Case, Clock
from dutydesk.workflow.context import Context
from dutydesk.workflow.procedure import ClockKind, Rung
from dutydesk.workflow.time.counting import before


class Planned(NamedTuple):
    """One rung with its moment."""

    at: datetime
    rung: Rung


ALARM_FACTS = ("instructed", "urgent")
"""The closed list of facts that a rung's ``when`` may name."""


def alarm_facts(case: Case, at: datetime, context: Context) -> dict[str, object]:
    """The facts of a rung as they are at its moment."""
    track = case.course.track or ""
    allowed = context.procedure.values.get("instruction_givers", {}).get(track, [])
    given = any(i.giver.split(":")[0] in allowed and i.at <= at for i in case.course.instructions)
    standing = context.duty.standing_for(case.course.difficulty, at) is not None
    return {"instructed": given or standing, "urgent": case.urgent}


def planned(case: Case, clock: Clock, context: Context) -> tuple[Planned, ...]:
    """All rungs of a clock in time order; of a repeating one only the next."""
    kind = context.procedure.clock(clock.name, clock.variant)
    rungs = [*_warnings(clock, kind, context), *_ladder(clock, kind, context)]
    fitting = (p for p in rungs if _fits(p, case, context))
    return tuple(sorted(fitting, key=lambda p: p.at))


def _fits(plan: Planned, case: Case, context: Context) -> bool:
    if not plan.rung.when:
        return True
    facts = alarm_facts(case, plan.at, context)
    return all(facts[name] == value for name, value in plan.rung.when)


def coming(case: Case, clock: Clock, context: Context) -> tuple[Planned, ...]:
    """The rungs of a clock that have not been raised yet, in time order."""
    return to_come(clock, planned(case, clock, context))


def to_come(clock: Clock, plan: tuple[Planned, ...]) -> tuple[Planned, ...]:
    """What of a plan has not been raised yet."""
    last = clock.raised_at
    return plan if last is None else tuple(p for p in plan if p.at > last)


def _warnings(clock: Clock, kind: ClockKind, context: Context) -> Iterator[Planned]:
    for rung in kind.warnings:
        at = _through_pauses(clock, rung, context)
        if at is None or at <= clock.fresh_at:
            continue
        if clock.due_at is None or at < clock.due_at:
            yield Planned(at, rung)


def _through_pauses(clock: Clock, rung: Rung, context: Context) -> datetime | None:
    """When a warning comes, however often its clock stood still since it was last dated.

    What came before a pause stays where it came; what lies behind it is put off with the due time,
    and never falls into the pause.
    """
    pauses = [held for held in clock.held if held.to_at > clock.fresh_at]
    stages = [*(replace(clock, due_at=held.was_due_at) for held in pauses), clock]
    at = _warning_at(stages[0], rung, context)
    for held, stage in zip(pauses, stages[1:], strict=True):
        if at is None or at <= held.from_at:
            return at
        if rung.every_s is None:
            at = _warning_at(stage, rung, context)
            at = None if at is None else max(at, held.to_at)
        elif (clock.raised_at or clock.started_at) < held.to_at:
            at += held.to_at - held.from_at
    return at


def _warning_at(clock: Clock, rung: Rung, context: Context) -> datetime | None:
    if rung.every_s is not None:
        step = timedelta(seconds=rung.every_s)
        return (clock.raised_at or clock.started_at) + step
    if clock.due_at is None:
        return None
    if rung.before_work is not None:
        return before(rung.before_work, clock.due_at, context.hours.calendar)
    if rung.before_s is not None:
        return clock.due_at - timedelta(seconds=rung.before_s)
    began = clock.due_at - timedelta(seconds=clock.limit_s or 0)
    if rung.share is not None:
        return began + timedelta(seconds=int((clock.limit_s or 0) * rung.share))
    if rung.near is not None:
        share, before_s, least = rung.near
        used = min((clock.limit_s or 0) * share, (clock.limit_s or 0) - before_s)
        return began + timedelta(seconds=int(max(used, (clock.limit_s or 0) * least)))
    return began + timedelta(seconds=rung.after_s or 0)


def _ladder(clock: Clock, kind: ClockKind, context: Context) -> Iterator[Planned]:
    if clock.due_at is None:
        return
    for rung in kind.ladder:
        if rung.opening:
            yield Planned(context.hours.next_opening(clock.due_at), rung)
        elif rung.share is not None:
            began = clock.due_at - timedelta(seconds=clock.limit_s or 0)
            yield Planned(began + timedelta(seconds=int((clock.limit_s or 0) * rung.share)), rung)
        else:
            yield Planned(clock.due_at + timedelta(seconds=rung.after_s or 0), rung)
