"""Takes a store back to the first revision, as a machine that was never updated has it."""

from __future__ import annotations

from collections.abc import Callable

TABLES = (
    *("contact", "writeback", "claim", "seat", "push", "login"),
    *("edition", "entry", "alarm_step"),
)
INDEXES = ("ix_outbox_attempted", "ix_outbox_push")
COLUMNS = {
    "lease": ("ticked_at",),
    "clock_run": ("exempt",),
    "alarm": (
        *("priority", "urgent", "told", "returned_at", "shelved_until"),
        *("shelved_by", "shelved_reason", "reminded_at"),
    ),
    "outbox": ("kind", "push", "attempt", "receipt", "attempted_at", "next_at"),
}
"""What later revisions have added."""


def to_first_revision(run: Callable[[str], object]) -> None:
    """Take away what later revisions have added; `run` carries out a statement."""
    for table in TABLES:
        run(f"DROP TABLE {table}")
    for index in INDEXES:
        run(f"DROP INDEX {index}")
    for table, names in COLUMNS.items():
        for name in names:
            run(f"ALTER TABLE {table} DROP COLUMN {name}")
    run("UPDATE alembic_version SET version_num = '0001'")
