"""The ledger of what platforms do not know yet: changes are gathered and written together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from dutydesk.storage.cases import CHUNK, numbers
from dutydesk.storage.tables import writeback
from dutydesk.workflow.cases.owing import Change, Entry

W = writeback.c
_NAMES = tuple(c.name for c in writeback.columns if c.name not in ("id", "case_no"))
_TICK = ("ticked_at", "ticked_by", "receipt", "batch")


class Ledger:
    """The changes that one unit has gathered; nobody else writes meanwhile."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: list[Change] = []

    def take(self, changes: Iterable[Change]) -> None:
        """Gather changes in their order."""
        self._waiting += changes

    def flush(self) -> None:
        """Write what was gathered; the cases must be written by then."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        before = entries(self._connection, [change.case for change in waiting])
        books = {no: list(book) for no, book in before.items()}
        for change in waiting:
            books[change.case] = change.apply(books[change.case])
        known = {entry.id: entry for book in before.values() for entry in book}
        after = [entry for book in books.values() for entry in book]
        self._insert([entry for entry in after if entry.id is None])
        self._update([e for e in after if e.id is not None and e != known[e.id]])

    def _insert(self, fresh: Sequence[Entry]) -> None:
        if not fresh:
            return
        last = self._connection.execute(select(func.max(W.id))).scalar() or 0
        rows = [values(entry) | {"id": last + n} for n, entry in enumerate(fresh, start=1)]
        self._connection.execute(writeback.insert(), rows)

    def _update(self, changed: Sequence[Entry]) -> None:
        if not changed:
            return
        said = writeback.update().where(W.id == bindparam("b_id"))
        said = said.values({name: bindparam(f"b_{name}", type_=W[name].type) for name in _TICK})
        rows = [
            {"b_id": entry.id} | {f"b_{name}": getattr(entry, name) for name in _TICK}
            for entry in changed
        ]
        self._connection.execute(said, rows)


def entries(connection: Connection, nos: Sequence[str]) -> dict[str, list[Entry]]:
    """Every entry of these cases, entered or not, in their order."""
    found: dict[str, list[Entry]] = {no: [] for no in nos}
    asked = numbers(nos)
    for start in range(0, len(asked), CHUNK):
        some = select(writeback).where(W.case_no.in_(asked[start : start + CHUNK]))
        for entry in read(connection, some.order_by(W.id)):
            found[entry.case].append(entry)
    return found


def read(connection: Connection, asked: Select[Any]) -> list[Entry]:
    """The entries of a question that asks for whole rows."""
    return [
        Entry(case=row.case_no, id=row.id, **{name: getattr(row, name) for name in _NAMES})
        for row in connection.execute(asked)
    ]


def values(entry: Entry) -> dict[str, Any]:
    """An entry as columns, without its number."""
    return {"case_no": entry.case} | {name: getattr(entry, name) for name in _NAMES}
