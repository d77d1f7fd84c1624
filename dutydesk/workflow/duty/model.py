"""Who holds the desk and who is present, as frozen facts of one area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dutydesk.workflow.cases.model import SUB_CENTRE


@dataclass(frozen=True, slots=True)
class Presence:
    """One post or lead set present, out on a case, or off (X-3.4.1.2); it overrides the plan."""

    post: str
    status: str
    since_at: datetime
    name: str | None = None
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing instruction of the deputy head (A-41)."""

    giver: str
    text: str
    channel: str
    difficulties: tuple[str, ...]
    from_at: datetime
    until_at: datetime
    seq: int

    def covers(self, difficulty: str | None, at: datetime) -> bool:
        return difficulty in self.difficulties and self.from_at <= at <= self.until_at


@dataclass(frozen=True, slots=True)
class DutyState:
    """What is stored of one area's desk: holder, a handover on its way, presence, instructions.

    ``handed_to`` is the role that has been asked to take over, None when nobody has.
    """

    area: str
    holder: str = SUB_CENTRE
    handed_to: str | None = None
    handed_at: datetime | None = None
    presence: tuple[Presence, ...] = ()
    standing: tuple[Standing, ...] = ()
    version: int = 0
