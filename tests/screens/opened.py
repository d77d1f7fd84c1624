"""Plays a scene on the screens that open over the desk: a real desk behind the real app."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from quiet import quiet, until
from shift import Shift, mid_shift
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from dutydesk.config.model import Alarm
from dutydesk.desk import Desk
from dutydesk.screens.app import DeskApp
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.parts.alarm_line import AlarmLine
from dutydesk.screens.sitting import Sitting
from dutydesk.views.queue import Filters, Queue


class Seat:
    """One seat: the app, its keys, what is on its screen."""

    def __init__(self, app: DeskApp, pilot: Pilot[int], shift: Shift) -> None:
        self.app = app
        self.pilot = pilot
        self.shift = shift

    @property
    def sitting(self) -> Sitting:
        return self.app.sitting

    @property
    def desk(self) -> Desk:
        return self.shift.desk

    @property
    def screen(self) -> Any:
        return self.app.screen

    @property
    def name(self) -> str:
        """The kind of the screen on top."""
        return type(self.app.screen).__name__

    async def settle(self) -> None:
        """Wait until everything asked so far is answered and painted."""
        await quiet(self.app)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def wide(self, sign: str) -> None:
        """Press the full-width twin of a sign, as an input method sends it."""
        key = events.Key(_character_to_key(sign), sign)
        key.set_sender(self.app)
        self.screen.focused.post_message(key)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text as an input method commits it, and wait for what it brings."""
        for character in text:
            await self.pilot.press("space" if character == " " else character)
        await self.settle()

    async def tick(self, seconds: int = 1) -> None:
        """Let seconds pass, one by one, and wait for what each brings."""
        for _second in range(seconds):
            self.shift.clock.advance(seconds=1)
            self.app._second()
            await self.settle()

    async def until(self, done: Callable[[], bool]) -> None:
        """Wait until something is so."""
        await until(self.app, done)

    def lines(self) -> list[str]:
        """The screen as text, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(line.rstrip() for line in self.lines())

    @property
    def alarm_seen(self) -> bool:
        """Whether the alarm line of the screen on top shows an alarm, one line above the last."""
        line = self.app.screen.query_one(AlarmLine)
        return line.region.y == self.app.size.height - 2 and "■" in self.lines()[-2]


def sit(
    scenario: Callable[[Seat], Awaitable[None]],
    *,
    size: tuple[int, int] = (80, 24),
    cases: int = 24,
    shift: Shift | None = None,
    named: str = "",
) -> None:
    """Play a scene at a desk in mid-shift."""
    here = shift or mid_shift(cases)

    async def run() -> None:
        gateway = Gateway(lambda: here.desk, operator="陈安", seat=named)
        app = DeskApp(gateway, Alarm(bell="off"))
        try:
            async with app.run_test(size=size) as pilot:
                seat = Seat(app, pilot, here)
                while not app.loaded:
                    await pilot.pause()
                await seat.until(lambda: app.desk.board is not None)
                await scenario(seat)
                app.exit()
        finally:
            gateway.close()

    asyncio.run(run())


def number(shift: Shift, state: str) -> str:
    """The number of the first case in a state."""
    return shift.desk.read(Queue(Filters(state=state)))[0].no
