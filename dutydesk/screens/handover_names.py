"""Who may take the desk over, by name: who is planned at the post now and in the days to come."""

from __future__ import annotations

from datetime import timedelta

from dutydesk.i18n import _
from dutydesk.screens.forms.options import Option, option
from dutydesk.screens.forms.phrases import offered
from dutydesk.screens.gateway import Gateway
from dutydesk.views.labels import Words

DAYS, STEP_H = 7, 4
"""House: whose turn comes within so many days is offered; a turn is not shorter than the step."""


def who(gateway: Gateway, role: str, words: Words) -> Option:
    """A role with the name behind it."""
    operator = gateway.context.procedure.parts.operator
    name = gateway.operator if role == operator else gateway.planned(role) or ""
    return option(role, words.role(role), name)


def successors(gateway: Gateway) -> tuple[Option, ...]:
    """The names planned at the operator's post, whoever sits here now last."""
    role, now = gateway.context.procedure.parts.operator, gateway.now
    names: dict[str, None] = {}
    for hours in range(0, DAYS * 24, STEP_H):
        for turn in gateway.context.plan.planned(now + timedelta(hours=hours)):
            if turn.slot.post == role and turn.name != role:
                names[turn.name] = None
    sitting = gateway.actor.name
    ordered = sorted(names, key=lambda name: name == sitting)
    return tuple(option(name, name) for name in ordered)


def because() -> str:
    """What the field of the reason says while it is empty."""
    return f"{_('为什么交班')}  {offered('hand_over')}"
