"""Takes a shot: the invented street at a fixed instant, the keys played, the screen exported."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from shown import PASTES, Shot
from textual.app import App
from textual.events import Paste
from textual.pilot import Pilot

from dutydesk import i18n
from dutydesk.clock import ZONE, ManualClock
from dutydesk.config.settings import Settings
from dutydesk.demo import OPERATOR, open_demo
from dutydesk.demo.scenes import STORIES
from dutydesk.desk import Desk
from dutydesk.desk.claiming import beat, take
from dutydesk.screens.app import DeskApp
from dutydesk.screens.follow import FollowApp
from dutydesk.screens.gateway import Gateway
from dutydesk.views.queue import Filters, Queue, QueueRow
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.duty.claims import Sitter

NOW = datetime(2026, 11, 20, 14, 20, tzinfo=ZONE)
"""A Friday afternoon; the invented street is in mid-shift whatever the hour."""
FEW = 13
MOST_ROUNDS = 40
"""Looks at a screen that still changes, on a slow machine."""
SEAT, OTHER = "一号席", Sitter("二号席", "顾书宁")


def desk(few: bool = False) -> tuple[Desk, Settings, ManualClock]:
    """The invented street, its clock standing still at `NOW`; `few`: with its first 13 cases."""
    clock = ManualClock(NOW)
    mixed = STORIES[::2] + STORIES[1::2]
    for count in range(FEW, len(mixed)) if few else ():
        opened, settings = open_demo(clock=clock, stories=mixed[:count])
        if len(open_here(opened)) == FEW:
            return opened, settings, clock
        opened.close()
    return *open_demo(clock=clock), clock


def open_here(opened: Desk) -> tuple[QueueRow, ...]:
    """The open cases of the desk's own area."""
    return opened.read(Queue(Filters(area=opened.context.area)))


def taken_elsewhere(opened: Desk, no: str) -> None:
    """Another seat, alive, has taken the case a minute ago."""
    beat(opened, OTHER, no, (), opened.now())
    take(opened, no, OTHER)


def storm(opened: Desk, clock: ManualClock, whole: int) -> None:
    """Cases come in, one every four seconds, until so many are open; two of three accepted."""
    grids = [grid.short for grid in opened.context.places.grids if grid.area == "140901"]
    for number in range(whole - len(open_here(opened))):
        clock.advance(seconds=4)
        at = clock.now()
        fields: dict[str, object] = {
            "channel": "walk_in",
            "place": f"{grids[number % len(grids)]}路 {number + 1} 号",
            "description": ("路面积水", "树枝倒伏", "广告牌松动")[number % 3],
            "grid": grids[number % len(grids)],
            "category": "防汛",
        }
        done = opened.execute(Act("register", OPERATOR, at, at, fields=fields))
        if done.case is not None and number % 3:
            accepted = {"as": "community", "grid": fields["grid"], "category": "防汛"}
            opened.execute(Act("accept", OPERATOR, at, at, done.case.no, accepted))
    opened.sweep()


async def taken(shot: Shot) -> tuple[str, list[str]]:
    """The screen of one shot as Rich's SVG, and as lines of text."""
    i18n.use(shot.language)
    opened, settings, clock = desk("few" in shot.keys)
    gateway = Gateway(lambda: opened, operator=settings.desk.operator, seat=SEAT, drill=True)
    app = DeskApp(gateway, settings.alarm)
    app.animation_level = "none"
    try:
        async with app.run_test(size=shot.size) as pilot:
            await settled(pilot, gateway)
            for key in shot.keys:
                if key == "follow":
                    return await followed(opened, shot.size)
                await play(key, app, pilot, opened, clock)
                await settled(pilot, gateway)
            app.sitting.second()
            await settled(pilot, gateway)
            return app.export_screenshot(), _lines(app)
    finally:
        gateway.close()


async def settled(pilot: Pilot[int], gateway: Gateway) -> None:
    """Wait until everything asked so far is answered, and the screen is twice the same."""
    before: list[str] = []
    for around in range(MOST_ROUNDS):
        await pilot.pause(0.05)
        await asyncio.wrap_future(gateway._worker.submit(int))
        now = _lines(pilot.app)
        if around >= 4 and now == before:
            return
        before = now


async def play(key: str, app: DeskApp, pilot: Pilot[int], opened: Desk, clock: ManualClock) -> None:
    """Do what one key of a shot says."""
    worker = app.gateway._worker
    if key == "few":
        return
    if key.startswith("storm "):
        await asyncio.wrap_future(worker.submit(storm, opened, clock, int(key.split()[1])))
        app.sitting.second()
    elif key == "hand":
        no = app.desk.queue.selected or ""
        await asyncio.wrap_future(worker.submit(taken_elsewhere, opened, no))
        clock.advance(seconds=60)
        app.sitting.second()
    elif key.startswith("paste "):
        app.post_message(Paste(PASTES[key.split()[1]]))
        await settled(pilot, app.gateway)
        await settled(pilot, app.gateway)
    elif key[0] == "@":
        await asyncio.wrap_future(worker.submit(int))
        app.desk.queue.select(_number(app, key[1:]))
        for _second in range(3):
            app.sitting.second()
            await settled(pilot, app.gateway)
    elif key[0] == '"':
        await pilot.press(*key[1:])
    elif key[0] == "+" and key.endswith("s"):
        clock.advance(seconds=int(key[1:-1]))
        app.sitting.second()
    else:
        await pilot.press(key)


async def followed(opened: Desk, size: tuple[int, int]) -> tuple[str, list[str]]:
    """The second screen, following the desk of the shot."""
    gateway = Gateway(lambda: opened)
    app = FollowApp(gateway, SEAT)
    async with app.run_test(size=size) as pilot:
        await settled(pilot, gateway)
        app.second()
        await settled(pilot, gateway)
        return app.export_screenshot(), _lines(app)


def _number(app: DeskApp, words: str) -> str:
    """The number of the case whose matter says these words."""
    board = app.desk.board
    rows = board.rows if board else ()
    return next(row.no for row in rows if words in row.summary)


def _lines(app: App[Any]) -> list[str]:
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]
