"""Showing a number: the logged act that uncovers it, and the number itself (X-3.2.6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from dutydesk.i18n import _
from dutydesk.screens.forms.ringing import CALLER, Ring
from dutydesk.screens.forms.scene import Scene
from dutydesk.screens.forms.submit import act
from dutydesk.views.people import Alternate

if TYPE_CHECKING:
    from dutydesk.desk import Desk


class Shown(NamedTuple):
    """A number that may be seen now, and who else may be rung where only the store knew it."""

    party: str
    other: Alternate | None
    number: str
    others: tuple[Alternate, ...] = ()


def show(
    scene: Scene, ring: Ring, other: Alternate | None, now: datetime
) -> Callable[[Desk], Shown]:
    """What the worker does: the act first, then the number."""
    reason = _("拨打电话")
    if other is not None:
        reason = _("改拨{who}").format(who=_("备用号码") if other.own else other.name)
    wanted = act(replace(scene, verb="reveal"), {"party": ring.party, "reason": reason}, now)

    def shown(desk: Desk) -> Shown:
        done = desk.execute(wanted)
        if other is not None:
            return Shown(ring.party, other, other.number)
        if ring.contact is not None:
            return _of_contact(desk, ring, ring.contact)
        caller = done.case.caller.phone if done.case else None
        number = caller if ring.party == CALLER else ring.number
        return Shown(ring.party, None, number or "")

    return shown


def _of_contact(desk: Desk, ring: Ring, number: int) -> Shown:
    from dutydesk.desk import contacts  # slow import

    found = contacts.shown(desk, number)
    others = (Alternate(ring.name, found.alternate, True),) if found.alternate else ()
    return Shown(ring.party, None, found.phone or "", others)
