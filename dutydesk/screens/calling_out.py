"""Which alarms are heard at this seat now, and which again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from dutydesk.views.alarms import AlarmRow

REPEAT: Final = timedelta(seconds=30)
"""How often an alarm of the urgent track sounds until somebody touches it; house."""


class Heard:
    """Remembers what sounded; everything sounds once, the urgent track until it is touched."""

    def __init__(self) -> None:
        self._rung: set[str] = set()
        self._urgent_at: datetime | None = None

    def fresh(self, alarms: Sequence[AlarmRow]) -> list[AlarmRow]:
        """Those that ring and have not been heard; one that calls again is heard again."""
        calling = [alarm for alarm in alarms if alarm.rings and alarm.calls]
        found = [alarm for alarm in calling if alarm.key not in self._rung]
        self._rung = {alarm.key for alarm in calling}
        return found

    def sounded(self, now: datetime) -> None:
        """The urgent sound was made."""
        self._urgent_at = now

    def again(self, alarms: Sequence[AlarmRow], touched: Collection[str], now: datetime) -> bool:
        """Whether the urgent sound is due again: nobody has its case in hand, or has seen it."""
        waiting = any(
            alarm.urgent and alarm.rings and alarm.calls and alarm.case not in touched
            for alarm in alarms
        )
        if not waiting:
            self._urgent_at = None
            return False
        if self._urgent_at is None:
            self._urgent_at = now
        return now - self._urgent_at >= REPEAT
