"""A store in a file, desks on it, and a keeper whose clock is set by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, Clock, ManualClock
from dutydesk.desk import Desk

Open = Callable[..., Desk]


@pytest.fixture
def morning() -> ManualClock:
    return ManualClock(datetime(2026, 11, 23, 9, 0, tzinfo=ZONE))


@pytest.fixture
def desks(tmp_path: Path, morning: ManualClock) -> Iterator[Open]:
    """Opens desks on one store in a file; all of them are closed at the end."""
    opened: list[Desk] = []

    def open_one(clock: Clock | None = None) -> Desk:
        desk = memory_desk(clock or morning, url=f"sqlite:///{tmp_path / 'store.sqlite3'}")
        opened.append(desk)
        return desk

    yield open_one
    for desk in opened:
        desk.close()


@pytest.fixture
def desk(desks: Open) -> Desk:
    return desks()
