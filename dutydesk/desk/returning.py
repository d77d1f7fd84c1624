"""Leaving a seat and coming back to it: since when it was empty, and what passed since."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dutydesk.storage import meta
from dutydesk.views.claims import SeatRow, Seats
from dutydesk.views.meanwhile import Meanwhile, MeanwhileList
from dutydesk.workflow.time.zone import iso, parse_instant

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk

ALIVE = timedelta(seconds=90)
"""How long after its last sign of life a seat still counts as open: three beats."""


def leave(desk: Desk, seat: str) -> None:
    """Put down when a seat was left; one that is killed has its last sign of life instead."""
    with desk.store.unit() as unit:
        unit.save_text(_name(seat), iso(desk.now()))


def last_seen(desk: Desk, seat: str) -> datetime | None:
    """The last moment at which somebody sat at a seat; None if never, or not in the past."""
    signs = [one.seen_at for one in desk.read(Seats()) if one.seat == seat]
    left = _left(desk, seat)
    if left is not None:
        signs.append(left)
    last = max(signs, default=None)
    return last if last is not None and last <= desk.now() else None


def catch_up(desk: Desk, since: datetime, seat: str) -> MeanwhileList:
    """What passed since, after everything that fell due meanwhile has been raised."""
    desk.sweep()
    return desk.read(Meanwhile(since, seat))


def open_seats(desk: Desk, but: str) -> tuple[SeatRow, ...]:
    """The other seats of the area that are open now."""
    found = []
    for one in desk.read(Seats()):
        left = _left(desk, one.seat)
        gone = left is not None and left >= one.seen_at
        if one.seat != but and not gone and desk.now() - one.seen_at < ALIVE:
            found.append(one)
    return tuple(found)


def _left(desk: Desk, seat: str) -> datetime | None:
    with desk.store.reading() as connection:
        text = meta.read(connection, _name(seat))
    return parse_instant(text) if text else None


def _name(seat: str) -> str:
    return f"left:{seat}"
