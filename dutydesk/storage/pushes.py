"""Acts that take effect once everybody whom they concern has the message (A-32)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from dutydesk.storage.tables import push

P = push.c
WAITING, DONE, REFUSED = "WAITING", "DONE", "REFUSED"


@dataclass(frozen=True, slots=True)
class Push:
    """An act that waits until everybody has its message; `act` is a plain document."""

    id: str
    case: str
    area: str
    act: Mapping[str, Any]
    state: str
    reason: str | None
    created_at: datetime
    ended_at: datetime | None = None


def put(connection: Connection, made: Push) -> None:
    """Write an act that waits for its messages."""
    connection.execute(
        push.insert().values(
            id=made.id,
            case_no=made.case,
            area=made.area,
            act=dict(made.act),
            state=made.state,
            reason=made.reason,
            created_at=made.created_at,
            ended_at=made.ended_at,
        )
    )


def end(
    connection: Connection, number: str, state: str, at: datetime, reason: str | None = None
) -> None:
    """Say that the acts of a push were done, or why they were not."""
    where = (P.id == number, P.state == WAITING)
    connection.execute(update(push).where(*where).values(state=state, reason=reason, ended_at=at))


def known(
    connection: Connection, area: str | None, *, case: str | None = None, state: str = WAITING
) -> list[Push]:
    """The pushes in this state, of an area or of one case, the oldest first."""
    asked = select(push).where(P.state == state)
    if area is not None:
        asked = asked.where(P.area == area)
    if case is not None:
        asked = asked.where(P.case_no == case)
    rows = connection.execute(asked.order_by(P.created_at, P.id, P.case_no))
    return [
        Push(r.id, r.case_no, r.area, r.act, r.state, r.reason, r.created_at, r.ended_at)
        for r in rows
    ]


def of_case(connection: Connection, case: str) -> int:
    """How many pushes a case has had: the next one's number is made from it."""
    asked = select(func.count()).select_from(push).where(P.case_no == case)
    return int(connection.execute(asked).scalar_one())
