"""What a change of holder needs of the open cases of an area: red ones, night ones, new hands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, Connection, and_, func, not_, or_, select, type_coerce

from dutydesk.storage.tables import case_row, clock_run
from dutydesk.storage.types import to_ms

_columns = case_row.c
_RED_AT = type_coerce(_columns.red_at, BigInteger)
_DUE_AT = type_coerce(clock_run.c.due_at, BigInteger)


def red_count(connection: Connection, area: str, at: datetime) -> int:
    """How many open cases of an area are red: what the taker of a desk reads back."""
    asked = (
        select(func.count())
        .select_from(case_row)
        .where(_columns.is_open, _columns.area == area, to_ms(at) >= _RED_AT)
    )
    return connection.execute(asked).scalar_one()


def open_count(connection: Connection, area: str) -> int:
    """How many cases of an area are open."""
    asked = select(func.count()).select_from(case_row)
    return connection.execute(asked.where(_columns.is_open, _columns.area == area)).scalar_one()


def due_between(
    connection: Connection,
    area: str,
    from_at: datetime,
    to_at: datetime,
    ringing: Sequence[str],
    urgent: str | None,
) -> tuple[str, ...]:
    """Open cases that breach in a stretch and will not ring in it, by due time (rule 4).

    `ringing` are the clocks that ring at any hour; the track `urgent` does too.
    """
    rings = or_(_columns.track == urgent, _columns.clock.in_(ringing))
    asked = (
        select(_columns.no)
        .where(
            _columns.is_open,
            _columns.area == area,
            and_(to_ms(from_at) < _RED_AT, to_ms(to_at) >= _RED_AT),
            not_(func.coalesce(rings, False)),
        )
        .order_by(_columns.red_at, _columns.no)
    )
    return tuple(connection.execute(asked).scalars())


def change_holder(
    connection: Connection, area: str, holder: str, waiting: tuple[str, str], at: datetime
) -> int:
    """Give the open cases of an area to a holder; no due time moves (A-08). Gives how many.

    `waiting` is the role that cases waited for and the one they wait for now.
    """
    mine = and_(_columns.is_open, _columns.area == area)
    nos = select(_columns.no).where(mine)
    running = and_(
        clock_run.c.stopped_at.is_(None), or_(clock_run.c.due_at.is_(None), to_ms(at) < _DUE_AT)
    )
    connection.execute(
        clock_run.update().where(running, clock_run.c.case_no.in_(nos)).values(holder=holder)
    )
    before, after = [waiting[0]], [waiting[1]]
    connection.execute(
        case_row.update().where(mine, _columns.waiting_for == before).values(waiting_for=after)
    )
    return connection.execute(case_row.update().where(mine).values(holder=holder)).rowcount
