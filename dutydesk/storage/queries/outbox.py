"""The outbox as it is shown: what needs a person, what is on its way, what became of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, exists, func, or_, select

from dutydesk.storage.outbox import Sending
from dutydesk.storage.pushes import REFUSED, WAITING
from dutydesk.storage.sending import M, Sent, read
from dutydesk.storage.tables import case_row, event, login, push

MANUAL = "manual"
MOST_OF_CASE = 50
_ENDED = (Sending.FAILED.value, Sending.UNKNOWN.value)


def _needs_a_person() -> ColumnElement[bool]:
    """FAILED or UNKNOWN, or a draft that only a person can send."""
    by_hand = (M.state == Sending.DRAFT.value) & (M.channel == MANUAL)
    return (M.state != Sending.SENT.value) & or_(M.state.in_(_ENDED), by_hand)


def count(connection: Connection, area: str) -> int:
    """How many messages need a person."""
    asked = select(func.count()).where(M.area == area, _needs_a_person())
    return int(connection.execute(asked).scalar_one()) + len(refused(connection, area))


def listed(connection: Connection, area: str, *, all_: bool, most: int) -> list[Sent]:
    """What needs a person first, then what is on its way, then the newest of the rest.

    Without `all_` only the first two.
    """
    asked = read().where(M.area == area)
    if not all_:
        asked = asked.where(
            M.state.not_in((Sending.SENT.value, Sending.DROPPED.value)),
            M.state != Sending.SENT.value,
        )
    rank = case(
        (_needs_a_person(), 0),
        (M.state.in_((Sending.DRAFT.value, Sending.SENDING.value)), 1),
        else_=2,
    )
    rows = connection.execute(asked.order_by(rank, M.changed_at.desc(), M.key).limit(most))
    return [Sent._make(row) for row in rows]


def of_case(connection: Connection, no: str) -> list[tuple[Sent, bool]]:
    """The messages of a case that concern it now, and whether an act waits for each.

    Of a waiting act all, also those that several cases share; of others what is not finished.
    """
    waits = select(push.c.id).where(push.c.case_no == no, push.c.state == WAITING)
    awaited = M.push.in_(waits)
    open_ = (M.case_no == no) & M.state.not_in((Sending.SENT.value, Sending.DROPPED.value))
    asked = read().add_columns(case((awaited, 1), else_=0)).where(or_(awaited, open_))
    rows = connection.execute(asked.order_by(M.created_at, M.key).limit(MOST_OF_CASE)).all()
    found = [(Sent._make(row[:-1]), bool(row[-1])) for row in rows]
    return sorted(found, key=lambda one: not one[1])


def refused(connection: Connection, area: str) -> Sequence[Any]:
    """Pushes whose act could not be done although everybody was told, until the case moves on.

    Rows of (id, case_no, reason, ended_at).
    """
    later = push.alias("later")
    asked = select(push.c.id, push.c.case_no, push.c.reason, push.c.ended_at).where(
        push.c.area == area,
        push.c.state == REFUSED,
        push.c.reason.like("refused%"),
        push.c.case_no == case_row.c.no,
        case_row.c.is_open,
        case_row.c.since_at <= push.c.ended_at,
        ~exists().where(later.c.case_no == push.c.case_no, later.c.created_at > push.c.created_at),
    )
    return connection.execute(asked.order_by(push.c.ended_at, push.c.id)).all()


def sent_to(connection: Connection, area: str, since: datetime, until: datetime) -> Sequence[Any]:
    """How many messages each recipient was sent in a period, by state (X-7.1.2)."""
    asked = (
        select(M.recipient, M.state, func.count().label("count"))
        .where(M.area == area, M.created_at >= since, M.created_at < until)
        .group_by(M.recipient, M.state)
    )
    return connection.execute(asked).all()


def replied(
    connection: Connection, area: str, verbs: Sequence[str], since: datetime, until: datetime
) -> Sequence[Any]:
    """The answers to convenings in a period: rows of (when, data)."""
    said = event.c
    asked = select(said.at, said.data).where(
        said.area == area, said.verb.in_(list(verbs)), said.at >= since, said.at < until
    )
    return connection.execute(asked.order_by(said.id)).all()


def logins(connection: Connection) -> dict[str, Any]:
    """What was last known of each person's login."""
    return {row.person: row for row in connection.execute(select(login))}
