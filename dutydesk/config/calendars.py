"""The working calendar of a desk: shipped year tables, loaded ones, own days and working slots."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from dutydesk.config.year_table import parse_table
from dutydesk.workflow.time.calendar import Calendar, Day, YearTable
from dutydesk.workflow.time.slots import HOUSE_SLOTS, Slots

if TYPE_CHECKING:
    from dutydesk.config.settings import Settings


def shipped_calendar(
    overrides: Mapping[date, Day] | None = None, slots: Slots = HOUSE_SLOTS
) -> Calendar:
    """A calendar over the shipped tables; a year is read once, when needed."""
    return Calendar(read_year, overrides or {}, slots)


def calendar_of(settings: Settings, slots: Slots | None = None) -> Calendar:
    """The calendar of a desk: its own days, then loaded tables, then shipped ones.

    A year is read once, when needed; BadInput where its file is damaged.
    """
    found = settings.calendar
    source = partial(read_year, folder=loaded_folder(settings))
    return Calendar(source, found.own_days(), slots or found.made_slots())


def loaded_folder(settings: Settings) -> Path:
    """Where `calendar load` puts year tables: as the settings say, else in the data folder."""
    if settings.calendar.folder:
        return settings.path(settings.calendar.folder)
    from dutydesk.config.settings import data_folder  # slow import

    return data_folder() / "calendar"


def read_year(year: int, folder: Path | None = None) -> YearTable | None:
    """The table of a year, the loaded one before the shipped one; None where there is none.

    Raises BadInput where the file is damaged.
    """
    places: list[Path | Traversable] = [] if folder is None else [folder / f"{year}.json"]
    for place in (*places, _shipped() / f"{year}.json"):
        if place.is_file():
            return parse_table(place.read_text(encoding="utf-8"), str(place))
    return None


def shipped_years() -> tuple[int, ...]:
    """The years a table ships for, published or not, in order."""
    return _years(_shipped())


def loaded_years(folder: Path) -> tuple[int, ...]:
    """The years that were loaded, in order."""
    return _years(folder) if folder.is_dir() else ()


def _years(folder: Path | Traversable) -> tuple[int, ...]:
    names = (place.name for place in folder.iterdir())
    return tuple(
        sorted(int(name[:4]) for name in names if name[4:] == ".json" and name[:4].isdecimal())
    )


def _shipped() -> Traversable:
    return files("dutydesk.config") / "holidays"
