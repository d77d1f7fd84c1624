"""Statements of the hot path: said once per kind of store, then handed straight to the driver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.sql import ClauseElement


class Prepared:
    """One Core statement with named values, which are ready for the driver.

    What Core adds to each execution costs several times what SQLite needs for it. The caller's
    connection has begun its transaction; `faults.plain` words what the driver raises.
    """

    __slots__ = ("_said", "_statement")

    def __init__(self, statement: Executable) -> None:
        assert isinstance(statement, ClauseElement)
        self._statement = statement
        self._said: dict[str, tuple[str, tuple[str, ...] | None]] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """All rows that the statement gives."""
        said, names = self._text(connection)
        cursor = _cursor(connection)
        try:
            cursor.execute(said, _given(names, values))
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found
        finally:
            cursor.close()

    def row(self, connection: Connection, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row, or None."""
        found = self.rows(connection, values)
        return found[0] if found else None

    def write(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
        """Execute for each of the rows; gives how many rows were touched in all."""
        said, names = self._text(connection)
        cursor = _cursor(connection)
        try:
            if len(rows) == 1:
                cursor.execute(said, _given(names, rows[0]))
            else:
                cursor.executemany(said, [_given(names, values) for values in rows])
            return int(cursor.rowcount)
        finally:
            cursor.close()

    def _text(self, connection: Connection) -> tuple[str, tuple[str, ...] | None]:
        kind = connection.dialect.name
        if kind not in self._said:
            compiled = self._statement.compile(dialect=connection.dialect)
            names = getattr(compiled, "positiontup", None)
            self._said[kind] = (str(compiled), tuple(names) if names is not None else None)
        return self._said[kind]


def _given(names: tuple[str, ...] | None, values: Mapping[str, Any]) -> Any:
    return values if names is None else [values[name] for name in names]


def _cursor(connection: Connection) -> Any:
    return connection.connection.cursor()
