"""The calls of what is still open: from these it is drawn what a party said last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from dutydesk.storage.tables import case_row, event

E = event.c


def since(connection: Connection, area: str, after: int) -> Sequence[Any]:
    """Journal rows (id, case, at, data) of calls after a row number, in their order."""
    still = select(case_row.c.no).where(case_row.c.is_open)
    asked = (
        select(E.id, E.case_no, E.at, E.data)
        .where(E.id > after, E.area == area, E.verb == "call", E.case_no.in_(still))
        .order_by(E.id)
    )
    return connection.execute(asked).all()
