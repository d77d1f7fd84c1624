"""Where an imported case lies: area and grid of its place, only when they are certain."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from dutydesk.workflow.places import Certainty, Grid, Located, Places, normalise

HELPFUL = ("community", "estate_address", "estate")
"""What a file says beside the place, each read on its own."""


class Placed(NamedTuple):
    """The area code and the grid name that are certain; None for what is not."""

    area: str | None
    grid: str | None


NOWHERE = Placed(None, None)


class Placing:
    """Finds areas and grids for the rows of an import; equal texts are looked up once."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._street = normalise(places.street).removesuffix("街道")
        self._find = lru_cache(maxsize=20_000)(self._of_texts)

    def of(self, fields: Mapping[str, object], hints: Mapping[str, str]) -> Placed:
        """What is certain about a row: its own grid column first, then place and hints.

        Names that contradict each other, a neighbour's street, or the boundary road without its
        side give nothing: the row comes in under the desk's area and is asked when accepted.
        """
        named = self._places.grid(str(fields.get("grid") or ""))
        if named is not None:
            return Placed(named.area, named.name)
        texts = tuple(hints.get(name, "") for name in HELPFUL)
        placed = self._find(str(fields.get("place") or ""), hints.get("street", ""), texts)
        if placed.area is None and fields.get("area"):
            area = self._places.area(str(fields["area"]))
            return Placed(area.code, None) if area is not None else placed
        return placed

    def _of_texts(self, place: str, street: str, texts: tuple[str, ...]) -> Placed:
        if street and not self._is_ours(street):
            return NOWHERE
        found = self._places.locate(place) if place else None
        if found is not None and found.certainty is Certainty.OUTSIDE:
            return NOWHERE
        grids: dict[str, Grid] = {}
        if found is not None and found.grid is not None:
            grids[found.grid.code] = found.grid
        for text in texts:
            grid = self._certain(text)
            if grid is not None:
                grids[grid.code] = grid
        area = found.area.code if found is not None and _sure(found) and found.area else None
        if len(grids) != 1:
            return Placed(area, None) if not grids else NOWHERE
        (grid,) = grids.values()
        return Placed(grid.area, grid.name) if area in (None, grid.area) else NOWHERE

    def _certain(self, text: str) -> Grid | None:
        if not text:
            return None
        return self._places.grid(text) or self._places.locate(text).grid

    def _is_ours(self, street: str) -> bool:
        said = normalise(street).removesuffix("街道")
        return not self._street or self._street in said


def _sure(found: Located) -> bool:
    """Whether the area of a place is certain, with or without a grid."""
    return found.certainty in (Certainty.CERTAIN, Certainty.AREA_ONLY)
