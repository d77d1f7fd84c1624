"""Which fields of an act stand in its form now, which are folded away, which must be filled."""

from __future__ import annotations

from dataclasses import dataclass

from dutydesk.screens.forms.scene import Scene, Values
from dutydesk.workflow.cases.values import absent
from dutydesk.workflow.procedure import Field

NEVER = frozenset(("batch", "row", "layout", "history", "police_incident"))
"""Fields that only an import or the system fills."""

FRONT = {
    "register": ("place", "description", "channel", "external_no", "grid", "category"),
    "close": ("checks", "notes", "report"),
}
"""The fields that stand in front where it is not simply all of them."""

COMMUNITY = ("as", "grid", "category", "giver", "reason")
LINKAGE = ("as", "difficulty", "parties", "lead", "reason", "basis", "grid")
MOST = 6
"""How many optional fields an act may have before they are folded away."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields by name: shown at once, folded away, and those that must be filled now."""

    front: tuple[str, ...]
    folded: tuple[str, ...]
    needed: frozenset[str]


def shape(scene: Scene, values: Values) -> Shape:
    """How the form of an act stands beside the values it holds."""
    fields = [f for f in scene.kind.fields if f.name not in NEVER]
    wanted = frozenset(f.name for f in fields if f.needed(values)) | _by_guard(scene, values)
    fitting = [f for f in fields if _fits(f, values)]
    front = _front(scene, fitting, wanted, values)
    folded = tuple(f.name for f in fitting if f.name not in front)
    return Shape(front, folded, wanted)


def missing(scene: Scene, values: Values) -> tuple[str, ...]:
    """The fields that must be filled and are not, in the order of the form."""
    now = shape(scene, values)
    empty = {name for name in now.needed if absent(values.get(name))}
    return tuple(name for name in (*now.front, *now.folded) if name in empty)


def _fits(field: Field, values: Values) -> bool:
    """A field that is mandatory only in some case is shown in that case only."""
    return not field.need or field.needed(values) or field.name in ("grid", "place")


def _front(
    scene: Scene, fields: list[Field], wanted: frozenset[str], values: Values
) -> tuple[str, ...]:
    names = [f.name for f in fields]
    if scene.verb == "accept":
        order = COMMUNITY if values.get("as") == "community" else LINKAGE
        optional = {"category", "basis", "grid"}
        shown = [n for n in order if n in names and (n in wanted or n in optional)]
        return tuple(shown)
    if scene.verb in FRONT:
        front = [n for n in FRONT[scene.verb] if n in names]
        return tuple(dict.fromkeys([*front, *(n for n in names if n in wanted)]))
    if len(names) <= MOST:
        return tuple(names)
    return tuple(n for n in names if n in wanted)


def _by_guard(scene: Scene, values: Values) -> frozenset[str]:
    """Fields that a guard asks for beyond the act's own definition."""
    card = scene.card
    if scene.verb == "dispatch" and card is not None:
        overdue = card.upstream_due is None or card.upstream_due <= scene.now
        return frozenset({"due"}) if overdue else frozenset()
    if scene.verb == "record_outcome" and card is not None:
        return frozenset() if card.basis or not values.get("agreed") else frozenset({"basis"})
    if scene.verb == "file_result":
        return frozenset({"party"})
    if scene.verb != "accept" or card is None:
        return frozenset()
    if values.get("as") == "community":
        urgent = {"giver", "reason"} if card.urgent else set()
        return frozenset({"category", *urgent})
    own = card.channel in scene.context.procedure.values["linkage_channels"]
    asked = any(event.verb == "request_linkage" for event in card.events)
    return frozenset() if own or asked else frozenset({"reason"})
