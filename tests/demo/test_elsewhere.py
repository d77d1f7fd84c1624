"""The demonstration of each other procedure stands as told, and nothing of it was refused."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.demo import build, open_demo
from dutydesk.demo.elsewhere import ELSEWHERE
from dutydesk.storage.queries.running import by_state

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
STANDING = {
    "minhang": ["enforcing", "found", "self_governing"],
    "jinshan": ["handling", "to_accept", "to_assign"],
    "baoshan": ["collected", "disposing"],
    "hongkou": ["in_hand", "received"],
}


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_every_story_is_told_to_its_end(name: str) -> None:
    clock = ManualClock(NOW - timedelta(days=5))
    desk = memory_desk(clock, procedure=name, drill=True)
    assert build(desk, clock, NOW, ELSEWHERE[name]) == []
    with desk.store.reading() as connection:
        assert sorted(by_state(connection)) == STANDING[name]
    desk.close()


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_the_demonstration_opens(name: str) -> None:
    desk, settings = open_demo(procedure=name, clock=ManualClock(NOW))
    assert settings.desk.procedure == name
    assert desk.context.drill
    desk.close()
