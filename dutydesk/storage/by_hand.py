"""What a person decides of a message, and says of a login, written within the caller's unit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select, update

from dutydesk.storage.outbox import Sending
from dutydesk.storage.sending import M
from dutydesk.storage.tables import login, outbox


def again(connection: Connection, keys: Collection[str], now: datetime, by: str) -> int:
    """Let these be sent once more by somebody's choice; gives how many may be.

    Only what has ended without being sent: FAILED, UNKNOWN or DROPPED.
    """
    over = (Sending.FAILED.value, Sending.UNKNOWN.value, Sending.DROPPED.value)
    done = connection.execute(
        update(outbox)
        .where(M.key.in_(list(keys)), M.state.in_(over))
        .values(
            state=Sending.DRAFT.value,
            reason="again",
            confirmed_by=by,
            next_at=now,
            changed_at=now,
            tries=0,
        )
    )
    return done.rowcount


def reroute(connection: Connection, key: str, channel: str) -> None:
    """Let another channel carry a message that is not being sent."""
    where = (M.key == key, M.state != Sending.SENDING.value)
    connection.execute(update(outbox).where(*where).values(channel=channel))


def confirm(connection: Connection, keys: Collection[str], at: datetime, by: str) -> int:
    """Say that somebody has sent these by hand or told him; gives how many were not sent yet.

    What is being sent at this moment is left to its channel.
    """
    over = (Sending.SENT.value, Sending.SENDING.value)
    done = connection.execute(
        update(outbox)
        .where(M.key.in_(list(keys)), M.state.not_in(over))
        .values(
            state=Sending.SENT.value,
            reason="by_hand",
            confirmed_by=by,
            sent_at=at,
            changed_at=at,
        )
    )
    return done.rowcount


def give_up(connection: Connection, keys: Collection[str], now: datetime, by: str) -> int:
    """Take these off the list without sending them; gives how many were on it."""
    over = (Sending.SENT.value, Sending.SENDING.value, Sending.DROPPED.value)
    done = connection.execute(
        update(outbox)
        .where(M.key.in_(list(keys)), M.state.not_in(over))
        .values(state=Sending.DROPPED.value, reason="given_up", confirmed_by=by, changed_at=now)
    )
    return done.rowcount


def known_login(
    connection: Connection, person: str, state: str, source: str, at: datetime, by: str
) -> None:
    """Note whether somebody was logged in at a moment; an older word changes nothing."""
    row = connection.execute(select(login.c.at).where(login.c.person == person)).first()
    values = {"state": state, "source": source, "at": at, "said_by": by}
    if row is None:
        connection.execute(login.insert().values(person=person, **values))
    elif row.at <= at:
        connection.execute(login.update().where(login.c.person == person).values(values))
