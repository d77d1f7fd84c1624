"""Whether clock and record can be believed: jumps of the clock, a record that is out of reach."""

from __future__ import annotations

from datetime import datetime, timedelta

from dutydesk.i18n import _
from dutydesk.screens.parts.health import Health
from dutydesk.text import remaining

JUMP = timedelta(seconds=5)
SHOWN_S = 600
"""How long a jump of the clock stays in the header."""
STALE_S = 5
"""After so many seconds without an answer the header says from when the record is."""


class ClockWatch:
    """Compares the clock with the seconds that passed, and remembers the last good answer."""

    def __init__(self) -> None:
        self._now: datetime | None = None
        self._monotonic = 0.0
        self._jump: timedelta | None = None
        self._jumped = 0.0
        self._answered: datetime | None = None
        self._answered_monotonic = 0.0
        self._failure: str | None = None

    def tick(self, now: datetime, monotonic: float) -> None:
        """It is `now`, and `monotonic` seconds have passed since some beginning."""
        if self._now is not None:
            passed = timedelta(seconds=monotonic - self._monotonic)
            step = (now - self._now) - passed
            if abs(step) > JUMP:
                self._jump, self._jumped = step, monotonic
        else:
            self._answered, self._answered_monotonic = now, monotonic
        if self._jump is not None and monotonic - self._jumped > SHOWN_S:
            self._jump = None
        self._now, self._monotonic = now, monotonic

    def answered(self) -> None:
        """The store has answered."""
        self._failure = None
        self._answered, self._answered_monotonic = self._now, self._monotonic

    def failed(self, sentence: str) -> None:
        """The store has not answered, and this is why."""
        self._failure = sentence

    def health(self) -> Health:
        """What the header says of it."""
        if self._failure is not None:
            since = f"{self._answered:%H:%M:%S}" if self._answered else "—"
            said = _("数据停在 {time}：{reason}").format(time=since, reason=self._failure)
            return Health(said, red=True)
        if self._answered and self._monotonic - self._answered_monotonic > STALE_S:
            said = _("数据停在 {time}，等待数据库").format(time=f"{self._answered:%H:%M:%S}")
            return Health(said, red=True)
        if self._jump is not None:
            sign = "+" if self._jump > timedelta(0) else "-"
            span = remaining(int(self._jump.total_seconds()))
            return Health(_("时钟曾跳 {sign}{span}").format(sign=sign, span=span))
        return Health()
