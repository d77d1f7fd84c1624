"""The stages in their order: take, drop, bundle, pace, note the intent; send; record."""

from __future__ import annotations

from dutydesk.notify.bundle import bundle
from dutydesk.notify.channel import Post
from dutydesk.notify.drop_obsolete import drop_obsolete
from dutydesk.notify.office import Office
from dutydesk.notify.pace import pace
from dutydesk.notify.record import record
from dutydesk.notify.send import send
from dutydesk.notify.take import take
from dutydesk.storage import sending


def one_post(office: Office) -> bool:
    """Give the channel the next request, if there is one and it may go; whether it was given.

    Killed before the intent is committed nothing was sent, and it is sent later; killed after it,
    the message is found SENDING and becomes UNKNOWN: never sent twice unseen, never lost.
    """
    post = _claimed(office)
    if post is None:
        return False
    record(office, post, send(office.channel, post))
    office.settle()
    return True


def _claimed(office: Office) -> Post | None:
    now = office.clock.now()
    with office.store.unit() as unit:
        rows = drop_obsolete(unit, office, take(unit, office, now), now)
        chosen = pace(unit, office, bundle(unit, office, rows, now), now)
        if chosen is None:
            return None
        tries = next(row.tries for row in rows if row.key == chosen[0].key)
        attempt = f"{chosen[0].key}#{tries + 1}@{int(now.timestamp())}"
        sending.claim(unit.connection, [one.key for one in chosen], attempt, now)
        unit.touch()
    return Post(attempt, chosen)
