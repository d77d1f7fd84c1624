"""What a form knows when it opens: the case, the ground, the people, who acts and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dutydesk.i18n import _
from dutydesk.screens.forms.options import Option, option
from dutydesk.views.card_rows import CaseCard, PartyRow
from dutydesk.views.labels import Words
from dutydesk.views.people import holder, unit_lead
from dutydesk.views.question import Context
from dutydesk.workflow.cases.corrections import CASE_TEXTS, CASE_TIMES
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.places import Grid
from dutydesk.workflow.procedure import NO_CASE, ActKind, Field

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Scene:
    """One act about to be done; `card` is the case as the user saw it, None without a case."""

    verb: str
    card: CaseCard | None
    context: Context
    words: Words
    now: datetime
    actor: Actor
    seat: str = ""

    @property
    def kind(self) -> ActKind:
        return self.context.procedure.acts[self.verb]

    @property
    def track(self) -> str | None:
        return self.card.track if self.card else None

    @property
    def grid(self) -> Grid | None:
        """The case's grid, else the one that its place names beyond doubt."""
        if self.card is None:
            return None
        named = self.context.places.grid(self.card.grid) if self.card.grid else None
        return named or self.context.places.locate(self.card.place).grid

    @property
    def givers(self) -> tuple[str, ...]:
        """The roles that may instruct on the case's track; of no track the deputy alone."""
        table = self.context.procedure.values.get("instruction_givers", {})
        deputy = self.context.procedure.parts.deputy
        return tuple(table.get(self.track, (deputy,) if deputy else ()))

    @property
    def behalf(self) -> str | None:
        """The role for whom the act is recorded, None when it is the actor's own."""
        if self.card is not None:
            return next((act.behalf for act in self.card.acts if act.verb == self.verb), None)
        rows = self.context.procedure.steps(NO_CASE, self.verb)
        roles = {role for row in rows for role in row.by}
        parts = self.context.procedure.parts
        if not rows or roles & {parts.operator, self.actor.role}:
            return None
        if parts.handlers and roles >= set(parts.handlers):
            return parts.handlers[0]
        return next((role for role in rows[0].by if role in parts.records_for), None)

    def party(self, name: str) -> PartyRow | None:
        """The case's party of that name."""
        parties = self.card.parties if self.card else ()
        return next((party for party in parties if party.name == name), None)

    def holder(self, post: str, department: str | None = None) -> str:
        """The name of whoever is planned at a post of the area now, empty without one."""
        return holder(self.context, self.now, post, department)

    def lead(self, unit: str) -> str:
        """The name of whoever leads a unit at the desk now, empty without one."""
        return unit_lead(self.context, self.now, unit)


def lead_among(scene: Scene) -> bool:
    """Whether the act must name its parties, and the lead is one of them."""
    parties = scene.kind.field("parties")
    return parties is not None and parties.mandatory


def party_options(scene: Scene) -> tuple[Option, ...]:
    """Whom a case may involve: the leads of units, its station, its other parties, the roster.

    Where the procedure names departments beside those units, they, and nobody of the roster.
    """
    found: dict[str, Option] = {}
    values = scene.context.procedure.values
    leads = scene.context.procedure.parts.units
    for department in leads:
        name = scene.lead(department)
        found[department] = option(department, department, name, (name,) if name else ())
    grid = scene.grid
    if grid is not None:
        found[grid.name] = option(grid.name, grid.name, grid.station, (grid.short,))
    for party in scene.card.parties if scene.card else ():
        found.setdefault(party.name, option(party.name))
    if set(values.get("departments", ())) - set(leads):
        found |= {name: option(name) for name in values.get("departments", ()) if name not in found}
        return tuple(found.values())
    for person in getattr(scene.context.plan, "people", ()):
        if person.area in (None, scene.context.area):
            found.setdefault(person.name, option(person.name, person.name, person.office))
    return tuple(found.values())


def case_parties(scene: Scene) -> tuple[Option, ...]:
    """The parties of the case, its station too."""
    names = [party.name for party in scene.card.parties] if scene.card else []
    station = scene.card.station if scene.card else None
    if station and station not in names:
        names.append(station)
    return tuple(option(name) for name in names)


def grid_options(scene: Scene, *, everywhere: bool = False) -> tuple[Option, ...]:
    """The grids of the desk's area first, then those of the other one."""
    places, here = scene.context.places, scene.card.area if scene.card else scene.context.area
    mine = [grid for grid in places.grids if grid.area == here]
    rest = [grid for grid in places.grids if grid.area != here]
    return tuple(
        option(grid.name, grid.short, "" if grid.area == here else places.area_of(grid).short)
        for grid in ([*mine, *rest] if everywhere else mine or rest)
    )


def _likely_first(scene: Scene, grids: tuple[Option, ...], values: Values) -> tuple[Option, ...]:
    """The grids that the place may mean come first, so that their numbers are the smallest."""
    place = str(values.get("place") or (scene.card.place if scene.card else ""))
    if not place.strip():
        return grids
    likely = {grid.name for grid in scene.context.places.locate(place).candidates}
    return tuple(sorted(grids, key=lambda one: one.value not in likely))


def role_options(scene: Scene, field: Field) -> tuple[Option, ...]:
    """The roles that may give or be asked for an instruction, with whoever holds them."""
    standing = scene.context.procedure.parts.standing
    roles = (standing.giver,) if standing and scene.kind.does == "standing" else scene.givers
    if field.name not in ("giver", "of"):
        roles = tuple(scene.context.procedure.roles)
    found = []
    for role in roles:
        name = scene.holder(role)
        found.append(option(f"{role}:{name}" if name else role, scene.words.role(role), name))
    return tuple(found)


def _events(scene: Scene) -> tuple[Option, ...]:
    """The last events that can be corrected, the newest first, as one speaks of them."""
    events = scene.card.events if scene.card else ()
    found = [event for event in events if event.verb not in ("correct", "reveal")]
    return tuple(
        option(str(event.seq), f"{scene.words.when(event.at, scene.now)} {event.label}")
        for event in sorted(found, key=lambda event: -event.seq)[:9]
    )


def _late_runs(scene: Scene) -> tuple[Option, ...]:
    """The overdue limits that an appeal may be about; those whose appeal waits for its review."""
    card = scene.card
    if card is None:
        return ()
    appeals = {row.clock: row.state for row in card.appeals}
    reviewing = scene.context.procedure.sets(scene.verb, "appeal_reviewed")
    late = [c for c in card.clocks if c.on_time is False or c.light == "red"]
    meant = [
        clock
        for clock in late
        if (appeals.get(clock.id) == "pending" if reviewing else clock.id not in appeals)
    ]
    return tuple(
        option(
            str(c.id),
            f"{c.label} {c.party or ''}".strip(),
            scene.words.when(c.due_at, scene.now) if c.due_at else "",
        )
        for c in meant
    )


def _correctable(scene: Scene, values: Values) -> tuple[Option, ...]:
    """What can be put right of an event: when it was, what it said, and the case's own texts."""
    events = scene.card.events if scene.card else ()
    said = next((e.data for e in events if str(e.seq) == str(values.get("event"))), {})
    known = {field.name for field in scene.context.procedure.fields.values()}
    names = ["at", *(n for n in said if n in known), *CASE_TEXTS, "grid", *CASE_TIMES]
    label = {"at": _("办理时间")}
    return tuple(option(n, label.get(n) or scene.words.field(n)) for n in dict.fromkeys(names))


def options(scene: Scene, field: Field, values: Values) -> tuple[Option, ...]:
    """What a field offers beside the values that are given."""
    if scene.verb == "correct" and field.name in PICKED:
        return _events(scene) if field.name == "event" else _correctable(scene, values)
    if field.name == "_via":
        return tuple(option(c, scene.words.choice("via", c)) for c in field.choices)
    if field.choices and field.type == "role":
        return tuple(option(c, scene.words.role(c), scene.holder(c)) for c in field.choices)
    if field.choices:
        label = scene.words.value
        return tuple(option(c, label(scene.verb, field.name, c)) for c in field.choices)
    if field.type == "run":
        return _late_runs(scene)
    if field.type in ("grid", "grids"):
        return _likely_first(scene, grid_options(scene, everywhere=True), values)
    if field.type == "station":
        return grid_options(scene)
    if field.type == "role":
        return role_options(scene, field)
    if field.type == "area":
        areas = scene.context.places.areas
        return tuple(option(a.code, a.short or a.name, "", (a.name,)) for a in areas)
    if field.name == "lead" and field.type == "party" and lead_among(scene):
        named = values.get("parties")
        names = named if isinstance(named, (list, tuple)) else ()
        return tuple(option(str(name)) for name in names)
    known = scene.card is not None and (scene.verb in KNOWN_PARTIES or field.name == "party")
    known = known and scene.verb not in ANYONE
    if field.type == "party" and known and case_parties(scene):
        return case_parties(scene)
    if field.type in ("party", "parties"):
        return party_options(scene)
    return ()


PICKED = frozenset(("event", "field"))
"""What a correction picks: one of the last events, and what of it is put right."""

KNOWN_PARTIES = frozenset(
    ("mark_done", "file_result", "confirm_response", "release", "return_for_rework", "attach")
)
"""The acts whose party must be one of the case already."""

ANYONE = frozenset(("call", "invite", "reveal"))
"""The acts whose party may be anybody."""
