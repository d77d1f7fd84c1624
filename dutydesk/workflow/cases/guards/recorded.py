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


def in_time(asked: Asked, clock: str) -> Refused | None:
    """No clock of this name is over its limit: what is late cannot be put off any more."""
    late = [c for c in asked.case.running(clock) if c.due_at is not None and c.due_at < asked.at]
    if not late:
        return None
    params: dict[str, object] = {"field": "at", "value": asked.at, "earliest": None}
    params |= {"latest": late[0].due_at, "overdue": clock}
    return Refused("time_order", params)


def another(asked: Asked, verb: str) -> Refused | None:
    """Whoever did the act of this name does not do this one as well."""
    who = doer(asked)
    if f"{verb}:{who}" in asked.case.course.did:
        return Refused("independence", {"who": who.partition(":")[2] or who})
    return None


def doer(asked: Asked) -> str:
    """Who does an act: for whom it is recorded; of one that is never the operator's own a party;
    else whoever enters it."""
    act, parts = asked.act, asked.context.procedure.parts
    rows = asked.context.procedure.steps(asked.case.state, act.verb)
    theirs = parts.handlers and not any(parts.operator in row.by for row in rows)
    if act.on_behalf is None and theirs and asked.actor.role == parts.operator:
        return f"{parts.handlers[0]}:{asked.party_name or ''}"
    return str(act.on_behalf or act.by)
