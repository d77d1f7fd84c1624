"""What an input method commits while no field takes it: collected, then the command bar opens."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.screen import Screen

from dutydesk.screens.keys import is_han
from dutydesk.screens.parts.shell import shell

TYPING_S = 0.05
"""An input method commits several characters at once; they are collected before a screen opens."""


class Committing(Screen[Any]):
    """A screen that loses no committed text."""

    _committed = ""

    def catch_han(self, event: events.Key) -> None:
        """Collect what is committed, then open the command bar with all of it."""
        if not is_han(event.character):
            return
        event.stop()
        if not self._committed:
            self.set_timer(TYPING_S, self._open_committed)
        self._committed += event.character or ""

    def _open_committed(self) -> None:
        text, self._committed = self._committed, ""
        shell(self).open_command(text)
