"""The stored duty state of an area: holder, handover on its way, presence, standing words."""

from __future__ import annotations

from sqlalchemy import Connection, select

from dutydesk.storage.codec import codec
from dutydesk.storage.tables import duty_state
from dutydesk.workflow.duty.model import DutyState


def of_area(connection: Connection, area: str) -> DutyState:
    """The duty state; of an area that nothing was said of, the sub-centre holds it."""
    c = duty_state.c
    asked = select(c.holder, c.version, c.facts).where(c.area == area)
    found = connection.execute(asked).first()
    if found is None:
        return DutyState(area)
    document = {**(found.facts or {}), "holder": found.holder, "version": found.version}
    state = codec(DutyState).read({**document, "area": area})
    assert isinstance(state, DutyState)
    return state
