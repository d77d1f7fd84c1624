"""Where a place lies: two areas, twelve community grids, and the road between them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from dutydesk.workflow.finding import Find, Names, find_all

GridKind = Literal["社区", "村"]
Side = Literal["west", "east"]

# "新成路118号东侧", "新成路以西", "新成路嘉乐路路口西侧"; not the 东 of another road's name.
_SIDE_AFTER = re.compile(
    r"^(?:\d+(?:弄|号)?|[^,。;、]{0,8}口)?(?:以(?P<of>[东西])|(?P<on>[东西])(?:侧|边|面|半幅|首|$))"
)
_SIDE_OF: dict[str, Side] = {"东": "east", "西": "west"}


@dataclass(frozen=True, slots=True)
class Grid:
    """One community grid and its workstation (X-3.1.4, X-3.1.7, X-3.3.1).

    `circle` is a note on its 15-minute service circle, for information only (X-3.1.9).
    """

    code: str
    name: str
    short: str
    kind: GridKind
    area: str
    station: str = ""
    aliases: tuple[str, ...] = ()
    estates: tuple[str, ...] = ()
    roads: tuple[str, ...] = ()
    circle: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """One sub-area grid with its one police responsibility area (X-3.1.1)."""

    code: str
    name: str
    police_area: str
    side: Side
    grids: tuple[Grid, ...]
    short: str = ""


class Certainty(Enum):
    """How much a free place says; only CERTAIN carries a grid."""

    CERTAIN = "certain"
    AREA_ONLY = "area_only"
    SIDE_NEEDED = "side_needed"
    DOUBTFUL = "doubtful"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Located:
    """What a free place says; `reason` is a named reason, `candidates` what a form may offer.

    Reasons: grid_name, estate, road, boundary_side, area_name, boundary_road,
    several_grids, several_areas, short_name_only, other_street, nothing_known.
    """

    area: Area | None
    grid: Grid | None
    certainty: Certainty
    reason: str
    candidates: tuple[Grid, ...] = ()


def _belongs_nowhere(text: str) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Places:
    """All that the desk knows of its ground; pure look-ups, nothing is guessed.

    `mapped` gives the names of the ground grid to which a department's own grid belongs (B-2.2.0).
    """

    areas: tuple[Area, ...]
    boundary: str = ""
    street: str = ""
    outside: tuple[str, ...] = ()
    mapped: Callable[[str], tuple[str, ...]] = field(
        default=_belongs_nowhere, repr=False, compare=False
    )
    _by_name: dict[str, Grid] = field(init=False, repr=False, compare=False)
    _names: Names = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", _index(self.grids))
        object.__setattr__(self, "_names", self._collect())

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The grids of all areas, in the order of the data."""
        return tuple(grid for area in self.areas for grid in area.grids)

    def area(self, text: str) -> Area | None:
        """The area named by code, name or short name; None when there is none."""
        wanted = normalise(text)
        for area in self.areas:
            if wanted in {area.code, area.name, area.short, f"{area.short}片区"}:
                return area
        return None

    def grid(self, text: str) -> Grid | None:
        """The grid named by code, full name, short name or alias, or by a department's own grid.

        None when there is none.
        """
        found = self._by_name.get(normalise(text))
        if found is not None or not text.strip():
            return found
        names = (self._by_name.get(normalise(name)) for name in self.mapped(text))
        return next((grid for grid in names if grid is not None), None)

    def station(self, text: str) -> Grid | None:
        """The grid whose workstation is named, by the station's name or any name of the grid."""
        wanted = normalise(text)
        for tail in ("城市运行工作站", "城运工作站", "工作站"):
            if wanted.endswith(tail) and wanted != tail:
                return self._by_name.get(wanted) or self.grid(wanted[: -len(tail)])
        return self.grid(wanted)

    def area_of(self, grid: Grid) -> Area:
        """The area in which a grid lies."""
        return next(area for area in self.areas if area.code == grid.area)

    def locate(self, text: str) -> Located:
        """Area and grid of a free place; on the boundary road the side is asked (X-3.1.2).

        A grid comes back only when one single grid fits; otherwise `candidates`
        holds what a form can offer and `grid` is None.
        """
        place = normalise(text)
        finds = find_all(place, self._names)
        grids = _grids_of(finds, ("grid", "estate"))
        if grids or not (on_boundary := self._on_boundary(place, finds)):
            return self._by_finds(finds, grids)
        return self._at_boundary(place, on_boundary, _grids_of(finds, ("road",)))

    def names_in(self, text: str) -> tuple[Find, ...]:
        """The known names in a text as it stands, left to right."""
        return find_all(text, self._names)

    def _by_finds(self, finds: tuple[Find, ...], named: tuple[str, ...]) -> Located:
        """The answer when no boundary road stands in the way."""
        kinds = {find.kind for find in finds}
        if "outside" in kinds:
            return Located(None, None, Certainty.OUTSIDE, "other_street", self._all(named))
        areas = {find.owners[0] for find in finds if find.kind == "area"}
        if named:
            reason = "grid_name" if "grid" in kinds else "estate"
            return self._among(named, areas, reason)
        if roads := _grids_of(finds, ("road",)):
            return self._among(roads, areas, "road")
        shorts = _grids_of(finds, ("short",))
        if len(areas) == 1:
            area = self.area(next(iter(areas)))
            return Located(area, None, Certainty.AREA_ONLY, "area_name", self._all(shorts))
        if areas:
            return Located(None, None, Certainty.DOUBTFUL, "several_areas")
        if shorts:
            found = self._all(shorts)
            return Located(
                self._one_area(found), None, Certainty.DOUBTFUL, "short_name_only", found
            )
        return Located(None, None, Certainty.UNKNOWN, "nothing_known")

    def _among(self, codes: tuple[str, ...], areas: set[str], reason: str) -> Located:
        """One grid is certain; several are offered, the area kept if they share it."""
        found = self._all(codes)
        if len(areas) == 1 and len(inside := [grid for grid in found if grid.area in areas]) > 0:
            found = tuple(inside)
        elif areas:
            return Located(None, None, Certainty.DOUBTFUL, "several_areas", found)
        if len(found) == 1:
            return Located(self.area_of(found[0]), found[0], Certainty.CERTAIN, reason, found)
        area = self._one_area(found)
        why = "several_grids" if area else "several_areas"
        return Located(area, None, Certainty.DOUBTFUL, why, found)

    def _on_boundary(self, place: str, finds: tuple[Find, ...]) -> Find | None:
        """The boundary road, unless it only says what the place is near to."""
        roads = [find for find in finds if find.kind == "road"]
        for find in finds:
            if find.kind != "boundary":
                continue
            near = re.search(r"(?:近|靠|到|至|邻)$", place[: find.start])
            if not (near and any(road.start < find.start for road in roads)):
                return find
        return None

    def _at_boundary(self, place: str, find: Find, roads: tuple[str, ...]) -> Located:
        """On the boundary road: the side if the text names it, else the question."""
        side = _SIDE_AFTER.match(place[find.end :])
        crossing = self._all(roads)
        if side is None:
            return Located(None, None, Certainty.SIDE_NEEDED, "boundary_road", crossing)
        area = next(area for area in self.areas if area.side == _SIDE_OF[side["of"] or side["on"]])
        inside = tuple(grid for grid in crossing if grid.area == area.code)
        if len(inside) == 1:
            return Located(area, inside[0], Certainty.CERTAIN, "boundary_side", inside)
        return Located(area, None, Certainty.AREA_ONLY, "boundary_side", inside or area.grids)

    def _all(self, codes: tuple[str, ...]) -> tuple[Grid, ...]:
        return tuple(self._by_name[code] for code in codes)

    def _one_area(self, grids: tuple[Grid, ...]) -> Area | None:
        areas = {grid.area for grid in grids}
        return self.area(areas.pop()) if len(areas) == 1 else None

    def _collect(self) -> Names:
        """Every name that a free place may hold, with what it stands for."""
        names = Names()
        for area in self.areas:
            for name in (area.name, f"{area.short}片区", area.police_area):
                names.add("area", name, area.code)
            for grid in area.grids:
                _collect_grid(names, grid)
        if self.boundary:
            names.add("boundary", self.boundary)
        if self.street:
            # The street bears the boundary road's name: its own name says nothing of a side.
            for name in (self.street, self.street.removesuffix("街道") + "派出所"):
                names.add("ignored", name)
        for name in self.outside:
            names.add("outside", name)
        return names


def normalise(text: str) -> str:
    """The text as names are compared: NFKC, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _collect_grid(names: Names, grid: Grid) -> None:
    for name in _full_names(grid):
        names.add("grid", name, grid.code)
    for name in grid.estates:
        names.add("estate", normalise(name), grid.code)
    for name in grid.roads:
        names.add("road", normalise(name), grid.code)
    names.add("short", grid.short, grid.code)


def _full_names(grid: Grid) -> tuple[str, ...]:
    """The names that stand for the grid even in the middle of an address."""
    stem = grid.name.removesuffix("网格")
    committee = f"{stem}村委会" if grid.kind == "村" else f"{stem}居委会"
    short = grid.short.removesuffix("村") if grid.kind == "村" else grid.short
    offices = ("村委", "村委会") if grid.kind == "村" else ("居委", "居委会", "社区")
    return tuple(
        dict.fromkeys(
            (grid.name, stem, committee, *grid.aliases, *(short + office for office in offices))
        )
    )


def _index(grids: tuple[Grid, ...]) -> dict[str, Grid]:
    index: dict[str, Grid] = {}
    for grid in grids:
        for name in (grid.code, grid.short, grid.station, *_full_names(grid)):
            if name:
                index.setdefault(normalise(name), grid)
    return index


def _grids_of(finds: tuple[Find, ...], kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The grid codes of the finds of these kinds, each once, in the order of the text."""
    codes = (code for find in finds if find.kind in kinds for code in find.owners)
    return tuple(dict.fromkeys(codes))
