"""A short list of what happened, one line each with its time in front: `2210 1107 派 仓场`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from dutydesk.config.when import BadWhen, WhenReason, counts_from_now, parse_when
from dutydesk.text import fold
from dutydesk.workflow.time.zone import to_local

MOST_LINES: Final = 500
"""How many lines one list may have: as many as are done in one go (decision 6)."""
LONGEST: Final = 2000
"""How many characters one line may have."""
_CLOCK = re.compile(r"\d{3,4}|\d{1,2}[:.：．时点]\d{2}分?|\d{1,2}[时点]")
_DATED = re.compile(
    r"(?:(?:\d{4}-)?\d{1,2}-\d{1,2} (?:\d{3,4}|\d{1,2}[:.]\d{2})|[+-]\d \d{1,2}:\d{2})"
)
"""A time with its day in front as a word of its own; behind `-7` a number is a case's."""
_DAY = timedelta(days=1)


class Typed(NamedTuple):
    """A line as it was typed, and when: its time is read as of that moment, however late.

    `again` says that the same text may come once more, as a file does: then a time that counts
    from its reading names none.
    """

    text: str
    at: datetime
    again: bool = False


@dataclass(frozen=True, slots=True)
class TimedLine:
    """One line: its number from 1 in the list, its text, when it was, and the words behind that.

    `at` is None where the line has no time that can be read; `bad` is then the text that should
    have been one, and why it is none.
    """

    number: int
    text: str
    at: datetime | None
    words: str
    bad: tuple[str, WhenReason] | None = None


def timed_lines(typed: Sequence[Typed]) -> tuple[TimedLine, ...]:
    """The lines of a list that are not empty, in their order.

    A bare time of day is of the day of the line before; a smaller one is after midnight, as long as
    that lies not ahead of its typing: else, and in the first line, it is the last such moment. A
    time with its own day (`昨2210`, `-7`, `11-21 18:00`) says it.
    """
    return tuple(_read(typed))


def typed_now(one: Typed, now: datetime) -> str:
    """The text of a line as it has to be typed now to mean the moment that it meant then."""
    meant, read = timed_lines([one]), timed_lines([Typed(one.text, now)])
    if not meant or meant[0].at is None or meant[0].at == read[0].at:
        return one.text
    return f"{to_local(meant[0].at):%Y-%m-%d %H:%M} {meant[0].words}"


def _read(typed: Sequence[Typed]) -> Iterator[TimedLine]:
    before: datetime | None = None
    for number, one in enumerate(typed, start=1):
        said = " ".join(one.text.split())
        if not said:
            continue
        token, words = _parted(said)
        if one.again and counts_from_now(token):
            yield TimedLine(number, said, None, words, (token, WhenReason.FROM_NOW))
            continue
        try:
            at = _moment(token, before, one.at)
        except BadWhen as error:
            yield TimedLine(number, said, None, words, (token, error.reason))
            continue
        before = at
        yield TimedLine(number, said, at, words)


def _parted(said: str) -> tuple[str, str]:
    """The time in front and the words behind it; a date takes the time of day with it."""
    token, _blank, rest = said.partition(" ")
    clock, _blank, more = rest.partition(" ")
    if _DATED.fullmatch(fold(f"{token} {clock}").replace("：", ":")):
        return f"{token} {clock}", more
    return token.rstrip(",，;；、"), rest


def _moment(token: str, before: datetime | None, now: datetime) -> datetime:
    last = parse_when(token, now)
    if before is None or not _CLOCK.fullmatch(fold(token)):
        return last
    clock = last - last.replace(hour=0, minute=0, second=0, microsecond=0)
    found = before.replace(hour=0, minute=0, second=0, microsecond=0) + clock
    if found < before:
        found += _DAY
    return found if found <= now else last
