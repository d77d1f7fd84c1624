"""Which seats there are, what each looks at, and when it last gave a sign of life."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from dutydesk.storage.tables import seat

S = seat.c


class Seated(NamedTuple):
    """One seat: who sits there, the case selected there, its last sign of life."""

    seat: str
    area: str
    who: str
    case_no: str | None
    seen_at: datetime


def put(connection: Connection, now_there: Seated) -> None:
    """Write what a seat looks at now."""
    values = now_there._asdict()
    change = seat.update().where(S.seat == now_there.seat).values(values)
    if connection.execute(change).rowcount == 0:
        connection.execute(seat.insert().values(values))


def known(connection: Connection, area: str) -> tuple[Seated, ...]:
    """The seats of an area, the one with the latest sign of life first."""
    asked = (
        select(S.seat, S.area, S.who, S.case_no, S.seen_at)
        .where(S.area == area)
        .order_by(S.seen_at.desc(), S.seat)
    )
    return tuple(Seated(*row) for row in connection.execute(asked))
