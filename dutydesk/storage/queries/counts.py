"""Counts over cases: by state and light, by tag and flag, by how they were found."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Connection, Text, case, func, select, type_coerce
from sqlalchemy.sql.elements import ColumnElement

from dutydesk.storage.tables import case_row

C = case_row.c
FLAGS = ("cross_level", "cross_domain", "legacy")
LISTS = ("pain_points", "key_work")
PLAIN = ("kind", "discovered_by")


def _ms(name: str) -> ColumnElement[Any]:
    return type_coerce(C[name], BigInteger())


def by_facet(
    connection: Connection, within: tuple[ColumnElement[bool], ...]
) -> dict[tuple[str, str], int]:
    """Cases per (facet, value): flags, lists of tags, component or event, how they were found."""
    found: dict[tuple[str, str], int] = {}
    flags = select(*(func.sum(case((C[name].is_(True), 1), else_=0)) for name in FLAGS))
    row = connection.execute(flags.where(*within)).one()
    for name, count in zip(FLAGS, row, strict=True):
        found["flag", name] = int(count or 0)
    crossed = type_coerce(C.cross_grids, Text()) != "[]"
    counting = select(func.count()).select_from(case_row)
    found["flag", "cross_grid"] = connection.execute(counting.where(crossed, *within)).scalar_one()
    for name in PLAIN:
        grouped = select(C[name], func.count()).where(C[name].is_not(None), *within)
        for value, count in connection.execute(grouped.group_by(C[name])):
            found[name, value] = count
    for name in LISTS:
        grouped = select(C[name], func.count()).where(*within)
        for values, count in connection.execute(grouped.group_by(C[name])):
            for value in values or ():
                found[name, value] = found.get((name, value), 0) + count
    return found


def received_within(
    area: str | None, from_ms: int | None, to_ms: int | None, *, open_only: bool
) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a count: area, received from (in) to (out), open only."""
    found: list[ColumnElement[bool]] = []
    if open_only:
        found.append(C.is_open)
    if area is not None:
        found.append(C.area == area)
    if from_ms is not None:
        found.append(_ms("received_at") >= from_ms)
    if to_ms is not None:
        found.append(_ms("received_at") < to_ms)
    return tuple(found)
