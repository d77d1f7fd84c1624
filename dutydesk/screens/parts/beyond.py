"""The stroke with nothing before it: `/` on the first row or field leads to the screen's menu."""

from __future__ import annotations

from typing import Any

from textual.binding import Binding
from textual.keys import _character_to_key
from textual.screen import Screen
from textual.widget import Widget

from dutydesk.screens.keys import twins
from dutydesk.screens.parts.painted import Painted

KEYPAD = frozenset(
    ("enter", *(_character_to_key(sign) for sign in "0123456789*+-/.")),
)
"""The keys of the keypad, NumLock on, as bindings name them."""


def listen(screen: Screen[Any]) -> None:
    """Let a screen look at `/` before its own binding of that key and before its fields do."""
    for sign in twins("/").split(","):
        key = _character_to_key(sign)
        look = Binding(key, "stroke", show=False, priority=True)
        screen._bindings.key_to_bindings.setdefault(key, []).insert(0, look)


def at_first(screen: Screen[Any]) -> bool:
    """Whether nothing comes before what has the keys: neither a field nor a row.

    A field where a stroke is text (one that was typed in, a path, a long paper) is never first;
    `*` leads on from it to one that may be.
    """
    focused = screen.focused
    if focused is not None and _is_text(focused):
        return False
    chain = [widget for widget in screen.focus_chain if not _always_text(widget)]
    if focused is not None and chain and chain[0] is not focused:
        return False
    return all(widget.at_top for widget in screen.query(Painted) if widget.display)


def _is_text(widget: Widget) -> bool:
    return bool(getattr(widget, "typed", False)) or _always_text(widget)


def _always_text(widget: Widget) -> bool:
    return bool(getattr(widget, "paths", False) or getattr(widget, "newline", False))


def second_ways(screen: Screen[Any]) -> tuple[tuple[str, str], ...]:
    """What a screen does by letters and function keys alone: label and action, in their order.

    An action that a key of the keypad has too, with whatever argument, is none of them.
    """
    bindings = [one for found in screen._bindings.key_to_bindings.values() for one in found]
    near = {_name(one) for one in bindings if one.key in KEYPAD}
    found = {
        one.action: one.description
        for one in bindings
        if one.description
        and _name(one) not in near
        and _name(one) not in ("leave", "help")
        and not one.action.startswith(("app.", "screen."))
    }
    return tuple((label, action) for action, label in found.items())


def _name(binding: Binding) -> str:
    return binding.action.partition("(")[0]
