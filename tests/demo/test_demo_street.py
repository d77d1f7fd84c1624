"""The invented street: every state, clocks that run, alarms about to come, nothing real."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from dutydesk.bootstrap import open_desk
from dutydesk.clock import ManualClock
from dutydesk.demo import build, open_demo, settings_of
from dutydesk.demo.play import TurningClock
from dutydesk.demo.scenes import STORIES
from dutydesk.demo.street import MARK, PEOPLE
from dutydesk.desk import Desk
from dutydesk.views.card import Card
from dutydesk.views.queue import Queue, QueueRow, light, millis
from dutydesk.workflow.time.zone import parse_instant

AFTERNOON = parse_instant("2026-11-23 14:20")


def built(now: datetime) -> tuple[Desk, list[object]]:
    clock = TurningClock(now - timedelta(days=3))
    desk = open_desk(settings_of(now), clock=clock, create=True)
    return desk, list(build(desk, clock.manual, now))


@pytest.fixture(scope="module")
def street() -> Iterator[Desk]:
    desk, refused = built(AFTERNOON)
    assert refused == []
    yield desk
    desk.close()


def rows(desk: Desk) -> tuple[QueueRow, ...]:
    return desk.read(Queue(closed_too=True))


def test_some_sixty_cases_in_every_state_and_both_areas(street: Desk) -> None:
    found = rows(street)
    assert 55 <= len(found) <= 70
    states = Counter(row.state for row in found)
    assert set(states) == set(street.context.procedure.states)
    assert set(Counter(row.area for row in found)) == {"140901", "140902"}
    short = {grid.short for grid in street.context.places.grids}
    assert {row.grid_short for row in found if row.grid} == short


def test_lights_of_all_colours_and_alarms_about_to_come(street: Desk) -> None:
    now_ms = millis(AFTERNOON)
    lights = Counter(light(row, now_ms) for row in rows(street) if row.open)
    assert min(lights["red"], lights["yellow"], lights["green"]) >= 5
    next_at = street.next_due_at()
    assert next_at is not None
    assert AFTERNOON < next_at <= AFTERNOON + timedelta(minutes=2)


def test_an_urgent_case_has_three_to_four_minutes_left(street: Desk) -> None:
    first = street.read(Queue(limit=1))[0]
    assert (first.track, first.clock) == ("U", "coordinate")
    assert first.due_at is not None
    assert 180 <= (first.due_at - millis(AFTERNOON)) / 1000 <= 240


def test_every_case_is_marked(street: Desk) -> None:
    for row in rows(street):
        card = street.read(Card(row.no))
        assert card is not None
        assert card.key_work == (MARK,)
        assert row.external_no is None or row.external_no.startswith(f"{MARK}-")


def test_numbers_are_invented(street: Desk) -> None:
    told = PEOPLE + "".join(repr(step.fields) for story in STORIES for step in story.steps)
    numbers = re.findall(r"(?<!\d)\d{8,11}(?!\d)", told)
    assert numbers
    assert all(n.startswith(("1380000", "5999")) for n in numbers)


@pytest.mark.soak
@pytest.mark.parametrize(
    "at",
    ["2026-11-22 03:00", "2026-11-23 23:50", "2026-11-24 00:10", "2027-02-12 12:00"],
)
def test_it_is_mid_shift_whatever_the_hour(at: str) -> None:
    now = parse_instant(at)
    desk, refused = built(now)
    assert refused == []
    assert desk.context.hours.is_open(now)
    assert {row.state for row in rows(desk)} == set(desk.context.procedure.states)
    desk.close()


@pytest.mark.soak
def test_the_same_start_gives_the_same_street(street: Desk) -> None:
    desk, _refused = built(AFTERNOON)
    assert rows(desk) == rows(street)
    desk.close()


@pytest.mark.soak
def test_the_clock_runs_on_from_the_last_scene() -> None:
    running = ManualClock(AFTERNOON)
    desk, settings = open_demo(minutes_ago=30, clock=running)
    assert settings.desk.seat == MARK
    assert [one.name for one in desk.tools.newest()][:2] == ["演练-处置后.png", "演练-井盖围挡.png"]
    assert desk.now() == AFTERNOON
    late = desk.sweep().alarms
    assert len(late) > 5
    assert any(alarm.late for alarm in late)
    running.advance(minutes=1)
    assert desk.now() == AFTERNOON + timedelta(minutes=1)
    desk.close()
