"""The monthly quality sample: three strata of a month, at least a share of each, drawn by a seed.

A-18: cases that were reported only, closed only, or both in the month; the share is rounded up in
each stratum, so that it holds for the reported, the closed, their union and what they share.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, Final

from dutydesk.workflow.time.zone import FIRST_YEAR, LAST_YEAR, midnight

REPORTED, CLOSED, BOTH = "reported_only", "closed_only", "both"
STRATA: Final = (REPORTED, CLOSED, BOTH)
LARGEST_SEED: Final = 999_999_999
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Quota:
    """What a procedure asks of a month: the share of each stratum, by when, who warns from when.

    `ratio` is above 0 and at most 1; `settle_workdays` of the next month are left for the rest;
    from `warn_day` of the month on what is missing is yellow. `by` is the role that judges.
    """

    ratio: Fraction
    clause: str | None
    by: str
    settle_workdays: int
    warn_day: int

    def wanted(self, count: int) -> int:
        """How many of a stratum with so many cases: rounded up, none of an empty one."""
        return -(-count * self.ratio.numerator // self.ratio.denominator)


def quota_of(routine: Iterable[Mapping[str, Any]]) -> Quota | None:
    """The quota among the duties that come round; None where a procedure asks for no sample."""
    for duty in routine:
        if "ratio" in duty:
            return Quota(
                ratio=Fraction(str(duty["ratio"])),
                clause=duty.get("clause"),
                by=str(duty["by"]),
                settle_workdays=int(duty["settle_workdays"]),
                warn_day=int(duty["warn_day"]),
            )
    return None


@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month: from its first midnight (inside) to the next one's (outside)."""

    from_at: datetime
    to_at: datetime

    @property
    def name(self) -> str:
        """`2026-11`."""
        return f"{self.from_at:%Y-%m}"

    @property
    def before(self) -> Month:
        """The month that ends where this one begins."""
        return month_of((self.from_at - timedelta(days=1)).date())

    def holds(self, at: datetime | None) -> bool:
        """Whether an instant lies in it."""
        return at is not None and self.from_at <= at < self.to_at

    def stratum(self, received_at: datetime, closed_at: datetime | None) -> str | None:
        """The stratum of a case: what of it fell into the month; None where nothing did.

        A case that is still open at the end of the month was reported only.
        """
        reported, closed = self.holds(received_at), self.holds(closed_at)
        if reported and closed:
            return BOTH
        return REPORTED if reported else CLOSED if closed else None


def month_of(day: date) -> Month:
    """The month in which a day lies."""
    first = day.replace(day=1)
    return Month(midnight(first), midnight((first + timedelta(days=32)).replace(day=1)))


def month_named(text: str) -> Month | None:
    """The month written `2026-11`; None where the text names none."""
    found = _MONTH.fullmatch(text.strip())
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return None
    if not 1 <= int(found[2]) <= 12:
        return None
    return month_of(date(int(found[1]), int(found[2]), 1))


def draw(members: Iterable[str], wanted: int, seed: int, had: Collection[str]) -> tuple[str, ...]:
    """The case numbers that are drawn beside those that were drawn before, in the order of the lot.

    Each case has its lot by the seed and its own number alone: the same seed and cases give the
    same draw whatever their order, and whoever was drawn stays drawn when the month grows.
    """
    pool = set(members)
    missing = wanted - len(pool & set(had))
    if missing <= 0:
        return ()
    return tuple(sorted(pool - set(had), key=lambda no: _lot(seed, no))[:missing])


def _lot(seed: int, no: str) -> tuple[bytes, str]:
    return hashlib.sha256(f"{seed}|{no}".encode()).digest(), no


def light(now: datetime, month: Month, quota: Quota, due_at: datetime, done: bool) -> str:
    """`green` where the sample is complete, `red` once it is late, `yellow` from the warning day
    on, else empty."""
    if done:
        return "green"
    if now > due_at:
        return "red"
    warned = month.from_at + timedelta(days=quota.warn_day - 1)
    return "yellow" if now >= warned else ""
