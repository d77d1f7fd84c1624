"""Floods of alarms as the store remembers them: when one began, and that it is over."""

from __future__ import annotations

from datetime import datetime

from dutydesk.storage import Unit, alarms
from dutydesk.workflow.alarms.flood import CALM, WINDOW, Flood
from dutydesk.workflow.alarms.model import Alarm
from dutydesk.workflow.time.zone import iso, parse_instant


def mark(area: str) -> str:
    """The name under which the store keeps since when an area has a flood."""
    return f"flood:{area}"


class Floods:
    """The floods of all areas in one pass of the clock; each area is read once."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._areas: dict[str, Flood] = {}

    def as_heard(self, alarm: Alarm, *, urgent: bool) -> Alarm:
        """A ringing alarm as it is heard: in a flood with its group."""
        if not alarm.rings:
            return alarm
        if alarm.area not in self._areas:
            said = self._unit.text(mark(alarm.area))
            heard = self._unit.heard(alarm.area, alarm.raised_at - WINDOW)
            self._areas[alarm.area] = Flood(heard, parse_instant(said) if said else None)
        return self._areas[alarm.area].judge(alarm, urgent=urgent)

    def keep(self) -> None:
        """Remember which floods began or ended."""
        for area, flood in self._areas.items():
            _remember(self._unit, area, flood.since)


def subside(unit: Unit, area: str, now: datetime) -> bool:
    """End the flood of an area once fewer than five alarms came in ten minutes."""
    if unit.text(mark(area)) is None:
        return False
    if alarms.heard_count(unit.connection, area, now - WINDOW, CALM) >= CALM:
        return False
    _remember(unit, area, None)
    unit.touch()
    return True


def _remember(unit: Unit, area: str, since: datetime | None) -> None:
    said = iso(since) if since is not None else None
    if unit.text(mark(area)) != said:
        unit.save_text(mark(area), said)
