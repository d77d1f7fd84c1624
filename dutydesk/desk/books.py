"""The lists that a desk has loaded: seen anew whenever another edition is there, and loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dutydesk.workflow.matters import FIELDS, NO_MATTERS, Matters, Standard, coded
from dutydesk.workflow.register import Difference, difference
from dutydesk.workflow.time.zone import iso

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dutydesk.desk.door import Desk
    from dutydesk.intake.books.standards import RefusedLine
    from dutydesk.storage.books import Edition, Entry
    from dutydesk.workflow.cases.model import Actor


@dataclass
class Books:
    """The newest edition of each list as it was last seen; acts and questions share it."""

    matters: Matters = NO_MATTERS
    _seen: dict[str, int] = field(default_factory=dict)

    def look(self, connection: Connection) -> None:
        """Read anew what has another edition than the one last seen."""
        from dutydesk.storage import books  # slow import

        now = books.newest(connection)
        if now == self._seen:
            return
        self.matters = matters_of(
            now.get(books.MATTERS, 0), books.entries(connection, books.MATTERS)
        )
        self._seen = now


def matters_of(edition: int, entries: Sequence[Entry]) -> Matters:
    """The matter table behind its entries."""
    return Matters(edition, tuple(Standard(one.code, **one.body) for one in entries))


@dataclass(frozen=True, slots=True)
class BookLoaded:
    """A list's file accounted for: rows = added + changed + unchanged + refused.

    `edition` is that of the list afterwards; a file that changes nothing makes none. `absent` are
    the codes that the file does not name: they stay. With `dry_run` nothing was written.
    """

    file: str
    rows: int
    edition: int
    difference: Difference
    names: Mapping[str, str]
    refused: tuple[RefusedLine, ...]
    dry_run: bool


def load_matters(desk: Desk, path: str | Path, by: Actor, *, dry_run: bool = False) -> BookLoaded:
    """Put a case standards table into the matter table: known lines changed, new ones added.

    Nothing is deleted. A line that is refused leaves what the table has of it. Raises BadInput for
    a file that is refused whole, StoreError when it cannot be saved.
    """
    from dutydesk.intake.books.standards import read_standards  # slow import
    from dutydesk.storage import books  # slow import

    read = read_standards(path)
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    with desk.store.unit() as unit:
        known = books.entries(unit.connection, books.MATTERS)
        table = matters_of(0, known)
        given = coded(read.standards, table.standards)
        found = difference(
            {one.code: one.body for one in known}, {one.code: _body(one) for one in given}
        )
        number = books.newest(unit.connection).get(books.MATTERS, 0)
        if not found.nothing and not dry_run:
            number += 1
            made = books.Edition(
                number, desk.now(), str(by), Path(path).name, digest, _detail(found)
            )
            bodies = {one.code: _body(one) for one in given}
            books.save(unit.connection, books.MATTERS, made, _written(known, bodies, number))
            unit.touch()
    names = {one.code: one.text for one in (*table.standards, *given)}
    return BookLoaded(str(path), read.rows, number, found, names, read.refused, dry_run)


def _body(one: Standard) -> dict[str, str]:
    return {name: getattr(one, name) for name in FIELDS}


def _written(
    known: Sequence[Entry], given: Mapping[str, Mapping[str, str]], number: int
) -> list[Entry]:
    """The entries that an edition adds or changes; new ones stand behind those that were there."""
    from dutydesk.storage.books import Entry  # slow import

    last = max((one.place for one in known), default=0)
    old = {one.code: one for one in known}
    found = []
    for code, body in given.items():
        was = old.get(code)
        if was is None:
            last += 1
            found.append(Entry(code, body, last, number, number))
        elif was.body != body:
            found.append(Entry(code, body, was.place, was.added, number))
    return found


def _detail(found: Difference) -> dict[str, object]:
    return {
        "added": list(found.added),
        "changed": [[c.code, c.field, c.old, c.new] for c in found.changes],
    }


def editions(desk: Desk, book: str) -> tuple[Edition, ...]:
    """The editions of a list, the newest first."""
    from dutydesk.storage import books  # slow import

    with desk.store.reading() as connection:
        return books.editions(connection, book)


def history(desk: Desk, book: str, code: str) -> list[dict[str, Any]]:
    """What each edition did to one entry, the oldest first; editions that left it are left out.

    Rows are {"edition", "at", "by", "file", "added": whether it came then, "changed": [{"field",
    "old", "new"}]}.
    """
    found = []
    for one in reversed(editions(desk, book)):
        changed = [
            {"field": name, "old": old, "new": new}
            for at, name, old, new in one.detail["changed"]
            if at == code
        ]
        added = code in one.detail["added"]
        if added or changed:
            row = {"edition": one.number, "at": iso(one.at), "by": one.by, "file": one.file}
            found.append(row | {"added": added, "changed": changed})
    return found
