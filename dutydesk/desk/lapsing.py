"""Suspensions that are over: ended by the clock, once, as an event with the true end."""

from __future__ import annotations

from datetime import datetime

from dutydesk.storage import Unit
from dutydesk.workflow.cases.acts import Act, Outcome
from dutydesk.workflow.cases.decide import decide
from dutydesk.workflow.cases.model import Actor, Case
from dutydesk.workflow.cases.pending import wait_on
from dutydesk.workflow.cases.summary import facets
from dutydesk.workflow.context import Context
from dutydesk.workflow.procedure import Procedure


def lapsed(unit: Unit, case: Case, now: datetime, context: Context) -> Outcome | None:
    """The suspension of a case ended where its date has come; None where there is nothing to end.

    However late the sweep comes, the event says when it was over: the date that was set.
    """
    wait = wait_on(case)
    verb = _resuming(context.procedure)
    if wait is None or wait.until_at > now or verb is None:
        return None
    act = Act(verb, Actor("system"), at=wait.until_at, recorded_at=now, case=case.no)
    outcome = decide(case, act, context)
    unit.save(outcome, facets(outcome.case, context), act)
    return outcome


def _resuming(procedure: Procedure) -> str | None:
    """The act that ends a suspension; None in a procedure without one."""
    return next((verb for verb in procedure.acts if procedure.sets(verb, "resumed")), None)
