"""First letters of Chinese names, found once per name and never while a key is pressed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from dutydesk.text import fold


@cache
def initials(text: str) -> str:
    """The first pinyin letter of each Han character, letters and digits as they are: 嘉乐 → jl."""
    plain = fold(text)
    if plain.isascii():
        return "".join(sign for sign in plain if sign.isalnum())
    return "".join(_letter(part) for part in _reader()(plain))


@cache
def _reader() -> Callable[[str], list[str]]:
    """What finds the letters; loaded once, and held, because loading takes a fifth of a second."""
    from pypinyin import Style, lazy_pinyin  # slow import

    return lambda plain: lazy_pinyin(plain, style=Style.FIRST_LETTER)


def _letter(part: str) -> str:
    return "".join(sign for sign in part if sign.isascii() and sign.isalnum())


def warm(names: Iterable[str]) -> None:
    """Find the letters of these names now: for a worker at the start of the desk."""
    for name in names:
        initials(name)
