"""What was recorded after a moment, by whomever and wherever: for whoever comes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select

from dutydesk.storage.tables import event

E = event.c
LOOKED_AT = 3000
"""So many journal rows, from the newest back, are looked at: `recorded_at` has no index."""


def elsewhere(connection: Connection, area: str, since: datetime, seat: str) -> Sequence[Any]:
    """Events (id, case, verb, at, role, name, seat) of other seats recorded after a moment.

    The newest first; of those that no seat recorded (command line, imports) too.
    """
    last = connection.execute(select(func.max(E.id))).scalar() or 0
    asked = (
        select(E.id, E.case_no, E.verb, E.at, E.by_role, E.by_name, E.seat)
        .where(E.id > last - LOOKED_AT, E.area == area, E.recorded_at > since)
        .where(or_(E.seat.is_(None), E.seat != seat))
        .order_by(E.id.desc())
    )
    return connection.execute(asked).all()
