"""Coming back to a seat: what passed meanwhile is asked for, and rings once for all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dutydesk.screens import messages
from dutydesk.screens.gateway import Gateway

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.screens.app import DeskApp
    from dutydesk.views.meanwhile import MeanwhileList

SLOT, LEFT = "returning", "left"


class Returning:
    """Asks when this seat was last alive, then what passed; alarms ring once all of it is known."""

    def __init__(self, app: DeskApp, gateway: Gateway) -> None:
        self._app = app
        self._gateway = gateway
        self.waits = False
        self._owed: bool | None = None

    def begin(self) -> None:
        """Ask before the first sign of life of this sitting is given."""
        seat = self._gateway.seat
        if not seat:
            return
        self.waits = True

        def work(desk: Desk) -> MeanwhileList | None:
            from dutydesk.desk.returning import catch_up, last_seen  # slow import

            since = last_seen(desk, seat)
            return None if since is None else catch_up(desk, since, seat)

        self._gateway.job(work, self._app, SLOT)

    def holds(self, urgent: bool) -> bool:
        """Whether a ring has to wait for the page; then it is kept."""
        if self.waits:
            self._owed = bool(self._owed) or urgent
        return self.waits

    def answered(self, event: messages.Answered | messages.Failed) -> None:
        """The page has come, or could not be read: what waited rings, once."""
        if event.slot != SLOT:
            return
        self.waits = False
        found = event.answer if isinstance(event, messages.Answered) else None
        if found is not None and any(alarm.rings for alarm in found.alarms):
            red = any(alarm.light == "red" for alarm in found.alarms)
            self._owed = bool(self._owed) or red
        owed, self._owed = self._owed, None
        if owed is not None and self._app.sitting.mine:
            self._app.sitting.ring(urgent=owed)
        # The page stands before the question whether the ring was heard.
        self._app.sitting.try_sound(rung=owed is not None)
        if found is not None and not found.empty:
            from dutydesk.screens.return_page import ReturnPage  # slow import

            self._app.push_screen(ReturnPage(self._gateway, found))

    def leave(self) -> None:
        """The desk closes: from this moment on things pass without it."""
        seat = self._gateway.seat
        if not seat or not self._gateway.ready:
            return

        def work(desk: Desk) -> None:
            from dutydesk.desk.returning import leave  # slow import

            leave(desk, seat)

        self._gateway.job(work, self._app, LEFT)
