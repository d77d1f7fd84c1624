"""The clock beside the screens: it starts, sweeps at the due moment, and a fault comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from dutydesk.cli.keeping import SLOT, Waiting, beside
from dutydesk.clock import ManualClock
from dutydesk.demo import open_demo
from dutydesk.errors import StoreError
from dutydesk.screens import messages
from dutydesk.screens.app import DeskApp
from dutydesk.screens.gateway import Gateway
from dutydesk.workflow.time.zone import parse_instant

AFTERNOON = parse_instant("2026-11-23 14:20")
TURNS = 400


class Heard(Gateway):
    """A gateway that remembers who was told to sweep."""

    told: tuple[bool, ...] = ()

    def sweep_here(self, here: bool) -> None:
        self.told = (*self.told, here)
        super().sweep_here(here)


async def until(pilot: Pilot[int], reached: Callable[[], bool]) -> None:
    """Let the app run until something is so; fails when it never is."""
    for _turn in range(TURNS):
        if reached():
            return
        await pilot.pause(0.02)
    raise AssertionError("it never came")


def test_the_keeper_takes_over_and_raises_what_falls_due() -> None:
    clock = ManualClock(AFTERNOON)
    desk, settings = open_demo(clock=clock)
    due_at = desk.next_due_at()
    assert due_at is not None

    async def scene() -> None:
        gateway = Heard(lambda: desk, operator="沈知远", drill=True)
        app = DeskApp(gateway, settings.alarm, attach=beside(settings, drill=True))
        async with app.run_test(size=(100, 30)) as pilot:
            await until(pilot, lambda: gateway.told == (True, False) and bool(app.alarms))
            before = len(app.alarms)
            clock.set(due_at + timedelta(minutes=5))
            await until(pilot, lambda: len(app.alarms) > before)
        assert gateway.told == (True, False, True)

    asyncio.run(scene())


def test_an_answer_or_a_fault_comes_back_to_the_loop() -> None:
    async def scene() -> None:
        good, bad = Waiting(), Waiting()
        good.post_message(messages.Answered(1, SLOT, 42))
        bad.post_message(messages.Failed(2, SLOT, StoreError("locked"), "locked"))
        assert await asyncio.wait_for(good.answer, 1) == 42
        with pytest.raises(StoreError):
            await asyncio.wait_for(bad.answer, 1)

    asyncio.run(scene())
