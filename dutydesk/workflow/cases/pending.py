"""What of a case is pending, standing still or appealed now, and the marks that say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dutydesk.workflow.cases.adjustments import Appeal, Deferral, Wait
from dutydesk.workflow.cases.model import Case, Clock
from dutydesk.workflow.time.zone import iso

ASKED, DEFERRED, SUSPENDED, APPEALED, EXEMPT = "请缓", "缓", "挂", "申诉", "豁免"
"""The marks on the light of a case: a deferral asked for, granted; clocks that stand still; an
appeal to be reviewed; an overdue that counts in no rate."""


def deferral_pending(case: Case) -> Deferral | None:
    """The application that waits for an approval; one whose limits run no more has lapsed."""
    running = {clock.id for clock in case.running()}
    return next((d for d in case.deferrals if not d.outcome and running & {*d.clocks}), None)


def deferral_step(case: Case) -> int:
    """Whose turn it is to approve: 1 the first, 0 where nothing is pending."""
    pending = deferral_pending(case)
    return len(pending.approved) + 1 if pending is not None else 0


def wait_on(case: Case, at: datetime | None = None) -> Wait | None:
    """The suspension that has not been ended on the record, and is not over at an instant."""
    found = next((w for w in case.waits if w.to_at is None), None)
    over = found is not None and at is not None and found.until_at <= at
    return None if over else found


def appeals_pending(case: Case) -> tuple[Appeal, ...]:
    """The appeals that nobody has reviewed yet."""
    return tuple(a for a in case.appeals if not a.outcome)


def clock_marks(case: Case, clock: Clock) -> tuple[str, ...]:
    """The marks of one running clock: what is asked for or was granted it, whether it stands."""
    asked, wait = deferral_pending(case), wait_on(case)
    said = {
        ASKED: asked is not None and clock.id in asked.clocks,
        DEFERRED: bool(clock.extended),
        SUSPENDED: wait is not None and wait.concerns(clock.name),
    }
    return tuple(mark for mark, holds in said.items() if holds and clock.running)


def overdue(clock: Clock, at: datetime) -> bool:
    """Whether a clock was over its limit when it ended, or is while it runs."""
    if not clock.running:
        return clock.on_time is False
    return clock.due_at is not None and clock.due_at < at


DATING = ("deferral_granted", "suspended", "resumed", "redated")
"""What puts due times off or brings them back; its event says from when to when."""


def moved_runs(before: Case, after: Case) -> list[dict[str, object]]:
    """Each clock run whose due time an act moved, from when to when, as an event says it."""
    old = {clock.id: clock for clock in before.clocks}
    return [
        {
            "clock": clock.name,
            "run": clock.id,
            "party": clock.party,
            "from": _when(old[clock.id].due_at),
            "to": _when(clock.due_at),
        }
        for clock in after.clocks
        if clock.id in old and clock.due_at != old[clock.id].due_at
    ]


def _when(at: datetime | None) -> str | None:
    return None if at is None else iso(at)


def settled_case(case: Case, at: datetime, *, ended: bool) -> Case:
    """The case after an act with its marks; one that has come to its end waits no more."""
    if ended and any(w.to_at is None for w in case.waits):
        waits = tuple(w if w.to_at else replace(w, to_at=min(at, w.until_at)) for w in case.waits)
        case = replace(case, waits=waits)
    return marked(case)


def marked(case: Case) -> Case:
    """The case with the marks of what is pending, standing still or granted now."""
    if not (case.deferrals or case.waits or case.appeals):
        return case
    said = {
        ASKED: deferral_pending(case) is not None,
        DEFERRED: any(d.outcome == "granted" for d in case.deferrals) or DEFERRED in case.marks,
        SUSPENDED: wait_on(case) is not None,
        APPEALED: bool(appeals_pending(case)),
        EXEMPT: any(clock.exempt for clock in case.clocks),
    }
    others = [mark for mark in case.marks if mark not in said]
    return replace(case, marks=(*others, *(mark for mark, holds in said.items() if holds)))
