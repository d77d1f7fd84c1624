"""Calls, and notes that have a time, of what is still open: from these the promises are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Text, and_, or_, select, type_coerce

from dutydesk.storage.tables import case_row, event

E = event.c
_TIMED = and_(E.verb == "note", type_coerce(E.data, Text()).contains('"remind_at"'))


def since(connection: Connection, area: str, after: int) -> Sequence[Any]:
    """Journal rows (id, case, verb, at, data) after a row number, in their order."""
    still = select(case_row.c.no).where(case_row.c.is_open)
    asked = (
        select(E.id, E.case_no, E.verb, E.at, E.data)
        .where(E.id > after, E.area == area, or_(E.verb == "call", _TIMED))
        .where(or_(E.case_no.is_(None), E.case_no.in_(still)))
        .order_by(E.id)
    )
    return connection.execute(asked).all()
