"""Who may do what: roles, recording on behalf, and the night desk (contracts.md section 3)."""

from __future__ import annotations

from dutydesk.errors import Refused
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.context import Duty
from dutydesk.workflow.procedure import Transition


def acting(actor: Actor, duty: Duty) -> Actor:
    """The role an actor fills now: the night desk is the operator while it holds."""
    if actor.role == duty.parts.night and duty.night:
        return Actor(duty.parts.operator, actor.name)
    return actor


def implied(
    act: Act, row: Transition, duty: Duty, party: str | None, station: str | None = None
) -> Actor | None:
    """For whom an act is recorded: as given, else by its giver or its party.

    The party at its own `station` is whoever holds the post there, not one who came to help.
    """
    if act.on_behalf is not None:
        return act.on_behalf
    giver = act.fields.get("giver")
    if giver and duty.parts.operator not in row.by:
        return Actor.parse(str(giver))
    at_station = [r for r in duty.parts.handlers if r in duty.parts.in_grids and r in row.by]
    if party is not None and party == station and at_station:
        return Actor(at_station[0], party)
    handler = duty.parts.handlers[:1]
    if party is not None and handler and handler[0] in row.by:
        return Actor(handler[0], party)
    return None


def may(act: Act, row: Transition, duty: Duty, party: str | None) -> Refused | None:
    """None, or the refusal ``not_your_role`` with the roles that may."""
    parts = duty.parts
    actor = acting(act.by, duty)
    params: dict[str, object] = {"role": str(act.by.role), "allowed": _allowed(row, duty)}
    if act.on_behalf is not None:
        params["on_behalf"] = str(act.on_behalf.role)
    refused = Refused("not_your_role", params, row.clause)
    if act.by.role == parts.operator and duty.night and row.verb not in parts.left:
        return refused
    if act.on_behalf is not None and not _may_record_for(actor, act.on_behalf, row, duty):
        return refused
    if act.by.role == parts.night and parts.night in row.by:
        return None
    if actor.role in row.by:
        return None
    if actor.role != parts.operator:
        return refused
    behalf = implied(act, row, duty, party)
    if behalf is None:
        return refused
    if act.on_behalf is None:
        return None
    for_party = bool(set(parts.handlers[:1]) & set(row.by)) and behalf.role in parts.handlers
    return None if behalf.role in row.by or for_party else refused


def _allowed(row: Transition, duty: Duty) -> list[str]:
    """The roles that may take a transition now: at night the desk that holds, not the operator."""
    parts = duty.parts
    if not duty.night or row.verb in parts.left:
        return list(row.by)
    return list(dict.fromkeys(duty.holder_role if r == parts.operator else r for r in row.by))


def _may_record_for(actor: Actor, behalf: Actor, row: Transition, duty: Duty) -> bool:
    """The operator records for others; who may act himself may name whose word it was (T26).

    Nobody records a verdict of who is not among those.
    """
    if behalf.role not in duty.parts.records_for:
        return False
    return actor.role == duty.parts.operator or (actor.role in row.by and behalf.role in row.by)
