"""What the first revision lays beside cases and journal: keys, batches, messages, duty, leases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, String

from dutydesk.storage.types import Instant, JsonText, RowId


def act_key() -> None:
    """Acts done once, by their keys."""
    op.create_table(
        "act_key",
        Column("key", String(), nullable=False),
        Column("verb", String(), nullable=False),
        Column("case_no", String(), nullable=True),
        Column("digest", String(), nullable=False),
        Column("first_event", RowId(), nullable=False),
        Column("last_event", RowId(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_act_key")),
    )


def batch() -> None:
    """Imports and exports."""
    op.create_table(
        "batch",
        Column("id", String(), nullable=False),
        Column("kind", String(), nullable=False),
        Column("area", String(), nullable=False),
        Column("file", String(), nullable=False),
        Column("digest", String(), nullable=True),
        Column("layout", String(), nullable=True),
        Column("channel", String(), nullable=True),
        Column("at", Instant(), nullable=False),
        Column("by", String(), nullable=False),
        Column("rows", sa.Integer(), nullable=False),
        Column("new", sa.Integer(), nullable=False),
        Column("changed", sa.Integer(), nullable=False),
        Column("unchanged", sa.Integer(), nullable=False),
        Column("rejected", sa.Integer(), nullable=False),
        Column("undone_at", Instant(), nullable=True),
        Column("detail", JsonText(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )


def duty_state() -> None:
    """Who is on duty."""
    op.create_table(
        "duty_state",
        Column("area", String(), nullable=False),
        Column("holder", String(), nullable=False),
        Column("version", sa.Integer(), nullable=False),
        Column("facts", JsonText(), nullable=False),
        sa.PrimaryKeyConstraint("area", name=op.f("pk_duty_state")),
    )


def inspection() -> None:
    """Spot-checks."""
    op.create_table(
        "inspection",
        Column("id", RowId(), autoincrement=False, nullable=False),
        Column("area", String(), nullable=False),
        Column("grid", String(), nullable=False),
        Column("at", Instant(), nullable=False),
        Column("recorded_at", Instant(), nullable=False),
        Column("by", String(), nullable=False),
        Column("place", String(), nullable=True),
        Column("case_no", String(), nullable=True),
        Column("none_open", sa.Boolean(), nullable=False),
        Column("reason", String(), nullable=True),
        Column("verdict", String(), nullable=False),
        Column("note", String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
    )
    op.create_index("ix_inspection_area_at", "inspection", ["area", "at"], unique=False)


def lease() -> None:
    """Whose turn a job is."""
    op.create_table(
        "lease",
        Column("name", String(), nullable=False),
        Column("holder", String(), nullable=False),
        Column("until_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )


def meta() -> None:
    """What the store says of itself."""
    op.create_table(
        "meta",
        Column("name", String(), nullable=False),
        Column("value", String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_meta")),
    )


def outbox() -> None:
    """Messages."""
    op.create_table(
        "outbox",
        Column("key", String(), nullable=False),
        Column("area", String(), nullable=False),
        Column("case_no", String(), nullable=True),
        Column("channel", String(), nullable=False),
        Column("recipient", String(), nullable=False),
        Column("text", String(), nullable=False),
        Column("state", String(), nullable=False),
        Column("reason", String(), nullable=True),
        Column("tries", sa.Integer(), nullable=False),
        Column("created_at", Instant(), nullable=False),
        Column("changed_at", Instant(), nullable=False),
        Column("sent_at", Instant(), nullable=True),
        Column("confirmed_by", String(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_case_no", "outbox", ["case_no"], unique=False)
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["created_at", "key"],
        unique=False,
        sqlite_where=sa.text("state <> 'SENT'"),
        postgresql_where=sa.text("state <> 'SENT'"),
    )


def personal() -> None:
    """Personal fields, beside the chain."""
    op.create_table(
        "personal",
        Column("digest", String(), nullable=False),
        Column("salt", String(), nullable=True),
        Column("body", JsonText(), nullable=True),
        Column("erased_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_personal")),
    )


def tally() -> None:
    """The last number of a day."""
    op.create_table(
        "tally",
        Column("name", String(), nullable=False),
        Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_tally")),
    )


def batch_row() -> None:
    """The rows of a batch."""
    op.create_table(
        "batch_row",
        Column("batch", String(), nullable=False),
        Column("row", sa.Integer(), autoincrement=False, nullable=False),
        Column("case_no", String(), nullable=True),
        Column("external_no", String(), nullable=True),
        Column("result", String(), nullable=False),
        Column("detail", JsonText(), nullable=False),
        Column("looked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], name=op.f("fk_batch_row_batch_batch")),
        sa.PrimaryKeyConstraint("batch", "row", name=op.f("pk_batch_row")),
    )
    op.create_index("ix_batch_row_case_no", "batch_row", ["case_no"], unique=False)


def returned() -> None:
    """Cases whose result went back upstream, once for each run."""
    op.create_table(
        "returned",
        Column("case_no", String(), nullable=False),
        Column("run", sa.Integer(), autoincrement=False, nullable=False),
        Column("batch", String(), nullable=False),
        Column("exported_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], name=op.f("fk_returned_batch_batch")),
        sa.ForeignKeyConstraint(
            ["case_no"], ["case_row.no"], name=op.f("fk_returned_case_no_case_row")
        ),
        sa.PrimaryKeyConstraint("case_no", "run", name=op.f("pk_returned")),
    )
