"""The stored short answer of a case: what breaches first, whose hands it is in, what comes next."""

from __future__ import annotations

from dutydesk.workflow.alarms.ladder import planned, to_come
from dutydesk.workflow.cases.facets import Facets
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.context import Context

EMPTY = Facets(None, None, None, None, None, None, None, "mine", (), None)


def facets(case: Case, context: Context) -> Facets:
    """The facets of a case; all empty once it has ended."""
    state, hands = context.procedure.states[case.state], whose(case, context)
    running = case.running()
    if state.end or not running:
        waiting = () if state.end else waiting_for(case, context)
        return EMPTY._replace(hands=hands, waiting_for=waiting, waiting_since=case.since_at)
    all_plans = ((c, planned(case, c, context)) for c in running)
    plans = [(c, plan, to_come(c, plan)) for c, plan in all_plans]
    shown = min(running, key=lambda c: (c.due_at is None, c.due_at or c.started_at, c.id))
    yellows = [p.at for c, plan, _ in plans for p in plan if p.rung.light == "yellow" and c.due_at]
    reds = [c.due_at for c in running if c.due_at is not None]
    nexts = [after[0].at for _, _, after in plans if after]
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
    )


def whose(case: Case, context: Context) -> str:
    """In whose hands the case is: those of its state, and ours once the head's word has come."""
    if case.state == "at_head" and case.course.head_result_at is not None:
        return "mine"
    return context.procedure.states[case.state].hands or "mine"


def waiting_for(case: Case, context: Context) -> tuple[str, ...]:
    """Whom the case waits for: free names of parties, or a role of the procedure."""
    course = case.course
    if case.state == "at_station":
        return (course.station or "station",)
    if case.state == "awaiting_response":
        return tuple(p.name for p in course.parties if p.outcome is None)
    if case.state == "disposing":
        return course.open_results
    if case.state == "at_head":
        return ("deputy_head",) if course.head_result_at else ("area_head",)
    if case.state == "at_street":
        return ("street_centre",)
    asked = course.instruction_asked_at
    if case.state == "to_coordinate" and asked is not None and not course.instructions:
        return ("deputy_head",)
    return (context.duty.holder_role,)
