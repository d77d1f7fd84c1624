"""Stage 1: what is due on a channel; what somebody was cut off at goes to a person."""

from __future__ import annotations

from datetime import datetime, timedelta

from dutydesk.notify.office import Office
from dutydesk.storage import Sending, Unit, sending
from dutydesk.storage.sending import Sent

MOST = 200
"""The most messages that are looked at at once."""
CUT_OFF = timedelta(seconds=120)
"""House: twice the longest time-out; whatever is still being sent then will never be answered."""


def take(unit: Unit, office: Office, now: datetime) -> list[Sent]:
    """The messages that may be sent now, the oldest first."""
    connection, name = unit.connection, office.channel.name
    for row in sending.interrupted(connection, office.area, now - CUT_OFF):
        if row.channel == name:
            sending.record(connection, row.key, row.attempt, now, Sending.UNKNOWN, reason="cut_off")
            unit.touch()
    return sending.waiting(connection, office.area, [name], now, MOST)
