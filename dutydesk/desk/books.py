"""The lists that a desk has loaded: seen anew whenever another edition is there, and loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dutydesk.workflow.categories import Categories, Category, tree
from dutydesk.workflow.grids import NO_GRIDS, GridRecord, Grids
from dutydesk.workflow.matters import NO_MATTERS, Matters, Standard
from dutydesk.workflow.register import Difference, difference
from dutydesk.workflow.time.zone import iso

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dutydesk.desk.door import Desk
    from dutydesk.intake.books.sheet import RefusedLine
    from dutydesk.storage.books import Edition, Entry
    from dutydesk.workflow.cases.model import Actor
    from dutydesk.workflow.procedure import Procedure


@dataclass
class Books:
    """The newest edition of each list as it was last seen; acts and questions share it."""

    matters: Matters = NO_MATTERS
    grids: Grids = NO_GRIDS
    loaded: tuple[Category, ...] = ()
    _tree: Categories | None = None
    _seen: dict[str, int] = field(default_factory=dict)

    def look(self, connection: Connection) -> None:
        """Read anew what has another edition than the one last seen."""
        from dutydesk.storage import books  # slow import

        now = books.newest(connection)
        if now == self._seen:
            return
        if now.get(books.MATTERS) != self._seen.get(books.MATTERS):
            found = books.entries(connection, books.MATTERS)
            self.matters = matters_of(now[books.MATTERS], found)
        if now.get(books.GRIDS) != self._seen.get(books.GRIDS):
            found = books.entries(connection, books.GRIDS)
            self.grids = Grids(tuple(GridRecord(one.code, **one.body) for one in found))
        if now.get(books.CATEGORIES) != self._seen.get(books.CATEGORIES):
            found = books.entries(connection, books.CATEGORIES)
            self.loaded = tuple(Category(one.code, **one.body) for one in found)
            self._tree = None
        self._seen = now

    def belongs(self, text: str) -> tuple[str, ...]:
        """Code and name of the ground grid to which a department's own grid belongs (B-2.2.0)."""
        ground = self.grids.mapped(text) if self.grids.records else None
        return () if ground is None else (ground.code, ground.name)

    def tree(self, procedure: Procedure) -> Categories:
        """The category tree: the procedure's own, and what was loaded."""
        if self._tree is None:
            self._tree = tree(procedure.raw, self.loaded)
        return self._tree


def matters_of(edition: int, entries: Sequence[Entry]) -> Matters:
    """The matter table behind its entries."""
    return Matters(edition, tuple(Standard(one.code, **one.body) for one in entries))


@dataclass(frozen=True, slots=True)
class BookLoaded:
    """A list's file accounted for: rows = added + changed + unchanged + refused.

    `bodies` are the entries as the list has them afterwards, or would; `edition` is its edition
    then; a file that changes nothing makes none. `absent` are
    the codes that the file does not name: they stay. With `dry_run` nothing was written.
    """

    file: str
    rows: int
    edition: int
    difference: Difference
    names: Mapping[str, str]
    refused: tuple[RefusedLine, ...]
    dry_run: bool
    bodies: Mapping[str, Mapping[str, str]] = field(repr=False, default_factory=dict)


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file brings to a list: bodies by code, the lines it refuses, how many it had.

    `named` are codes that only refused lines name: they are in the file all the same.
    """

    given: Mapping[str, Mapping[str, str]]
    refused: tuple[RefusedLine, ...]
    rows: int
    named: frozenset[str] = frozenset()


Bring = Callable[[Sequence["Entry"]], Brought]
"""Makes of the entries that are there what a file brings to them."""


def put(
    desk: Desk,
    book: str,
    path: str | Path,
    by: Actor,
    bring: Bring,
    named: Callable[[str, Mapping[str, str]], str],
    *,
    dry_run: bool,
) -> BookLoaded:
    """Put what a file brings into a list: known entries changed, new ones added, none deleted.

    `named` says how an entry is called. A file that changes nothing makes no edition.
    """
    from dutydesk.storage import books  # slow import

    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    with desk.store.unit() as unit:
        known = books.entries(unit.connection, book)
        brought = bring(known)
        bodies = {one.code: one.body for one in known}
        found = difference(bodies, brought.given)
        absent = tuple(code for code in found.absent if code not in brought.named)
        found = replace(found, absent=absent)
        number = books.newest(unit.connection).get(book, 0)
        if not found.nothing and not dry_run:
            number += 1
            file = Path(path).name
            made = books.Edition(number, desk.now(), str(by), file, digest, _detail(found))
            books.save(unit.connection, book, made, _written(known, brought.given, number))
            unit.touch()
    after = {**bodies, **brought.given}
    names = {code: named(code, body) for code, body in after.items()}
    return BookLoaded(
        *(str(path), brought.rows, number, found, names, brought.refused),
        dry_run=dry_run,
        bodies=after,
    )


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
