"""Which fields of an act stand in its form now, which are folded away, which must be filled."""

from __future__ import annotations

from dataclasses import dataclass

from dutydesk.screens.forms.by_table import standard
from dutydesk.screens.forms.defaults import station_due
from dutydesk.screens.forms.scene import Scene, Values
from dutydesk.workflow.cases.fields import OF_AN_IMPORT
from dutydesk.workflow.cases.values import absent
from dutydesk.workflow.places import Certainty
from dutydesk.workflow.procedure import Field, Label

NEVER = OF_AN_IMPORT | {"police_incident"}
"""Fields that only an import or the system fills."""

NO_ROW = frozenset(("notes", "map"))
"""Types without a row of their own: notes stand with their checks, maps come from imports."""

FRONT = {
    "register": ("place", "description", "channel", "external_no", "grid", "category"),
    "close": ("checks", "report"),
}
"""The fields that stand in front where it is not simply all of them."""

COMMUNITY = ("as", "grid", "category", "giver", "reason", "dispatch", "station", "due")
LINKAGE = ("as", "difficulty", "parties", "lead", "grid", "reason", "basis")
SAID = ("urgent", "occurred_at")
"""What a pasted order may say beside; it is shown where it does, so that nobody misses a guess."""
ORDER = {
    "accept": tuple(dict.fromkeys((*LINKAGE[:5], *COMMUNITY, *LINKAGE))),
    "call": ("party", "said", "promised_at", "outcome"),
    "close": ("checks", "report"),
    "note": ("text", "promised_by", "promised_to", "remind_at"),
    "settle": ("reason", "remind_at"),
    "register": FRONT["register"],
}
"""The order of the fields where it is not that of the act."""

TOGETHER = Field("dispatch", Label("同时派单", "dispatch too"), "bool")
"""Accepting a community case offers its dispatch in the same form, both at one instant."""
HIDDEN = frozenset((*COMMUNITY, *LINKAGE))
MOST = 6
"""How many optional fields an act may have before they are folded away."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields by name: shown at once, folded away, and those that must be filled now."""

    front: tuple[str, ...]
    folded: tuple[str, ...]
    needed: frozenset[str]


def fields(scene: Scene) -> dict[str, Field]:
    """Every field that the form of an act may show, in its order."""
    found = {f.name: f for f in scene.kind.fields if f.name not in NEVER and f.type not in NO_ROW}
    if scene.verb == "attach":
        # Several files at once; each becomes an act with its kind and file.
        for name in ("kind", "file", "digest"):
            found.pop(name, None)
        found = {"attachments": scene.context.procedure.fields["attachments"], **found}
    if scene.verb == "accept":
        found["dispatch"] = TOGETHER
        found.update((f.name, f) for f in scene.context.procedure.acts["dispatch"].fields)
    first = [name for name in ORDER.get(scene.verb, ()) if name in found]
    return {name: found[name] for name in dict.fromkeys((*first, *found))}


def shape(scene: Scene, values: Values) -> Shape:
    """How the form of an act stands beside the values it holds."""
    known = fields(scene).values()
    own = {f.name for f in scene.kind.fields}
    wanted = frozenset(f.name for f in known if f.name in own and f.needed(values))
    wanted |= _by_guard(scene, values)
    fitting = [f for f in known if _fits(f, values)]
    front = _front(scene, fitting, wanted, values)
    hidden = {*front, *HIDDEN} if scene.verb == "accept" else set(front)
    folded = tuple(f.name for f in fitting if f.name not in hidden)
    return Shape(front, folded, wanted)


def missing(scene: Scene, values: Values) -> tuple[str, ...]:
    """The fields that must be filled and are not, in the order of the form."""
    now = shape(scene, values)
    empty = {name for name in now.needed if absent(values.get(name))}
    return tuple(name for name in (*now.front, *now.folded) if name in empty)


def _fits(field: Field, values: Values) -> bool:
    """A field that is mandatory only in some case is shown in that case only.

    Coordination above that moved nothing, or has said the last word, gives nobody a duty.
    """
    if field.name == "duties" and (values.get("progress") is False or values.get("final") is True):
        return False
    return not field.need or field.needed(values) or field.name in ("grid", "place")


def _front(
    scene: Scene, fields: list[Field], wanted: frozenset[str], values: Values
) -> tuple[str, ...]:
    names = [f.name for f in fields]
    if scene.verb == "accept":
        order = COMMUNITY if values.get("as") == "community" else LINKAGE
        optional = {"category", "basis", "grid", "dispatch"}
        if values.get("dispatch"):
            optional.add("station")
        return tuple(n for n in order if n in names and (n in wanted or n in optional))
    if scene.verb == "settle":
        # Which promise, and what became of it, was said on the list.
        return tuple(n for n in ORDER["settle"] if n in wanted)
    if scene.verb in FRONT:
        front = [n for n in FRONT[scene.verb] if n in names]
        if scene.verb == "register":
            front += ["area"] if _side_needed(scene, values) else []
            front += [name for name in ("upstream_due", "caller", *SAID) if values.get(name)]
        return tuple(dict.fromkeys([*front, *(n for n in names if n in wanted)]))
    if len(names) <= MOST:
        return tuple(names)
    return tuple(n for n in names if n in wanted)


def _side_needed(scene: Scene, values: Values) -> bool:
    """Whether the place lies on the boundary road, so that its side must be asked (X-3.1.2)."""
    place = str(values.get("place") or "")
    located = scene.context.places.locate(place) if place.strip() else None
    return located is not None and located.certainty is Certainty.SIDE_NEEDED


def _by_guard(scene: Scene, values: Values) -> frozenset[str]:
    """Fields that a guard asks for beyond the act's own definition."""
    card = scene.card
    if scene.verb == "register":
        asked = _side_needed(scene, values) and absent(values.get("grid"))
        return frozenset({"area"}) if asked else frozenset()
    if scene.verb == "dispatch" and card is not None:
        overdue = card.upstream_due is None or card.upstream_due <= scene.now
        asked = overdue and standard(scene, values) is None
        return frozenset({"due"}) if asked else frozenset()
    if scene.verb == "record_outcome" and card is not None:
        return frozenset() if card.basis or not values.get("agreed") else frozenset({"basis"})
    if scene.verb == "file_result":
        return frozenset({"party"})
    if scene.verb == "attach":
        return frozenset({"attachments"})
    if scene.verb != "accept" or card is None:
        return frozenset()
    if values.get("as") == "community":
        more = {"giver", "reason"} if card.urgent else set()
        if values.get("dispatch"):
            known = station_due(scene) or standard(scene, values)
            more |= {"station"} if known else {"station", "due"}
        return frozenset({"category", *more})
    own = card.channel in scene.context.procedure.values["linkage_channels"]
    asked = any(event.verb == "request_linkage" for event in card.events)
    return frozenset() if own or asked else frozenset({"reason"})
