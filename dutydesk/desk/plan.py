"""A roster without names: every post filled, until a drill takes one off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from dutydesk.workflow.duty.presence import DEPARTMENTS, Planned, Slot, slots_of
from dutydesk.workflow.time.zone import day_start


class FullPlan:
    """All posts of some areas are on duty round the clock, but those taken off."""

    def __init__(self, areas: Iterable[str]) -> None:
        self.slots = slots_of(areas)
        self._off: set[str] = set()

    def set(self, *, on: Iterable[str] = (), off: Iterable[str] = ()) -> None:
        """Take posts and leads on and off duty; a lead by his department (公安, 城管, 市场监管)."""
        self._off |= set(off)
        self._off -= set(on)

    def known(self, name: str) -> bool:
        """Whether a drill may name this post or lead."""
        return name in DEPARTMENTS or any(name == slot.post for slot in self.slots)

    def planned(self, at: datetime) -> tuple[Planned, ...]:
        start = day_start(at)
        return tuple(
            Planned(slot, slot.department or slot.post, start, start + timedelta(days=1))
            for slot in self.slots
            if not self._is_off(slot)
        )

    def _is_off(self, slot: Slot) -> bool:
        if slot.department is not None:
            return slot.department in self._off or "line_lead" in self._off
        return slot.post in self._off
