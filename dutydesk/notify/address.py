"""What a platform calls a recipient: the account of whoever stands behind the name at a moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from dutydesk.views.people import party_person
from dutydesk.views.question import Context
from dutydesk.views.standing import standing_at
from dutydesk.workflow.duty.model import DutyState


def address_of(
    context: Context, state: Callable[[], DutyState] | None = None
) -> Callable[[str, datetime], str]:
    """Gives the account of a person, of whoever holds a role or leads a unit now, or of a grid's
    station; empty where nobody is known or he has none.

    `state` gives what was said of who is there: it goes before the plan, as for an alarm.
    """
    people: tuple[Any, ...] = tuple(getattr(context.plan, "people", ()))
    accounts = {person.name: person.userid for person in people if person.userid}

    def at_grid(recipient: str) -> str:
        grid = context.places.grid(recipient)
        if grid is None:
            return ""
        found = (person for person in people if person.grid in (grid.name, grid.code, recipient))
        return next((person.userid for person in found if person.grid and person.userid), "")

    def here(recipient: str, at: datetime) -> str:
        if state is None:
            return ""
        names = standing_at(context, state(), at).names(recipient) or ()
        return next(iter(names), "")

    def address(recipient: str, at: datetime) -> str:
        name = here(recipient, at) or party_person(context, at, recipient)
        return accounts.get(name) or at_grid(recipient)

    return address
