"""A desk in memory, and on PostgreSQL where a server answers, with acts said in one line."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import psycopg
import pytest
from views_world import NOON, World

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.views.queue import QueueRow


@cache
def server() -> str | None:
    """`user@host/database` of a PostgreSQL that answers, or None.

    DUTYDESK_TEST_POSTGRES names one; otherwise the usual users are tried on this machine.
    """
    named = os.environ.get("DUTYDESK_TEST_POSTGRES")
    users = [os.environ.get("PGUSER"), os.environ.get("USER"), "postgres", "root"]
    for one in [named] if named else [f"{user}@127.0.0.1:5432/test" for user in users if user]:
        where = one.split("://")[-1]
        try:
            psycopg.connect(f"postgresql://{where}", connect_timeout=2).close()
        except psycopg.OperationalError:
            continue
        return where
    return None


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A desk at noon of a working day, every post filled, on each store."""
    clock = ManualClock(NOON)
    if request.param == "sqlite":
        desk = memory_desk(clock)
        yield World(desk, clock)
        desk.close()
        return
    where = server()
    if where is None:
        pytest.skip("no PostgreSQL answers; name one in DUTYDESK_TEST_POSTGRES")
    schema = f"views_{os.getpid()}_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"postgresql://{where}", autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
    sign = "&" if "?" in where else "?"
    url = f"postgresql+psycopg://{where}{sign}options=-csearch_path%3D{schema}"
    desk = memory_desk(clock, url=url)
    try:
        yield World(desk, clock)
    finally:
        desk.close()
        with psycopg.connect(f"postgresql://{where}", autocommit=True) as connection:
            connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())


@pytest.fixture
def row() -> Callable[..., QueueRow]:
    """Makes queue rows; only what a test is about needs to be said."""

    def make(**given: Any) -> QueueRow:
        base: dict[str, Any] = dict.fromkeys(QueueRow._fields)
        base |= {
            "no": "1409012611200001", "channel": "grid", "state": "to_dispatch", "urgent": 0,
            "urged": 0, "rank": 1, "marks": "", "waiting_for": "commander", "hands": "mine",
            "area": "140901", "place": "仓场路", "summary": "垃圾", "received_at": 0,
            "version": 1, "holder": "sub_centre", "bay": "派单", "grid_short": "",
        }  # fmt: skip
        return QueueRow(**(base | given))

    return make
