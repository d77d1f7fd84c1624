"""The cases of a stretch of time that a sample is drawn from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, Connection, and_, or_, select, type_coerce

from dutydesk.storage.tables import case_row

C = case_row.c
CHUNK = 500


class Reported(NamedTuple):
    """One case: its grid, when it came in, when it was closed."""

    no: str
    grid: str | None
    received_at: datetime
    closed_at: datetime | None


def of_stretch(
    connection: Connection, area: str, from_ms: int, to_ms: int, without: Collection[str]
) -> tuple[Reported, ...]:
    """The cases of an area that came in or were closed from (inside) to (outside), by number.

    Cases in one of the states `without` are left out.
    """
    received, closed = (type_coerce(C[name], BigInteger()) for name in ("received_at", "closed_at"))
    inside = (and_(at >= from_ms, at < to_ms) for at in (received, closed))
    asked = (
        select(C.no, C.grid, C.received_at, C.closed_at)
        .where(C.area == area, C.state.not_in(list(without)), or_(*inside))
        .order_by(C.no)
    )
    return tuple(Reported._make(row) for row in connection.execute(asked))


def named(connection: Connection, numbers: Sequence[str]) -> Iterator[Reported]:
    """The cases of these numbers."""
    for start in range(0, len(numbers), CHUNK):
        some = list(numbers[start : start + CHUNK])
        asked = select(C.no, C.grid, C.received_at, C.closed_at).where(C.no.in_(some))
        yield from (Reported._make(row) for row in connection.execute(asked))
