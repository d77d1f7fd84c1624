"""Recent cases that might be the same matter: cheap to fetch, judged by the view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, select, type_coerce

from dutydesk.storage.tables import case_row


def recent(
    connection: Connection, since_ms: int, grid: str | None, exclude: str | None, limit: int
) -> Sequence[Any]:
    """Cases received since, of one grid or without any; the newest first."""
    c = case_row.c
    received = type_coerce(c.received_at, BigInteger())
    asked = (
        select(
            c.no, c.external_no, c.state, type_coerce(c.is_open, Integer()), c.grid, c.category,
            c.place, c.description, received,
        )
        .where(received >= since_ms)
        .order_by(c.received_at.desc(), c.id.desc())
        .limit(limit)
    )  # fmt: skip
    if grid is not None:
        asked = asked.where((c.grid == grid) | c.grid.is_(None))
    if exclude is not None:
        asked = asked.where(c.no != exclude)
    return connection.execute(asked).all()
