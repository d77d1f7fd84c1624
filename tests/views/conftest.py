"""A desk in memory, and on PostgreSQL where a server answers, with acts said in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from views_world import NOON, World

from dutydesk.bootstrap import MEMORY, memory_desk
from dutydesk.clock import ManualClock
from dutydesk.views.queue import QueueRow

LONG = (pytest.mark.postgres, pytest.mark.soak)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=LONG)])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A desk at noon of a working day, every post filled, on each store.

    The server is a long run, but for the tests that ask with `on_both` for it.
    """
    clock = ManualClock(NOON)
    url = MEMORY if request.param == "sqlite" else str(request.getfixturevalue("postgres"))
    desk = memory_desk(clock, url=url)
    yield World(desk, clock)
    desk.close()


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
