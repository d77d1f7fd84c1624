"""Which clock runs count in no rate because an appeal was accepted; none of those so far."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Boolean, Column

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clock_run", Column("exempt", Boolean(), nullable=True))
