"""Alarms that are still live: unacknowledged first, the newest of them on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, Text, func, select, type_coerce

from dutydesk.storage.tables import alarm, case_row, clock_run

A, C, K = alarm.c, case_row.c, clock_run.c


def live(
    connection: Connection, area: str | None, *, unseen_only: bool, limit: int
) -> Sequence[Any]:
    """Alarms that have not ended, each with its case's place, due time and current state.

    Order: unacknowledged before acknowledged, ringing before silent, red before yellow, then the
    latest first.
    """
    asked = (
        select(
            A.key, A.area, A.case_no, A.clock, A.clock_id, A.party, A.light,
            type_coerce(A.rung, Integer), type_coerce(A.addressees, Text),
            A.rings, A.reason, A.silence,
            type_coerce(A.planned_at, BigInteger), type_coerce(A.raised_at, BigInteger),
            A.late, type_coerce(A.acked_at, BigInteger), A.acked_by,
            type_coerce(A.cases, Text), C.state, C.grid, C.place,
            type_coerce(K.due_at, BigInteger), K.variant,
        )
        .select_from(alarm)
        .outerjoin(case_row, C.no == A.case_no)
        .outerjoin(clock_run, (K.case_no == A.case_no) & (K.id == A.clock_id))
        .where(A.ended_at.is_(None))
        .order_by(
            A.acked_at.is_not(None), A.rings.desc(), A.light, A.raised_at.desc(), A.key.desc()
        )
        .limit(limit)
    )  # fmt: skip
    if unseen_only:
        asked = asked.where(A.acked_at.is_(None))
    if area is not None:
        asked = asked.where(A.area == area)
    return connection.execute(asked).all()


def counted(connection: Connection, area: str | None) -> Sequence[Any]:
    """How many live alarms there are by (acknowledged, rings, light)."""
    acked = A.acked_at.is_not(None)
    asked = (
        select(acked, A.rings, A.light, func.count())
        .where(A.ended_at.is_(None))
        .group_by(acked, A.rings, A.light)
    )
    if area is not None:
        asked = asked.where(A.area == area)
    return connection.execute(asked).all()


def cases(connection: Connection, area: str | None) -> int:
    """How many cases have a live alarm of their own."""
    asked = select(func.count(A.case_no.distinct())).where(A.ended_at.is_(None))
    if area is not None:
        asked = asked.where(A.area == area)
    return connection.execute(asked).scalar_one()
