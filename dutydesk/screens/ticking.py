"""An entry of the write-back ledger is ticked by whoever sits here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.message_pump import MessagePump

from dutydesk.screens.gateway import Gateway

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.desk.writebacks import Ticked
    from dutydesk.workflow.cases.model import Actor


def tick(
    gateway: Gateway, number: int, target: MessagePump, slot: str, receipt: str | None = None
) -> None:
    """Tick an entry in the worker; `Answered` with a `Ticked`, or `Failed`, comes to `target`."""
    by, seat = gateway.actor, gateway.seat or None
    gateway.job(partial(_ticked, number=number, by=by, receipt=receipt, seat=seat), target, slot)


def _ticked(desk: Desk, *, number: int, by: Actor, receipt: str | None, seat: str | None) -> Ticked:
    from dutydesk.desk.writebacks import tick as ticked  # slow import

    return ticked(desk, [number], by, receipt, seat)
