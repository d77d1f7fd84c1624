"""A flood of alarms: more than ten in ten minutes ring as groups, one sound each (ISA-18.2)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from dutydesk.workflow.alarms.model import Alarm, Silence

WINDOW = timedelta(minutes=10)
MOST = 10
"""So many alarms in ten minutes are heard one by one (ISA-18.2: more are a flood)."""
CALM = 5
"""A flood is over once fewer came in ten minutes (ISA-18.2)."""


class Heard(NamedTuple):
    """An alarm that rang, or would have but for its group: when, and whether it was heard."""

    at: datetime
    rang: bool


class Flood:
    """What one area's desk has heard in the last ten minutes, and what it hears of the next.

    ``since`` says when the flood began that was still on, None without one.
    """

    def __init__(self, heard: Iterable[Heard] = (), since: datetime | None = None) -> None:
        self.since = since
        self._came = deque[datetime]()
        self._rang_at: datetime | None = None
        self._red_at: datetime | None = None
        for one in sorted(heard):
            self._keep(one)

    def judge(self, alarm: Alarm, *, urgent: bool) -> Alarm:
        """A ringing alarm as it is heard: silent while the sound of its group holds.

        A group sounds with its first alarm, and again every ten minutes while the flood lasts. A
        red of the urgent track is always heard, those that come in one pass together once.
        """
        now = alarm.raised_at
        while self._came and now - self._came[0] >= WINDOW:
            self._came.popleft()
        if self.since is not None and len(self._came) < CALM:
            self.since = None
        if self.since is None and len(self._came) >= MOST:
            self.since = now
        rings = self.since is None or self._rang_at is None or now - self._rang_at >= WINDOW
        if urgent and alarm.light == "red":
            rings, self._red_at = rings or self._red_at != now, now
        self._keep(Heard(now, rings))
        return alarm if rings else replace(alarm, rings=False, silence=Silence.GROUPED)

    def _keep(self, one: Heard) -> None:
        self._came.append(one.at)
        if one.rang:
            self._rang_at = one.at
