"""One open store: units that write, readings that do not, and the mark that says what moved."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import RLock
from types import TracebackType

from sqlalchemy import Connection, Engine

from dutydesk.errors import StoreError
from dutydesk.i18n import _
from dutydesk.storage import engine as engines
from dutydesk.storage import faults
from dutydesk.storage.saving import TOUCHED
from dutydesk.storage.unit import Unit

_MARK = (
    "SELECT coalesce((SELECT max(id) FROM event), 0)"
    f" + coalesce((SELECT value FROM tally WHERE name = '{TOUCHED}'), 0)"
)


class Store:
    """A store that was checked and is up to date; safe to use from several threads."""

    def __init__(
        self, engine: Engine, end_states: frozenset[str], *, only_read: bool = False
    ) -> None:
        self.engine = engine
        self.path = engines.path_of(engine)
        self.where = engines.shown(engine)
        self._end_states = end_states
        self._writing = engine.execution_options(**{engines.WRITES: True})
        self._memory = engine.dialect.name == "sqlite" and self.path is None
        # Writers of one process queue here, in turn; SQLite's own waiting is unfair.
        self._turn = RLock()
        self._unit: Unit | None = None
        self._only_read = only_read
        self._marking: sqlite3.Connection | None = None
        self._mark_turn = RLock()
        self._file = faults.identity(self.path) if self.path is not None else None

    @classmethod
    def open(
        cls,
        url: str,
        *,
        create: bool = False,
        only_read: bool = False,
        end_states: frozenset[str] = frozenset(),
    ) -> Store:
        """Open a store: `sqlite://` (memory, always fresh), `sqlite:///path`, PostgreSQL.

        `end_states` are those in which a case has ended: what is open is kept apart.
        `create` makes one where there is none. With `only_read` every unit is refused, and the
        store is left as it is. Raises StoreError: missing, empty, foreign, cut off, locked,
        unreachable, of a newer schema, or with `only_read` of an older one.
        """
        engine = engines.connect(url)
        try:
            engines.prepare(engine, fresh=create, only_read=only_read)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, end_states, only_read=only_read)

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """One transaction that holds the journal's lock until it is committed.

        Anything raised inside leaves nothing behind. Raises StoreError: locked, full, damaged, or
        opened for reading only.
        """
        with self._turn:
            if self._unit is not None:
                raise RuntimeError("a unit is open in this thread already")
            if self._only_read:
                raise StoreError(_("这里只看不办：第二屏不往存储里写"))
            self._still_there()
            try:
                with faults.plain(self.where), self._writing.begin() as connection:
                    self._unit = Unit(connection, self._end_states)
                    yield self._unit
                    self._unit.finish()
            finally:
                self._unit = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the store; nothing is written through it."""
        with self._shared_turn():
            if self._memory and self._unit is not None:
                yield self._unit.connection
                return
            with faults.plain(self.where), self.engine.connect() as connection:
                yield connection

    def change_mark(self) -> int:
        """A number that grows with every committed writing: the only thing a screen polls."""
        self._still_there()
        with self._shared_turn(), faults.plain(self.where):
            if self.path is not None:
                return self._mark_of_file()
            with self.reading() as connection:
                return int(connection.exec_driver_sql(_MARK).scalar_one())

    def close(self) -> None:
        """Give back all connections."""
        with self._turn:
            if self._marking is not None:
                self._marking.close()
                self._marking = None
            self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _still_there(self) -> None:
        """A file that was removed or replaced under the desk still takes what is written, and
        loses it: nothing is written then, and the poll says so."""
        if self.path is not None and faults.identity(self.path) != self._file:
            raise StoreError(faults.moved_away(self.where))

    def _mark_of_file(self) -> int:
        # A pooled connection with its transaction would cost ten times the question itself.
        with self._mark_turn:
            if self._marking is None:
                self._marking = sqlite3.connect(
                    str(self.path), timeout=faults.WAIT_SECONDS, check_same_thread=False
                )
            return int(self._marking.execute(_MARK).fetchone()[0])

    def _shared_turn(self) -> AbstractContextManager[object]:
        """In memory all threads share one connection, so readers wait for the writer there."""
        return self._turn if self._memory else _NOBODY


class _Nobody(AbstractContextManager[None]):
    def __exit__(self, *_of: object) -> None:
        return None


_NOBODY = _Nobody()
