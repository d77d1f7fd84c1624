"""What deferral, suspension, appeal and re-dating change in the record of a case."""

from __future__ import annotations

from dataclasses import replace

from dutydesk.workflow.cases import dating
from dutydesk.workflow.cases.adjustments import Appeal, Deferral, Wait
from dutydesk.workflow.cases.guards.adjusting import deferrable, late_runs, run_named
from dutydesk.workflow.cases.guards.recorded import doer
from dutydesk.workflow.cases.model import Case, Clock
from dutydesk.workflow.cases.pending import appeals_pending, deferral_pending, wait_on
from dutydesk.workflow.cases.redating import redated as dated_anew
from dutydesk.workflow.cases.work import Work
from dutydesk.workflow.time.counting import Counting
from dutydesk.workflow.time.limits import parse


def deferral_asked(work: Work) -> Case:
    """An application stands on the record; the old limit holds until the last approval."""
    asked = work.asked
    limit = asked.get("limit")
    made = Deferral(
        seq=work.seq,
        by=doer(asked),
        asked_at=work.at,
        reason=asked.get("reason"),
        clocks=tuple(clock.id for clock in deferrable(asked)),
        due=asked.get("due"),
        limit="" if limit is None or asked.get("due") is not None else limit.canonical,
    )
    lapsed = tuple(d if d.outcome else replace(d, outcome="lapsed") for d in work.case.deferrals)
    return replace(work.case, deferrals=(*lapsed, made))


def deferral_approved(work: Work) -> Case:
    """One of several approvals; the light keeps its mark and the limit its due time."""
    return _decided(work, "")


def deferral_granted(work: Work) -> Case:
    """The last approval: the due time moves, to what it says, else to what was asked (A-28)."""
    asked, pending = work.asked, deferral_pending(work.case)
    assert pending is not None
    due = asked.get("due") or pending.due
    calendar = asked.context.hours.calendar
    counting = Counting.of(asked.context.procedure.values)
    for clock in work.case.running():
        if clock.id in pending.clocks and clock.due_at is not None:
            limit = parse(pending.limit) if due is None else None
            _move(work, dating.deferred(clock, work.at, calendar, counting, due=due, limit=limit))
    return _decided(work, "granted")


def deferral_refused(work: Work) -> Case:
    """The due time stays; a refusal counts as no deferral."""
    return _decided(work, "refused")


def _decided(work: Work, outcome: str) -> Case:
    pending = deferral_pending(work.case)
    who = doer(work.asked)
    made = tuple(
        replace(
            d,
            approved=d.approved if outcome == "refused" else (*d.approved, who),
            outcome=outcome,
            decided_at=work.at if outcome else None,
        )
        if pending is not None and d.seq == pending.seq
        else d
        for d in work.case.deferrals
    )
    return replace(work.case, deferrals=made)


def suspended(work: Work) -> Case:
    """The clocks stand still up to a date; an interval on the case, never seconds."""
    asked, rule = work.asked, work.asked.context.procedure.adjusting.suspension
    assert rule is not None
    until, reason = asked.get("until"), asked.get("reason")
    wait = Wait(work.seq, work.at, until, reason, doer(asked), rule.clocks)
    for clock in work.case.running():
        if wait.concerns(clock.name):
            _move(work, dating.paused(clock, work.at, until, asked.context.hours.calendar))
    return replace(work.case, waits=(*work.case.waits, wait))


def resumed(work: Work) -> Case:
    """The clocks run on, from the act or from the planned end, whichever came first."""
    wait = wait_on(work.case)
    assert wait is not None
    to_at = max(wait.from_at, min(work.at, wait.until_at))
    for clock in work.case.running():
        held = clock.held[-1] if clock.held else None
        if held is not None and held.to_at == wait.until_at and to_at < held.to_at:
            _move(work, dating.resumed(clock, to_at, work.asked.context.hours.calendar))
    waits = tuple(replace(w, to_at=to_at) if w.seq == wait.seq else w for w in work.case.waits)
    return replace(work.case, waits=waits)


def _move(work: Work, clock: Clock) -> None:
    work.put(clock)
    work.tell("moved", clock)


def appealed(work: Work) -> Case:
    """An appeal against the overdue of one clock run."""
    asked = work.asked
    done = {appeal.clock for appeal in work.case.appeals}
    clock = run_named(asked, (c for c in late_runs(asked) if c.id not in done))
    assert clock is not None
    made = Appeal(
        seq=work.seq,
        clock=clock.id,
        by=doer(asked),
        at=work.at,
        reason=asked.get("reason"),
        evidence=asked.get("evidence"),
    )
    return replace(work.case, appeals=(*work.case.appeals, made))


def appeal_reviewed(work: Work) -> Case:
    """Accepted: the run counts in no rate any more; that it was late stays on the record."""
    asked, waiting = work.asked, {a.clock for a in appeals_pending(work.case)}
    clock = run_named(asked, (c for c in work.case.clocks if c.id in waiting))
    assert clock is not None
    verdict = asked.get("verdict")
    if verdict == "accepted":
        work.put(replace(clock, exempt=True))
    made = tuple(
        replace(
            a, outcome=verdict, reviewer=doer(asked), decided_at=work.at, text=asked.get("text")
        )
        if a.clock == clock.id and not a.outcome
        else a
        for a in work.case.appeals
    )
    return replace(work.case, appeals=made)


def redated(work: Work) -> Case:
    """The limits that a list names, dated by the rule and the calendar of now (X-9.1)."""
    asked = work.asked
    for number in asked.get("clocks"):
        clock = next(c for c in work.case.running() if str(c.id) == number)
        found = dated_anew(work.case, clock, asked.context, work.at)
        if found is not None:
            _move(work, found)
    return work.case
