"""Areas on the map: polygons of longitude and latitude, and whether a point lies in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
"""Longitude and latitude in degrees."""
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
"""The outer ring, then its holes."""


class BadShape(ValueError):
    """A GeoJSON geometry that is no area; the text says why, in one word of SHAPE_FAULTS."""


SHAPE_FAULTS = ("type", "ring", "point", "range")


def polygons(geometry: Mapping[str, Any]) -> tuple[Polygon, ...]:
    """The polygons of a GeoJSON Polygon or MultiPolygon (RFC 7946); raises BadShape."""
    kind, given = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(given, list):
        raise BadShape("type")
    parts = [given] if kind == "Polygon" else given
    return tuple(tuple(_ring(ring) for ring in _list(part)) for part in parts)


def inside(point: Point, shape: Sequence[Polygon]) -> bool:
    """Whether a point lies within the area, in none of its holes; on an edge it does not."""
    return any(
        _within(point, polygon[0])
        and not any(_within(point, ring) for ring in polygon[1:])
        and not any(_on_edge(point, ring) for ring in polygon)
        for polygon in shape
    )


def on_edge(point: Point, shape: Sequence[Polygon]) -> bool:
    """Whether a point lies on an edge of the area."""
    return any(_on_edge(point, ring) for polygon in shape for ring in polygon)


def _within(point: Point, ring: Ring) -> bool:
    """By the ray to the east: an odd number of edges crossed is inside."""
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed


def _on_edge(point: Point, ring: Ring) -> bool:
    x, y = point
    for (x1, y1), (x2, y2) in pairwise(ring):
        straight = abs((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)) < 1e-12
        if straight and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2):
            return True
    return False


def _list(value: object) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise BadShape("ring")
    return value


def _ring(value: object) -> Ring:
    ring = tuple(_point(one) for one in _list(value))
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise BadShape("ring")
    return ring


def _point(value: object) -> Point:
    if not isinstance(value, list) or len(value) < 2:
        raise BadShape("point")
    x, y = value[:2]
    for one in (x, y):
        if isinstance(one, bool) or not isinstance(one, int | float):
            raise BadShape("point")
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        raise BadShape("range")
    return float(x), float(y)
