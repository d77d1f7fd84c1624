"""Lists that are loaded from files and kept by edition: matters, categories."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, Integer, String

from dutydesk.storage.types import Instant, JsonText

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edition",
        Column("book", String(), nullable=False),
        Column("number", Integer(), autoincrement=False, nullable=False),
        Column("at", Instant(), nullable=False),
        Column("by", String(), nullable=False),
        Column("file", String(), nullable=False),
        Column("digest", String(), nullable=False),
        Column("detail", JsonText(), nullable=False),
        sa.PrimaryKeyConstraint("book", "number", name=op.f("pk_edition")),
    )
    op.create_table(
        "entry",
        Column("book", String(), nullable=False),
        Column("code", String(), nullable=False),
        Column("place", Integer(), nullable=False),
        Column("added", Integer(), nullable=False),
        Column("changed", Integer(), nullable=False),
        Column("body", JsonText(), nullable=False),
        sa.PrimaryKeyConstraint("book", "code", name=op.f("pk_entry")),
    )
