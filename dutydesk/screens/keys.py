"""The key plan: the numeric keypad alone reaches everything, full-width twins count too."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from textual.binding import Binding

from dutydesk.views.labels import N_

_MORE = {".": "。", "/": "、", "*": "×", "-": "—"}
"""What a Chinese input method gives for a key of the plan, beside the full-width twin."""


def twins(sign: str) -> str:
    """The sign, its full-width twin and what an input method makes of it, as binding keys."""
    wide = chr(ord(sign) + 0xFEE0)
    return ",".join(dict.fromkeys((sign, wide, *_MORE.get(sign, ""))))


def narrow(character: str | None) -> str:
    """The key of the plan that a typed character stands for; the character itself otherwise."""
    if not character:
        return ""
    for sign, others in _MORE.items():
        if character in others:
            return sign
    return unicodedata.normalize("NFKC", character)


def is_han(character: str | None) -> bool:
    """Whether a character can only come from an input method: wide, and no twin of a key."""
    return (
        character is not None
        and len(character) == 1
        and unicodedata.east_asian_width(character) in "WF"
        and len(narrow(character)) == 1
        and not narrow(character).isascii()
    )


class KeyHint(NamedTuple):
    """One key of the key line: how it is written, and what it does."""

    key: str
    label: str


DESK_HINTS = (
    KeyHint("Enter", N_("下一步")),
    KeyHint("0", N_("下一件")),
    KeyHint("*", N_("电话")),
    KeyHint("+", N_("登记")),
    KeyHint("-", N_("便签")),
    KeyHint("/", N_("查找")),
    KeyHint(".", N_("确认")),
    KeyHint("//", N_("菜单")),
    KeyHint("→", N_("点名")),
    KeyHint("1-9", N_("办理")),
    KeyHint("?", N_("帮助")),
)
"""The key line of the desk, the most needed first: what does not fit falls off at the end."""

ROLL_HINTS = (
    KeyHint("1", N_("在岗")),
    KeyHint("2", N_("外出")),
    KeyHint("3", N_("离岗")),
    KeyHint("*", N_("下一位")),
    KeyHint("0", N_("结束点名")),
    KeyHint("//", N_("菜单")),
    KeyHint("?", N_("帮助")),
)
"""The key line of the desk while it goes through the posts."""

FORM_HINTS = (
    KeyHint("Enter", N_("确认")),
    KeyHint("Esc", N_("返回")),
    KeyHint("?", N_("帮助")),
)
"""The key line of a form or dialog."""


CHOOSE = KeyHint("1-9", N_("选择"))
"""The digits of a form; where they are text the key line leaves them out."""

MENU_HINT = KeyHint("/", N_("菜单"))
"""What `/` does where nothing comes before the field or row that has the keys."""


def menu_hints(hints: tuple[KeyHint, ...]) -> tuple[KeyHint, ...]:
    """The keys while `/` opens the menu of the screen: in the place of that key, else at the end,
    before help."""
    if any(hint.key == "/" for hint in hints):
        return tuple(MENU_HINT if hint.key == "/" else hint for hint in hints)
    end = len(hints) - 1 if hints and hints[-1].key == "?" else len(hints)
    return (*hints[:end], MENU_HINT, *hints[end:])


def plan(sign: str, action: str, label: str, *more: str) -> Binding:
    """A binding of the plan: the sign with its twins, and second ways."""
    keys = ",".join((twins(sign), *more))
    return Binding(keys, action, label, key_display=sign, show=True)
