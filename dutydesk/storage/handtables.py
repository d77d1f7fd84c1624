"""The schema of the hands of the desk: whom it rings, what it owes other systems, who has what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from dutydesk.storage.casetables import CaseRow
from dutydesk.storage.schema import OWN_ID, Row, partial
from dutydesk.storage.types import Instant, RowId

_OWED = ("ticked_at IS NULL", "ticked_at IS NULL", "area", "channel", "since_at", "id")
_CASE = f"{CaseRow.__tablename__}.no"


class ContactRow(Row, table=True):
    """Somebody whom the desk rings and who stands on no roster: property manager, water, gas.

    One row per (unit, name); an import replaces the rest of it.
    """

    __tablename__ = "contact"
    __table_args__ = (Index("ix_contact_unit_name", "unit", "name", unique=True),)

    id: int = Field(primary_key=True, sa_type=RowId, sa_column_kwargs=OWN_ID)
    unit: str
    name: str
    kind: str
    """What it is rung for: 物业, 供水, 燃气 …; free text."""
    area: str | None = None
    """None: of both areas."""
    grid: str | None = None
    phone: str | None = None
    alternate: str | None = None
    note: str | None = None
    initials: str
    """Pinyin initials of unit and name, computed when the row is written."""
    changed_at: datetime = Field(sa_type=Instant)
    removed_at: datetime | None = Field(default=None, sa_type=Instant)
    """Whoever has left the list: the row keeps its number and name, never a telephone number."""


class WritebackRow(Row, table=True):
    """One thing that the platform a case came from does not know yet, until it is ticked."""

    __tablename__ = "writeback"
    __table_args__ = (
        partial("ix_writeback_owed", *_OWED),
        Index("ix_writeback_case_no", "case_no"),
    )

    id: int = Field(primary_key=True, sa_type=RowId, sa_column_kwargs=OWN_ID)
    case_no: str = Field(foreign_key=_CASE)
    run: int
    """The episode of the case it belongs to (A-38)."""
    area: str
    channel: str
    external_no: str
    what: str
    """The act that has to be entered: accept, refuse, file_result, close …"""
    party: str | None = None
    since_at: datetime = Field(sa_type=Instant)
    ticked_at: datetime | None = Field(default=None, sa_type=Instant)
    ticked_by: str | None = None
    receipt: str | None = None
    batch: str | None = None
    """The export that carried it, where no person entered it."""


class ClaimRow(Row, table=True):
    """A case in somebody's hands at one seat; it lapses when that seat's keys rest."""

    __tablename__ = "claim"

    case_no: str = Field(primary_key=True, foreign_key=_CASE)
    seat: str
    who: str
    since_at: datetime = Field(sa_type=Instant)
    touched_at: datetime = Field(sa_type=Instant)


class SeatRow(Row, table=True):
    """What one seat looks at: a second screen follows it."""

    __tablename__ = "seat"

    seat: str = Field(primary_key=True)
    area: str
    who: str
    case_no: str | None = None
    seen_at: datetime = Field(sa_type=Instant)
