"""The matter table put in from a case standards file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dutydesk.desk.books import BookLoaded, Brought, matters_of, put
from dutydesk.workflow.matters import FIELDS, Matters, Standard, coded, identity

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk
    from dutydesk.desk.redating import Redated
    from dutydesk.storage.books import Entry
    from dutydesk.workflow.cases.model import Actor


def load_matters(desk: Desk, path: str | Path, by: Actor, *, dry_run: bool = False) -> BookLoaded:
    """Put a case standards table into the matter table: known lines changed, new ones added.

    Nothing is deleted. A line that is refused leaves what the table has of it. Raises BadInput for
    a file that is refused whole, StoreError when it cannot be saved.
    """
    from dutydesk.intake.books.standards import read_standards  # slow import
    from dutydesk.storage.books import MATTERS  # slow import

    read = read_standards(path)

    def bring(known: Sequence[Entry]) -> Brought:
        table = matters_of(0, known).standards
        bodies = {one.code: _body(one) for one in coded(read.standards, table)}
        unread = {identity(one) for one in read.unread}
        named = frozenset(one.code for one in table if identity(one) in unread)
        return Brought(bodies, read.refused, read.rows, named)

    return put(desk, MATTERS, path, by, bring, _named, dry_run=dry_run)


def moved_by(desk: Desk, loaded: BookLoaded) -> tuple[Redated, ...]:
    """The running clocks that the table as loaded, or as it would be, dates otherwise (X-9.1)."""
    from dutydesk.desk.redating import Redating  # slow import

    made = tuple(Standard(code, **body) for code, body in loaded.bodies.items())
    coming = loaded.dry_run and not loaded.difference.nothing
    table = Matters(loaded.edition + (1 if coming else 0), made)
    return desk.read(Redating(matters_only=True, matters=table))


def _body(one: Standard) -> dict[str, str]:
    return {name: getattr(one, name) for name in FIELDS}


def _named(code: str, body: Mapping[str, str]) -> str:
    return Standard(code, **body).text
