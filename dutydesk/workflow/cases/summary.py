"""The stored short answer of a case: what breaches first, whose hands it is in, what comes next."""

from __future__ import annotations

from collections.abc import Callable

from dutydesk.workflow.alarms.ladder import planned, to_come
from dutydesk.workflow.cases.facets import Facets
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.cases.pending import deferral_step
from dutydesk.workflow.context import Context

EMPTY = Facets(None, None, None, None, None, None, None, "mine", (), None)


def facets(case: Case, context: Context) -> Facets:
    """The facets of a case; all empty once it has ended."""
    state, hands = context.procedure.states[case.state], whose(case, context)
    running = case.running()
    ending = not state.end and context.procedure.adjusting.suspension is not None
    ends = [wait.until_at for wait in case.waits if wait.to_at is None and ending]
    if state.end or not running:
        waiting = () if state.end else waiting_for(case, context)
        return EMPTY._replace(
            next_due_at=min(ends, default=None),
            hands=hands,
            waiting_for=waiting,
            waiting_since=case.since_at,
            pinned=_pinned(case, context),
        )
    all_plans = ((c, planned(case, c, context)) for c in running)
    plans = [(c, plan, to_come(c, plan)) for c, plan in all_plans]
    shown = min(running, key=lambda c: (c.due_at is None, c.due_at or c.started_at, c.id))
    yellows = [p.at for c, plan, _ in plans for p in plan if p.rung.light == "yellow" and c.due_at]
    reds = [c.due_at for c in running if c.due_at is not None]
    nexts = [*ends, *(after[0].at for _, _, after in plans if after)]
    return Facets(
        clock=shown.name,
        clock_party=shown.party,
        started_at=shown.started_at,
        due_at=shown.due_at,
        yellow_at=min(yellows, default=None),
        red_at=min(reds, default=None),
        next_due_at=min(nexts, default=None),
        hands=hands,
        waiting_for=waiting_for(case, context),
        waiting_since=case.since_at,
        pinned=_pinned(case, context),
    )


def _pinned(case: Case, context: Context) -> bool:
    """Whether the case stands on top: the urgent track, or urgent without a track (A-42)."""
    track = case.course.track
    return case.urgent if track is None else track == context.procedure.urgent_track


def whose(case: Case, context: Context) -> str:
    """In whose hands the case is: those of its state, and ours once the head's word has come."""
    state = context.procedure.states[case.state]
    if state.then is not None and case.course.head_result_at is not None:
        return "mine"
    deciding = deciders(case, context)
    if deciding:
        return "mine" if context.procedure.parts.operator in deciding else "theirs"
    return state.hands or "mine"


def waiting_for(case: Case, context: Context) -> tuple[str, ...]:
    """Whom the case waits for: free names of parties, or a role of the procedure."""
    state = context.procedure.states[case.state]
    if state.then is not None and case.course.head_result_at is not None:
        return (state.then,)
    deciding = deciders(case, context)
    if deciding:
        operator = context.procedure.parts.operator
        return (context.duty.holder_role if deciding[0] == operator else deciding[0],)
    if state.waits_for is None:
        return (context.duty.holder_role,)
    rule = WAITS.get(state.waits_for)
    return (state.waits_for,) if rule is None else rule(case, context)


def deciders(case: Case, context: Context) -> tuple[str, ...]:
    """The roles of which one decides next on a deferral that is pending; none without one."""
    rule, step = context.procedure.adjusting.deferral, deferral_step(case)
    return rule.approvals[step - 1] if rule is not None and 0 < step <= len(rule.approvals) else ()


def _instruction(case: Case, context: Context) -> tuple[str, ...]:
    deputy, course = context.procedure.parts.deputy, case.course
    if deputy and course.instruction_asked_at is not None and not course.instructions:
        return (deputy,)
    return (context.duty.holder_role,)


def _lead(case: Case, context: Context) -> tuple[str, ...]:
    return (case.course.station or case.course.lead or context.duty.holder_role,)


WAITS: dict[str, Callable[[Case, Context], tuple[str, ...]]] = {
    "lead": _lead,
    "responses": lambda case, context: tuple(
        p.name for p in case.course.parties if p.outcome is None
    ),
    "results": lambda case, context: case.course.open_results,
    "instruction": _instruction,
}
"""Whom a state may wait for, besides a role that it names."""
