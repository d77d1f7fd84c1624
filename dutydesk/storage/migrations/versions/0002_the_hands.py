"""Contacts, what is owed to other systems, cases in hand, what each seat looks at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, String

from dutydesk.storage.types import Instant, RowId

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


LOOKED_BACK_MS = 30 * 24 * 3600 * 1000
"""Cases that came in earlier, before the last entry of the journal, are no longer owed; house."""


def upgrade() -> None:
    for make in (_contact, _writeback, _claim, _seat):
        make()
    _owed_so_far()


def _contact() -> None:
    op.create_table(
        "contact",
        Column("id", RowId(), autoincrement=False, nullable=False),
        Column("unit", String(), nullable=False),
        Column("name", String(), nullable=False),
        Column("kind", String(), nullable=False),
        Column("area", String(), nullable=True),
        Column("grid", String(), nullable=True),
        Column("phone", String(), nullable=True),
        Column("alternate", String(), nullable=True),
        Column("note", String(), nullable=True),
        Column("initials", String(), nullable=False),
        Column("changed_at", Instant(), nullable=False),
        Column("removed_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index("ix_contact_unit_name", "contact", ["unit", "name"], unique=True)


def _writeback() -> None:
    owed = sa.text("ticked_at IS NULL")
    op.create_table(
        "writeback",
        Column("id", RowId(), autoincrement=False, nullable=False),
        Column("case_no", String(), nullable=False),
        Column("run", sa.Integer(), nullable=False),
        Column("area", String(), nullable=False),
        Column("channel", String(), nullable=False),
        Column("external_no", String(), nullable=False),
        Column("what", String(), nullable=False),
        Column("party", String(), nullable=True),
        Column("since_at", Instant(), nullable=False),
        Column("ticked_at", Instant(), nullable=True),
        Column("ticked_by", String(), nullable=True),
        Column("receipt", String(), nullable=True),
        Column("batch", String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_writeback")),
        sa.ForeignKeyConstraint(
            ["case_no"], ["case_row.no"], name=op.f("fk_writeback_case_no_case_row")
        ),
    )
    op.create_index("ix_writeback_case_no", "writeback", ["case_no"])
    op.create_index(
        "ix_writeback_owed",
        "writeback",
        ["area", "channel", "since_at", "id"],
        sqlite_where=owed,
        postgresql_where=owed,
    )


def _owed_so_far() -> None:
    """What was closed or refused and neither exported nor ticked by hand is owed from now on."""
    op.execute(
        sa.text(
            """
            INSERT INTO writeback
                (id, case_no, run, area, channel, external_no, what, since_at)
            SELECT row_number() OVER (ORDER BY c.since_at, c.no), c.no, c.run, c.area, c.channel,
                c.external_no, CASE c.state WHEN 'closed' THEN 'close' ELSE 'refuse' END,
                c.since_at
            FROM case_row c
            WHERE c.external_no IS NOT NULL
                AND (c.state = 'refused' OR (c.state = 'closed' AND c.closed_at IS NOT NULL))
                AND c.since_at IS NOT NULL
                AND c.received_at >= (SELECT max(recorded_at) FROM event) - :looked_back
                AND NOT EXISTS (
                    SELECT 1 FROM returned r WHERE r.case_no = c.no AND r.run = c.run)
                AND NOT EXISTS (
                    SELECT 1 FROM event e
                    WHERE e.case_no = c.no AND e.verb = 'write_back' AND e.at >= c.since_at)
            """
        ).bindparams(looked_back=LOOKED_BACK_MS)
    )


def _claim() -> None:
    op.create_table(
        "claim",
        Column("case_no", String(), nullable=False),
        Column("seat", String(), nullable=False),
        Column("who", String(), nullable=False),
        Column("since_at", Instant(), nullable=False),
        Column("touched_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("case_no", name=op.f("pk_claim")),
        sa.ForeignKeyConstraint(
            ["case_no"], ["case_row.no"], name=op.f("fk_claim_case_no_case_row")
        ),
    )


def _seat() -> None:
    op.create_table(
        "seat",
        Column("seat", String(), nullable=False),
        Column("area", String(), nullable=False),
        Column("who", String(), nullable=False),
        Column("case_no", String(), nullable=True),
        Column("seen_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("seat", name=op.f("pk_seat")),
    )
