"""Limits as text: the one grammar of procedure files, import tables, forms and command line."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from dutydesk.errors import BadInput

MOST: Final = 9999
"""The largest amount in digits."""


class LimitKind(StrEnum):
    """What a limit counts; the value is its canonical unit."""

    MINUTES = "min"
    HOURS = "h"
    NATURAL_DAYS = "natural days"
    SAME_DAY = "same day"
    WORKING_DAYS = "working days"
    WORKING_HOURS = "working hours"


class LimitReason(StrEnum):
    """Why a text is no limit."""

    EMPTY = "empty"
    AMOUNT = "amount_expected"
    ZERO = "zero"
    TOO_LARGE = "too_large"
    UNIT = "unit_expected"
    TRAILING = "trailing"
    ABSURD = "absurd"


ACCEPTED_LIMITS: Final = (
    "10 min",
    "10分钟",
    "2 h",
    "2小时",
    "2紧急工作时",
    "2 urgent hours",
    "1 natural day",
    "1个自然日",
    "3天",
    "3 d",
    "3 days",
    "same day",
    "当日",
    "12 working days",
    "12个工作日",
    "4 working hours",
    "4工作时",
)
"""One example of each accepted form, for messages."""


class BadLimit(BadInput, ValueError):
    """A text that is no limit: the text, the 0-based character where it stops making sense, why.

    `accepted` holds an example of each accepted form.
    """

    def __init__(self, text: str, position: int, reason: LimitReason) -> None:
        accepted = ", ".join(ACCEPTED_LIMITS)
        super().__init__(f"{text!r}: {reason.value}", column=position + 1, expected=accepted)
        self.text = text
        self.position = position
        self.reason = reason
        self.accepted = ACCEPTED_LIMITS


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount of one kind; `text` is how it was written and takes no part in equality."""

    kind: LimitKind
    amount: int
    text: str = field(default="", compare=False)

    @property
    def canonical(self) -> str:
        """The one text for this limit; parsing it gives an equal limit."""
        if self.kind is LimitKind.SAME_DAY:
            return self.kind.value
        unit = self.kind.value
        return f"{self.amount} {unit.removesuffix('s') if self.amount == 1 else unit}"

    def __str__(self) -> str:
        return self.text or self.canonical


UNITS: Final[dict[LimitKind, tuple[str, ...]]] = {
    LimitKind.MINUTES: ("min", "mins", "minute", "minutes", "分钟"),
    LimitKind.HOURS: (
        *("h", "hour", "hours", "小时"),
        *("urgent hour", "urgent hours", "紧急工作时"),
    ),
    LimitKind.NATURAL_DAYS: (
        *("natural day", "natural days", "自然日", "个自然日"),
        *("d", "day", "days", "天"),
    ),
    LimitKind.WORKING_DAYS: ("working day", "working days", "工作日", "个工作日"),
    LimitKind.WORKING_HOURS: ("working hour", "working hours", "工作时"),
}


class _Form(NamedTuple):
    """A spelling without blanks, where its words end, and what it means."""

    sign: str
    word_ends: frozenset[int]
    kind: LimitKind


def _form(spelling: str, kind: LimitKind) -> _Form:
    words = spelling.split(" ")
    ends = frozenset(len("".join(words[:count])) for count in range(1, len(words)))
    return _Form("".join(words), ends, kind)


_UNIT_FORMS: Final = tuple(_form(text, kind) for kind, texts in UNITS.items() for text in texts)
_WHOLE_FORMS: Final = tuple(_form(text, LimitKind.SAME_DAY) for text in ("same day", "当日"))
_TENS: Final = "一二三四五六七八九"


class _Letter(NamedTuple):
    """One character as the grammar sees it, and where it stood in the original text."""

    sign: str
    at: int
    after_blank: bool


def parse(text: str) -> Limit:
    """The limit a text names (contracts.md section 2); raises BadLimit with position and reason.

    White space between number, unit and words is free; digits may be full-width, up to 9999;
    Chinese numerals go up to 九十九; English units may be singular or plural, in any case.
    """
    letters = _letters(text)
    if not letters:
        raise BadLimit(text, 0, LimitReason.EMPTY)
    if letters[0].sign in {form.sign[0] for form in _WHOLE_FORMS}:
        return Limit(_match(text, letters, _WHOLE_FORMS), 1, text)
    amount, used = _amount(text, letters)
    return Limit(_match(text, letters[used:], _UNIT_FORMS), amount, text)


LONGEST_DAYS: Final = 365
"""No case is given a longer limit; the grammar itself goes on to 9999 (house)."""
_PER_DAY: Final = {
    LimitKind.MINUTES: 24 * 60,
    LimitKind.HOURS: 24,
    LimitKind.WORKING_HOURS: 8,
}


def parse_given(text: str) -> Limit:
    """The limit that somebody sets for a case or a matter; BadLimit also for one of years."""
    limit = parse(text)
    if limit.amount > LONGEST_DAYS * _PER_DAY.get(limit.kind, 1):
        raise BadLimit(text, 0, LimitReason.ABSURD)
    return limit


def _letters(text: str) -> list[_Letter]:
    letters: list[_Letter] = []
    blank = False
    for at, sign in enumerate(text):
        if sign.isspace():
            blank = True
            continue
        letters.append(_Letter(_plain(sign), at, blank))
        blank = False
    return letters


def _plain(sign: str) -> str:
    # Raised, circled and other fancy numbers stay as they are: `1² min` is not `12 min`.
    if unicodedata.category(sign) == "No":
        return sign
    plain = unicodedata.normalize("NFKC", sign).lower()
    return plain if len(plain) == 1 else sign


def _amount(text: str, letters: list[_Letter]) -> tuple[int, int]:
    used = _digits(letters)
    if used:
        digits = "".join(letter.sign for letter in letters[:used]).lstrip("0") or "0"
        amount = int(digits) if len(digits) <= len(str(MOST)) else MOST + 1
    else:
        amount, used = _chinese(letters)
    first = letters[0].at
    if not used:
        raise BadLimit(text, first, LimitReason.AMOUNT)
    if amount == 0:
        raise BadLimit(text, first, LimitReason.ZERO)
    if amount > MOST:
        raise BadLimit(text, first, LimitReason.TOO_LARGE)
    return amount, used


def _digits(letters: list[_Letter]) -> int:
    """How many letters at the front are digits of one number."""
    used = 0
    for letter in letters:
        if letter.sign not in "0123456789" or (used and letter.after_blank):
            break
        used += 1
    return used


def _chinese(letters: list[_Letter]) -> tuple[int, int]:
    """A Chinese numeral at the front and its length; (0, 0) where there is none."""
    signs = "".join(letter.sign for letter in letters[:3]) + "   "
    if signs[0] == "两":
        return 2, 1
    if signs[0] in "零〇":
        return 0, 1
    tens = _TENS.find(signs[0]) + 1
    if tens and signs[1] != "十":
        return tens, 1
    ten_at = 1 if tens >= 2 else 0
    if signs[ten_at] != "十":
        return tens, min(tens, 1)
    ones = _TENS.find(signs[ten_at + 1]) + 1
    return max(tens, 1) * 10 + ones, ten_at + (2 if ones else 1)


def _match(text: str, letters: list[_Letter], forms: tuple[_Form, ...]) -> LimitKind:
    """The kind whose form takes up all the letters; BadLimit where no form can go on."""
    candidates, read = forms, ""
    for letter in letters:
        going_on = tuple(form for form in candidates if _goes_on(form, read, letter))
        if not going_on:
            whole = any(form.sign == read for form in candidates)
            raise BadLimit(text, letter.at, LimitReason.TRAILING if whole else LimitReason.UNIT)
        candidates, read = going_on, read + letter.sign
    for form in candidates:
        if form.sign == read:
            return form.kind
    raise BadLimit(text, len(text.rstrip()), LimitReason.UNIT)


def _goes_on(form: _Form, read: str, letter: _Letter) -> bool:
    """Whether the letter is the next of the form; blanks stand only between English words."""
    if not form.sign.startswith(read + letter.sign):
        return False
    inside = letter.after_blank and read != "" and read[-1].isascii()
    return not inside or len(read) in form.word_ends
