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


def another(asked: Asked, verb: str) -> Refused | None:
    """Whoever did the act of this name does not do this one as well."""
    who = asked.act.on_behalf or asked.act.by
    if f"{verb}:{who}" in asked.case.course.did:
        return Refused("independence", {"who": who.name or who.role})
    return None
