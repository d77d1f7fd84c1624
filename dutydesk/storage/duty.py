"""The duty state of an area: holder, handover on its way, presence, standing instructions."""

from __future__ import annotations

import json

from sqlalchemy import Connection, bindparam, select

from dutydesk.storage.codec import codec
from dutydesk.storage.faults import Stale
from dutydesk.storage.prepared import Prepared
from dutydesk.storage.tables import duty_state
from dutydesk.workflow.duty.model import DutyState

_CODEC = codec(DutyState)
_FACTS = Prepared(select(duty_state.c.facts).where(duty_state.c.area == bindparam("asked")))


def load(connection: Connection, area: str) -> DutyState:
    """The duty state of an area; one that was never saved is the sub-centre's."""
    row = _FACTS.row(connection, {"asked": area})
    return DutyState(area) if row is None else _CODEC.read(json.loads(row[0]))


def save(connection: Connection, state: DutyState) -> bool:
    """Write the state; False when nothing changed.

    Raises Stale unless its version is the stored one's successor.
    """
    before = load(connection, state.area)
    if before == state:
        return False
    if state.version != before.version + 1:
        raise Stale(state.area, state.version - 1, before.version)
    values = {
        "holder": state.holder,
        "version": state.version,
        "facts": _CODEC.write(state),
    }
    change = duty_state.update().where(duty_state.c.area == state.area).values(values)
    if connection.execute(change).rowcount == 0:
        connection.execute(duty_state.insert().values(area=state.area, **values))
    return True
