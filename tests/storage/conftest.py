"""Stores for tests: in memory, in a file, and on PostgreSQL where a server answers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from dutydesk.storage import Store

_SERVER = "127.0.0.1:5432"
_DATABASE = "test"


@cache
def server() -> str | None:
    """`user@host/database` of a PostgreSQL that answers, or None.

    DUTYDESK_TEST_POSTGRES names one; otherwise the usual users are tried on this machine.
    """
    named = os.environ.get("DUTYDESK_TEST_POSTGRES")
    users = [os.environ.get("PGUSER"), os.environ.get("USER"), "postgres", "root"]
    tried = [named] if named else [f"{u}@{_SERVER}/{_DATABASE}" for u in users if u]
    for one in tried:
        where = one.split("://")[-1]
        try:
            psycopg.connect(f"postgresql://{where}", connect_timeout=2).close()
        except psycopg.OperationalError:
            continue
        return where
    return None


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of an empty schema of this test's own."""
    where = server()
    if where is None:
        pytest.skip(f"no PostgreSQL answers at {_SERVER}; name one in DUTYDESK_TEST_POSTGRES")
    schema = f"dutydesk_{os.getpid()}_{uuid4().hex[:12]}"
    with psycopg.connect(f"postgresql://{where}", autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
        try:
            yield f"postgresql+psycopg://{where}?options=-csearch_path%3D{schema}"
        finally:
            connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store may be made: a file's address, and a schema's."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres"))
    return f"sqlite:///{tmp_path / 'desk.sqlite3'}"


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """A fresh store, once in a file and once on PostgreSQL."""
    with Store.open(address, create=True) as made:
        yield made


@pytest.fixture
def memory() -> Iterator[Store]:
    """A fresh store in memory."""
    with Store.open("sqlite://") as made:
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
