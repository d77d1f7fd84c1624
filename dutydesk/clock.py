"""The only reader of the clock: what time it is at the desk, real or set by hand."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from typing import Protocol

ZONE = timezone(timedelta(hours=8), "+08:00")
"""The counting zone of contracts.md section 2: fixed, whatever the machine says."""


class Clock(Protocol):
    """What the desk asks for the time."""

    def now(self) -> datetime:
        """The instant in `ZONE`, at second precision."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards, for measuring how long something took."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The machine's time in `ZONE`, cut to the second."""
        return datetime.now(ZONE).replace(microsecond=0)

    def monotonic(self) -> float:
        """The machine's monotonic seconds."""
        return time.monotonic()


class ManualClock:
    """A clock that stands still until it is told: for tests, drills and rehearsals."""

    def __init__(self, start: datetime) -> None:
        self._now = _at_second(start)
        self._monotonic = 0.0

    def now(self) -> datetime:
        """The instant last set, in `ZONE`."""
        return self._now

    def monotonic(self) -> float:
        """Seconds advanced since the start; a jump by `set` leaves them alone."""
        return self._monotonic

    def advance(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0) -> datetime:
        """Let time pass and give the new instant; raises ValueError when it would run back."""
        step = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        if step < timedelta(0):
            raise ValueError("time only advances; use set() to jump back")
        self._now = _at_second(self._now + step)
        self._monotonic += step.total_seconds()
        return self._now

    def set(self, now: datetime) -> datetime:
        """Jump to an instant, forwards or back, as a corrected machine clock does."""
        self._now = _at_second(now)
        return self._now


def _at_second(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs its offset: {instant.isoformat()}")
    return instant.astimezone(ZONE).replace(microsecond=0)
