"""Each demonstration's case goes from its first state to its end by keys of the keypad alone."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest
from keypad import SIGNS
from quiet import quiet, until

from dutydesk.clock import ZONE, ManualClock
from dutydesk.config.model import Alarm
from dutydesk.config.procedures import names
from dutydesk.demo import open_demo
from dutydesk.demo.elsewhere import ELSEWHERE
from dutydesk.demo.scenes import STORIES
from dutydesk.screens.app import DeskApp
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.parts.beyond import KEYPAD
from dutydesk.views.card import Card
from dutydesk.views.queue import Queue

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
WIDE, NARROW = (116, 62), (80, 24)
ENTER = "enter"
ROADS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    # accept and dispatch · the station's result, first phrase · five checks, sign
    "xinchenglu": (
        "嘉乐路20号",
        "closed",
        (ENTER, ENTER, ENTER, "1", ENTER, ENTER, "1", "2", "3", "4", "5", ENTER),
    ),
    # assign · accept · file · re-visited and satisfied
    "jinshan": (
        "新塘苑9号楼",
        "archived",
        (ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, "1", ENTER),
    ),
    # report up · dispatch · feed back · seen on site as reported · close
    "baoshan": (
        "泉园小区3号楼",
        "closed",
        ("2", ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, "1", ENTER, ENTER, ENTER),
    ),
    # sort · dissuade · hand to enforcement · file · verified as solved
    "minhang": (
        "莘园一村3号楼",
        "closed",
        (ENTER, ENTER, ENTER, ENTER, "3", ENTER, ENTER, ENTER, ENTER, "1", ENTER),
    ),
    # audit · dispatch · file · satisfied
    "hongkou": (
        "长乐弄6号",
        "closed",
        (ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, "1", ENTER),
    ),
}
"""A place of the demonstration, the state at the end, and every key: nothing else is pressed.

Each form is opened and confirmed; only a verdict (what was seen, whether somebody is satisfied,
what a check says) takes a digit of its own.
"""


def test_every_shipped_procedure_has_its_road() -> None:
    assert set(ROADS) == set(names())


LONGER: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    # not satisfied: supervised, answered, archived
    "unsatisfied": (
        *("jinshan", "新塘苑9号楼", "archived"),
        (*(ENTER,) * 7, "2", *(ENTER,) * 3, "2", ENTER, "3", ENTER),
    ),
    # not as reported: back to the centre, dispatched and fed back once more
    "not_as_reported": (
        *("baoshan", "东岭花园北门", "to_close"),
        (*(ENTER,) * 5, "2", "1", *(ENTER,) * 6, "1", ENTER),
    ),
    # from the street's coordination back to the force, and verified
    "through_the_street": (
        *("minhang", "园区大道", "closed"),
        (*(ENTER,) * 5, "1", ENTER),
    ),
    # out of the street only with a number and a statement
    "out_of_the_street": (
        *("hongkou", "运河新苑", "above"),
        (ENTER, ENTER, "3", "2", "6", ENTER, "1", ENTER),
    ),
}
"""The roads that cases take when something is not as it should be."""


@pytest.mark.soak
@pytest.mark.parametrize("road", sorted(LONGER))
def test_the_longer_roads_too(road: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, place, end, keys = LONGER[road]
    monkeypatch.setitem(ROADS, name, (place, end, keys))
    test_a_case_is_worked_to_its_end_by_the_keypad(name, NARROW)


@pytest.mark.parametrize("name", sorted(ROADS))
@pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.soak)])
def test_a_case_is_worked_to_its_end_by_the_keypad(name: str, size: tuple[int, int]) -> None:
    place, end, keys = ROADS[name]
    assert all(SIGNS.get(key, key) in KEYPAD for key in keys)
    told = [s for s in ELSEWHERE.get(name, STORIES) if s.steps[0].fields.get("place") == place]
    desk, settings = open_demo(procedure=name, clock=ManualClock(NOW), stories=told)
    [no] = [row.no for row in desk.read(Queue(limit=100))]
    ended: list[str] = []

    async def play() -> None:
        gateway = Gateway(lambda: desk, operator=settings.desk.operator)
        app = DeskApp(gateway, Alarm(bell="off"))
        try:
            async with app.run_test(size=size) as pilot:
                await until(app, lambda: app.loaded and app.desk.board is not None)
                app.desk.queue.select(no)
                await quiet(app)
                for key in keys:
                    await pilot.press(key)
                    await quiet(app)
                ended.append(desk.read(Card(no)).state)
                app.exit()
        finally:
            gateway.close()

    asyncio.run(play())
    assert ended == [end]
