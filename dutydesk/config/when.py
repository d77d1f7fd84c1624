"""A moment as it is typed at the desk: `-7`, `+20`, `2210`, `明1400`, `11-21 18:00`, ISO."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from dutydesk.errors import BadInput
from dutydesk.text import fold
from dutydesk.workflow.time.zone import midnight, parse_instant, to_local

EXAMPLES: Final = ("-7", "+20", "2210", "明1400", "11-21 18:00", "2026-11-20 18:55")
"""One example of each accepted form, for messages."""

PAST: Final = frozenset(
    ("_at", "arrived_at", "completed_at", "fed_back_at", "occurred_at", "reported_at")
)
"""The fields in which a bare time of day is the last such moment, in the others the next; `_at` is
when an act was true."""

_UNITS: Final = {
    **dict.fromkeys(("", "m", "min", "分", "分钟"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "时", "小时"), timedelta(hours=1)),
    **dict.fromkeys(("d", "日", "天"), timedelta(days=1)),
}
_DAYS: Final = {"今": 0, "今天": 0, "昨": -1, "昨天": -1, "前天": -2}
_DAYS_AHEAD: Final = {"明": 1, "明天": 1, "后天": 2}
_AWAY = re.compile(r"(?P<sign>[+-])(?P<amount>\d{1,4})(?P<unit>[^\d]*)")
_NAMED_DAY = re.compile(r"(?P<day>今天?|昨天?|前天|明天?|后天)(?P<clock>.+)")
_COUNTED_DAY = re.compile(r"(?P<day>[+-]\d) (?P<clock>\d{1,2}:\d{2}(?::\d{2})?)")
"""A day as the English desk writes it: `+1 14:00` is tomorrow."""
_DATED = re.compile(r"(?:(?P<year>\d{4})-)?(?P<month>\d{1,2})-(?P<day>\d{1,2})[ T](?P<clock>.+)")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:.时点](?P<minute>\d{2})(?::(?P<second>\d{2})|分)?"
    r"|(?P<whole>\d{3,4})|(?P<only>\d{1,2})[时点]"
)


class WhenReason(StrEnum):
    """Why a text is no moment."""

    EMPTY = "empty"
    FORM = "form"
    NO_SUCH_MOMENT = "no_such_moment"
    FROM_NOW = "from_now"
    """It counts from the moment at which it is read, in a text that may be read again."""


class BadWhen(BadInput, ValueError):
    """A text that names no moment; carries the text and the reason."""

    def __init__(self, text: str, reason: WhenReason) -> None:
        super().__init__(f"{text!r}: {reason.value}", expected=", ".join(EXAMPLES))
        self.text = text
        self.reason = reason


def parse_when(text: str, now: datetime, *, ahead: bool = False) -> datetime:
    """The moment that a typed text names, in the counting zone; raises BadWhen.

    `-7` and `+20` are minutes from now (with 时 or 天 hours or days). A bare time of day is the
    last such moment, with `ahead` the next one; one with a day in front is of that day: `明1400`,
    and `+1 14:00` as the English desk writes it. `24:00` ends the day. Anything else is read as an
    ISO instant. Full-width signs count as narrow.
    """
    here = to_local(now)
    plain = re.sub(r"\s+", " ", fold(text)).strip().replace("−", "-").replace("：", ":")
    if not plain:
        raise BadWhen(text, WhenReason.EMPTY)
    try:
        found = _away(plain, here) or _of_day(plain, here) or _dated(plain, here)
        if found is not None:
            return found
        clock = _CLOCK.fullmatch(plain.replace(" ", ""))
        if clock is not None:
            return _nearest(_time_of_day(clock), here, ahead)
        return parse_instant(plain)
    except BadWhen:
        raise
    except BadInput as error:
        raise BadWhen(text, WhenReason.FORM) from error
    except (ValueError, OverflowError) as error:
        raise BadWhen(text, WhenReason.NO_SUCH_MOMENT) from error


def counts_from_now(text: str) -> bool:
    """Whether a text (`-7`, `+2小时`) is another moment each time it is read."""
    found = _AWAY.fullmatch(fold(text).replace("−", "-").replace(" ", ""))
    return found is not None and found["unit"] in _UNITS


def _away(plain: str, here: datetime) -> datetime | None:
    found = _AWAY.fullmatch(plain.replace(" ", ""))
    if found is None or found["unit"] not in _UNITS:
        return None
    span = int(found["amount"]) * _UNITS[found["unit"]]
    return here - span if found["sign"] == "-" else here + span


def _of_day(plain: str, here: datetime) -> datetime | None:
    found = _NAMED_DAY.fullmatch(plain.replace(" ", "")) or _COUNTED_DAY.fullmatch(plain)
    clock = _CLOCK.fullmatch(found["clock"]) if found else None
    if found is None or clock is None:
        return None
    named = {**_DAYS, **_DAYS_AHEAD}
    away = named[found["day"]] if found["day"] in named else int(found["day"])
    return midnight(here.date() + timedelta(days=away)) + _time_of_day(clock)


def _dated(plain: str, here: datetime) -> datetime | None:
    found = _DATED.fullmatch(plain.upper())
    clock = _CLOCK.fullmatch(found["clock"].strip()) if found else None
    if found is None or clock is None:
        return None
    year = int(found["year"] or here.year)
    day = date(year, int(found["month"]), int(found["day"]))
    return midnight(day) + _time_of_day(clock)


def _time_of_day(clock: re.Match[str]) -> timedelta:
    """How long after midnight; ValueError for a time of day that does not exist."""
    if clock["whole"]:
        hour, minute = int(clock["whole"][:-2]), int(clock["whole"][-2:])
    else:
        hour, minute = int(clock["hour"] or clock["only"]), int(clock["minute"] or 0)
    span = timedelta(hours=hour, minutes=minute, seconds=int(clock["second"] or 0))
    if minute > 59 or span.seconds % 60 != int(clock["second"] or 0) or span > timedelta(days=1):
        raise ValueError(clock[0])
    return span


def _nearest(span: timedelta, here: datetime, ahead: bool) -> datetime:
    """The last moment with this time of day that is not after now, or the next not before it."""
    today = midnight(here.date()) + span
    if ahead:
        return today if today >= here else today + timedelta(days=1)
    while today > here:
        today -= timedelta(days=1)
    return today
