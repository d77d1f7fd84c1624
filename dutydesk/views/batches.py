"""What came in and went out in batches, and what nobody has looked at yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from dutydesk.views.question import Context, Reading


class BatchSummary(NamedTuple):
    """One import or export, counted; rows = new + changed + unchanged + rejected."""

    id: str
    kind: str
    area: str
    file: str
    layout: str | None
    channel: str | None
    at: datetime
    by: str
    rows: int
    new: int
    changed: int
    unchanged: int
    rejected: int
    undone_at: datetime | None
    unseen: int


class ChangedRow(NamedTuple):
    """One row that changed a case and that nobody has looked at."""

    batch: str
    row: int
    case: str | None
    external_no: str | None
    detail: Mapping[str, object]
    at: datetime
    file: str
    state: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class Batches:
    """The newest batches, of one kind (import, export) or of both."""

    kind: str | None = None
    limit: int = 50

    def answer(self, reading: Reading, context: Context) -> tuple[BatchSummary, ...]:
        """The batches, the newest first."""
        from dutydesk.storage.queries import batches  # slow import

        found = batches.latest(reading.connection, self.kind, self.limit)
        return tuple(BatchSummary._make(row) for row in found)


@dataclass(frozen=True, slots=True)
class ChangedUnseen:
    """What imports changed in cases and nobody has looked at yet."""

    area: str | None = None
    limit: int = 200

    def answer(self, reading: Reading, context: Context) -> tuple[ChangedRow, ...]:
        """The rows, the newest batch first."""
        from dutydesk.storage.queries import batches  # slow import

        found = batches.unseen(reading.connection, self.area, self.limit)
        return tuple(ChangedRow._make(row) for row in found)
