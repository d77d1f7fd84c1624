"""The one line of keys at the foot; for some seconds it says what just happened instead."""

from __future__ import annotations

from dutydesk.i18n import _
from dutydesk.screens.keys import DESK_HINTS, KeyHint
from dutydesk.screens.parts.paint import Line, Span, blank, free, length, row
from dutydesk.screens.parts.painted import Painted
from dutydesk.text import headed

SHORT_S = 6
LONG_S = 15


class KeyLine(Painted):
    """Shows keys, or a notice; a notice that carries an error stays longer."""

    DEFAULT_CSS = "KeyLine { height: 1; width: 1fr; }"
    ground = "panel"

    def __init__(self, hints: tuple[KeyHint, ...] = DESK_HINTS) -> None:
        super().__init__()
        self.hints = hints
        self._notice: Span | None = None
        self._left_s = 0

    def say(self, text: str, ink: str = "ink") -> None:
        """Say something for some seconds."""
        self._notice = free(text, ink)
        self._left_s = LONG_S if ink.startswith("red") else SHORT_S
        self.repaint()

    def tick(self) -> None:
        """A second has passed."""
        if self._notice is not None:
            self._left_s -= 1
            if self._left_s <= 0:
                self._notice = None
                self.repaint()

    def lines(self, width: int, height: int) -> list[Line]:
        """The notice, or as many keys as fit."""
        if self._notice is not None:
            return [row(width, [blank(1), self._notice])]
        return [keys_line(self.hints, width)]


def keys_line(hints: tuple[KeyHint, ...], width: int) -> Line:
    """The keys that fit, each whole; the help key always stays."""
    items = [
        [Span(hint.key, "accent!"), Span(f" {headed(_(hint.label))}", "dim")] for hint in hints
    ]
    last = items.pop() if hints and hints[-1].key == "?" else None
    gap = 3 if sum(length(item) + 3 for item in items) + length(last or ()) < width else 2
    room = width - 1 - (length(last) if last else 0)
    spans: list[Span] = [blank(1)]
    for item in items:
        if length(item) + gap > room:
            break
        spans += [*item, blank(gap)]
        room -= length(item) + gap
    return row(width, [*spans, *(last or ())])
