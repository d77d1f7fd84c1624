"""Whether new pictures are kept with a case already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dutydesk.views.question import Context, Reading


@dataclass(frozen=True, slots=True)
class UsedPictures:
    """By digest the case that a picture was kept with last; those of no case are left out."""

    digests: frozenset[str]

    def answer(self, reading: Reading, context: Context) -> Mapping[str, str]:
        """Case numbers by digest."""
        from dutydesk.storage.queries import attachments  # slow import

        return attachments.used(reading.connection, self.digests) if self.digests else {}
