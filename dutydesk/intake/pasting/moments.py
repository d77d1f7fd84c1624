"""Moments inside a free text: where they stand, and which moment each one is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from dutydesk.intake.pasting.words import narrowed
from dutydesk.workflow.time.zone import midnight, to_local

_MOMENT = re.compile(
    r"(?<![\w.-])(?<!\d:)"
    r"(?:(?P<year>20\d{2})[ ]?[-/.年][ ]?(?P<ym>\d{1,2})[ ]?[-/.月][ ]?(?P<yd>\d{1,2})[日号]?"
    r"|(?P<mm>\d{1,2})月(?P<md>\d{1,2})[日号]?"
    r"|(?P<od>\d{1,2})日(?=[ ]?[凌早清上中下傍晚夜]{0,1}[^\d\n]{0,1}[ ]?\d{1,2}[:点时])"
    r"|(?P<sm>\d{1,2})[-/](?P<sd>\d{1,2})(?=[ T]{1,2}\d{1,2}:)"
    r"|(?P<word>今天|今日|今早|今晨|今晚|昨天|昨日|昨晚|昨夜|前天|明天|明日|明晚|明早|后天))?"
    r"(?:[ T]{0,2}(?P<half>凌晨|早上|早晨|清晨|上午|中午|下午|傍晚|晚上|夜里|晚间|晚)?[ ]?"
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::\d{2})?(?![\d:])"
    r"|(?P<point>[点时])(?:(?P<spoken>\d{1,2})分?|(?P<half_past>半)|(?P<about>许|左右|整|钟))?))?"
    r"(?P<about2>许|左右)?",
    re.ASCII,
)
_START = re.compile(r"\d|[今昨前明后凌早清上中下傍晚夜]")
_DAYS = {"今": 0, "昨": -1, "前": -2, "明": 1, "后": 2}
_EVENING = frozenset(("下午", "傍晚", "晚上", "夜里", "晚间", "晚"))


class Moment(NamedTuple):
    """A moment, whether its time of day is said, and where it stands in the text."""

    at: datetime
    exact: bool
    start: int
    end: int


def moments(text: str, now: datetime, *, ahead: bool = False) -> Iterator[Moment]:
    """The moments in a text, from left to right.

    A time of day without a date is the last such one, with `ahead` the next; so is a day without
    its month. A date without a year is the nearest such one. A date alone is its 00:00, with
    `ahead` the end of that day. What is no moment of the calendar is passed over.
    """
    plain = narrowed(text)
    at = 0
    while (start := _START.search(plain, at)) is not None:
        found = _MOMENT.match(plain, start.start())
        if found is None or found.end() == found.start():
            at = start.end()
            continue
        at = max(found.end(), start.end())
        moment = _moment(found, to_local(now), ahead)
        if moment is not None:
            yield Moment(moment, found["hour"] is not None, found.start(), found.end())


def moment(text: str, now: datetime, *, ahead: bool = False) -> datetime | None:
    """The moment that a whole text names; None where it names none or says more."""
    plain = text.strip().rstrip("前止。.").strip()
    found = next(moments(plain, now, ahead=ahead), None)
    return found.at if found and (found.start, found.end) == (0, len(plain)) else None


def _moment(found: re.Match[str], here: datetime, ahead: bool) -> datetime | None:
    day = _day(found, here, ahead)
    if day is False or (found["hour"] is None and (day is None or found["word"])):
        return None
    if found["hour"] is None:
        assert isinstance(day, date)
        return midnight(day + timedelta(days=1) if ahead else day)
    if day is None and not found["minute"] and not (found["half"] or _said(found)):
        return None
    span = _clock(found)
    if span is None:
        return None
    if isinstance(day, date):
        return midnight(day) + span
    today = midnight(here.date()) + span
    if ahead:
        return today if today >= here else today + timedelta(days=1)
    return today if today <= here else today - timedelta(days=1)


def _said(found: re.Match[str]) -> bool:
    names = ("spoken", "half_past", "about", "about2")
    return any(found[name] for name in names)


def _day(found: re.Match[str], here: datetime, ahead: bool) -> date | bool | None:
    """The day that is named, None without one, False for one that is not in the calendar."""
    if found["word"]:
        return here.date() + timedelta(days=_DAYS[found["word"][0]])
    month, day = (
        found["ym"] or found["mm"] or found["sm"],
        found["yd"] or found["md"] or found["sd"],
    )
    today = here.date()
    if found["od"]:
        return _of_month(int(found["od"]), today, ahead)
    if month is None:
        return None
    if found["year"]:
        return _date(int(found["year"]), int(month), int(day)) or False
    near = (_date(today.year + by, int(month), int(day)) for by in (-1, 0, 1))
    return min((d for d in near if d), key=lambda d: abs(d - today), default=False)


def _of_month(day: int, today: date, ahead: bool) -> date | bool:
    """The last day of this number, with `ahead` the next; today counts."""
    step = 1 if ahead else -1
    for months in range(3):
        year, month = divmod(today.year * 12 + today.month - 1 + months * step, 12)
        found = _date(year, month + 1, day)
        if found is not None and (found - today).days * step >= 0:
            return found
    return False


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> timedelta | None:
    hour = int(found["hour"])
    minute = 30 if found["half_past"] else int(found["minute"] or found["spoken"] or 0)
    late = found["half"] in _EVENING or (found["word"] or "")[1:] in ("晚", "夜")
    if (late and hour < 12) or (found["half"] == "中午" and hour < 3):
        hour += 12
    span = timedelta(hours=hour, minutes=minute)
    return span if minute < 60 and span <= timedelta(days=1) else None
