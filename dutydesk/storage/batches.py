"""Batches: each import and export with its rows, what changed in them, and what went back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from dutydesk.storage.tables import batch, batch_row, returned


@dataclass(frozen=True, slots=True)
class Batch:
    """One import or export and its counts; rows = new + changed + unchanged + rejected."""

    id: str
    kind: str
    area: str
    file: str
    at: datetime
    by: str
    digest: str | None = None
    layout: str | None = None
    channel: str | None = None
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    undone_at: datetime | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a batch; `detail` holds fields old → new, or why it was rejected."""

    row: int
    result: str
    case: str | None = None
    external_no: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    looked_at: datetime | None = None


def save(connection: Connection, record: Batch, lines: Sequence[Line]) -> None:
    """Write a batch, or its new counts, and add its rows; a chunk of rows at a time is fine."""
    values = {name: getattr(record, name) for name in _FIELDS}
    values["detail"] = dict(record.detail)
    changed = connection.execute(batch.update().where(batch.c.id == record.id).values(values))
    if changed.rowcount == 0:
        connection.execute(batch.insert().values(id=record.id, **values))
    if lines:
        connection.execute(batch_row.insert(), [_line(record.id, line) for line in lines])


def _line(number: str, line: Line) -> dict[str, Any]:
    return {
        "batch": number,
        "row": line.row,
        "case_no": line.case,
        "external_no": line.external_no,
        "result": line.result,
        "detail": dict(line.detail),
        "looked_at": line.looked_at,
    }


def load(connection: Connection, number: str) -> tuple[Batch, list[Line]] | None:
    """A batch and its rows in order, None for an unknown number."""
    row = connection.execute(select(batch).where(batch.c.id == number)).first()
    if row is None:
        return None
    asked = select(batch_row).where(batch_row.c.batch == number).order_by(batch_row.c.row)
    lines = [
        Line(r.row, r.result, r.case_no, r.external_no, r.detail, r.looked_at)
        for r in connection.execute(asked)
    ]
    return Batch(number, **{name: getattr(row, name) for name in _FIELDS}), lines


def last_of_file(connection: Connection, digest: str, kind: str = "import") -> str | None:
    """The newest import of a file (or paste of a text) with these very bytes, not undone."""
    asked = (
        select(batch.c.id)
        .where(batch.c.digest == digest, batch.c.kind == kind, batch.c.undone_at.is_(None))
        .order_by(batch.c.at.desc(), batch.c.id.desc())
        .limit(1)
    )
    return connection.execute(asked).scalar()


def look(connection: Connection, case: str, at: datetime) -> int:
    """Say that someone has looked at what imports changed in a case; gives how many rows."""
    change = batch_row.update().where(
        batch_row.c.case_no == case,
        batch_row.c.result == "changed",
        batch_row.c.looked_at.is_(None),
    )
    return connection.execute(change.values(looked_at=at)).rowcount


def mark_returned(
    connection: Connection, number: str, cases: Sequence[tuple[str, int]], at: datetime
) -> int:
    """Record that these (case, episode) went back with a batch; gives how many had not yet."""
    asked = select(returned.c.case_no, returned.c.run).where(
        returned.c.case_no.in_([no for no, _run in cases])
    )
    gone = {(row.case_no, row.run) for row in connection.execute(asked)}
    rows = [
        {"case_no": no, "run": run, "batch": number, "exported_at": at}
        for no, run in dict.fromkeys(cases)
        if (no, run) not in gone
    ]
    if rows:
        connection.execute(returned.insert(), rows)
    return len(rows)


_FIELDS = (
    *("kind", "area", "file", "at", "by", "digest", "layout", "channel", "rows", "new"),
    *("changed", "unchanged", "rejected", "undone_at", "detail"),
)
