"""Imports and exports as they were recorded, and the changed rows nobody has looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from dutydesk.storage.tables import batch, batch_row, case_row

B, R, C = batch.c, batch_row.c, case_row.c


def latest(connection: Connection, kind: str | None, limit: int) -> Sequence[Any]:
    """The newest batches, each with how many changed rows are still unseen."""
    unseen = (
        select(func.count())
        .where(R.batch == B.id, R.result == "changed", R.looked_at.is_(None))
        .scalar_subquery()
    )
    asked = select(
        B.id, B.kind, B.area, B.file, B.layout, B.channel, B.at, B.by,
        B.rows, B.new, B.changed, B.unchanged, B.rejected, B.undone_at, unseen,
    ).order_by(B.at.desc(), B.id.desc()).limit(limit)  # fmt: skip
    if kind is not None:
        asked = asked.where(B.kind == kind)
    return connection.execute(asked).all()


def unseen(connection: Connection, area: str | None, limit: int) -> Sequence[Any]:
    """The changed rows that nobody has looked at, the newest batch first."""
    asked = (
        select(R.batch, R.row, R.case_no, R.external_no, R.detail, B.at, B.file, C.state, C.place)
        .join(batch, B.id == R.batch)
        .outerjoin(case_row, C.no == R.case_no)
        .where(R.result == "changed", R.looked_at.is_(None), B.undone_at.is_(None))
        .order_by(B.at.desc(), R.batch.desc(), R.row)
        .limit(limit)
    )
    if area is not None:
        asked = asked.where(C.area == area)
    return connection.execute(asked).all()
