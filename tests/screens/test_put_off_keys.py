"""A deferral is asked for and approved twice by the keypad alone; the light carries its mark."""

from __future__ import annotations

import asyncio
from datetime import datetime

from keypad import SIGNS
from quiet import quiet, until

from dutydesk.clock import ZONE, ManualClock
from dutydesk.config.model import Alarm
from dutydesk.config.procedures import load
from dutydesk.demo import open_demo
from dutydesk.demo.elsewhere import ELSEWHERE
from dutydesk.screens.app import DeskApp
from dutydesk.screens.command import numbers
from dutydesk.screens.desk.case_lines import clock_line
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.parts.beyond import KEYPAD
from dutydesk.views.card import Card
from dutydesk.views.queue import Queue

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
ENTER = "enter"
REPORTED_AND_DISPATCHED = ("2", ENTER, ENTER, ENTER)
ASKED = ("5", ENTER)
BY_NUMBER = numbers.act("approve_deferral", tuple(load("baoshan").acts))
APPROVE = ("/", "/", *BY_NUMBER, ENTER)


def test_a_deferral_goes_its_whole_way_by_the_keypad() -> None:
    told = [s for s in ELSEWHERE["baoshan"] if s.steps[0].fields.get("place") == "泉园小区3号楼"]
    desk, settings = open_demo(procedure="baoshan", clock=ManualClock(NOW), stories=told)
    [no] = [row.no for row in desk.read(Queue(limit=100))]
    seen: list[tuple[str, tuple[str, ...]]] = []
    said: list[str] = []

    async def play() -> None:
        gateway = Gateway(lambda: desk, operator=settings.desk.operator)
        app = DeskApp(gateway, Alarm(bell="off"))
        try:
            async with app.run_test(size=(80, 24)) as pilot:
                await until(app, lambda: app.loaded and app.desk.board is not None)
                app.desk.queue.select(no)
                await quiet(app)
                for keys in (
                    (*REPORTED_AND_DISPATCHED, *ASKED),
                    (ENTER, ENTER),
                    (*APPROVE, ENTER),
                ):
                    assert all(SIGNS.get(key, key) in KEYPAD for key in keys)
                    for key in keys:
                        await pilot.press(SIGNS.get(key, key))
                        await quiet(app)
                    card = desk.read(Card(no))
                    seen.append((card.deferrals[-1].state, card.marks, card.hands))
                    assert card.clock is not None
                    line = clock_line(card.clock, gateway.words, desk.now(), 80)
                    said.append("".join(span.text for span in line))
                app.exit()
        finally:
            gateway.close()

    asyncio.run(play())
    assert [row[0] for row in seen] == ["pending", "pending", "granted"]
    assert ["请缓" in row[1] for row in seen] == [True, True, False]
    assert "缓" in seen[-1][1]
    assert ["请缓" in line for line in said] == [True, True, False]
    assert " 缓" in said[-1]
    assert [row[2] for row in seen] == ["mine", "theirs", "theirs"]
