"""The posts as they are manned at a moment, for whoever asks who stands behind a role."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dutydesk.i18n import _, listed
from dutydesk.views.labels import Words
from dutydesk.views.question import Context
from dutydesk.workflow.alarms.model import Told
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.duty.model import DutyState
from dutydesk.workflow.duty.presence import on_duty, said_in
from dutydesk.workflow.duty.resolving import EMPTY, OWN_UNIT, STANDS_IN, Standing


def standing_at(context: Context, state: DutyState, at: datetime) -> Standing:
    """Who stands where in an area at a moment, by roster and presence."""
    parts = context.procedure.parts
    planned = context.plan.planned(at)
    posts = on_duty(context.plan.slots, planned, said_in(state, parts), at)
    holder = context.duty(state, at).holder_role
    people: tuple[Any, ...] = tuple(getattr(context.plan, "people", ()))
    own = {one.name: _units(one, parts.units) for one in people}
    return Standing(state.area, posts, parts, holder, own)


def _units(person: Any, units: tuple[str, ...]) -> frozenset[str]:
    """The units of which a person is by his department, or heads by his office."""
    said = f"{person.department or ''} {person.office}"
    return frozenset(unit for unit in units if unit in said)


def units_of(case: Case) -> tuple[str, ...]:
    """The units that a case is about: its lead and its parties."""
    names = [party.name for party in case.course.parties]
    return tuple(dict.fromkeys([*([case.course.lead] if case.course.lead else []), *names]))


def told_words(told: tuple[Told, ...], words: Words) -> list[str]:
    """The persons told, each with his role, and whom they stand for."""
    found: list[str] = []
    skipped: list[str] = []
    for one in told:
        role = words.role(one.role)
        if one.why == EMPTY and not one.names:
            skipped.append(_("{role}无人在岗").format(role=role))
            continue
        names = listed(name for name in one.names if name != one.role)
        said = f"{role} {names}".rstrip()
        if one.why == STANDS_IN:
            said = _("{who}（代）").format(who=said)
        elif one.why == OWN_UNIT:
            said = _("{who}（涉其本单位）").format(who=said)
        found.append(said)
    return [*found, *skipped]
