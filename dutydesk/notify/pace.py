"""Stage 4: what may go now without being thrown away by the platform; the rest waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from dutydesk.notify.channel import Letter
from dutydesk.notify.office import Office
from dutydesk.storage import Unit, sending

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BY_THE_CLOCK = "digest|"
"""How the keys of messages begin that the clock writes, not somebody's act."""


def pace(
    unit: Unit, office: Office, groups: Sequence[tuple[Letter, ...]], now: datetime
) -> tuple[Letter, ...] | None:
    """The one request that may go now, None where all have to wait.

    The store is asked, so that all processes of a desk keep one pace together.
    """
    limits, name = office.channel.pace, office.channel.name
    if sending.posts_since(unit.connection, name, now - MINUTE, now) >= limits.per_minute:
        return None
    last = sending.last_attempt(unit.connection, name, now)
    if last is not None and now - last < limits.spacing:
        return None
    for group in groups:
        if free := tuple(one for one in group if _free(unit, office, one, now)):
            return free
    return None


def _free(unit: Unit, office: Office, letter: Letter, now: datetime) -> bool:
    """Whether a member may have one more: what is above is dropped by the platform in silence."""
    limits = office.channel.pace
    if letter.key.startswith(BY_THE_CLOCK) and now.minute in limits.avoids:
        return False
    for span, most in ((MINUTE, limits.member_minute), (HOUR, limits.member_hour)):
        if most is None:
            continue
        had = sending.to_member_since(
            unit.connection, office.channel.name, letter.recipient, now - span, now
        )
        if had >= most:
            return False
    return True
