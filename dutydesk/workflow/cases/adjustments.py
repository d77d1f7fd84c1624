"""What puts the limits of a case off, and what is held against them: waits, deferrals, appeals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Extension:
    """One deferral of one clock: from the due time that was to the one that is.

    `limit` is what was added, as text, and `counted` its rule; empty where a date was agreed.
    """

    from_at: datetime
    to_at: datetime
    limit: str = ""
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A stretch in which one clock stood still, with its due time and deferrals before it."""

    from_at: datetime
    to_at: datetime
    was_due_at: datetime | None
    was_extended: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """A suspension 挂账: the clocks of the case stand still from `from_at` up to `until_at`.

    Kept on the case as an interval, so that no change of class or rule loses it. `to_at` is the
    true end once it is over; `clocks` names those that stand still, none means all.
    """

    seq: int
    from_at: datetime
    until_at: datetime
    reason: str
    by: str
    clocks: tuple[str, ...] = ()
    to_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        return self.to_at or self.until_at

    def concerns(self, clock: str) -> bool:
        """Whether a clock of this name stands still."""
        return not self.clocks or clock in self.clocks


@dataclass(frozen=True, slots=True)
class Deferral:
    """An application 缓办/延期 for the clock runs `clocks`: until a date or for a limit, or neither
    where the last approval says so.

    `approved` names who has approved so far, in order; `outcome` is empty while it is pending, then
    `granted` or `refused`.
    """

    seq: int
    by: str
    asked_at: datetime
    reason: str
    clocks: tuple[int, ...]
    due: datetime | None = None
    limit: str = ""
    approved: tuple[str, ...] = ()
    outcome: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal 申诉 against the overdue of a clock run; `outcome` is empty, accepted, rejected."""

    seq: int
    clock: int
    by: str
    at: datetime
    reason: str
    evidence: str
    outcome: str = ""
    reviewer: str = ""
    decided_at: datetime | None = None
    text: str = ""
