"""What became of each message, acts that wait for their messages, who was last logged in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, String

from dutydesk.storage.types import Instant, JsonText

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("kind", "push", "attempt"):
        op.add_column("outbox", Column(name, String(), nullable=True))
    for name in ("attempted_at", "next_at"):
        op.add_column("outbox", Column(name, Instant(), nullable=True))
    op.add_column("outbox", Column("receipt", String(), nullable=True))
    op.create_index("ix_outbox_attempted", "outbox", ["channel", "attempted_at"])
    op.create_index("ix_outbox_push", "outbox", ["push"])
    _push()
    _login()


def _push() -> None:
    op.create_table(
        "push",
        Column("id", String(), nullable=False),
        Column("case_no", String(), nullable=False),
        Column("area", String(), nullable=False),
        Column("act", JsonText(), nullable=False),
        Column("state", String(), nullable=False),
        Column("reason", String(), nullable=True),
        Column("created_at", Instant(), nullable=False),
        Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", "case_no", name=op.f("pk_push")),
        sa.ForeignKeyConstraint(
            ["case_no"], ["case_row.no"], name=op.f("fk_push_case_no_case_row")
        ),
    )
    op.create_index("ix_push_case_no", "push", ["case_no"])


def _login() -> None:
    op.create_table(
        "login",
        Column("person", String(), nullable=False),
        Column("state", String(), nullable=False),
        Column("source", String(), nullable=False),
        Column("at", Instant(), nullable=False),
        Column("said_by", String(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_login")),
    )
