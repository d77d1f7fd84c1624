"""The key of the alarms: once acknowledges, twice lets them come again, else it opens the list."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.gateway import Gateway
from dutydesk.workflow.alarms.model import AlarmReason
from dutydesk.workflow.cases.model import Actor

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.screens.app import DeskApp

ACKNOWLEDGE, AGAIN = "acknowledge", "again"
TWICE: Final = timedelta(seconds=4)
"""So soon after an acknowledgement the same key means: again in ten minutes."""


class Acknowledging:
    """What `.` does; answers come to the app, which passes them on."""

    def __init__(self, app: DeskApp, gateway: Gateway) -> None:
        self._app = app
        self._gateway = gateway
        self._keys: tuple[str, ...] = ()
        self._at: datetime | None = None
        self._asked = self._twice = False
        self._to_leave = False

    def strike(self) -> None:
        """The key was struck.

        At the desk it opens the list where there is nothing to acknowledge.
        """
        sitting, now = self._app.sitting, self._gateway.now
        at_desk = self._app.screen is sitting.desk
        soon = self._at is not None and now - self._at <= TWICE
        if soon and (self._asked or self._keys):
            self._again()
        elif any(alarm.unseen for alarm in sitting.alarms):
            leaving = any(a.unseen and a.reason == AlarmReason.LEAVING for a in sitting.alarms)
            self._to_leave = at_desk and leaving
            self._asked, self._at, self._twice = True, now, False
            call = partial(_acknowledge, by=self._gateway.actor)
            self._gateway.job(call, self._app, ACKNOWLEDGE)
        elif at_desk:
            sitting.open("alarms")
        else:
            sitting.say(_("没有要确认的告警"), "dim")

    def _again(self) -> None:
        """What was just acknowledged comes again in ten minutes: two keys, no reason."""
        if self._asked:
            self._twice = True
            return
        keys, self._keys, self._to_leave = self._keys, (), False
        call = partial(_again, by=self._gateway.actor, keys=keys)
        self._gateway.job(call, self._app, AGAIN)

    def answered(self, event: messages.Answered) -> None:
        """The alarms are acknowledged, or put off."""
        sitting = self._app.sitting
        if event.slot == ACKNOWLEDGE:
            self._keys, self._asked = event.answer, False
            said = _("已确认 {count} 条告警；再按 . 十分钟后再响")
            sitting.say(said.format(count=len(self._keys)))
            sitting.desk.reread()
            if self._twice and self._keys:
                self._twice = False
                self._again()
            elif self._to_leave and self._app.screen is sitting.desk:
                self._to_leave = False
                sitting.open("leaving")
        elif event.slot == AGAIN:
            sitting.say(_("{count} 条十分钟后再响").format(count=len(event.answer)))
            sitting.desk.reread()


def _acknowledge(desk: Desk, *, by: Actor) -> tuple[str, ...]:
    from dutydesk.desk.alarming import acknowledge  # slow import

    return acknowledge(desk, by)


def _again(desk: Desk, *, by: Actor, keys: tuple[str, ...]) -> tuple[str, ...]:
    from dutydesk.desk.alarming import again  # slow import

    return again(desk, by, keys)
