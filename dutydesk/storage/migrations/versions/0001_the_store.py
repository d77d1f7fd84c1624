"""The store as it began: cases, clocks, journal, alarms, and what lies beside them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, String

from dutydesk.storage.migrations import beside
from dutydesk.storage.types import Instant, JsonText, RowId

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SEARCH = (
    "CREATE VIRTUAL TABLE case_search USING fts5("
    "text, content='', tokenize='unicode61 remove_diacritics 0', columnsize=0)"
)


def upgrade() -> None:
    for make in (
        beside.act_key,
        _alarm,
        beside.batch,
        _case_row,
        beside.duty_state,
        _event,
        beside.inspection,
        beside.lease,
        beside.meta,
        beside.outbox,
        beside.personal,
        beside.tally,
        beside.batch_row,
        _clock_run,
        beside.returned,
    ):
        make()


def _alarm() -> None:
    op.create_table(
        "alarm",
        Column("key", String(), nullable=False),
        Column("area", String(), nullable=False),
        Column("case_no", String(), nullable=True),
        Column("clock", String(), nullable=False),
        Column("clock_id", sa.Integer(), nullable=True),
        Column("party", String(), nullable=True),
        Column("light", String(), nullable=False),
        Column("rung", sa.Integer(), nullable=False),
        Column("addressees", JsonText(), nullable=False),
        Column("rings", sa.Boolean(), nullable=False),
        Column("reason", String(), nullable=False),
        Column("silence", String(), nullable=True),
        Column("planned_at", Instant(), nullable=False),
        Column("raised_at", Instant(), nullable=False),
        Column("late", sa.Boolean(), nullable=False),
        Column("cases", JsonText(), nullable=False),
        Column("acked_at", Instant(), nullable=True),
        Column("acked_by", String(), nullable=True),
        Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_alarm")),
    )
    op.create_index(
        "ix_alarm_live",
        "alarm",
        ["case_no"],
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_alarm_raised_at", "alarm", ["raised_at"], unique=False)
    op.create_index(
        "ix_alarm_unseen",
        "alarm",
        ["area", "raised_at", "key"],
        unique=False,
        sqlite_where=sa.text("acked_at IS NULL AND ended_at IS NULL"),
        postgresql_where=sa.text("acked_at IS NULL AND ended_at IS NULL"),
    )


def _case_row_facts() -> list[Column[Any]]:
    return [
        Column("id", RowId(), autoincrement=False, nullable=False),
        Column("no", String(), nullable=False),
        Column("area", String(), nullable=False),
        Column("grid", String(), nullable=True),
        Column("channel", String(), nullable=False),
        Column("external_no", String(), nullable=True),
        Column("state", String(), nullable=False),
        Column("is_open", sa.Boolean(), nullable=False),
        Column("class_", String(), nullable=True),
        Column("track", String(), nullable=True),
        Column("difficulty", String(), nullable=True),
        Column("lead", String(), nullable=True),
        Column("station", String(), nullable=True),
        Column("urgent", sa.Boolean(), nullable=False),
        Column("category", String(), nullable=True),
        Column("kind", String(), nullable=True),
        Column("discovered_by", String(), nullable=True),
        Column("cross_level", sa.Boolean(), nullable=False),
        Column("cross_domain", sa.Boolean(), nullable=False),
        Column("legacy", sa.Boolean(), nullable=False),
        Column("cross_grids", JsonText(), nullable=False),
        Column("pain_points", JsonText(), nullable=False),
        Column("key_work", JsonText(), nullable=False),
        Column("marks", JsonText(), nullable=False),
        Column("place", String(), nullable=False),
        Column("description", String(), nullable=False),
        Column("caller_name", String(), nullable=True),
        Column("caller_phone", String(), nullable=True),
        Column("holder", String(), nullable=False),
        Column("run", sa.Integer(), nullable=False),
    ]


def _case_row_instants() -> list[Column[Any]]:
    return [
        Column("version", sa.Integer(), nullable=False),
        Column("last_seq", sa.Integer(), nullable=False),
        Column("urged", sa.Integer(), nullable=False),
        Column("satisfaction", String(), nullable=True),
        Column("merged_into", String(), nullable=True),
        Column("received_at", Instant(), nullable=False),
        Column("reported_at", Instant(), nullable=True),
        Column("occurred_at", Instant(), nullable=True),
        Column("upstream_due", Instant(), nullable=True),
        Column("since_at", Instant(), nullable=True),
        Column("last_act_at", Instant(), nullable=True),
        Column("closed_at", Instant(), nullable=True),
        Column("clock", String(), nullable=True),
        Column("clock_party", String(), nullable=True),
        Column("started_at", Instant(), nullable=True),
        Column("due_at", Instant(), nullable=True),
        Column("yellow_at", Instant(), nullable=True),
        Column("red_at", Instant(), nullable=True),
        Column("next_due_at", Instant(), nullable=True),
        Column("hands", String(), nullable=False),
        Column("waiting_for", JsonText(), nullable=False),
        Column("waiting_since", Instant(), nullable=True),
        Column("queue_rank", sa.Integer(), nullable=False),
        Column("queue_at", sa.BigInteger(), nullable=False),
        Column("search_text", String(), nullable=True),
        Column("facts", JsonText(), nullable=False),
    ]


def _case_row() -> None:
    op.create_table(
        "case_row",
        *_case_row_facts(),
        *_case_row_instants(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_row")),
        sa.UniqueConstraint("channel", "external_no", name=op.f("uq_case_row_channel_external_no")),
        sa.UniqueConstraint("no", name=op.f("uq_case_row_no")),
    )
    op.create_index("ix_case_row_closed_at", "case_row", ["closed_at"], unique=False)
    op.create_index(
        "ix_case_row_hands",
        "case_row",
        ["hands", "queue_rank", "queue_at", "no"],
        unique=False,
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index(
        "ix_case_row_next_due",
        "case_row",
        ["next_due_at", "no"],
        unique=False,
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index(
        "ix_case_row_queue",
        "case_row",
        ["queue_rank", "queue_at", "no"],
        unique=False,
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index("ix_case_row_received_at", "case_row", ["received_at"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SEARCH)


def _event() -> None:
    op.create_table(
        "event",
        Column("id", RowId(), autoincrement=False, nullable=False),
        Column("case_no", String(), nullable=True),
        Column("area", String(), nullable=False),
        Column("seq", sa.Integer(), nullable=False),
        Column("verb", String(), nullable=False),
        Column("at", Instant(), nullable=False),
        Column("recorded_at", Instant(), nullable=False),
        Column("by_role", String(), nullable=False),
        Column("by_name", String(), nullable=True),
        Column("on_behalf", String(), nullable=True),
        Column("channel", String(), nullable=True),
        Column("state", String(), nullable=True),
        Column("data", JsonText(), nullable=False),
        Column("clause", String(), nullable=True),
        Column("late_entry", sa.Boolean(), nullable=False),
        Column("seat", String(), nullable=True),
        Column("personal", String(), nullable=True),
        Column("prev_hash", String(), nullable=False),
        Column("hash", String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_case_no_id", "event", ["case_no", "id"], unique=False)


def _clock_run() -> None:
    op.create_table(
        "clock_run",
        Column("case_no", String(), nullable=False),
        Column("id", sa.Integer(), autoincrement=False, nullable=False),
        Column("name", String(), nullable=False),
        Column("party", String(), nullable=True),
        Column("variant", String(), nullable=False),
        Column("started_at", Instant(), nullable=False),
        Column("limit_s", sa.BigInteger(), nullable=True),
        Column("due_at", Instant(), nullable=True),
        Column("stopped_at", Instant(), nullable=True),
        Column("ended", sa.Boolean(), nullable=False),
        Column("on_time", sa.Boolean(), nullable=True),
        Column("rule", String(), nullable=False),
        Column("holder", String(), nullable=False),
        Column("run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_no"], ["case_row.no"], name=op.f("fk_clock_run_case_no_case_row")
        ),
        sa.PrimaryKeyConstraint("case_no", "id", name=op.f("pk_clock_run")),
    )
