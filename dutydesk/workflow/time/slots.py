"""The working slots of a day: any number of them, by weekday and by date."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from dutydesk.errors import BadInput

DAY_S: Final = 86_400
SLOT_FORMS: Final = ("08:30-12:00, 13:30-17:30", "00:00-24:00")
_SLOT = re.compile(r"(\d{1,2}):(\d{2})(?:-|~|–|—|至)(\d{1,2}):(\d{2})", re.ASCII)
_BETWEEN = re.compile(r"[,;、]")


class Slot(NamedTuple):
    """Working time of one day, in seconds since its 00:00; 24:00 is 86400."""

    begins_s: int
    ends_s: int

    def __str__(self) -> str:
        return f"{_clock(self.begins_s)}-{_clock(self.ends_s)}"


def _clock(second: int) -> str:
    return f"{second // 3600:02d}:{second // 60 % 60:02d}"


class BadSlots(BadInput, ValueError):
    """A text that names no working slots, or slots that overlap."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r}", expected=" | ".join(SLOT_FORMS))
        self.text = text
        self.accepted = SLOT_FORMS


def read_slots(text: str) -> tuple[Slot, ...]:
    """Slots as they are written, `08:30-12:00, 13:30-17:30`, in order; raises BadSlots."""
    plain = unicodedata.normalize("NFKC", text)
    found = [_read(part, text) for part in _BETWEEN.split("".join(plain.split())) if part]
    return ordered(found, text)


def _read(part: str, text: str) -> Slot:
    match = _SLOT.fullmatch(part)
    if match is None:
        raise BadSlots(text)
    hours = [int(match[1]), int(match[3])]
    minutes = [int(match[2]), int(match[4])]
    if max(minutes) > 59:
        raise BadSlots(text)
    return Slot(*(hour * 3600 + minute * 60 for hour, minute in zip(hours, minutes, strict=True)))


def ordered(slots: Iterable[Slot], text: str = "") -> tuple[Slot, ...]:
    """The slots in order; BadSlots where there is none, one is empty, or two overlap."""
    found = tuple(sorted(slots))
    edge = 0
    for slot in found:
        if not edge <= slot.begins_s < slot.ends_s <= DAY_S:
            raise BadSlots(text or ", ".join(map(str, found)))
        edge = slot.ends_s
    if not found:
        raise BadSlots(text)
    return found


USUAL: Final = (Slot(30_600, 43_200), Slot(48_600, 63_000))
"""House: 08:30–12:00 and 13:30–17:30."""
WHOLE: Final = (Slot(0, DAY_S),)


@dataclass(frozen=True, slots=True)
class Slots:
    """Which slots a working day has: those of its date, else of its weekday, else the usual ones.

    `by_weekday` counts from 0 = Monday. Whether a day is worked at all says the calendar.
    """

    usual: tuple[Slot, ...] = USUAL
    by_weekday: Mapping[int, tuple[Slot, ...]] = field(default_factory=dict)
    by_date: Mapping[date, tuple[Slot, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for slots in (self.usual, *self.by_weekday.values(), *self.by_date.values()):
            if ordered(slots) != slots:
                raise BadSlots(", ".join(map(str, slots)))

    def of(self, day: date) -> tuple[Slot, ...]:
        """The slots of a date that is worked."""
        found = self.by_date.get(day)
        return found if found is not None else self.by_weekday.get(day.weekday(), self.usual)


HOUSE_SLOTS: Final = Slots()
WHOLE_DAYS: Final = Slots(WHOLE)
"""Every working day from 00:00 to 24:00: how limits in working days are counted."""
