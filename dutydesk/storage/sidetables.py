"""The schema beside the cases: messages, batches, spot-checks, leases, counters."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from dutydesk.storage.schema import OWN_ID, Row, partial
from dutydesk.storage.types import Instant, JsonText, RowId


class OutboxRow(Row, table=True):
    """One message to one recipient; its key makes a second writing harmless."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_case_no", "case_no"),
        partial("ix_outbox_waiting", "state <> 'SENT'", "state <> 'SENT'", "created_at", "key"),
        Index("ix_outbox_attempted", "channel", "attempted_at"),
        Index("ix_outbox_push", "push"),
    )

    key: str = Field(primary_key=True)
    area: str
    case_no: str | None = None
    channel: str
    recipient: str
    text: str
    state: str
    """DRAFT, SENDING, SENT, FAILED, UNKNOWN or DROPPED."""
    reason: str | None = None
    tries: int
    created_at: datetime = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    confirmed_by: str | None = None
    kind: str | None = None
    """What it is about: convene, urge, supervise, escalate, handover …"""
    push: str | None = None
    """The push that it belongs to: an act that waits until all its messages are SENT."""
    attempt: str | None = None
    """Which sending carried it last; messages merged into one share it."""
    attempted_at: datetime | None = Field(default=None, sa_type=Instant)
    next_at: datetime | None = Field(default=None, sa_type=Instant)
    """Not to be tried before; None: at once."""
    receipt: str | None = None
    """The number that the platform gave it."""


class PushRow(Row, table=True):
    """An act that takes effect once everybody whom it concerns has its message (A-32)."""

    __tablename__ = "push"
    __table_args__ = (Index("ix_push_case_no", "case_no"),)

    id: str = Field(primary_key=True)
    case_no: str = Field(primary_key=True, foreign_key="case_row.no")
    area: str
    act: Any = Field(sa_type=JsonText)
    state: str
    """WAITING, DONE or REFUSED."""
    reason: str | None = None
    created_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)


class LoginRow(Row, table=True):
    """Whether somebody was last known to be logged in to government WeChat (X-5.2.4.1)."""

    __tablename__ = "login"

    person: str = Field(primary_key=True)
    state: str
    """in or out."""
    source: str
    """hand: somebody said so; reply: he answered a push."""
    at: datetime = Field(sa_type=Instant)
    said_by: str


class BatchRow(Row, table=True):
    """One import or export: what came or went, counted."""

    __tablename__ = "batch"

    id: str = Field(primary_key=True)
    kind: str
    """import or export."""
    area: str
    file: str
    digest: str | None = None
    layout: str | None = None
    channel: str | None = None
    at: datetime = Field(sa_type=Instant)
    by: str
    rows: int
    new: int
    changed: int
    unchanged: int
    rejected: int
    undone_at: datetime | None = Field(default=None, sa_type=Instant)
    detail: Any = Field(sa_type=JsonText)


class BatchLine(Row, table=True):
    """One row of a batch: new, changed, unchanged or rejected, until someone looked."""

    __tablename__ = "batch_row"
    __table_args__ = (Index("ix_batch_row_case_no", "case_no"),)

    batch: str = Field(primary_key=True, foreign_key="batch.id")
    row: int = Field(primary_key=True, sa_column_kwargs=OWN_ID)
    case_no: str | None = None
    external_no: str | None = None
    result: str
    detail: Any = Field(sa_type=JsonText)
    looked_at: datetime | None = Field(default=None, sa_type=Instant)


class InspectionRow(Row, table=True):
    """One spot-check on site (X-4.2.2.4, X-4.2.2.5)."""

    __tablename__ = "inspection"
    __table_args__ = (Index("ix_inspection_area_at", "area", "at"),)

    id: int = Field(primary_key=True, sa_type=RowId, sa_column_kwargs=OWN_ID)
    area: str
    grid: str
    at: datetime = Field(sa_type=Instant)
    recorded_at: datetime = Field(sa_type=Instant)
    by: str
    place: str | None = None
    case_no: str | None = None
    none_open: bool
    reason: str | None = None
    verdict: str
    note: str | None = None


class ReturnedRow(Row, table=True):
    """A closed or refused case that went back to where it came from, once per episode."""

    __tablename__ = "returned"

    case_no: str = Field(primary_key=True, foreign_key="case_row.no")
    run: int = Field(primary_key=True, sa_column_kwargs=OWN_ID)
    batch: str = Field(foreign_key="batch.id")
    exported_at: datetime = Field(sa_type=Instant)


class LeaseRow(Row, table=True):
    """Who does a piece of background work for now; it saves work and guards nothing."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    holder: str
    until_at: datetime = Field(sa_type=Instant)
    ticked_at: datetime | None = Field(default=None, sa_type=Instant)
    """When its holder last gave a sign that the work goes on."""


class TallyRow(Row, table=True):
    """Named counters: last case number of a day, changes that write no event."""

    __tablename__ = "tally"

    name: str = Field(primary_key=True)
    value: int = Field(sa_type=BigInteger)


class MetaRow(Row, table=True):
    """Named texts about the store itself."""

    __tablename__ = "meta"

    name: str = Field(primary_key=True)
    value: str
