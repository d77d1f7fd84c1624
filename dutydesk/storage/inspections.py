"""Spot-checks on site, as they were logged (X-4.2.2.4, X-4.2.2.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from dutydesk.storage.tables import inspection


@dataclass(frozen=True, slots=True)
class Inspection:
    """One spot-check: where and when, on which case or that none was open, and the verdict."""

    area: str
    grid: str
    at: datetime
    recorded_at: datetime
    by: str
    verdict: str
    case: str | None = None
    none_open: bool = False
    reason: str | None = None
    place: str | None = None
    note: str | None = None


def save(connection: Connection, record: Inspection) -> int:
    """Write one spot-check and give its number."""
    number = (connection.execute(select(func.max(inspection.c.id))).scalar() or 0) + 1
    connection.execute(
        inspection.insert().values(
            id=number,
            area=record.area,
            grid=record.grid,
            at=record.at,
            recorded_at=record.recorded_at,
            by=record.by,
            place=record.place,
            case_no=record.case,
            none_open=record.none_open,
            reason=record.reason,
            verdict=record.verdict,
            note=record.note,
        )
    )
    return number
