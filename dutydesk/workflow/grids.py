"""The grids of a place as data: levels, kinds, members, bounds, layers laid over each other."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dutydesk.workflow.geometry import Polygon, polygons
from dutydesk.workflow.matters import folded

FIELDS = (
    *("name", "level", "above", "layer", "kind", "type", "area_type", "unit", "rule"),
    *("units", "committees", "roads", "places", "households", "persons", "special", "kilometres"),
    *("east", "south", "west", "north", "sketch", "boundary", "circle", "party", "staff"),
    *("maps_to", "retired"),
)
"""What a grid's record says; every value a text, blank where nothing is said."""

MEMBERS = {"units": "unit", "committees": "committee", "roads": "road", "places": "place"}
"""The kinds of members of a grid (K-5.3.1), and the places of any other kind that lie in it."""
BOUNDS = ("east", "south", "west", "north")
BASE = ""
"""The layer of the grids that tile the ground; any other is a professional or a department's."""
_BETWEEN = re.compile(r"[、,，;；|]+")


@dataclass(frozen=True, slots=True)
class GridRecord:
    """One grid, block, section or sub-grid; `above` is the code of the one it lies in.

    `layer` is blank for the grids that tile the ground, else the business it belongs to
    (J-21.1, M-4.1.2.4); `maps_to` are the codes of the ground grids that it covers (B-2.2.0).
    `rule` says by what it was parted off (B-2.2.5), `circle` notes its service circle (X-3.1.9).
    `boundary` is a GeoJSON geometry as text. A retired grid keeps its code (B-2.2.7).
    """

    code: str
    name: str = ""
    level: str = ""
    above: str = ""
    layer: str = BASE
    kind: str = ""
    type: str = ""
    area_type: str = ""
    unit: str = ""
    rule: str = ""
    units: str = ""
    committees: str = ""
    roads: str = ""
    places: str = ""
    households: str = ""
    persons: str = ""
    special: str = ""
    kilometres: str = ""
    east: str = ""
    south: str = ""
    west: str = ""
    north: str = ""
    sketch: str = ""
    boundary: str = ""
    circle: str = ""
    party: str = ""
    staff: str = ""
    maps_to: str = ""
    retired: str = ""

    @property
    def ground(self) -> bool:
        """Whether it is in use and one of those that tile the ground."""
        return self.layer == BASE and not self.retired

    def members(self, kind: str) -> tuple[str, ...]:
        """The names of one field of MEMBERS."""
        return parted(getattr(self, kind))

    @property
    def shape(self) -> tuple[Polygon, ...]:
        """Its area on the map; empty where no boundary was given."""
        return polygons(json.loads(self.boundary)) if self.boundary else ()


@dataclass(frozen=True)
class Grids:
    """Every grid that was ever loaded; look-ups only."""

    records: tuple[GridRecord, ...] = ()
    _codes: Mapping[str, GridRecord] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_codes", {one.code: one for one in self.records})

    def get(self, code: str) -> GridRecord | None:
        """The grid of a code."""
        return self._codes.get(code)

    def find(self, text: str) -> tuple[GridRecord, ...]:
        """The grids that a code or a name means."""
        wanted = folded(text)
        return tuple(one for one in self.records if wanted in (folded(one.code), folded(one.name)))

    def below(self, code: str) -> tuple[GridRecord, ...]:
        """The ground grids in use right below one."""
        return tuple(one for one in self.records if one.above == code and one.ground)

    def over(self, code: str) -> tuple[GridRecord, ...]:
        """The professional and department grids in use that cover a ground grid (M-4.1.2.4)."""
        return tuple(
            one
            for one in self.records
            if one.layer != BASE and not one.retired and code in parted(one.maps_to)
        )

    @cached_property
    def lowest(self) -> tuple[GridRecord, ...]:
        """The ground grids in use that have none below them: what tiles the place."""
        above = {one.above for one in self.records if one.ground}
        return tuple(one for one in self.records if one.ground and one.code not in above)

    def mapped(self, text: str) -> GridRecord | None:
        """The one ground grid to which a department's own grid belongs; None for none or many."""
        codes = {code for one in self.find(text) if one.layer for code in parted(one.maps_to)}
        return self.get(codes.pop()) if len(codes) == 1 else None


NO_GRIDS = Grids()


def parted(text: str) -> tuple[str, ...]:
    """The names in a list written with 、 or a comma."""
    return tuple(part.strip() for part in _BETWEEN.split(text) if part.strip())
