"""A case in somebody's hands at one seat: a mark that tells the others, never a lock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

LAPSES: Final = timedelta(minutes=10)
"""How long after the last key a claim is let go by itself; house."""
SILENT: Final = timedelta(seconds=90)
"""How long after its last sign of life a seat is taken to be dead; house."""
BEAT: Final = timedelta(seconds=30)
"""How often a seat gives a sign of life, and at most renews what it holds; house."""


class Sitter(NamedTuple):
    """A seat and who sits there, as other seats read it."""

    seat: str
    who: str


class Claim(NamedTuple):
    """One case in hand: since when, and when a key was last pressed there.

    `seen_at` is the last sign of life of that seat, None where the seat never gave one.
    """

    no: str
    seat: str
    who: str
    since_at: datetime
    touched_at: datetime
    seen_at: datetime | None = None

    @property
    def lapses_at(self) -> datetime:
        """When it is let go, unless a key is pressed before."""
        return self.touched_at + LAPSES


def holds(claim: Claim, now: datetime) -> bool:
    """Whether the case is still in that seat's hands.

    A touch from further ahead than a claim lives was left by a clock that has jumped back since.
    """
    return now < claim.lapses_at and claim.touched_at - now <= LAPSES


def silent(seen_at: datetime | None, now: datetime) -> bool:
    """Whether a seat that gave its last sign of life then is taken to be dead.

    What it has in hand stands until it lapses. A sign from further ahead than a claim lives was
    left by a clock that has jumped back since.
    """
    return seen_at is None or now - seen_at >= SILENT or seen_at - now > LAPSES
