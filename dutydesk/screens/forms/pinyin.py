"""First letters of Chinese names, found once per name and never while a key is pressed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from dutydesk.text import fold


@cache
def initials(text: str) -> str:
    """The first pinyin letter of each Han character, letters and digits as they are: 嘉乐 → jl."""
    plain = fold(text)
    if plain.isascii():
        return "".join(sign for sign in plain if sign.isalnum())
    from pypinyin import Style, lazy_pinyin  # slow import

    letters = (_letter(part) for part in lazy_pinyin(plain, style=Style.FIRST_LETTER))
    return "".join(letters)


def _letter(part: str) -> str:
    return "".join(sign for sign in part if sign.isascii() and sign.isalnum())


def warm(names: Iterable[str]) -> None:
    """Find the letters of these names now: for a worker at the start of the desk."""
    for name in names:
        initials(name)
