"""Re-dating: what rule, matter table and calendar of now make of a clock that runs (X-9.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from dutydesk.workflow.cases.by_table import BESIDE, is_tabled, standard_of, tabled_rule
from dutydesk.workflow.cases.dating import counting_by, deferred, waiting
from dutydesk.workflow.cases.model import Case, Clock
from dutydesk.workflow.context import Context
from dutydesk.workflow.procedure import ClockKind
from dutydesk.workflow.time.calendar import Calendar
from dutydesk.workflow.time.counting import Counting, due_at, plan_of
from dutydesk.workflow.time.limits import Limit, parse
from dutydesk.workflow.time.zone import to_local


class _Base(NamedTuple):
    """A due time before any pause and deferral, with the limit and the rule that lead to it."""

    due_at: datetime
    limit: str
    counted: str


def redated(case: Case, clock: Clock, context: Context, at: datetime) -> Clock | None:
    """The clock as rule, matter table and calendar of now date it; None where its due time stays.

    A limit of the table is that of the case's matter now; one set otherwise stands. Pauses and
    deferrals stay with it. A clock whose due time was agreed, told by the upstream platform or set
    by a meeting is dated by no rule.
    """
    kinds = context.procedure.clocks.get(clock.name)
    old = _base_of(clock)
    if kinds is None or old is None or not clock.running:
        return None
    kind = context.procedure.clock(clock.name, clock.variant)
    counting = Counting.of(context.procedure.values)
    calendar = context.hours.calendar
    tabled = _tabled(case, clock, context)
    new = _base(case, clock, kind, counting, calendar, old, tabled)
    if new is None or new.due_at == to_local(old):
        return None
    made = replace(
        clock,
        due_at=new.due_at,
        limit=new.limit,
        counted=new.counted,
        limit_s=max(0, int((new.due_at - clock.started_at).total_seconds())),
        rule=_rule(clock, context, tabled),
        fresh_at=at,
        held=(),
        extended=(),
    )
    for more in clock.extended:
        if more.limit:
            made = deferred(made, at, calendar, counting, limit=parse(more.limit))
        elif not clock.held and made.due_at is not None and more.to_at > made.due_at:
            made = deferred(made, at, calendar, counting, due=more.to_at)
        elif clock.held and made.due_at is not None:
            later = made.due_at + (more.to_at - more.from_at)
            made = deferred(made, at, calendar, counting, due=later)
    made = waiting(made, case.waits, calendar)
    return None if made.due_at == clock.due_at else made


def _tabled(case: Case, clock: Clock, context: Context) -> Limit | None:
    """The limit that the table has now for a clock that it dated; None where it names none."""
    found = standard_of(context.matters, {}, case) if is_tabled(clock.rule) else None
    return None if found is None else found.counted


def _rule(clock: Clock, context: Context, tabled: Limit | None) -> str:
    """The rule of now, with the edition that gave the limit: the old one where it still stands."""
    if tabled is not None:
        return tabled_rule(context.procedure.rule, context.matters.edition)
    edition = clock.rule.partition(BESIDE)[2]
    return tabled_rule(context.procedure.rule, int(edition) if edition else None)


def _base_of(clock: Clock) -> datetime | None:
    """The due time before any pause and deferral."""
    first = clock.held[0] if clock.held else None
    extended = first.was_extended if first is not None else clock.extended
    if extended:
        return extended[0].from_at
    return first.was_due_at if first is not None else clock.due_at


def _base(
    case: Case,
    clock: Clock,
    kind: ClockKind,
    counting: Counting,
    calendar: Calendar,
    old: datetime,
    tabled: Limit | None,
) -> _Base | None:
    limit = kind.limit if kind.due == "limit" else tabled
    if limit is None:
        limit = parse(clock.limit) if clock.limit else None
    if limit is None:
        return None
    start = to_local(_counted_from(clock, old, calendar))
    found = due_at(limit, start, counting=counting, calendar=calendar)
    rule = plan_of(limit, start, counting, calendar).rule
    if kind.due == "limit" and kind.cap is not None:
        since: datetime = getattr(case, kind.cap_from) or case.received_at
        last = due_at(kind.cap, to_local(since), counting=counting, calendar=calendar)
        if last < found:
            return _Base(last, "", "cap")
    return _Base(found, limit.canonical, rule.value)


def _counted_from(clock: Clock, old: datetime, calendar: Calendar) -> datetime:
    """From when the clock's limit was counted: its start, or the move that dated it last."""
    if not clock.limit or clock.fresh_at <= clock.started_at or clock.extended:
        return clock.started_at
    limit: Limit = parse(clock.limit)
    counting = counting_by(clock.counted)
    moved = due_at(limit, to_local(clock.fresh_at), counting=counting, calendar=calendar)
    return clock.fresh_at if moved == to_local(old) else clock.started_at
