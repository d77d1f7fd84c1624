"""Which acts are open for a case now, and why the others are not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dutydesk.errors import Refused
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.asked import Asked
from dutydesk.workflow.cases.decide import candidates, first, guarded
from dutydesk.workflow.cases.model import Actor, Case
from dutydesk.workflow.cases.not_open import not_open
from dutydesk.workflow.cases.pending import deferral_pending
from dutydesk.workflow.cases.roles import acting, may
from dutydesk.workflow.context import Context
from dutydesk.workflow.procedure import Transition

SYSTEM_ONLY = frozenset({"linked", "upstream_changed", "upstream_urged"})


@dataclass(frozen=True, slots=True)
class Possible:
    """One act of a case: open or why not; ``behalf`` is the role it is recorded for."""

    verb: str
    refusal: Refused | None
    clause: str | None
    behalf: str | None = None

    @property
    def open(self) -> bool:
        return self.refusal is None


def possible(case: Case, actor: Actor, now: datetime, context: Context) -> tuple[Possible, ...]:
    """Every act of the case's state by key, judged by state, role and guards, not by fields."""
    verbs = context.procedure.verbs_from(case.state)
    return tuple(
        _judge(case, verb, actor, now, context) for verb in verbs if verb not in SYSTEM_ONLY
    )


def next_act(case: Case, actor: Actor, now: datetime, context: Context) -> str | None:
    """The act that Enter offers: the approval that a deferral waits for, where it is ours; else the
    state's main act, or the one that mends its refusal."""
    for verb in context.procedure.verbs_from(case.state) if deferral_pending(case) else ():
        granting = context.procedure.sets(verb, "deferral_granted")
        if granting and _ours(case, verb, actor, now, context):
            return verb
    main = context.procedure.states[case.state].main
    if main is None:
        return None
    answer = _judge(case, main, actor, now, context)
    if answer.refusal is None:
        return main
    mend = context.procedure.mends.get(answer.refusal.code, main)
    return str(mend.get(case.state, main)) if isinstance(mend, dict) else str(mend)


def _ours(case: Case, verb: str, actor: Actor, now: datetime, context: Context) -> bool:
    """Whether an act is open, and not recorded for somebody else."""
    answer = _judge(case, verb, actor, now, context)
    return answer.open and answer.behalf is None


def _judge(case: Case, verb: str, actor: Actor, now: datetime, context: Context) -> Possible:
    act = Act(verb=verb, by=actor, at=now, recorded_at=now, case=case.no)
    asked = Asked(case, act, {}, context, acting(actor, context.duty), probing=True)
    rows = candidates(asked, case.state)
    if not rows:
        return Possible(verb, not_open(asked, case.state), None)
    behalf = _behalf(rows[0], asked)
    role = may(act, rows[0], context.duty, None)
    if role is not None and behalf is None:
        return Possible(verb, role, role.clause)
    answers = [_guards(asked, row) for row in rows]
    refusal = None if any(a is None for a in answers) else first([a for a in answers if a])
    clause = refusal.clause if refusal else rows[0].clause
    return Possible(verb, refusal, clause, behalf)


def _behalf(row: Transition, asked: Asked) -> str | None:
    """The role for whom the operator would record this act; None when it is his own."""
    duty, parts = asked.context.duty, asked.context.procedure.parts
    if parts.operator in row.by or asked.actor.role != parts.operator:
        return None
    if asked.act.by.role == parts.operator and duty.night:
        return None
    if parts.handlers and set(parts.handlers) <= set(row.by):
        return parts.handlers[0]
    return next((role for role in row.by if role in parts.records_for), None)


def _guards(asked: Asked, row: Transition) -> Refused | None:
    return first(guarded(asked, row))
