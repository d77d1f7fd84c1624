"""Somebody has looked at what an import changed in a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk


def look(desk: Desk, case: str) -> int:
    """Take the changed rows of a case off the list of what nobody has seen; gives how many."""
    with desk.store.unit() as unit:
        return unit.look(case, desk.now())
