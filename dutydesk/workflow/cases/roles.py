"""Who may do what: roles, recording on behalf, and the night desk (contracts.md section 3)."""

from __future__ import annotations

from dutydesk.errors import Refused
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.context import Duty
from dutydesk.workflow.procedure import Transition

ON_BEHALF_ROLES = frozenset(
    {"deputy_head", "area_head", "line_lead", "street_centre", "station", "party"}
)
"""Those whose acts the commander may record; never the inspector."""

PARTY_ROLES = frozenset({"party", "line_lead", "station"})
WHILE_NIGHT_HOLDS = frozenset({"register", "note", "call", "attach"})
"""What is left to the commander while the night desk holds."""


def acting(actor: Actor, duty: Duty) -> Actor:
    """The role an actor fills now: the night desk is the commander while it holds."""
    if actor.role == "night_desk" and duty.night:
        return Actor("commander", actor.name)
    return actor


def implied(act: Act, row: Transition, party: str | None) -> Actor | None:
    """For whom an act is recorded: as given, else by its giver or its party."""
    if act.on_behalf is not None:
        return act.on_behalf
    giver = act.fields.get("giver")
    if giver and row.verb in ("record_instruction", "standing_instruction"):
        return Actor.parse(str(giver))
    if party is not None and "party" in row.by:
        return Actor("party", party)
    return None


def may(act: Act, row: Transition, duty: Duty, party: str | None) -> Refused | None:
    """None, or the refusal ``not_your_role`` with the roles that may."""
    actor = acting(act.by, duty)
    params = {"role": str(act.by.role), "allowed": _allowed(row, duty)}
    refused = Refused("not_your_role", params, row.clause)
    if act.by.role == "commander" and duty.night and row.verb not in WHILE_NIGHT_HOLDS:
        return refused
    if act.on_behalf is not None and not _may_record_for(actor, act.on_behalf, row):
        return refused
    if act.by.role == "night_desk" and "night_desk" in row.by:
        return None
    if actor.role in row.by:
        return None
    if actor.role != "commander":
        return refused
    behalf = implied(act, row, party)
    if behalf is None:
        return refused
    if act.on_behalf is None:
        return None
    stands_for_party = "party" in row.by and behalf.role in PARTY_ROLES
    return None if behalf.role in row.by or stands_for_party else refused


def _allowed(row: Transition, duty: Duty) -> list[str]:
    """The roles that may take a transition now: at night the desk that holds, not the commander."""
    if not duty.night or row.verb in WHILE_NIGHT_HOLDS:
        return list(row.by)
    return list(dict.fromkeys("night_desk" if r == "commander" else r for r in row.by))


def _may_record_for(actor: Actor, behalf: Actor, row: Transition) -> bool:
    """The commander records for others; who may act himself may name whose word it was (T26).

    Nobody records an inspector's verdict.
    """
    if behalf.role not in ON_BEHALF_ROLES:
        return False
    return actor.role == "commander" or (actor.role in row.by and behalf.role in row.by)
