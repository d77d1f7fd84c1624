"""Waits for a screen without guessing: until no message waits and everything asked is answered.

Textual's own pilot sends a message to every widget and then watches whether the processor rests.
That costs more than the scene itself and is wrong on a busy machine; here the queues are looked at.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from textual._context import active_app
from textual._queue import Queue
from textual.app import App, ScreenStackError
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.timer import Timer

from dutydesk.screens.gateway import Gateway

LONGEST_S = 30.0
"""A screen that is not quiet by then never will be."""
SHORT_S = 0.5
"""A timer that strikes within this is part of what a key brings."""
ROUNDS, TURNS = 2, 3
"""Looks in a row that find no message, and turns of the loop before each: what a thread handed
over arrives in one."""
PATIENT = 60
"""Looks before the loop is given time to wait, for a timer or a thread."""


class NeverQuietError(AssertionError):
    """The screen went on for longer than any scene waits."""


async def quiet(app: App[Any]) -> None:
    """Wait until the app has nothing to do: messages, painting, and what its gateway was asked.

    Raises NeverQuietError after half a minute.
    """
    until = time.monotonic() + LONGEST_S
    await _still(app, until)
    while not app._exception_event.is_set():
        before = _asked(app)
        await _answered(app)
        await _still(app, until)
        if _rests(app):
            await asyncio.sleep(0.005)
        elif _asked(app) == before:
            return


async def until(app: App[Any], done: Callable[[], bool]) -> None:
    """Wait for what comes by itself: a timer, a thread, a folder that is looked at.

    Raises NeverQuietError when it has not come to be in half a minute.
    """
    last = time.monotonic() + LONGEST_S
    await quiet(app)
    while not done():
        if time.monotonic() > last:
            raise NeverQuietError("it never came to be")
        await asyncio.sleep(0.02)
        await quiet(app)


async def struck(app: App[Any]) -> None:
    """Wait until quiet, and until every short timer that runs once has struck.

    Raises NeverQuietError as `quiet` does.
    """
    await until(
        app,
        lambda: not any(_runs(timer) for pump in (app, *app._registry) for timer in pump._timers),
    )


def _runs(timer: Timer) -> bool:
    once = timer._repeat == 0 and timer._interval <= SHORT_S
    return once and timer._task is not None and not timer._task.done()


async def _still(app: App[Any], until: float) -> None:
    turns = spins = 0
    while turns < ROUNDS and not app._exception_event.is_set():
        for _turn in range(TURNS):
            await asyncio.sleep(0)
        if spins > PATIENT:
            await asyncio.sleep(0.002)
        spins += 1
        busy = _painted(app) or any(_busy(pump) for pump in (app, *app._registry))
        turns = 0 if busy or app._resize_event is not None else turns + 1
        if time.monotonic() > until:
            raise NeverQuietError(", ".join(str(pump) for pump in app._registry if _busy(pump)))


def _busy(pump: MessagePump) -> bool:
    """Whether a message waits for it, or it is at one."""
    if pump._closed or pump._closing or not (pump._running or isinstance(pump, App)):
        return False
    queue: Queue[Message | None] = pump._message_queue
    return not queue.empty() or queue.ready_event.is_set() or not queue.ready_event._waiters


def _painted(app: App[Any]) -> bool:
    """Paint now what the screen on top would paint at its next turn; whether there was any."""
    try:
        screen = app.screen
    except ScreenStackError:
        return False
    if not screen._update_timer._active.is_set():
        return False
    screen._on_timer_update()
    return True


def _asked(app: App[Any]) -> int | None:
    """How much was asked of the desk so far."""
    gateway: Gateway | None = getattr(app, "gateway", None)
    return None if gateway is None else gateway._number


async def _answered(app: App[Any]) -> None:
    """Wait for the answers to all that was asked; the worker takes one after the other."""
    gateway: Gateway | None = getattr(app, "gateway", None)
    if gateway is not None and not gateway._worker._shutdown:
        await asyncio.wrap_future(gateway._worker.submit(int))


def _rests(app: App[Any]) -> bool:
    """Whether a moved selection still rests before its case is read."""
    if not getattr(app, "loaded", False):
        return False
    timer = getattr(getattr(app, "desk", None), "_resting", None)
    return timer is not None and bool(timer._active.is_set())


async def for_pilot(pilot: Pilot[Any], timeout: float = LONGEST_S) -> bool:
    """What the pilot calls to let the screen catch up; False after an exception in it."""
    await quiet(pilot.app)
    return not pilot.app._exception_event.is_set()


async def for_app(*_least: float) -> None:
    """What the app waits between one key of a test and the next."""
    await asyncio.sleep(0)  # the key is on its way through the driver
    await quiet(active_app.get())
