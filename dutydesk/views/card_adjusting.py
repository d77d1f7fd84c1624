"""What of a case was put off, stands still or is appealed against, as rows of its card."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from dutydesk.workflow.cases.model import Case, Clock
from dutydesk.workflow.cases.pending import deferral_pending


class WaitRow(NamedTuple):
    """A suspension: planned and true end, `to_at` None while the clocks stand still."""

    from_at: datetime
    until_at: datetime
    to_at: datetime | None
    reason: str
    by: str


class DeferralRow(NamedTuple):
    """An application; `state` is pending, granted, refused or lapsed."""

    asked_at: datetime
    by: str
    reason: str
    clocks: tuple[int, ...]
    due: datetime | None
    limit: str
    approved: tuple[str, ...]
    state: str
    decided_at: datetime | None


class AppealRow(NamedTuple):
    """An appeal against the overdue of a clock run; `state` is pending, accepted or rejected."""

    clock: int
    at: datetime
    by: str
    reason: str
    evidence: str
    state: str
    reviewer: str
    decided_at: datetime | None
    text: str


class Stretched(NamedTuple):
    """A pause or a deferral of one clock: from, to, and the limit that was added."""

    from_at: datetime
    to_at: datetime
    limit: str = ""


def waits(case: Case) -> tuple[WaitRow, ...]:
    """The suspensions of a case, the first first."""
    return tuple(WaitRow(w.from_at, w.until_at, w.to_at, w.reason, w.by) for w in case.waits)


def deferrals(case: Case) -> tuple[DeferralRow, ...]:
    """The applications for a deferral, the first first."""
    now = deferral_pending(case)
    return tuple(
        DeferralRow(
            d.asked_at,
            d.by,
            d.reason,
            d.clocks,
            d.due,
            d.limit,
            d.approved,
            d.outcome or ("pending" if d is now else "lapsed"),
            d.decided_at,
        )
        for d in case.deferrals
    )


def appeals(case: Case) -> tuple[AppealRow, ...]:
    """The appeals of a case, the first first."""
    return tuple(
        AppealRow(
            a.clock,
            a.at,
            a.by,
            a.reason,
            a.evidence,
            a.outcome or "pending",
            a.reviewer,
            a.decided_at,
            a.text,
        )
        for a in case.appeals
    )


def pauses(clock: Clock) -> tuple[Stretched, ...]:
    """When a clock stood still."""
    return tuple(Stretched(h.from_at, h.to_at) for h in clock.held)


def extensions(clock: Clock) -> tuple[Stretched, ...]:
    """By what its due time was put off."""
    return tuple(Stretched(e.from_at, e.to_at, e.limit) for e in clock.extended)
