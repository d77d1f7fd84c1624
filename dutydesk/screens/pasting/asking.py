"""What the screen of a paste asks of the desk in the worker; the store is loaded only there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.desk.pasting import Told
    from dutydesk.intake.pasting import Pasted
    from dutydesk.workflow.cases.model import Actor


def look(desk: Desk, text: str) -> tuple[Told, ...]:
    """What a text holds, beside the record."""
    from dutydesk.desk.pasting import look_at_paste  # slow import

    return look_at_paste(desk, text)


def take(desk: Desk, pasted: Pasted, by: Actor) -> Told:
    """Let a known case take what an order says of it."""
    from dutydesk.desk.pasting import take_paste  # slow import

    return take_paste(desk, pasted, by)
