"""How much still has to be entered in the platform it came from (X-7.1.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from dutydesk.views.question import Context, Reading

LOOKED_BACK = timedelta(days=30)
"""Older cases are no longer counted in the header; house."""


@dataclass(frozen=True, slots=True)
class NotWrittenBack:
    """The number of closed and refused cases of the area that have not gone back."""

    def answer(self, reading: Reading, context: Context) -> int:
        """The number of cases."""
        from dutydesk.storage.queries import writebacks  # slow import

        since = reading.now - LOOKED_BACK
        return writebacks.not_written_back(reading.connection, context.area, since)
