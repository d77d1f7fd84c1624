"""The clock that nobody keeps: told once as an alarm, and this desk sweeps until it goes again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dutydesk.screens.gateway import Gateway

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.screens.app import DeskApp
    from dutydesk.workflow.time.beat import Beat

SLOT = "standstill"


class Standstill:
    """Raises the alarm when the clock stops, and ends it when it goes."""

    def __init__(self, app: DeskApp, gateway: Gateway) -> None:
        self._app = app
        self._gateway = gateway
        self._stopped: Beat | None = None

    def look(self, stopped: Beat | None) -> None:
        """Whether the clock stands still now, as the header says it."""
        before, self._stopped = self._stopped, stopped
        if stopped is not None and before is None:
            return  # another keeper may be about to take its place
        if stopped is not None:
            # Raised before and swept since: doing either twice changes nothing.
            self._gateway.job(partial(_stop, beat=stopped), self._app, SLOT)
        elif before is not None:
            self._gateway.job(partial(_go, holder=before.holder), self._app, SLOT)


def _stop(desk: Desk, *, beat: Beat) -> None:
    from dutydesk.desk.stopping import raise_stopped  # slow import

    raise_stopped(desk, beat.holder, beat.ticked_at or desk.now())
    due_at = desk.next_due_at()
    if due_at is not None and due_at <= desk.now():
        desk.sweep()


def _go(desk: Desk, *, holder: str) -> None:
    from dutydesk.desk.stopping import note_going  # slow import

    note_going(desk, holder)
