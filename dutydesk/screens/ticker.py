"""Whether clock and record can be believed: jumps of the clock, a record that is out of reach."""

from __future__ import annotations

from datetime import datetime, timedelta

from dutydesk.i18n import _
from dutydesk.screens.parts.health import Health
from dutydesk.text import remaining
from dutydesk.workflow.time.beat import Beat
from dutydesk.workflow.time.zone import to_local

JUMP = timedelta(seconds=5)
SHOWN_S = 600
"""How long a jump of the clock stays in the header."""
STALE_S = 5
"""After so many seconds without an answer the header says from when the record is."""


STOPPED_S = 4
"""After so many seconds without a tick of whoever keeps the clock the header says so, in red."""


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
        self._beat: Beat | None = None
        self._beat_monotonic = 0.0

    def beat(self, beat: Beat | None) -> None:
        """Who keeps the clock for this desk, and its last sign; None: the desk does it itself."""
        if beat is None or beat != self._beat:
            self._beat, self._beat_monotonic = beat, self._monotonic

    @property
    def stopped(self) -> Beat | None:
        """The keeper of the clock that gave no sign for too long, by this desk's own seconds."""
        silent = self._monotonic - self._beat_monotonic
        return self._beat if silent > STOPPED_S else None

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
        if (stopped := self.stopped) is not None:
            who = stopped.holder.rpartition("-")[0]
            last = f"{to_local(stopped.ticked_at):%H:%M:%S}" if stopped.ticked_at else "—"
            said = _("时限停摆：{who} 最后走在 {time}").format(who=who, time=last)
            return Health(said, red=True)
        if self._jump is not None:
            sign = "+" if self._jump > timedelta(0) else "-"
            span = remaining(int(self._jump.total_seconds()))
            return Health(_("时钟曾跳 {sign}{span}").format(sign=sign, span=span))
        return Health()
