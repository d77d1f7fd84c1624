"""Plays forms at a real desk in memory, with every key counted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from quiet import quiet, until
from shift import ME, NOW, NamedPlan
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.config.model import Alarm
from dutydesk.desk import Desk
from dutydesk.screens.app import DeskApp
from dutydesk.screens.forms import opening
from dutydesk.screens.forms.drafts import Drafts
from dutydesk.screens.gateway import Gateway
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

PLACE = "嘉乐小区北门"
STORY = "绿化带暴露垃圾，要求清理"


class Stage:
    """The app, its pilot, the desk behind it, and how many keys were pressed."""

    def __init__(self, app: DeskApp, pilot: Pilot[int], desk: Desk, clock: ManualClock) -> None:
        self.app, self.pilot, self.desk, self.clock = app, pilot, desk, clock
        self.keys = 0
        self.copied: list[str] = []
        app.copy_to_clipboard = self.copied.append  # type: ignore[method-assign]

    async def settle(self) -> None:
        """Wait until everything asked so far is answered and painted, and nothing more is asked."""
        await quiet(self.app)

    async def until(self, done: Callable[[], bool]) -> None:
        """Wait until something is so that comes by itself."""
        await until(self.app, done)

    async def begin(self) -> None:
        """Wait until the desk stands."""
        app = self.app
        await self.until(lambda: app.loaded and app.gateway.ready and app.now is not None)

    async def press(self, *keys: str) -> None:
        """Press keys of the keypad, counted."""
        for key in keys:
            self.keys += 1
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type free text into the focused field: not counted."""
        await self.paste(text)

    async def paste(self, text: str) -> None:
        """Paste into whatever has the focus."""
        widget = self.app.focused or self.app.screen
        widget.post_message(events.Paste(text))
        await self.settle()

    def act(
        self, verb: str, no: str | None = None, ago: float = 0, behalf: str = "", **fields: object
    ) -> str:
        """Do an act at the desk, not by the screen; gives the case's number."""
        at = self.clock.now() - timedelta(minutes=ago)
        other = Actor(behalf) if behalf else None
        by_phone = "phone" if behalf else None
        done = self.desk.execute(
            Act(verb, ME, at, at, no, fields, on_behalf=other, channel=by_phone)
        )
        return done.case.no if done.case else ""

    def register(self, **more: object) -> str:
        """A case of this minute."""
        fields: dict[str, object] = {
            "channel": "walk_in", "place": PLACE, "description": STORY,
            "grid": "嘉乐", "category": "街面秩序",
        }  # fmt: skip
        return self.act("register", None, **(fields | more))

    def linkage(self, difficulty: str = "simple", **more: object) -> str:
        """A case accepted as a linkage case of three parties."""
        no = self.register(channel="dept_linkage", **more)
        parties = ["城管", "公安", "市场监管"]
        self.act("accept", no, **{"as": "linkage"}, difficulty=difficulty, lead="城管",
                 parties=parties)  # fmt: skip
        return no

    def card(self, no: str) -> CaseCard:
        """The case as it is on the record."""
        found = self.desk.read(Card(no))
        assert found is not None
        return found

    async def select(self, no: str) -> None:
        """Put the desk's cursor on a case."""
        self.app.gateway.pulse(self.app)
        await self.settle()
        self.app.desk.queue.select(no)
        await self.settle()

    async def open(self, verb: str, no: str | None = None, **given: object) -> None:
        """Open the form of an act as the desk does."""
        card = self.card(no) if no else None
        self.app.open_act(verb, card, given or None)
        await self.settle()

    @property
    def screen(self) -> Screen[Any]:
        return self.app.screen

    @property
    def form(self) -> str:
        """The name of the screen on top."""
        return type(self.app.screen).__name__

    def lines(self) -> list[str]:
        """The screen as text."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    def sees(self, text: str) -> bool:
        """Whether a text stands on the screen."""
        return any(text in line for line in self.lines())


def play(
    scenario: Callable[[Stage], Awaitable[None]],
    *,
    size: tuple[int, int] = (116, 62),
    now: datetime = NOW,
    drafts: Path | None = None,
    procedure: str = "xinchenglu",
) -> None:
    """Run a scenario at a desk without cases."""
    clock = ManualClock(now)
    desk = memory_desk(clock, procedure=procedure, plan=NamedPlan())
    gateway = Gateway(lambda: desk, operator=ME.name or "")
    opening._drafts[gateway] = Drafts(drafts)
    app = DeskApp(gateway, Alarm(bell="off"))

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            stage = Stage(app, pilot, desk, clock)
            await stage.begin()
            await scenario(stage)
            app.exit()

    asyncio.run(run())
    gateway.close()
