"""Whose turn it is to sweep where several processes keep one store; the lease only saves work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from dutydesk.desk.answers import Swept
from dutydesk.storage import cases, lease
from dutydesk.workflow.alarms.model import Alarm
from dutydesk.workflow.time.beat import Beat

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk

PATIENCE = timedelta(seconds=1)
"""How long whoever has no turn waits for the one who has, before sweeping all the same."""


BEAT = timedelta(seconds=1.5)
"""After so long whoever keeps the clock says so again in the store: every other tick."""
DEAD = timedelta(seconds=2.6)
"""A keeper that gave no sign for so long is taken to be dead: whoever notices takes its place."""


def _work(desk: Desk) -> str:
    return f"clock:{desk.ground.area}"


def beat_of(desk: Desk) -> Beat | None:
    """Who keeps the area's clock, and when it last ticked."""
    with desk.store.reading() as connection:
        return lease.beat_of(connection, _work(desk))


def tick(desk: Desk, holder: str, seconds: int) -> bool:
    """Keep the clock for one more moment, or take it from one that is dead; whether it is ours.

    The store is written every other second, by one process.
    """
    now, found = desk.now(), beat_of(desk)
    if found is not None and found.ticked_at is not None:
        since = now - found.ticked_at
        mine = found.holder == holder
        # A sign from the future was given before the wall clock was set back.
        if timedelta(0) <= since < (BEAT if mine else DEAD):
            return mine
    with desk.store.unit() as unit:
        lease.tick(unit.connection, _work(desk), holder, now, timedelta(seconds=seconds))
    return True


def my_turn(desk: Desk, work: str, holder: str, seconds: int) -> bool:
    """Take or prolong the area's lease for a kind of work; False while another's runs."""
    with desk.store.unit() as unit:
        return unit.lease(f"{work}:{desk.ground.area}", holder, desk.now(), seconds)


def sweep_in_turn(desk: Desk, holder: str, seconds: int) -> Swept | None:
    """One pass of the clock if it is this holder's turn, or if the other is late; None else.

    Each alarm has its unique key, so two that sweep at once raise it once anyway.
    """
    if not my_turn(desk, "clock", holder, seconds):
        due_at = desk.next_due_at()
        if due_at is None or desk.now() - due_at < PATIENCE:
            return None
    return desk.sweep()


def holder_of(desk: Desk) -> str:
    """Who holds the area's desk now."""
    return desk.rules().duty.state.holder


def rings_urgently(desk: Desk, alarms: Sequence[Alarm]) -> bool:
    """Whether one of the alarms that ring belongs to a case of the urgent track."""
    nos = [alarm.case for alarm in alarms if alarm.rings and alarm.case is not None]
    with desk.store.reading() as connection:
        found = cases.many(connection, nos)
    track = desk.ground.procedure.urgent_track
    return any(case.urgent or (track and case.course.track == track) for _row, case in found)
