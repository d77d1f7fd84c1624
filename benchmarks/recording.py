"""What a desk writes, statement by statement, so that raw sqlite3 can write the same rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, Self

from sqlalchemy import Engine, event

WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class Written(NamedTuple):
    """One statement with its parameters: of one row, or of many."""

    statement: str
    parameters: Any
    many: bool


@contextmanager
def recorded(engine: Engine) -> Iterator[list[Written]]:
    """The list that every writing statement of the engine is added to while the block runs.

    Taken at the driver, so that nothing passes by; the statements go on as they are.
    """
    found: list[Written] = []

    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, parameters: Any = (), /) -> Self:
            if sql.lstrip()[:7].upper().startswith(WRITING):
                found.append(Written(sql, parameters, False))
            return super().execute(sql, parameters)

        def executemany(self, sql: str, parameters: Iterable[Any], /) -> Self:
            rows = list(parameters)
            found.append(Written(sql, rows, True))
            return super().executemany(sql, rows)

    class Connection(sqlite3.Connection):
        def cursor(self, _factory: Any = Cursor) -> Any:
            return super().cursor(Cursor)

    def connecting(_dialect: object, _record: object, _given: object, options: Any) -> None:
        options["factory"] = Connection

    event.listen(engine, "do_connect", connecting)
    engine.dispose()
    try:
        yield found
    finally:
        event.remove(engine, "do_connect", connecting)
        engine.dispose()


def replay(store: sqlite3.Connection, written: list[Written]) -> None:
    """The same rows in one transaction, past everything but the driver."""
    store.execute("BEGIN IMMEDIATE")
    for statement, parameters, many in written:
        if many:
            store.executemany(statement, parameters)
        else:
            store.execute(statement, parameters)
    store.execute("COMMIT")
