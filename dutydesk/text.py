"""Texts as terminal cells: measure, fit, pad, clean, mask, fold and say how long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from rich.cells import cell_len, get_character_cell_size, split_graphemes

ELLIPSIS = "…"
NO_LINE_START = "。，、；：！？）》」』】〉”’…,.;:!?)]}"
"""Closing punctuation that may not begin a line."""

_ESCAPE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?"  # OSC, DCS, SOS, PM, APC: titles, links
    r"|\x1b[ -/]*[0-~]"  # two-character escapes
    r"|\x9b[0-?]*[ -/]*[@-~]"  # CSI in one character
)
_DROPPED = {"Cc", "Cs"}
_UNSEEN = frozenset(
    "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_KEPT = frozenset("\t\n")


class Cleaned(NamedTuple):
    """A text fit to be stored, and how many characters were dropped from it."""

    text: str
    dropped: int


def width(text: str) -> int:
    """How many terminal cells the text takes: 2 for a wide character, 0 for a combining one."""
    return cell_len(text)


def cut(text: str, cells: int) -> tuple[str, str]:
    """Split into the longest head of at most `cells` cells and the rest; no character is halved."""
    if width(text) <= cells:
        return text, ""
    used = 0
    for start, _end, size in split_graphemes(text)[0]:
        used += size
        if used > cells:
            return text[:start], text[start:]
    return text, ""


def fit(text: str, cells: int) -> str:
    """The text on one line of exactly `cells` cells, cut with … where it is too long.

    Where the cut falls on a wide character, the spare cell stands after the …, never before it.
    """
    line = one_line(text)
    if cells <= 0:
        return ""
    if width(line) <= cells:
        return line + " " * (cells - width(line))
    head = cut(line, cells - 1)[0].rstrip()
    return pad(head + ELLIPSIS, cells)


def headed(text: str) -> str:
    """The text as it begins a line: its first letter large, the others as they are."""
    return text[:1].upper() + text[1:]


def pad(text: str, cells: int) -> str:
    """The text with blanks after it up to `cells` cells; a longer one is left as it is."""
    return text + " " * max(0, cells - width(text))


def pad_left(text: str, cells: int) -> str:
    """The text with blanks before it up to `cells` cells: for numbers in a column."""
    return " " * max(0, cells - width(text)) + text


def wrap(text: str, cells: int) -> list[str]:
    """The text in lines of at most `cells` cells, never fewer than one line.

    Breaks after any wide character and at blanks; a line does not begin with closing punctuation:
    the character before it comes along. Newlines in the text are kept. `cells` is at least 4.
    """
    lines: list[str] = []
    for paragraph in text.expandtabs(4).split("\n"):
        lines.extend(_wrap_paragraph(paragraph.rstrip(), max(4, cells)))
    return lines


def _wrap_paragraph(rest: str, cells: int) -> list[str]:
    lines: list[str] = []
    while width(rest) > cells:
        head, tail = cut(rest, cells)
        at = _break_at(head, tail)
        lines.append(rest[:at].rstrip())
        rest = rest[at:].lstrip(" ")
    lines.append(rest)
    return lines


def _break_at(head: str, tail: str) -> int:
    """Where to end the line: at a blank before a split narrow word, before stray punctuation."""
    at = len(head)
    if _in_word(head[-1]) and _in_word(tail[0]):
        start = at
        while start > 0 and _in_word(head[start - 1]):
            start -= 1
        at = start or at
    following = head + tail
    back = at
    while back > 1 and (following[back] in NO_LINE_START or unicodedata.combining(following[back])):
        back -= 1
    # A run of nothing but punctuation has no better place: it is cut where the line is full.
    return back if back > 1 or at <= 1 else at


def _in_word(character: str) -> bool:
    return not character.isspace() and get_character_cell_size(character) == 1


def clean(text: str) -> Cleaned:
    """Drop what could move a cursor or break a store, and count it.

    Goes: escape sequences, control characters except tab and newline, half surrogates, direction
    marks. Line ends become newlines and are not counted.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = _ESCAPE.sub("", unified)
    kept = "".join(character for character in plain if not _is_dropped(character))
    return Cleaned(kept, len(unified) - len(kept))


def cleaned(value: Any) -> Any:
    """The value without control characters and halves of surrogates in any of its texts."""
    if isinstance(value, str):
        return clean(value).text
    if isinstance(value, Mapping):
        return {clean(str(key)).text: cleaned(part) for key, part in value.items()}
    if isinstance(value, list):
        return [cleaned(part) for part in value]
    return value


def _is_dropped(character: str) -> bool:
    if character in _KEPT:
        return False
    return character in _UNSEEN or unicodedata.category(character) in _DROPPED


def one_line(text: str) -> str:
    """The text on one line: cleaned, every run of white space one blank, none at the ends."""
    return " ".join(clean(text.replace("\u2028", " ").replace("\u2029", " ")).text.split())


def fold(text: str) -> str:
    """The text as it is searched: NFKC (full-width digits and letters narrow), case folded."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


_MOBILE = re.compile(r"(?<!\d)(\d{3})\d{4,6}(\d{4})(?!\d)")
_PARTED = re.compile(r"(?<!\d)(1\d\d)[ \u00a0\u3000-]\d{4}[ \u00a0\u3000-](\d{4})(?!\d)")
"""A mobile number as it is often written: 138 0000 0001, 138-0000-0001."""


def mask_phone(phone: str) -> str:
    """A telephone number covered as X-3.2.6 asks: first 3, six stars, last 4.

    A number of fewer than 11 digits keeps its last 2 only; nothing without digits is left.
    """
    digits = "".join(
        character for character in fold(phone) if character.isascii() and character.isdigit()
    )
    if len(digits) > 11 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) >= 11:
        return f"{digits[:3]}******{digits[-4:]}"
    return f"******{digits[-2:]}" if digits else ""


def mask_name(name: str) -> str:
    """A person's name with only its first character left: 张**."""
    line = one_line(name)
    return f"{line[0]}**" if line else ""


def mask_numbers(text: str) -> str:
    """A free text with every number of 11 to 13 digits in it covered as a telephone number.

    So are mobile numbers whose digits stand in three parts.
    """
    return _PARTED.sub(r"\1******\2", _MOBILE.sub(r"\1******\2", text))


_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_UNITS = {"zh_CN": ("分", "时", "日"), "en": ("m", "h", "d")}


def remaining(seconds: int, lang: str = "zh_CN") -> str:
    """How long, in the fewest words: `2:14` under 10 minutes, `47分`, `3时12`, `1日3时`, `12日`.

    Takes the absolute value: that something is overdue is the light's to say. English (`en`):
    `47m`, `3h12`, `1d3h`, `12d`.
    """
    span = abs(seconds)
    minute, hour, day = _UNITS.get(lang, _UNITS["zh_CN"])
    if span < 10 * _MINUTE:
        return f"{span // _MINUTE}:{span % _MINUTE:02d}"
    if span < _HOUR:
        return f"{span // _MINUTE}{minute}"
    if span < _DAY:
        return f"{span // _HOUR}{hour}{span % _HOUR // _MINUTE:02d}"
    days, hours = span // _DAY, span % _DAY // _HOUR
    return f"{days}{day}{hours}{hour}" if days < 10 else f"{days}{day}"


def absolute(due: datetime, now: datetime, lang: str = "zh_CN") -> str:
    """When, as one says it on the telephone: `18:55`, `明18:33`, `昨09:10`, `11-21`, `2027-01-03`.

    Days are counted in the offset of `due`. A midnight is said as `24:00` of the day that ends with
    it. English (`en`): `18:55`, `+1 18:33`, `-1 09:10`.
    """
    there = now.astimezone(due.tzinfo)
    day, said = due.date(), f"{due:%H:%M}"
    if due.hour == due.minute == due.second == 0 and due > there:
        day, said = day.fromordinal(day.toordinal() - 1), "24:00"
    away = day.toordinal() - there.date().toordinal()
    if away == 0:
        return said
    if away == 1:
        return f"明{said}" if lang != "en" else f"+1 {said}"
    if away == -1:
        return f"昨{said}" if lang != "en" else f"-1 {said}"
    return f"{day:%m-%d}" if day.year == there.year else f"{day:%Y-%m-%d}"
