"""The answer to "why this deadline": a due time with the stretches that led to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class Why(StrEnum):
    """Why a stretch of time counts, or does not; outlets word it."""

    ELAPSED = "elapsed"
    NATURAL_DAYS = "natural_days"
    START_DAY_NOT_COUNTED = "start_day_not_counted"
    UNTIL_MIDNIGHT = "until_midnight"


class Rule(StrEnum):
    """The rule by which a due time was found."""

    ELAPSED = "elapsed"
    ROLLING_24H = "natural_day:rolling24h"
    NEXT_MIDNIGHT = "natural_day:next_midnight"
    SAME_DAY = "same_day"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch from `from_at` up to `to_at` of which `counted_s` seconds count."""

    from_at: datetime
    to_at: datetime
    counted_s: int
    why: Why


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
