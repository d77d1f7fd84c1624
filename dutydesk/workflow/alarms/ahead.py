"""What would come of a case if nobody acts: its rungs to come, and the act that saves each step."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from dutydesk.workflow.alarms.ladder import Planned, planned
from dutydesk.workflow.alarms.model import Silence
from dutydesk.workflow.alarms.rings import silence
from dutydesk.workflow.cases.model import Actor, Case, Clock
from dutydesk.workflow.cases.possible import next_act
from dutydesk.workflow.context import Context

STOPPING: Final = frozenset(("stop", "end"))
TOGETHER: Final = timedelta(minutes=15)
"""Breaches of one unit within this are breaches together; house."""


class Step(NamedTuple):
    """One rung to come: when, of which clock, and why it would make no sound."""

    plan: Planned
    clock: Clock
    silence: Silence | None


def if_nobody_acts(case: Case, now: datetime, context: Context) -> tuple[Step, ...]:
    """Every rung of every running clock that lies ahead, in time order.

    Of a repeating one it is the next.
    """
    found: list[Step] = []
    for clock in case.running():
        kind = context.procedure.clock(clock.name, clock.variant)
        for plan in planned(case, clock, context):
            if plan.at > now:
                quiet = silence(case, kind, plan.rung, plan.at, context)
                found.append(Step(plan, clock, quiet))
    return tuple(sorted(found, key=lambda step: (step.plan.at, step.clock.id)))


def saver(case: Case, clock: str, by: Actor, now: datetime, context: Context) -> str | None:
    """The act that stops a clock of a case, or the one that has to come before it.

    None where only somebody else's doing stops it and the state has no act for that.
    """
    procedure = context.procedure
    state = procedure.states[case.state]
    stops = [
        verb
        for verb in (state.main, *state.keys)
        if verb is not None and _stops(case.state, verb, clock, context)
    ]
    first = next(iter(stops), None)
    if first is not None and first == state.main:
        return next_act(case, by, now, context) or first
    return first


def _stops(state: str, verb: str, clock: str, context: Context) -> bool:
    rows = context.procedure.steps(state, verb)
    return any(e.kind in STOPPING and e.name == clock for row in rows for e in row.effects)


class Breach(NamedTuple):
    """One clock that will be overdue, and whose it is then."""

    at: datetime
    unit: str
    case: str


class Crowd(NamedTuple):
    """Breaches of one unit that come together."""

    unit: str
    from_at: datetime
    to_at: datetime
    cases: tuple[str, ...]


def together(breaches: list[Breach]) -> tuple[Crowd, ...]:
    """Where one unit breaches more than once within a quarter of an hour, the first first."""
    units: dict[str, list[Breach]] = {}
    for breach in sorted(breaches):
        units.setdefault(breach.unit, []).append(breach)
    found: list[Crowd] = []
    for unit, mine in units.items():
        while mine:
            group = [breach for breach in mine if breach.at - mine[0].at <= TOGETHER]
            mine = mine[len(group) :]
            cases = tuple(dict.fromkeys(one.case for one in group))
            if len(cases) > 1:
                found.append(Crowd(unit, group[0].at, group[-1].at, cases))
    return tuple(sorted(found, key=lambda crowd: (crowd.from_at, crowd.unit)))
