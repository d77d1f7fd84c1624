"""Stage 1: what is due on a channel; what somebody was cut off at goes to a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from dutydesk.notify.office import Office
from dutydesk.storage import Sending, Unit, sending
from dutydesk.storage.sending import Sent

MOST = 200
"""The most messages that are looked at at once."""
CUT_OFF = timedelta(seconds=120)
"""House: twice the longest time-out; whatever is still being sent then will never be answered."""


def take(unit: Unit, office: Office, now: datetime) -> list[Sent]:
    """What may be sent now: the urgent track, then the first word of a case, then the oldest."""
    connection, name = unit.connection, office.channel.name
    for row in sending.interrupted(connection, office.area, now - CUT_OFF):
        if row.channel == name:
            sending.record(connection, row.key, row.attempt, now, Sending.UNKNOWN, reason="cut_off")
            unit.touch()
    free = _in_order(sending.on_the_way(connection, office.area, [name], MOST), now)
    return _pressing_first(unit, free)


def _pressing_first(unit: Unit, rows: list[Sent]) -> list[Sent]:
    """Where a channel is paced, the first word of a case does not wait behind the tenth of another.

    Only the first of a case for a recipient is ever free, so that his order is kept.
    """
    cases = {row.case for row in rows if row.case}
    if len(rows) < 2 or not cases:
        return rows
    urgent = sending.urgent(unit.connection, cases)
    told = sending.told_before(unit.connection, cases)
    return sorted(rows, key=lambda row: (row.case not in urgent, not row.case or row.case in told))


def _in_order(rows: Sequence[Sent], now: datetime) -> list[Sent]:
    """What may go now; of one case nobody is told the second thing before the first."""
    held: set[tuple[str, str]] = set()
    free: list[Sent] = []
    for row in rows:
        about = (row.case or row.key, row.recipient)
        put_off = row.next_at is not None and row.next_at > now
        if about in held or put_off or row.state != Sending.DRAFT.value:
            held.add(about)
        else:
            free.append(row)
    return free
