"""The one line of keys at the foot; for some seconds it says what just happened instead."""

from __future__ import annotations

from dutydesk.i18n import _
from dutydesk.screens.keys import CHOOSE, DESK_HINTS, MENU_HINT, KeyHint, menu_hints
from dutydesk.screens.parts.paint import Line, Span, blank, free, length, row
from dutydesk.screens.parts.painted import Painted
from dutydesk.text import headed
from dutydesk.views.labels import N_

BACK = KeyHint("Esc", N_("返回"))
"""The way back, in so many cells where not every key fits."""
LONG = 12
"""Cells of a way back that says more than it must where room is wanted."""
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
        self._menu = False
        self._plain = False

    def look(self) -> None:
        """Whether `/` opens the menu of the screen now, and digits are text; the keys say so."""
        opens = getattr(self.screen, "opens_menu", None)
        menu = opens is not None and bool(opens())
        plain = bool(getattr(self.screen.focused, "plain", False))
        if (menu, plain) != (self._menu, self._plain):
            self._menu, self._plain = menu, plain
            self.repaint()

    def say(self, text: str, ink: str = "ink") -> None:
        """Say something for some seconds."""
        self._notice = free(text, ink)
        self._left_s = LONG_S if ink.startswith("red") else SHORT_S
        self.repaint()

    def offer(self, hints: tuple[KeyHint, ...]) -> None:
        """Other keys work from now on; what is being said gives way to them."""
        self.hints = hints
        self._notice = None
        self.repaint()

    def tick(self) -> None:
        """A second has passed."""
        self.look()
        if self._notice is not None:
            self._left_s -= 1
            if self._left_s <= 0:
                self._notice = None
                self.repaint()

    def lines(self, width: int, height: int) -> list[Line]:
        """The notice, or as many keys as fit."""
        if self._notice is not None:
            return [row(width, [blank(1), self._notice])]
        hints = menu_hints(self.hints) if self._menu else self.hints
        return [keys_line(tuple(h for h in hints if h != CHOOSE) if self._plain else hints, width)]


def keys_line(hints: tuple[KeyHint, ...], width: int) -> Line:
    """The keys that fit, each whole; help, the menu before it and the way back always stay."""
    at = len(hints)
    at -= bool(hints[:at]) and hints[at - 1].key == "?"
    at -= bool(hints[:at]) and hints[at - 1] == MENU_HINT
    items, last = [_item(hint) for hint in hints[:at]], [_item(hint) for hint in hints[at:]]
    whole = sum(length(item) for item in (*items, *last))
    gap = 3 if whole + 3 * len(hints) < width + 3 else 2
    back = [at for at, hint in enumerate(hints[:at]) if hint.key == BACK.key]
    if whole + gap * len(hints) > width - 1 + gap:
        for number in back:
            items[number] = _item(BACK) if length(items[number]) > LONG else items[number]
    room = width - 1 + gap - sum(length(item) + gap for item in [*last, *(items[n] for n in back)])
    spans: list[Span] = [blank(1)]
    full = False
    for number, item in enumerate(items):
        if number not in back:
            room -= length(item) + gap
            full = full or room < 0
        if number in back or not full:
            spans += [*item, blank(gap)]
    for item in last:
        spans += [*item, blank(gap)]
    return row(width, spans[:-1])


def _item(hint: KeyHint) -> list[Span]:
    return [Span(hint.key, "accent!"), Span(f" {headed(_(hint.label))}", "dim")]
