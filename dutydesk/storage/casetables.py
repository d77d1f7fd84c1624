"""The schema of cases and journal: a SQLModel class per table, seen by nobody outside the store."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, UniqueConstraint

from dutydesk.storage.schema import OWN_ID, Row, partial
from dutydesk.storage.types import Instant, JsonText, RowId

_OPEN = ("is_open = 1", "is_open")
_LIVE = ("ended_at IS NULL", "ended_at IS NULL")
_UNSEEN = ("acked_at IS NULL AND ended_at IS NULL", "acked_at IS NULL AND ended_at IS NULL")


class CaseRow(Row, table=True):
    """A case as it stands: what is filtered, counted and sorted by, and the rest as `facts`."""

    __tablename__ = "case_row"
    __table_args__ = (
        UniqueConstraint("no"),
        UniqueConstraint("channel", "external_no"),
        Index("ix_case_row_received_at", "received_at"),
        Index("ix_case_row_closed_at", "closed_at"),
        partial("ix_case_row_next_due", *_OPEN, "next_due_at", "no"),
        partial("ix_case_row_queue", *_OPEN, "queue_rank", "queue_at", "no"),
        partial("ix_case_row_hands", *_OPEN, "hands", "queue_rank", "queue_at", "no"),
    )

    id: int = Field(primary_key=True, sa_type=RowId, sa_column_kwargs=OWN_ID)
    no: str
    area: str
    grid: str | None = None
    channel: str
    external_no: str | None = None
    state: str
    is_open: bool
    class_: str | None = None
    track: str | None = None
    difficulty: str | None = None
    lead: str | None = None
    station: str | None = None
    urgent: bool
    category: str | None = None
    kind: str | None = None
    discovered_by: str | None = None
    cross_level: bool
    cross_domain: bool
    legacy: bool
    cross_grids: Any = Field(sa_type=JsonText)
    pain_points: Any = Field(sa_type=JsonText)
    key_work: Any = Field(sa_type=JsonText)
    marks: Any = Field(sa_type=JsonText)
    place: str
    description: str
    caller_name: str | None = None
    caller_phone: str | None = None
    holder: str
    run: int
    version: int
    last_seq: int
    urged: int
    satisfaction: str | None = None
    merged_into: str | None = None
    received_at: datetime = Field(sa_type=Instant)
    reported_at: datetime | None = Field(default=None, sa_type=Instant)
    occurred_at: datetime | None = Field(default=None, sa_type=Instant)
    upstream_due: datetime | None = Field(default=None, sa_type=Instant)
    since_at: datetime | None = Field(default=None, sa_type=Instant)
    last_act_at: datetime | None = Field(default=None, sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    clock: str | None = None
    clock_party: str | None = None
    started_at: datetime | None = Field(default=None, sa_type=Instant)
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    yellow_at: datetime | None = Field(default=None, sa_type=Instant)
    red_at: datetime | None = Field(default=None, sa_type=Instant)
    next_due_at: datetime | None = Field(default=None, sa_type=Instant)
    hands: str
    waiting_for: Any = Field(sa_type=JsonText)
    waiting_since: datetime | None = Field(default=None, sa_type=Instant)
    queue_rank: int
    """0 on the urgent track, 1 elsewhere."""
    queue_at: int = Field(sa_type=BigInteger)
    """`due_at` in milliseconds, `NEVER` without one: sorts the same in every store."""
    search_text: str | None = None
    """PostgreSQL only: the folded text that ILIKE looks through."""
    facts: Any = Field(sa_type=JsonText)


class ClockRun(Row, table=True):
    """One run of one clock: figures and verification read clocks by SQL."""

    __tablename__ = "clock_run"

    case_no: str = Field(primary_key=True, foreign_key="case_row.no")
    id: int = Field(primary_key=True, sa_column_kwargs=OWN_ID)
    name: str
    party: str | None = None
    variant: str
    started_at: datetime = Field(sa_type=Instant)
    limit_s: int | None = Field(default=None, sa_type=BigInteger)
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    stopped_at: datetime | None = Field(default=None, sa_type=Instant)
    ended: bool
    on_time: bool | None = None
    rule: str
    holder: str
    """Who held the case when the run was due; until then, who holds it."""
    run: int
    """The episode of the case it belongs to (A-38)."""
    exempt: bool | None = None
    """Whether an appeal was accepted: late, and counted in no rate."""


class EventRow(Row, table=True):
    """The journal: append-only, one chain per store, ids dense and in order of commit."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_case_no_id", "case_no", "id"),)

    id: int = Field(primary_key=True, sa_type=RowId, sa_column_kwargs=OWN_ID)
    case_no: str | None = None
    area: str
    seq: int
    verb: str
    at: datetime = Field(sa_type=Instant)
    recorded_at: datetime = Field(sa_type=Instant)
    by_role: str
    by_name: str | None = None
    on_behalf: str | None = None
    channel: str | None = None
    state: str | None = None
    data: Any = Field(sa_type=JsonText)
    clause: str | None = None
    late_entry: bool
    seat: str | None = None
    personal: str | None = None
    """Digest of the row's personal fields in `personal`."""
    prev_hash: str
    hash: str


class PersonalRow(Row, table=True):
    """Personal fields of an event; erasing body and salt leaves the chain whole."""

    __tablename__ = "personal"

    digest: str = Field(primary_key=True)
    salt: str | None = None
    body: Any = Field(default=None, sa_type=JsonText, nullable=True)
    erased_at: datetime | None = Field(default=None, sa_type=Instant)


class ActKey(Row, table=True):
    """An act that was asked under a key, and the events it became."""

    __tablename__ = "act_key"

    key: str = Field(primary_key=True)
    verb: str
    case_no: str | None = None
    digest: str
    first_event: int = Field(sa_type=RowId)
    last_event: int = Field(sa_type=RowId)


class AlarmRow(Row, table=True):
    """One alarm; its key is unique, so several sweepers raise it once."""

    __tablename__ = "alarm"
    __table_args__ = (
        partial("ix_alarm_unseen", *_UNSEEN, "area", "raised_at", "key"),
        partial("ix_alarm_live", *_LIVE, "case_no"),
        Index("ix_alarm_raised_at", "raised_at"),
    )

    key: str = Field(primary_key=True)
    area: str
    case_no: str | None = None
    clock: str
    clock_id: int | None = None
    party: str | None = None
    light: str
    rung: int
    addressees: Any = Field(sa_type=JsonText)
    rings: bool
    reason: str
    silence: str | None = None
    planned_at: datetime = Field(sa_type=Instant)
    raised_at: datetime = Field(sa_type=Instant)
    late: bool
    cases: Any = Field(sa_type=JsonText)
    acked_at: datetime | None = Field(default=None, sa_type=Instant)
    acked_by: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    priority: str | None = None
    urgent: bool | None = None
    told: Any = Field(default=None, sa_type=JsonText, nullable=True)
    """Who stood behind the addressees when it was raised."""
    returned_at: datetime | None = Field(default=None, sa_type=Instant)
    """When what it called for was over before anybody had acknowledged it."""
    shelved_until: datetime | None = Field(default=None, sa_type=Instant)
    shelved_by: str | None = None
    shelved_reason: str | None = None
    reminded_at: datetime | None = Field(default=None, sa_type=Instant)


class AlarmStep(Row, table=True):
    """What became of an alarm after it was raised, step by step; never changed."""

    __tablename__ = "alarm_step"
    __table_args__ = (Index("ix_alarm_step_alarm", "alarm", "id"),)

    id: int = Field(primary_key=True, sa_type=RowId, sa_column_kwargs=OWN_ID)
    alarm: str
    at: datetime = Field(sa_type=Instant)
    did: str
    """acknowledged, unacknowledged, shelved, unshelved or reminded."""
    by: str
    reason: str | None = None
    until_at: datetime | None = Field(default=None, sa_type=Instant)
    event: int = Field(sa_type=RowId)
    """The journal row that says so."""


class DutyRow(Row, table=True):
    """Who holds one area's desk, and the rest of its duty state as `facts`."""

    __tablename__ = "duty_state"

    area: str = Field(primary_key=True)
    holder: str
    version: int
    facts: Any = Field(sa_type=JsonText)
