"""The one counting zone of the desk, and instants read from and written as text."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Final

from dutydesk.errors import BadInput

ZONE: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Fixed +08:00: the zone has had no summer time since 1991, and needs no zone database."""

ACCEPTED_INSTANTS: Final = (
    "2026-11-20T18:55:00+08:00",
    "2026-11-20T18:55",
    "2026-11-20 18:55",
    "20261120T185500",
)
FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2999

_DAY: Final = timedelta(days=1)
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=ZONE)
_EPOCH_DAY: Final = _EPOCH.toordinal()
_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_OFFSET = r"(?: ?(?P<zone>Z|[+-]\d{2}(?::?\d{2})?))?"
_DASHED = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?P<clock>(?:T| +)"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?" + _OFFSET + ")?",
    re.ASCII,
)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?P<clock>T"
    r"(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?" + _OFFSET + ")?",
    re.ASCII,
)


class InstantReason(StrEnum):
    """Why a text is no instant."""

    EMPTY = "empty"
    FORM = "form"
    NO_TIME = "no_time"
    NO_SUCH_MOMENT = "no_such_moment"
    OUT_OF_RANGE = "out_of_range"


class BadInstant(BadInput, ValueError):
    """A text that names no instant; carries the text, the reason and the accepted forms."""

    def __init__(self, text: str, reason: InstantReason) -> None:
        super().__init__(f"{text!r}: {reason.value}", expected=", ".join(ACCEPTED_INSTANTS))
        self.text = text
        self.reason = reason
        self.accepted = ACCEPTED_INSTANTS


def to_local(at: datetime) -> datetime:
    """The same instant in the counting zone, floored to the second; ValueError if naive."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    if at.tzinfo is not ZONE:
        at = at.astimezone(ZONE)
    return at.replace(microsecond=0) if at.microsecond else at


def midnight(day: date) -> datetime:
    """00:00:00 of a calendar day in the counting zone."""
    return datetime(day.year, day.month, day.day, tzinfo=ZONE)


def at_second(ordinal: int, second: int) -> datetime:
    """The instant so many seconds after 00:00 of the day with this proleptic ordinal."""
    return _EPOCH + timedelta(ordinal - _EPOCH_DAY, second)


def day_start(at: datetime) -> datetime:
    """00:00:00 of the instant's local day."""
    return midnight(to_local(at).date())


def next_midnight(at: datetime) -> datetime:
    """24:00 of the instant's local day, as 00:00:00 of the day after."""
    return to_local(at).replace(hour=0, minute=0, second=0) + _DAY


def iso(at: datetime) -> str:
    """ISO 8601 with the offset +08:00 and seconds: `2026-11-20T18:55:00+08:00`."""
    return to_local(at).isoformat()


def parse_instant(text: str) -> datetime:
    """The instant a text names, in the counting zone, floored to the second.

    Takes ISO 8601 with `T` or a blank between date and time; without an offset it is +08:00;
    seconds may be missing, `24:00` is the next day's 00:00. Raises BadInstant.
    """
    plain = text.translate(_FULL_WIDTH).strip().upper()
    if not plain:
        raise BadInstant(text, InstantReason.EMPTY)
    found = _DASHED.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if found is None:
        raise BadInstant(text, InstantReason.FORM)
    if found["clock"] is None:
        raise BadInstant(text, InstantReason.NO_TIME)
    if not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
        raise BadInstant(text, InstantReason.OUT_OF_RANGE)
    try:
        return _read(found)
    except ValueError as error:
        raise BadInstant(text, InstantReason.NO_SUCH_MOMENT) from error


def _read(found: re.Match[str]) -> datetime:
    day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    end_of_day = (hour, minute, second) == (24, 0, 0)
    clock = time(0 if end_of_day else hour, minute, second)
    at = datetime.combine(day, clock, _offset(found["zone"]))
    return to_local(at + timedelta(days=1) if end_of_day else at)


def _offset(text: str | None) -> timezone:
    if text is None:
        return ZONE
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[3:].lstrip(":") or 0)
    if minutes > 59:
        raise ValueError(text)
    away = timedelta(hours=hours, minutes=minutes)
    return timezone(-away if text[0] == "-" else away)
