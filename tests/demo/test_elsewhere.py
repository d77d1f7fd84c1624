"""The demonstration of each other procedure: its own place in mid-shift, and nothing refused."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dutydesk.bootstrap import open_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.demo import build, open_demo, settings_of
from dutydesk.demo.elsewhere import ELSEWHERE
from dutydesk.demo.towns import TOWNS
from dutydesk.desk import Desk
from dutydesk.views.card import Card
from dutydesk.views.queue import Queue, light, millis

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
HOLIDAY, NIGHT = datetime(2026, 10, 3, 1, 0, tzinfo=ZONE), datetime(2026, 1, 1, 23, 59, tzinfo=ZONE)
SOON = timedelta(minutes=5)
NO_LIMIT = frozenset(("hongkou",))
"""Procedures whose text gives no limit, so that nothing can be late."""


def lights(desk: Desk) -> set[str]:
    """The colours that stand on the queue."""
    now_ms = millis(desk.now())
    return {light(row, now_ms) for row in desk.read(Queue(limit=60))}


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
@pytest.mark.parametrize(
    "now",
    [
        NOW,
        pytest.param(HOLIDAY, marks=pytest.mark.soak),
        pytest.param(NIGHT, marks=pytest.mark.soak),
    ],
)
def test_every_story_is_told_in_all_colours_and_something_comes_at_once(
    name: str, now: datetime
) -> None:
    clock = ManualClock(now - timedelta(days=15))
    desk = open_desk(settings_of(now, name), clock=clock, create=True, drill=True)
    assert build(desk, clock, now, ELSEWHERE[name]) == []
    assert lights(desk) == ({"green"} if name in NO_LIMIT else {"green", "yellow", "red"})
    coming = desk.next_due_at()
    assert coming is not None
    assert coming - now <= SOON
    desk.close()


@pytest.mark.clause("K-5.2.6")
def test_a_case_may_be_sent_up_whatever_it_keeps_of_an_earlier_sending() -> None:
    desk, _settings = open_demo(procedure="hongkou", clock=ManualClock(NOW))
    for row in desk.read(Queue(limit=60)):
        card = desk.read(Card(row.no))
        if card is not None and card.state in ("to_dispatch", "in_hand"):
            assert [act.open for act in card.acts if act.verb == "send_up"] == [True]
    desk.close()


def test_the_first_street_is_in_all_colours_too_and_something_comes_at_once() -> None:
    desk, _settings = open_demo(clock=ManualClock(NOW))
    assert lights(desk) == {"green", "yellow", "red"}
    coming = desk.next_due_at()
    assert coming is not None
    assert coming - NOW <= SOON
    desk.close()


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_the_demonstration_opens_on_its_own_ground(name: str) -> None:
    desk, settings = open_demo(procedure=name, clock=ManualClock(NOW))
    assert settings.desk.procedure == name
    assert desk.context.drill
    rows = desk.read(Queue(limit=60))
    assert len(rows) >= 10
    assert all(row.grid for row in rows)
    assert {row.area for row in rows} == {TOWNS[name].area}
    desk.close()
