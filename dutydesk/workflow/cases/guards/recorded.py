"""Guards with an argument from the procedure: what must stand on the record before an act."""

from __future__ import annotations

from dutydesk.errors import Refused
from dutydesk.workflow.cases.asked import Asked


def did(asked: Asked, verb: str) -> Refused | None:
    """An act of this name was done in this run of the case (`set did` remembers it)."""
    if verb in asked.case.course.did:
        return None
    return Refused("act_missing", {"act": verb})


def kept(asked: Asked, name: str) -> Refused | None:
    """The case keeps this field, or the act gives it."""
    if asked.probing or asked.get(name) is not None or asked.case.kept(name) is not None:
        return None
    return Refused("missing_field", {"field": name})


def ended(asked: Asked, clock: str) -> Refused | None:
    """No clock of this name runs any more: whoever owes an answer has given it."""
    running = asked.case.running(clock)
    if not running:
        return None
    return Refused("results_missing", {"parties": [c.party or clock for c in running]})


def awaited(asked: Asked, clock: str) -> Refused | None:
    """A clock of this name runs: there is something to answer."""
    return None if asked.case.running(clock) else Refused("act_missing", {"act": ""})


def another(asked: Asked, verb: str) -> Refused | None:
    """Whoever did the act of this name does not do this one as well."""
    who = asked.act.on_behalf or asked.act.by
    if f"{verb}:{who}" in asked.case.course.did:
        return Refused("independence", {"who": who.name or who.role})
    return None
