"""How far the week's inspection has covered the grids of an area (X-4.2.2.4, A-17)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from dutydesk.errors import BadInput
from dutydesk.i18n import _, listed
from dutydesk.views.question import Context, Reading
from dutydesk.views.queue import millis
from dutydesk.workflow.time.zone import midnight, to_local

_WEEK = re.compile(r"(\d{4})-?W(\d{2})", re.ASCII)


class CheckOnSite(NamedTuple):
    """One spot-check: where and when, on which case or that none was open, and the verdict."""

    id: int
    area: str
    grid: str
    at: datetime
    recorded_at: datetime
    by: str
    place: str | None
    case: str | None
    none_open: bool
    reason: str | None
    verdict: str
    note: str | None


class GridCover(NamedTuple):
    """One grid of the area: how many spot-checks it had, and the last of them."""

    grid: str
    short: str
    times: int
    last_at: datetime | None

    @property
    def covered(self) -> bool:
        """Whether somebody was there."""
        return self.times > 0


class WeekCoverage(NamedTuple):
    """One area's ISO week, Monday 00:00 (inside) to the next Monday (outside): x of 5 or of 7."""

    week: str
    area: str
    from_at: datetime
    to_at: datetime
    grids: tuple[GridCover, ...]
    checks: tuple[CheckOnSite, ...]

    @property
    def covered(self) -> int:
        """How many grids somebody was in."""
        return sum(1 for grid in self.grids if grid.covered)

    @property
    def total(self) -> int:
        """How many grids the area has."""
        return len(self.grids)

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the grids where nobody was yet."""
        return tuple(grid.grid for grid in self.grids if not grid.covered)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The spot-checks of an ISO week per grid; of the running week and the desk's area as such."""

    week: str | None = None
    area: str | None = None

    def answer(self, reading: Reading, context: Context) -> WeekCoverage:
        """The week's coverage. Raises BadInput for a week or an area that does not exist."""
        from dutydesk.storage.queries import inspections  # slow import

        monday = week_start(self.week) if self.week else _monday(to_local(reading.now).date())
        area = context.places.area(self.area or context.area)
        if area is None:
            known = listed(each.code for each in context.places.areas)
            raise BadInput(_("没有片区“{area}”").format(area=self.area), expected=known)
        from_at, to_at = midnight(monday), midnight(monday + timedelta(days=7))
        found = inspections.between(reading.connection, area.code, millis(from_at), millis(to_at))
        checks = tuple(CheckOnSite._make(row) for row in found)
        grids = []
        for grid in area.grids:
            times = [check.at for check in checks if check.grid in (grid.name, grid.code)]
            grids.append(GridCover(grid.name, grid.short, len(times), max(times, default=None)))
        year, number, _day = monday.isocalendar()
        name = f"{year}-W{number:02d}"
        return WeekCoverage(name, area.code, from_at, to_at, tuple(grids), checks)


def week_start(text: str) -> date:
    """The Monday of an ISO week written `2026-W47`. Raises BadInput."""
    found = _WEEK.fullmatch(text.strip().upper())
    try:
        if found is None:
            raise ValueError(text)
        return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError as error:
        message = _("“{text}”不是周次").format(text=text)
        raise BadInput(message, expected="2026-W47") from error


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
