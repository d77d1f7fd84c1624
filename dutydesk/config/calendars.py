"""The State Council's yearly tables that ship with the desk, read when a year is asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from dutydesk.errors import BadInput
from dutydesk.workflow.time.calendar import Calendar, Day, Listed, YearTable
from dutydesk.workflow.time.slots import HOUSE_SLOTS, Slots


def shipped_calendar(
    overrides: Mapping[date, Day] | None = None, slots: Slots = HOUSE_SLOTS
) -> Calendar:
    """A calendar over the shipped tables; a year is read once, when needed."""
    return Calendar(read_year, overrides or {}, slots)


def read_year(year: int) -> YearTable | None:
    """The shipped table of a year, None where none ships; BadInput where the file is damaged."""
    place = _folder() / f"{year}.json"
    if not place.is_file():
        return None
    try:
        return _table(json.loads(place.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{error!r}", file=str(place), expected="year, papers, days") from error


def shipped_years() -> tuple[int, ...]:
    """The years a table ships for, published or not, in order."""
    names = (place.name for place in _folder().iterdir())
    return tuple(sorted(int(name[:-5]) for name in names if name.endswith(".json")))


def _folder() -> Traversable:
    return files("dutydesk.config") / "holidays"


def _table(data: dict[str, Any]) -> YearTable:
    days = tuple(
        Listed(date.fromisoformat(day["date"]), str(day["name"]), bool(day["isOffDay"]))
        for day in data["days"]
    )
    return YearTable(int(data["year"]), days, tuple(str(paper) for paper in data["papers"]))
