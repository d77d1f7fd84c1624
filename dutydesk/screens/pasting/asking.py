"""What the screen of a paste asks of the desk in the worker; the store is loaded only there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dutydesk.screens.forms.submit import Filed, do

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.desk.pasting import Told
    from dutydesk.intake.pasting import Pasted
    from dutydesk.workflow.cases.acts import Act
    from dutydesk.workflow.cases.model import Actor


def look(desk: Desk, text: str) -> tuple[Told, ...]:
    """What a text holds, beside the record."""
    from dutydesk.desk.pasting import look_at_paste  # slow import

    return look_at_paste(desk, text)


def take(desk: Desk, pasted: Pasted, by: Actor) -> Told:
    """Let a known case take what an order says of it."""
    from dutydesk.desk.pasting import take_paste  # slow import

    return take_paste(desk, pasted, by)


def register(desk: Desk, wanted: Sequence[Act], standing: str, word: str) -> Filed:
    """Register an order; one that was urged, returned or withdrawn above is marked so at once.

    Raises as `do` does: then nothing was done.
    """
    from dutydesk.desk.pasting import keep_standing  # slow import

    filed = do(desk, wanted)
    if filed.case_no is None:
        return filed
    marked = keep_standing(desk, filed.case_no, wanted[0].at, standing, word)
    return filed if marked is None else replace(filed, done=(*filed.done, marked))
