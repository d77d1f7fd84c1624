"""Walk the journal's chain and name the first row that does not stand as it was written."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select, type_coerce

from dutydesk.storage.bare import raw_type
from dutydesk.storage.journal import BODY, GENESIS, chained, personal_digest
from dutydesk.storage.store import Store
from dutydesk.storage.tables import case_row, event, personal

_STREAMED = {"yield_per": 2000}


class Broken(StrEnum):
    """What is wrong with the first broken row."""

    CHANGED = "changed"
    """Its content is no longer what its hash covers."""
    MISSING = "missing"
    """It is not there, though later rows are, or though its case counts it."""
    REORDERED = "reordered"
    """It does not follow the row before it."""
    PERSONAL = "personal"
    """Its personal fields are not those whose digest it holds."""
    STATE = "state"
    """It is its case's last event, and the case stands in another state."""


class Verified(NamedTuple):
    """How many rows were walked; id, reason and case of the first broken one, or None."""

    rows: int
    broken: int | None = None
    reason: Broken | None = None
    case: str | None = None

    @property
    def whole(self) -> bool:
        return self.broken is None


def verify(store: Store) -> Verified:
    """Walk all events in id order; then hold personal fields and cases against them.

    A personal entry that was erased keeps its digest and is whole.
    """
    with store.reading() as connection:
        walked = _walk(connection)
        if not walked.whole:
            return walked
        return (
            _personal(connection, walked.rows)
            or _cut(connection, walked.rows)
            or _states(connection, walked.rows)
            or walked
        )


def _walk(connection: Connection) -> Verified:
    columns = [type_coerce(event.c[name], raw_type(event.c[name])) for name in BODY]
    asked = select(*columns, event.c.prev_hash, event.c.hash).order_by(event.c.id)
    rows, last = 0, GENESIS
    stream = connection.execute(asked, execution_options=_STREAMED)
    for row in stream:
        reason = _fault(row, rows + 1, last)
        if reason is not None:
            number = rows + 1 if reason is Broken.MISSING else row[0]
            stream.close()
            return Verified(rows, number, reason, None if reason is Broken.MISSING else row[1])
        rows, last = rows + 1, row[-1]
    return Verified(rows)


def _fault(row: Sequence[Any], expected: int, last: str) -> Broken | None:
    if row[0] != expected:
        return Broken.MISSING
    if chained(row[-2], row[:-2]) != row[-1]:
        return Broken.CHANGED
    return None if row[-2] == last else Broken.REORDERED


def _personal(connection: Connection, rows: int) -> Verified | None:
    """The first event whose personal fields are gone without being erased, or are others."""
    body = type_coerce(personal.c.body, raw_type(personal.c.body))
    columns: list[ColumnElement[Any]] = [event.c.id, event.c.case_no, event.c.personal]
    columns += [personal.c.digest, personal.c.salt, body, personal.c.erased_at]
    asked = (
        select(*columns)
        .outerjoin(personal, personal.c.digest == event.c.personal)
        .where(event.c.personal.is_not(None))
        .order_by(event.c.id)
    )
    stream = connection.execute(asked, execution_options=_STREAMED)
    for number, case, held, digest, salt, text, erased_at in stream:
        if erased_at is not None:
            continue
        if digest is None or personal_digest(str(salt), str(text)) != held:
            stream.close()
            return Verified(rows, number, Broken.PERSONAL, case)
    return None


def _cut(connection: Connection, rows: int) -> Verified | None:
    """A journal that ends too early: some case counts an event that is not there."""
    last = (
        select(event.c.case_no, func.max(event.c.seq).label("seq"))
        .where(event.c.case_no.is_not(None))
        .group_by(event.c.case_no)
        .subquery()
    )
    asked = (
        select(case_row.c.no)
        .outerjoin(last, last.c.case_no == case_row.c.no)
        .where(case_row.c.last_seq > func.coalesce(last.c.seq, 0))
        .order_by(case_row.c.id)
        .limit(1)
    )
    case = connection.execute(asked).scalar()
    return None if case is None else Verified(rows, rows + 1, Broken.MISSING, case)


def _states(connection: Connection, rows: int) -> Verified | None:
    """A case that stands in another state than its last event left it in."""
    last = (
        select(event.c.case_no, func.max(event.c.id).label("id"))
        .where(event.c.case_no.is_not(None), event.c.state.is_not(None))
        .group_by(event.c.case_no)
        .subquery()
    )
    asked = (
        select(event.c.id, event.c.case_no)
        .join(last, last.c.id == event.c.id)
        .join(case_row, case_row.c.no == last.c.case_no)
        .where(case_row.c.state != event.c.state)
        .order_by(event.c.id)
        .limit(1)
    )
    found = connection.execute(asked).first()
    return None if found is None else Verified(rows, found[0], Broken.STATE, found[1])
