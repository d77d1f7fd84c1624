"""The life of an alarm after it was raised, and when whoever keeps the clock last ticked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Boolean, Column, String

from dutydesk.storage.types import Instant, JsonText, RowId

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("alarm", Column("priority", String(), nullable=True))
    op.add_column("alarm", Column("urgent", Boolean(), nullable=True))
    op.add_column("alarm", Column("told", JsonText(), nullable=True))
    for name in ("returned_at", "shelved_until"):
        op.add_column("alarm", Column(name, Instant(), nullable=True))
    for name in ("shelved_by", "shelved_reason"):
        op.add_column("alarm", Column(name, String(), nullable=True))
    op.add_column("alarm", Column("reminded_at", Instant(), nullable=True))
    op.add_column("lease", Column("ticked_at", Instant(), nullable=True))
    op.create_table(
        "alarm_step",
        Column("id", RowId(), autoincrement=False, nullable=False),
        Column("alarm", String(), nullable=False),
        Column("at", Instant(), nullable=False),
        Column("did", String(), nullable=False),
        Column("by", String(), nullable=False),
        Column("reason", String(), nullable=True),
        Column("until_at", Instant(), nullable=True),
        Column("event", RowId(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm_step")),
    )
    op.create_index("ix_alarm_step_alarm", "alarm_step", ["alarm", "id"])
