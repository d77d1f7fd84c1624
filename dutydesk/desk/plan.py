"""A roster without names: every post filled, until a drill takes one off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from dutydesk.workflow.duty.presence import Planned, Slot, slots_of
from dutydesk.workflow.parts import Parts
from dutydesk.workflow.time.zone import day_start


class FullPlan:
    """All posts of a procedure are on duty round the clock, but those taken off.

    `over` gives it the posts, once it is known which desk it is for.
    """

    def __init__(self) -> None:
        self.slots: tuple[Slot, ...] = ()
        self._off: set[str] = set()

    def over(self, areas: Iterable[str], parts: Parts) -> None:
        """The posts that are filled: those of a procedure in these areas."""
        self.slots = slots_of(areas, parts)

    def set(self, *, on: Iterable[str] = (), off: Iterable[str] = ()) -> None:
        """Take posts and leads on and off duty; a lead by his unit."""
        self._off |= set(off)
        self._off -= set(on)

    def known(self, name: str) -> bool:
        """Whether a drill may name this post or lead."""
        return any(name in (slot.post, slot.department) for slot in self.slots)

    def planned(self, at: datetime) -> tuple[Planned, ...]:
        start = day_start(at)
        return tuple(
            Planned(slot, slot.department or slot.post, start, start + timedelta(days=1))
            for slot in self.slots
            if not self._is_off(slot)
        )

    def _is_off(self, slot: Slot) -> bool:
        if slot.department is not None:
            return slot.department in self._off or slot.post in self._off
        return slot.post in self._off
