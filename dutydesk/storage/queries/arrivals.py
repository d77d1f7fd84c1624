"""What imports last said of cases: the rows by which a later import is compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from dutydesk.storage.cases import CHUNK
from dutydesk.storage.tables import batch, batch_row

B, R = batch.c, batch_row.c
TELLING = ("new", "changed")
"""The rows that hold what the file said; an unchanged one says what stood before."""


class Arrival(NamedTuple):
    """One row of an import that was not undone, and the layout it came in.

    `detail["raw"]` are its cells as the file had them, in the order of `columns`.
    """

    batch: str
    layout: str | None
    at: datetime
    row: int
    detail: dict[str, Any]
    columns: tuple[str, ...] = ()

    @property
    def raw(self) -> dict[str, str]:
        """The cells by column, in the file's order."""
        return dict(zip(self.columns, self.detail.get("raw", ()), strict=False))


def last_of(
    connection: Connection, nos: Sequence[str], kinds: Sequence[str] = ("import",)
) -> dict[str, Arrival]:
    """The newest telling row of each of these cases, by case number, from these kinds of batch."""
    found: dict[str, Arrival] = {}
    for start in range(0, len(nos), CHUNK):
        asked = (
            select(R.case_no, B.id, B.layout, B.at, R.row, R.detail)
            .join(batch, B.id == R.batch)
            .where(
                R.case_no.in_(list(nos[start : start + CHUNK])),
                R.result.in_(TELLING),
                B.kind.in_(kinds),
                B.undone_at.is_(None),
            )
        )
        for no, *rest in connection.execute(asked):
            arrival = Arrival(*rest)
            known = found.get(no)
            if known is None or _order(arrival) > _order(known):
                found[no] = arrival
    heads = _columns(connection, sorted({arrival.batch for arrival in found.values()}))
    return {no: one._replace(columns=heads[one.batch]) for no, one in found.items()}


def _columns(connection: Connection, numbers: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The columns of the files of these batches."""
    found: dict[str, tuple[str, ...]] = {}
    for start in range(0, len(numbers), CHUNK):
        some = list(numbers[start : start + CHUNK])
        asked = select(B.id, B.detail).where(B.id.in_(some))
        found.update((n, tuple(d.get("columns", ()))) for n, d in connection.execute(asked))
    return found


def _order(arrival: Arrival) -> tuple[datetime, int, str]:
    # A batch number ends in a counter without leading zeros: the longer one is the later one.
    return arrival.at, len(arrival.batch), arrival.batch
