"""Stores for tests: in memory, in a file, and on PostgreSQL where a server answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dutydesk.storage import Store

ENDS = frozenset({"refused", "merged", "withdrawn", "closed"})
"""The states in which a case of these tests has ended."""


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store may be made: a file's address, and a schema's."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres"))
    return f"sqlite:///{tmp_path / 'desk.sqlite3'}"


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """A fresh store, once in a file and once on PostgreSQL."""
    with Store.open(address, create=True, end_states=ENDS) as made:
        yield made


@pytest.fixture
def memory() -> Iterator[Store]:
    """A fresh store in memory."""
    with Store.open("sqlite://", end_states=ENDS) as made:
        yield made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store file with nobody in it."""
    path = tmp_path / "desk.sqlite3"
    Store.open(f"sqlite:///{path}", create=True).close()
    return path


@pytest.fixture
def tamper(store: Store) -> Callable[[str], None]:
    """Change the store past its unit, as somebody with the database's own tools could."""

    def change(statement: str) -> None:
        with store.engine.begin() as connection:
            connection.exec_driver_sql(statement)

    return change
