"""The acts that a filled form asks for, done at one instant and answered together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from dutydesk.errors import Refused
from dutydesk.screens.forms.layout import NEVER
from dutydesk.screens.forms.scene import Scene, Values
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.cases.values import absent

if TYPE_CHECKING:
    from dutydesk.desk import Desk, Done

AT, VIA, BEHALF = "_at", "_via", "_behalf"
"""The form's own fields beside those of the act: when, by which channel, for whom."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What came of a form: acts done in order, and the refusal of the first that was not."""

    verb: str
    case_no: str | None
    done: tuple[Done, ...]
    refused: Refused | None = None
    left: tuple[Act, ...] = ()


def act(
    scene: Scene,
    values: Values,
    recorded_at: datetime,
    *,
    verb: str | None = None,
    version: int | None = None,
) -> Act:
    """The act of one verb with those of the values that are its fields."""
    verb = verb or scene.verb
    kind = scene.context.procedure.acts[verb]
    names = {field.name for field in kind.fields} - NEVER
    fields = {n: values[n] for n in values if n in names and not absent(values[n])}
    at = values.get(AT)
    behalf = _behalf(scene, values, fields)
    via = str(values.get(VIA) or "phone") if scene.behalf or behalf else None
    return Act(
        verb=verb,
        by=scene.actor,
        at=at if isinstance(at, datetime) else recorded_at,
        recorded_at=recorded_at,
        case=scene.card.no if scene.card else None,
        fields=fields,
        on_behalf=behalf,
        channel=via if "channel" not in names else None,
        version=version,
        seat=scene.seat or None,
    )


def _behalf(scene: Scene, values: Values, fields: Mapping[str, object]) -> Actor | None:
    """For whom the act is recorded, None where its party or giver says so already."""
    chosen = values.get(BEHALF)
    if chosen:
        return Actor.parse(str(chosen))
    role = scene.behalf
    if role is None or role == "party" or "giver" in fields:
        return None
    return Actor(role, scene.holder(role) or None)


def acts(scene: Scene, values: Values, recorded_at: datetime) -> tuple[Act, ...]:
    """Every act of a filled form: accepting takes the dispatch with it where that was asked.

    Only the first carries the version that the user saw.
    """
    version = scene.card.version if scene.card else None
    first = act(scene, values, recorded_at, version=version)
    if scene.verb != "accept" or values.get("as") != "community" or not values.get("dispatch"):
        return (first,)
    return first, act(scene, values, recorded_at, verb="dispatch")


def do(desk: Desk, wanted: Sequence[Act]) -> Filed:
    """Do the acts in order and stop at the first refusal.

    Raises the Refused of the very first act, BadInput or StoreError: then nothing was done.
    """
    done: list[Done] = []
    for number, one in enumerate(wanted):
        try:
            done.append(desk.execute(one))
        except Refused as refused:
            if not done:
                raise
            return Filed(
                wanted[0].verb, _number(done), tuple(done), refused, tuple(wanted[number:])
            )
    return Filed(wanted[0].verb, _number(done), tuple(done))


def _number(done: Sequence[Done]) -> str | None:
    case = done[-1].case
    return case.no if case else None
