"""What is wrong or odd with the grids of a place: codes, sizes, bounds, gaps and overlaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from dutydesk.workflow.geometry import Point, inside, on_edge
from dutydesk.workflow.grid_codes import begins, fits, form
from dutydesk.workflow.grids import BOUNDS, MEMBERS, GridRecord, Grids, parted
from dutydesk.workflow.matters import folded


class Finding(NamedTuple):
    """One thing about a grid or a place; `warning` where it is odd and not wrong."""

    code: str
    where: str
    params: Mapping[str, object]
    warning: bool = False


class Spot(NamedTuple):
    """A place whose position on the map is known."""

    name: str
    at: Point


Rules = Mapping[str, Any]
"""The table of a procedure: `levels`, `grid_kinds` and `grid_code` say what grids may be."""


def grid_findings(grids: Grids, rules: Rules, spots: Sequence[Spot] = ()) -> tuple[Finding, ...]:
    """Everything to be said of the grids, of places in none or two, of counts of the text."""
    used = [one for one in grids.records if not one.retired]
    return (
        *(found for one in used for found in record_findings(one, rules)),
        *(found for one in used for found in _links(one, grids)),
        *_tiling(grids),
        *_spots(grids, spots),
        *_counts(used, rules),
    )


def record_findings(one: GridRecord, rules: Rules) -> Iterator[Finding]:
    """What is wrong or odd with one record by itself."""
    rule = rules.get("procedure", {}).get("grid_code")
    if rule and one.ground and not _coded(one, rule, rules):
        yield Finding("code_form", one.code, {"form": form(rule)})
    for name, known in (("level", "levels"), ("kind", "grid_kinds")):
        codes = [str(entry["code"]) for entry in rules.get(known, ())]
        if getattr(one, name) and codes and getattr(one, name) not in codes:
            params = {"field": name, "value": getattr(one, name), "known": codes}
            yield Finding("unknown_word", one.code, params)
    kind = _kind(one, rules)
    for field, name in (("type", "types"), ("area_type", "area_types"), ("unit", "unit")):
        yield from _word(one, field, kind.get(name) or _any(rules, name))
    yield from _word(one, "rule", kind.get("rules", {}).get(one.type))
    yield from _size(one, kind)
    said = [side for side in BOUNDS if getattr(one, side)]
    if said and len(said) < len(BOUNDS):
        missing = [side for side in BOUNDS if side not in said]
        yield Finding("bounds_open", one.code, {"missing": missing}, warning=True)


def _coded(one: GridRecord, rule: Mapping[str, Any], rules: Rules) -> bool:
    """A code of the lowest level is whole; one above it may stop after any part, or be a name."""
    levels = [str(entry["code"]) for entry in rules.get("levels", ())]
    if fits(one.code, rule) or (one.level != levels[-1] and not one.code.isdigit()):
        return True
    return one.level != levels[-1] and begins(one.code, rule)


def _kind(one: GridRecord, rules: Rules) -> Mapping[str, Any]:
    """The kind that a record names, or that its layer is."""
    named = one.kind or one.layer
    kinds: Sequence[Mapping[str, Any]] = rules.get("grid_kinds", ())
    return next((k for k in kinds if named in (k["code"], k["zh"])), {})


def _any(rules: Rules, name: str) -> Sequence[str] | None:
    """What the kinds of a procedure together allow, where only some of them say it."""
    if name != "area_types":
        return None
    return next((k[name] for k in rules.get("grid_kinds", ()) if name in k), None)


def _word(one: GridRecord, field: str, known: Sequence[str] | str | None) -> Iterator[Finding]:
    value = getattr(one, field)
    allowed = [known] if isinstance(known, str) else list(known or ())
    if value and allowed and value not in allowed:
        params = {"field": field, "value": value, "known": allowed}
        yield Finding("unknown_word", one.code, params)


def _size(one: GridRecord, kind: Mapping[str, Any]) -> Iterator[Finding]:
    """300 to 500 households or about 1,000 persons, 5 to 8 km; a special grid is left alone."""
    if one.special:
        return
    for field, name in (("households", "households"), ("kilometres", "kilometres")):
        if kind.get(name) and getattr(one, field):
            least, most = kind[name]
            if not least <= float(getattr(one, field)) <= most:
                params = {"field": field, "value": getattr(one, field), "range": [least, most]}
                yield Finding("size", one.code, params, warning=True)


def _links(one: GridRecord, grids: Grids) -> Iterator[Finding]:
    """What a record names must be there; a professional grid covers the common ground."""
    if one.above and grids.get(one.above) is None:
        yield Finding("no_such_grid", one.code, {"field": "above", "value": one.above})
    for code in parted(one.maps_to):
        target = grids.get(code)
        if target is None or not target.ground:
            yield Finding("no_such_grid", one.code, {"field": "maps_to", "value": code})
    if one.layer and not one.maps_to:
        yield Finding("not_mapped", one.code, {"layer": one.layer}, warning=True)


def _tiling(grids: Grids) -> Iterator[Finding]:
    """Members of a grid lie in exactly one of the grids below it; no name in two lowest ones."""
    for one in (r for r in grids.records if r.ground):
        below = grids.below(one.code)
        if not below:
            continue
        for kind in MEMBERS:
            held = {folded(name) for lower in below for name in lower.members(kind)}
            for name in one.members(kind):
                if folded(name) not in held:
                    yield Finding("in_no_grid", name, {"above": one.code})
    owners: dict[str, list[tuple[str, str]]] = {}
    for one in grids.lowest:
        for kind in MEMBERS:
            for name in one.members(kind):
                owners.setdefault(folded(name), []).append((name, one.code))
    for found in owners.values():
        codes = list(dict.fromkeys(code for _name, code in found))
        if len(codes) > 1:
            yield Finding("in_two_grids", found[0][0], {"grids": codes})


def _spots(grids: Grids, spots: Sequence[Spot]) -> Iterator[Finding]:
    """Places on the map that lie in no boundary, or in two; the edge of two belongs to one."""
    shapes = [(one.code, one.shape) for one in grids.lowest if one.boundary]
    for spot in spots:
        codes = [code for code, shape in shapes if inside(spot.at, shape)]
        codes = codes or [code for code, shape in shapes if on_edge(spot.at, shape)][:1]
        if not codes:
            yield Finding("in_no_grid", spot.name, {"above": None})
        elif len(codes) > 1:
            yield Finding("in_two_grids", spot.name, {"grids": codes})


def _counts(used: Sequence[GridRecord], rules: Rules) -> Iterator[Finding]:
    """How many grids of a level the text counts, where any are loaded."""
    for level in rules.get("levels", ()):
        wanted = level.get("count")
        there = sum(1 for one in used if one.ground and one.level == level["code"])
        if wanted is not None and there and there != wanted:
            params = {"expected": wanted, "count": there, "clause": level.get("clause")}
            yield Finding("level_count", str(level["code"]), params, warning=True)
