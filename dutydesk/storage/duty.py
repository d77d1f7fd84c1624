"""The duty state of an area: holder, handover on its way, presence, standing instructions."""

from __future__ import annotations

from sqlalchemy import Connection, select

from dutydesk.storage.codec import codec
from dutydesk.storage.faults import Stale
from dutydesk.storage.tables import duty_state
from dutydesk.workflow.duty.model import DutyState

_CODEC = codec(DutyState)


def load(connection: Connection, area: str) -> DutyState:
    """The duty state of an area; one that was never saved is the sub-centre's."""
    asked = select(duty_state.c.facts).where(duty_state.c.area == area)
    found = connection.execute(asked).scalar()
    return DutyState(area) if found is None else _CODEC.read(found)


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
