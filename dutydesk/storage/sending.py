"""The life of a message after it was written: claimed, recorded, chosen anew by a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, distinct, func, select, update

from dutydesk.storage.outbox import Sending
from dutydesk.storage.tables import case_row, outbox

M = outbox.c
_COLUMNS = (
    M.key, M.area, M.case_no, M.channel, M.recipient, M.text, M.state, M.reason, M.tries,
    M.created_at, M.changed_at, M.sent_at, M.confirmed_by, M.kind, M.push, M.attempt,
    M.attempted_at, M.next_at, M.receipt,
)  # fmt: skip


class Sent(NamedTuple):
    """One row of the outbox, whatever became of it; `state` is a `Sending`."""

    key: str
    area: str
    case: str | None
    channel: str
    recipient: str
    text: str
    state: str
    reason: str | None
    tries: int
    created_at: datetime
    changed_at: datetime
    sent_at: datetime | None
    confirmed_by: str | None
    kind: str | None
    push: str | None
    attempt: str | None
    attempted_at: datetime | None
    next_at: datetime | None
    receipt: str | None


# ── reading ──


def read() -> Select[Any]:
    """Whole messages; each row makes a `Sent`."""
    return select(*_COLUMNS)


# The second condition on the state lets the partial index of what is not SENT be used.


def on_the_way(
    connection: Connection, area: str, channels: Collection[str], most: int
) -> list[Sent]:
    """What these channels have not brought to an end: waiting, put off or being sent.

    In order, cases of the urgent track before all others.
    """
    of_case = outbox.outerjoin(case_row, case_row.c.no == M.case_no)
    asked = (
        select(*_COLUMNS)
        .select_from(of_case)
        .where(
            M.state.in_((Sending.DRAFT.value, Sending.SENDING.value)),
            M.state != Sending.SENT.value,
            M.area == area,
            M.channel.in_(list(channels)),
        )
    )
    rank = func.coalesce(case_row.c.queue_rank, 1)
    return _read(connection, asked.order_by(rank, M.created_at, M.key).limit(most))


def urgent(connection: Connection, cases: Collection[str]) -> set[str]:
    """Which of these cases are on the urgent track."""
    asked = select(case_row.c.no).where(case_row.c.no.in_(list(cases)), case_row.c.queue_rank == 0)
    return set(connection.execute(asked).scalars()) if cases else set()


def told_before(connection: Connection, cases: Collection[str]) -> set[str]:
    """Of which of these cases somebody has been sent something already."""
    asked = select(M.case_no).where(
        M.case_no.in_(list(cases)),
        (M.state == Sending.SENT.value) | M.attempted_at.is_not(None),
    )
    return set(connection.execute(asked.distinct()).scalars()) if cases else set()


def interrupted(connection: Connection, area: str, before: datetime) -> list[Sent]:
    """What was being sent when somebody was cut off, before a moment."""
    asked = select(*_COLUMNS).where(
        M.state == Sending.SENDING.value,
        M.state != Sending.SENT.value,
        M.area == area,
        M.attempted_at < before,
    )
    return _read(connection, asked.order_by(M.created_at, M.key))


def by_keys(connection: Connection, keys: Collection[str]) -> list[Sent]:
    """Messages by their keys, the oldest first."""
    asked = select(*_COLUMNS).where(M.key.in_(list(keys)))
    return _read(connection, asked.order_by(M.created_at, M.key))


def by_state(
    connection: Connection, area: str, states: Collection[str], most: int = 1000
) -> list[Sent]:
    """Messages of an area in these states, the oldest first."""
    asked = select(*_COLUMNS).where(M.area == area, M.state.in_(list(states)))
    return _read(connection, asked.order_by(M.created_at, M.key).limit(most))


def of_push(connection: Connection, number: str) -> list[Sent]:
    """Every message of a push."""
    return _read(connection, select(*_COLUMNS).where(M.push == number).order_by(M.key))


def newer(connection: Connection, of: Sent) -> bool:
    """Whether a later message of the same kind on the same case to the same recipient exists."""
    found = select(M.key).where(
        M.case_no == of.case,
        M.recipient == of.recipient,
        M.kind.in_(("convene", "reschedule") if of.kind in MEETING else (of.kind,)),
        M.created_at > of.created_at,
        M.state != Sending.DROPPED.value,
    )
    return of.case is not None and connection.execute(found.limit(1)).first() is not None


MEETING = ("convene", "reschedule")
"""Kinds of which only the newest says when and where to come."""


def still_open(connection: Connection, cases: Collection[str]) -> dict[str, datetime | None]:
    """Which of these cases have not come to their end, and since when each is as it is."""
    asked = select(case_row.c.no, case_row.c.since_at).where(
        case_row.c.no.in_(list(cases)), case_row.c.is_open
    )
    return {row.no: row.since_at for row in connection.execute(asked)} if cases else {}


def stranded(connection: Connection, area: str, channels: Collection[str]) -> list[Sent]:
    """Drafts that no channel of the desk can send any more, and no person was asked to."""
    asked = select(*_COLUMNS).where(
        M.state == Sending.DRAFT.value,
        M.state != Sending.SENT.value,
        M.area == area,
        M.channel.not_in(list(channels)),
    )
    return _read(connection, asked.order_by(M.created_at, M.key))


def unfinished(connection: Connection, area: str, channel: str) -> bool:
    """Whether something of a channel waits or is being sent."""
    asked = select(M.key).where(
        M.area == area,
        M.channel == channel,
        M.state.in_((Sending.DRAFT.value, Sending.SENDING.value)),
        M.state != Sending.SENT.value,
    )
    return connection.execute(asked.limit(1)).first() is not None


def posts_since(connection: Connection, channel: str, since: datetime, now: datetime) -> int:
    """How many requests a channel has been given since a moment; merged ones count once.

    What a clock that has jumped back since says of the future is left out.
    """
    asked = select(func.count(distinct(M.attempt))).where(
        M.channel == channel, M.attempted_at > since, M.attempted_at <= now
    )
    return int(connection.execute(asked).scalar_one())


def last_attempt(connection: Connection, channel: str, now: datetime) -> datetime | None:
    """When a channel was last given a request."""
    found: datetime | None = connection.execute(
        select(func.max(M.attempted_at)).where(M.channel == channel, M.attempted_at <= now)
    ).scalar()
    return found


def to_member_since(
    connection: Connection, channel: str, recipient: str, since: datetime, now: datetime
) -> int:
    """How many messages somebody has been sent by a channel since a moment."""
    asked = select(func.count()).where(
        M.channel == channel,
        M.recipient == recipient,
        M.attempted_at > since,
        M.attempted_at <= now,
    )
    return int(connection.execute(asked).scalar_one())


# ── writing ──


def claim(connection: Connection, keys: Collection[str], attempt: str, now: datetime) -> int:
    """Note that these drafts are being sent; gives how many still were drafts."""
    done = connection.execute(
        update(outbox)
        .where(M.key.in_(list(keys)), M.state == Sending.DRAFT.value)
        .values(
            state=Sending.SENDING.value,
            attempt=attempt,
            attempted_at=now,
            changed_at=now,
            tries=M.tries + 1,
            next_at=None,
            reason=None,
        )
    )
    return done.rowcount


def record(
    connection: Connection,
    key: str,
    attempt: str | None,
    now: datetime,
    state: Sending,
    **more: object,
) -> bool:
    """Write what became of a message; with an attempt only where it is still that one's."""
    where = [M.key == key]
    if attempt is not None:
        where += [M.attempt == attempt, M.state == Sending.SENDING.value]
    values: dict[str, object] = {"state": state.value, "changed_at": now, **more}
    if state is Sending.SENT:
        values.setdefault("sent_at", now)
    return connection.execute(update(outbox).where(*where).values(values)).rowcount > 0


def _read(connection: Connection, asked: Select[Any]) -> list[Sent]:
    rows: Sequence[Row[Any]] = connection.execute(asked).all()
    return [Sent._make(row) for row in rows]
