"""Where an input method opens its candidates while no text field has the keys."""

from __future__ import annotations

from typing import Any

from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Input, TextArea


def place(screen: Screen[Any]) -> None:
    """Put the terminal's hidden cursor where candidates hide nothing that is being read.

    A text field has it where its text goes on; a row of choices at its own left edge; a screen
    without either at its last line, where the command bar opens with what is committed.
    """
    focused = screen.focused
    if isinstance(focused, (Input, TextArea)):
        screen.app.cursor_position = focused.cursor_screen_offset
        return
    at = focused.region.offset if focused is not None else Offset(1, screen.app.size.height - 1)
    screen.app.cursor_position = at
