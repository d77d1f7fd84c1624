"""One cell's text as a typed value: numbers, moments, flags, lists, and cleaned text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dutydesk.text import clean
from dutydesk.workflow.time.zone import FIRST_YEAR, LAST_YEAR, ZONE

LONGEST_FIELD = 20_000
"""Characters kept of one field; more is no description but a mistake."""
LONGEST_NUMBER = 100

EXACT_DIGITS = 10**15
"""A spreadsheet keeps 15 significant digits: a longer number in a numeric cell has lost some."""

# Everything that dutydesk.text.clean may change, so that a clean row costs one search.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_EXCEL_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DAMAGED = re.compile(r"-?(?:\d+\.\d+E\+?\d+|\d+E\+\d+)", re.IGNORECASE)
_FLOAT_TAIL = re.compile(r"(\d+)\.0*")
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')

_EPOCH = datetime(1899, 12, 30)
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})日?"
    r"(?: ?(?:星期|周)[一二三四五六日天])?"
    r"(?:[T\s]*(上午|下午|AM|PM)?\s*(\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2})?(?:\.\d+)?)?秒?"
    r"\s*(AM|PM)?\s*(Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_YES = frozenset({"是", "1", "true", "yes", "y", "t", "有", "紧急", "特急", "加急", "√", "✓"})
_NO = frozenset({"否", "0", "false", "no", "n", "f", "无", "一般", "普通", "平急", "×", "不紧急"})
_BETWEEN = re.compile(r"[、,，;；|/]")


def suspect(text: str) -> bool:
    """Whether the text holds something that `cleaned` would change."""
    return _SUSPECT.search(text) is not None


def cleaned(text: str) -> tuple[str, int]:
    """The text without control characters, and how many were dropped (line ends not counted)."""
    return clean(text)


def unescaped(text: str) -> str:
    """A workbook's `_x000D_` spellings as the characters they stand for."""
    return _EXCEL_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def text_of(value: object) -> str:
    """A typed cell as text; a number with more digits than a spreadsheet keeps ends in E+n."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, datetime):
        whole = value.replace(microsecond=0)
        return (whole + timedelta(seconds=value.microsecond >= 500_000)).isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _number_text(value: int | float) -> str:
    if abs(value) >= EXACT_DIGITS:
        return f"{value:.14E}"
    return str(int(value)) if value == int(value) else repr(value)


def narrow(text: str) -> str:
    """The text with full-width digits, letters and signs made narrow (NFKC)."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def to_number(text: str, prefixes: Sequence[str] = ()) -> str | None:
    """An upstream number without blanks and without the layout's prefixes, each taken off once.

    None when a spreadsheet has destroyed it (`1.2E+11`). A whole float (`123.0`) is its integer.
    """
    number = "".join(narrow(text).split())
    if not number.isalnum():
        if formula := _QUOTED_FORMULA.fullmatch(number):
            number = formula[1]
        number = number.lstrip("'`")
        if _DAMAGED.fullmatch(number):
            return None
        if whole := _FLOAT_TAIL.fullmatch(number):
            number = whole[1]
    left = list(prefixes)
    while left and (found := _prefix(number, left)):
        number = number[len(found) :].lstrip("-_:")
        left.remove(found)
    return number


def _prefix(number: str, prefixes: Sequence[str]) -> str | None:
    """The prefix that stands before something that is itself a number."""
    for prefix in prefixes:
        size = len(prefix)
        if number[:size].upper() == prefix.upper():
            rest = number[size:].lstrip("-_:")
            if rest.isdigit() or any(character.isdigit() for character in rest):
                return prefix
    return None


@lru_cache(maxsize=4096)
def to_moment(text: str, formats: tuple[str, ...] = ()) -> datetime | None:
    """The moment that a cell names, aware at +08:00, to the second; None when it is unreadable.

    Takes dates with - / . or 年月日, with or without a time of day, ISO 8601 with offset,
    `yyyymmdd[hhmmss]`, a spreadsheet's serial number (origin 1899-12-30), and the layout's own
    strptime formats. A date alone is its 00:00, 24:00 the next day's; without offset: +08:00.
    """
    plain = text.strip()
    if (found := _MOMENT.fullmatch(plain)) is None:
        plain = narrow(plain).upper()
        found = _MOMENT.fullmatch(plain)
    try:
        if found is not None:
            return _in_range(_from_parts(found))
        if _SERIAL.fullmatch(plain):
            return _in_range((_EPOCH + _serial(plain)).replace(tzinfo=ZONE))
        if compact := _COMPACT.fullmatch(plain):
            return _in_range(datetime(*(int(p or 0) for p in compact.groups()), tzinfo=ZONE))  # type: ignore[arg-type,misc]
    except (ValueError, OverflowError):
        return None
    return _from_formats(plain, formats)


def _serial(text: str) -> timedelta:
    return timedelta(seconds=round(float(text) * 86400))


def _from_parts(found: re.Match[str]) -> datetime:
    year, month, day, before, hour, minute, second, after, offset = found.groups()
    if hour is None:
        return datetime(int(year), int(month), int(day), tzinfo=ZONE)
    hours = int(hour)
    half = before or after
    if half in ("下午", "PM") and hours < 12:
        hours += 12
    elif half in ("上午", "AM") and hours == 12:
        hours = 0
    days = 0
    if hours == 24 and int(minute) == 0 and int(second or 0) == 0:
        hours, days = 0, 1
    at = datetime(int(year), int(month), int(day), hours, int(minute), int(second or 0))
    if offset is None:
        return (at + timedelta(days=days)).replace(tzinfo=ZONE)
    return datetime.fromisoformat(at.isoformat() + offset).astimezone(ZONE) + timedelta(days=days)


def _from_formats(text: str, formats: tuple[str, ...]) -> datetime | None:
    for form in formats:
        try:
            at = datetime.strptime(text, form)
            local = at.replace(tzinfo=ZONE) if at.tzinfo is None else at.astimezone(ZONE)
        except (ValueError, OverflowError):
            continue
        return _in_range(local.replace(microsecond=0))
    return None


def _in_range(at: datetime) -> datetime | None:
    return at if FIRST_YEAR <= at.year <= LAST_YEAR else None


def to_flag(text: str) -> bool | None:
    """是/否, 1/0, true/false, 紧急/一般 as a bool; None when the word is none of them."""
    word = narrow(text).strip().casefold()
    return True if word in _YES else False if word in _NO else None


def to_texts(text: str) -> tuple[str, ...]:
    """A list written in one cell, split at 、 , ; | and /."""
    return tuple(part for piece in _BETWEEN.split(text) if (part := piece.strip()))
