"""Keys one after the other: the next goes out when the last was dealt with and the screen stands.

A trained hand strikes `//25` faster than a screen opens. Without this the second stroke went to
the desk that was being covered, or to a screen without a field yet, and was lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from textual.app import App, ScreenStackError
from textual.dom import DOMNode
from textual.events import Key, Paste
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.timer import Timer

ROUNDS = 2
"""How often a mark goes up from where a key went: the second time behind what the key posted."""
LOOK_S = 0.02
"""How often a screen is looked at that has not yet what a key asked for."""
LONGEST_S = 1.0
"""A key waits no longer for the one before: what took that one may be gone, or hang."""

Send = Callable[[Key | Paste], Awaitable[None]]


class InTurn:
    """The keys and pastes of one app in the order of their coming; `send` lets one go."""

    def __init__(self, app: App[Any], send: Send) -> None:
        self._app = app
        self._send = send
        self._waiting: deque[Key | Paste] = deque()
        self._standing: Screen[Any] | None = None
        self._turn = 0
        self._under_way = False
        self._guard: Timer | None = None

    async def take(self, event: Key | Paste) -> None:
        """A key has come: it goes out now, or when those before it were dealt with."""
        self._waiting.append(event)
        if self._under_way:
            self._watch()
        else:
            await self._next()

    async def _impatient(self) -> None:
        """Let the next key go, whatever it waits for."""
        await self._next(patient=False)

    async def _next(self, *, patient: bool = True) -> None:
        """Let the next key go, once the screen on top has been put up and has what it asked for."""
        if patient and self._waiting and getattr(self._top(), "awaits", False):
            self._under_way = True
            self._app.set_timer(LOOK_S, self._next)
            self._watch()
            return
        self._turn += 1
        self._under_way = bool(self._waiting)
        if self._guard is not None:
            self._guard.stop()
            self._guard = None
        if not self._waiting:
            return
        top = self._top()
        if top is not self._standing:
            self._standing = top
            self._mark(top, 1, self._turn)
        else:
            turn, target = self._turn, self._app.focused or top
            await self._send(self._waiting.popleft())
            self._mark(target, ROUNDS, turn)
        self._watch()

    def _watch(self) -> None:
        """See to it that no key waits for ever."""
        if self._waiting and self._guard is None:
            self._guard = self._app.set_timer(LONGEST_S, self._impatient)

    def _top(self) -> Screen[Any] | None:
        try:
            return self._app.screen
        except ScreenStackError:
            return None

    def _mark(self, first: DOMNode | None, rounds: int, turn: int) -> None:
        """Go up from `first` to the app, behind whatever waits on the way, so many times."""

        async def up(pump: MessagePump | None) -> None:
            if turn != self._turn:
                return
            while pump is not None and pump is not self._app:
                parent = pump._parent
                if pump.call_later(up, parent):
                    return
                pump = parent
            self._app.call_later(arrived)

        async def arrived() -> None:
            if turn != self._turn:
                return
            if rounds > 1:
                self._mark(first, rounds - 1, turn)
            else:
                await self._next()

        self._app.call_next(up, first)
