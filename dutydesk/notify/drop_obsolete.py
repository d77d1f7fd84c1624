"""Stage 2: a message whose case has moved on is not sent, and says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from dutydesk.notify.office import Office
from dutydesk.notify.pace import BY_THE_CLOCK
from dutydesk.storage import Sending, Unit, sending
from dutydesk.storage.sending import Sent

OUTLIVES = frozenset(("late_refusal", "handover"))
"""Kinds that still matter after the case has come to its end."""
OF_THE_STEP = frozenset(("convene", "urge", "escalate"))
"""Kinds that are about the step in which the case was when they were written."""


def drop_obsolete(unit: Unit, office: Office, rows: Sequence[Sent], now: datetime) -> list[Sent]:
    """Those that still make sense; the others are DROPPED with a reason."""
    kept: list[Sent] = []
    open_ = sending.still_open(unit.connection, {row.case for row in rows if row.case})
    for row in rows:
        reason = _pointless(unit, office, row, open_, now)
        if reason is None:
            kept.append(row)
            continue
        sending.record(unit.connection, row.key, None, now, Sending.DROPPED, reason=reason)
        unit.touch()
    return kept


def _pointless(
    unit: Unit, office: Office, row: Sent, open_: Mapping[str, datetime | None], now: datetime
) -> str | None:
    if row.case is not None and row.case not in open_ and row.kind not in OUTLIVES:
        return "case_ended"
    since = open_.get(row.case or "")
    if row.kind in OF_THE_STEP and since is not None and since > row.created_at:
        return "case_moved"
    # Two digests that name one case speak of different alarms.
    if not row.key.startswith(BY_THE_CLOCK) and sending.newer(unit.connection, row):
        return "superseded"
    if now - max(row.created_at, row.next_at or row.created_at) > office.channel.max_age:
        return "too_old"
    return None
