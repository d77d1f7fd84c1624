"""Spot-checks on site in a stretch of time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, select, type_coerce

from dutydesk.storage.tables import inspection


def between(connection: Connection, area: str | None, from_ms: int, to_ms: int) -> Sequence[Any]:
    """The spot-checks from (inside) to (outside), in order of time."""
    c = inspection.c
    at = type_coerce(c.at, BigInteger())
    asked = (
        select(
            c.id, c.area, c.grid, c.at, c.recorded_at, c.by, c.place, c.case_no,
            c.none_open, c.reason, c.verdict, c.note,
        )
        .where(at >= from_ms, at < to_ms)
        .order_by(c.at, c.id)
    )  # fmt: skip
    if area is not None:
        asked = asked.where(c.area == area)
    return connection.execute(asked).all()
