"""A desk in memory, and on PostgreSQL where a server answers, with acts said in one line."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from views_world import NOON, World

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.views.queue import QueueRow


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A desk at noon of a working day, every post filled, on each store."""
    clock = ManualClock(NOON)
    if request.param == "sqlite":
        desk = memory_desk(clock)
        yield World(desk, clock)
        desk.close()
        return
    server = os.environ.get("DUTYDESK_TEST_POSTGRES")
    if not server:
        pytest.skip("no PostgreSQL server is named in DUTYDESK_TEST_POSTGRES")
    schema = f"views_{uuid.uuid4().hex[:12]}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE SCHEMA "{schema}"'))
    sign = "&" if "?" in server else "?"
    desk = memory_desk(clock, url=f"{server}{sign}options=-csearch_path%3D{schema}")
    try:
        yield World(desk, clock)
    finally:
        desk.close()
        with admin.connect() as connection:
            connection.execute(text(f'DROP SCHEMA "{schema}" CASCADE'))
        admin.dispose()


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
