"""Plays a scene at the desk: a real desk in memory behind the real app, no terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from quiet import quiet, until
from shift import Shift, mid_shift
from textual.pilot import Pilot

from dutydesk.config.model import Alarm
from dutydesk.desk import Desk
from dutydesk.screens.app import DeskApp
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.parts.paint import plain
from dutydesk.screens.parts.painted import Painted


class RecordingApp(DeskApp):
    """The app, but screens are written down instead of opened, and bells are counted."""

    def __init__(self, gateway: Gateway, **more: Any) -> None:
        super().__init__(gateway, Alarm(), **more)
        self.opened: list[tuple[str, dict[str, Any]]] = []
        self.bells = 0

    def begin(self) -> None:
        self.sitting.open = self.write_down  # type: ignore[method-assign]
        super().begin()

    def write_down(self, name: str, **given: Any) -> None:
        self.opened.append((name, given))

    def bell(self) -> None:
        self.bells += 1


class Scene:
    """One scene: the app, its pilot, and the desk behind it."""

    def __init__(self, app: RecordingApp, pilot: Pilot[int], shift: Shift) -> None:
        self.app = app
        self.pilot = pilot
        self.shift = shift

    async def settle(self) -> None:
        """Wait until everything asked so far is answered and painted."""
        await quiet(self.app)

    async def ready(self) -> None:
        """Wait until the desk is filled."""
        await until(self.app, lambda: self.app.loaded and self.app.desk.board is not None)

    async def press(self, *keys: str) -> None:
        """Press keys and wait for what they bring."""
        await self.pilot.press(*keys)
        await self.settle()

    async def on_desk(self, call: Callable[[Desk], Any]) -> Any:
        """Do something at another seat: with the desk, not through this screen."""
        desk = self.shift.desk
        return await asyncio.wrap_future(self.app.gateway._worker.submit(call, desk))

    async def tick(self, seconds: float = 1) -> None:
        """Let the desk's clock go on, and the second hand with it."""
        self.shift.clock.advance(seconds=seconds)
        self.app._second()
        await self.settle()

    def lines(self) -> list[str]:
        """The screen as text, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    def text(self, name: str) -> str:
        """The text of one painted widget of the desk."""
        widget = self.app.desk.query_one(f"#{name}", Painted)
        return "\n".join(plain(line) for line in widget.lines(*widget.size))


def play(
    scenario: Callable[[Scene], Awaitable[None]],
    *,
    size: tuple[int, int] = (120, 36),
    cases: int = 24,
    shift: Shift | None = None,
    drill: bool = False,
    named: str = "",
) -> None:
    """Play a scene at a desk in mid-shift."""
    here = shift or mid_shift(cases)

    async def run() -> None:
        gateway = Gateway(lambda: here.desk, operator="陈安", seat=named, drill=drill)
        app = RecordingApp(gateway)
        try:
            async with app.run_test(size=size) as pilot:
                scene = Scene(app, pilot, here)
                await scene.ready()
                await scenario(scene)
                app.exit()
        finally:
            gateway.close()

    asyncio.run(run())
