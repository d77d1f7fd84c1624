"""Lists that are loaded from files and kept by edition; nothing in them is ever deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from dutydesk.storage.prepared import Prepared
from dutydesk.storage.tables import edition, entry

MATTERS, CATEGORIES, GRIDS = "matters", "categories", "grids"
_NEWEST = Prepared(
    select(edition.c.book, func.max(edition.c.number)).group_by(edition.c.book),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `place` from 1 is its order, `added` and `changed` are editions of its list."""

    code: str
    body: Mapping[str, str]
    place: int
    added: int
    changed: int


@dataclass(frozen=True, slots=True)
class Edition:
    """One loading that changed a list; `detail` is {"added": [code], "changed": [[code, field,
    old, new]]}, `digest` the SHA-256 of the file in hex."""

    number: int
    at: datetime
    by: str
    file: str
    digest: str
    detail: Mapping[str, Any]


def newest(connection: Connection) -> dict[str, int]:
    """The newest edition of each list that was ever loaded; asked before every answer and act."""
    if not connection.in_transaction():
        connection.begin()
    return {book: int(number) for book, number in _NEWEST.rows(connection, {})}


def entries(connection: Connection, book: str) -> tuple[Entry, ...]:
    """Every entry of a list, in its order."""
    asked = select(entry).where(entry.c.book == book).order_by(entry.c.place, entry.c.code)
    return tuple(
        Entry(row.code, row.body, row.place, row.added, row.changed)
        for row in connection.execute(asked)
    )


def editions(connection: Connection, book: str) -> tuple[Edition, ...]:
    """The editions of a list, the newest first."""
    asked = select(edition).where(edition.c.book == book).order_by(edition.c.number.desc())
    return tuple(
        Edition(row.number, row.at, row.by, row.file, row.digest, row.detail)
        for row in connection.execute(asked)
    )


def save(connection: Connection, book: str, made: Edition, found: Sequence[Entry]) -> None:
    """Write an edition and the entries that it adds or changes; the others stay as they are."""
    connection.execute(
        edition.insert().values(
            book=book,
            number=made.number,
            at=made.at,
            by=made.by,
            file=made.file,
            digest=made.digest,
            detail=made.detail,
        )
    )
    for one in found:
        values = {"place": one.place, "changed": one.changed, "body": dict(one.body)}
        if one.added == made.number:
            row = {"book": book, "code": one.code, "added": one.added, **values}
            connection.execute(entry.insert().values(row))
        else:
            where = (entry.c.book == book) & (entry.c.code == one.code)
            connection.execute(entry.update().where(where).values(values))
