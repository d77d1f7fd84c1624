"""The answer to "why this deadline": a due time with the stretches that led to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple


class Why(StrEnum):
    """Why a stretch of time counts, or does not; outlets word it."""

    ELAPSED = "elapsed"
    NATURAL_DAYS = "natural_days"
    START_DAY_NOT_COUNTED = "start_day_not_counted"
    UNTIL_MIDNIGHT = "until_midnight"
    WORKING_DAYS = "working_days"
    WORKING_HOURS = "working_hours"
    MAKEUP_DAY = "makeup_day"
    REST_DAYS = "rest_days"
    HOLIDAY = "holiday"
    BREAK = "break"
    OFF_HOURS = "off_hours"
    PAUSED = "paused"
    AGREED_TIME = "agreed_time"
    UPSTREAM_RESERVE = "upstream_reserve"
    CAP = "cap"
    RECORDED = "recorded"
    MOVED = "moved"


class Rule(StrEnum):
    """The rule by which a due time was found."""

    ELAPSED = "elapsed"
    ROLLING_24H = "natural_day:rolling24h"
    NEXT_MIDNIGHT = "natural_day:next_midnight"
    SAME_DAY = "same_day"
    END_OF_DAY = "working_day:end_of_day"
    SAME_CLOCK = "working_day:same_clock"
    EIGHT_HOURS = "working_day:8h"
    WORKING_HOURS = "working_hours"


BY_CALENDAR: Final = frozenset(
    (Rule.END_OF_DAY, Rule.SAME_CLOCK, Rule.EIGHT_HOURS, Rule.WORKING_HOURS)
)
"""The rules that ask the working calendar."""


class Stretch(NamedTuple):
    """A stretch from `from_at` up to `to_at` of which `counted_s` seconds count.

    `name` is that of a holiday, a make-up day or a pause, `source` the notice it comes from;
    `extension` is 0 for the limit itself, n for its n-th extension.
    """

    from_at: datetime
    to_at: datetime
    counted_s: int
    why: Why
    name: str = ""
    source: str = ""
    extension: int = 0


class Pause(NamedTuple):
    """A stretch in which a clock stood still: kept as an interval, never as seconds."""

    from_at: datetime
    to_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Warned:
    """A named doubt about a due time, for example a year without a calendar."""

    code: str
    params: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due, by which rule, and why.

    The ledger's stretches follow one another without a gap from the start to `due_at`.
    On time means `done_at <= due_at`; 24:00 is the next day's 00:00:00.
    """

    due_at: datetime
    rule: Rule
    ledger: tuple[Stretch, ...]
    warnings: tuple[Warned, ...] = ()

    @property
    def counted_s(self) -> int:
        """The counted seconds of all stretches together."""
        return sum(stretch.counted_s for stretch in self.ledger)
