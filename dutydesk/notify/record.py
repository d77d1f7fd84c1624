"""Stage 6: what became of each message, written where it is still this sending's."""

from __future__ import annotations

from collections.abc import Mapping

from dutydesk.notify.channel import Post, Reply
from dutydesk.notify.office import Office
from dutydesk.storage import Sending, sending


def record(office: Office, post: Post, replies: Mapping[str, Reply]) -> None:
    """Write the replies to a request; one that was put off too often has FAILED."""
    now = office.clock.now()
    with office.store.unit() as unit:
        tries = {row.key: row.tries for row in sending.by_keys(unit.connection, list(replies))}
        for key, reply in replies.items():
            state = reply.state
            more: dict[str, object] = {"reason": reply.reason, "receipt": reply.receipt}
            if state is Sending.DRAFT:
                if tries.get(key, 0) >= reply.most_tries:
                    state = Sending.FAILED
                else:
                    more["next_at"] = now + reply.retry if reply.retry else None
            sending.record(unit.connection, key, post.attempt, now, state, **more)
        unit.touch()
