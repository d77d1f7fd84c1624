"""Alarms as they stand: those that call, those put aside, those that were, and their figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    Select,
    Text,
    and_,
    case,
    func,
    or_,
    select,
    true,
    type_coerce,
)

from dutydesk.storage.tables import alarm, case_row, clock_run
from dutydesk.workflow.alarms.model import Silence
from dutydesk.workflow.alarms.states import STALE, SUPPRESSING, Priority

A, C, K = alarm.c, case_row.c, clock_run.c
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


_COLUMNS = (
    A.key, A.area, A.case_no, A.clock, A.clock_id, A.party, A.light,
    type_coerce(A.rung, Integer), type_coerce(A.addressees, Text),
    A.rings, A.reason, A.silence,
    type_coerce(A.planned_at, BigInteger), type_coerce(A.raised_at, BigInteger),
    A.late, type_coerce(A.acked_at, BigInteger), A.acked_by,
    type_coerce(A.cases, Text), C.state, C.grid, C.place,
    type_coerce(K.due_at, BigInteger), K.variant,
    A.priority, A.urgent, type_coerce(A.told, Text), type_coerce(A.returned_at, BigInteger),
    type_coerce(A.shelved_until, BigInteger), A.shelved_by, A.shelved_reason,
    type_coerce(A.reminded_at, BigInteger), type_coerce(A.ended_at, BigInteger),
)  # fmt: skip
_CALLING = and_(A.ended_at.is_(None), A.shelved_until.is_(None))
_SEEN = or_(A.acked_at.is_not(None), A.returned_at.is_not(None))


def _asked() -> Select[Any]:
    """Alarms, each with its case's place, due time and current state."""
    return (
        select(*_COLUMNS)
        .select_from(alarm)
        .outerjoin(case_row, C.no == A.case_no)
        .outerjoin(clock_run, (K.case_no == A.case_no) & (K.id == A.clock_id))
    )


def live(
    connection: Connection, area: str | None, *, unseen_only: bool, limit: int
) -> Sequence[Any]:
    """Alarms that stand and are not shelved.

    Order: what calls before what was seen or is over, ringing before silent, red before yellow,
    then the latest first.
    """
    asked = (
        _asked()
        .where(_CALLING)
        .order_by(_SEEN, A.rings.desc(), A.light, A.raised_at.desc(), A.key.desc())
        .limit(limit)
    )
    if unseen_only:
        asked = asked.where(A.acked_at.is_(None))
    if area is not None:
        asked = asked.where(A.area == area)
    return connection.execute(asked).all()


def shelved(connection: Connection, area: str, limit: int) -> Sequence[Any]:
    """Alarms that are shelved, the first to come back on top."""
    asked = _asked().where(A.ended_at.is_(None), A.shelved_until.is_not(None), A.area == area)
    return connection.execute(asked.order_by(A.shelved_until, A.key).limit(limit)).all()


def since(
    connection: Connection, area: str, at: datetime, limit: int, *, late: bool = False
) -> Sequence[Any]:
    """All alarms raised since a moment, ended ones too, the latest first; `late` ones alone."""
    asked = _asked().where(A.raised_at >= at, A.area == area)
    if late:
        asked = asked.where(A.late.is_(true()))
    return connection.execute(asked.order_by(A.raised_at.desc(), A.key.desc()).limit(limit)).all()


def of_case(connection: Connection, no: str) -> Sequence[Any]:
    """All alarms of one case, in order of their moments."""
    asked = _asked().where(A.case_no == no).order_by(A.raised_at, A.planned_at, A.key)
    return connection.execute(asked).all()


class Figures(NamedTuple):
    """What is counted of an area's alarms: raised, by priority, standing, stale, shelved."""

    hour: int
    day: int
    by_priority: dict[str, int]
    standing: int
    stale: int
    shelved: int


def figures(connection: Connection, area: str, now: datetime) -> Figures:
    """The figures of the alarm screen; the priorities are those of the last 24 hours.

    What a rule suppresses calls nobody and is left out.
    """
    calls = or_(A.silence.is_(None), A.silence.not_in([s.value for s in SUPPRESSING]))
    mine = and_(A.area == area, calls)
    new = func.sum(case((A.raised_at > now - HOUR, 1), else_=0))
    grouped = (
        select(A.priority, new, func.count())
        .where(mine, A.raised_at > now - DAY)
        .group_by(A.priority)
    )
    hour, by_priority = 0, {name.value: 0 for name in Priority}
    for priority, fresh, count in connection.execute(grouped):
        hour += int(fresh)
        by_priority[priority or Priority.LOW.value] += count
    stands = and_(mine, _CALLING, A.returned_at.is_(None))
    standing = connection.execute(select(func.count()).where(stands)).scalar_one()
    old = connection.execute(select(func.count()).where(stands, A.raised_at <= now - STALE))
    return Figures(
        hour,
        sum(by_priority.values()),
        by_priority,
        standing,
        old.scalar_one(),
        shelved_count(connection, area),
    )


def crowd(connection: Connection, area: str, since: datetime) -> Sequence[Any]:
    """What still calls of a flood: how many alarms by unit and step, the most first."""
    unit = func.coalesce(A.party, C.lead, C.station, "")
    heard = or_(A.rings.is_(true()), A.silence == Silence.GROUPED.value)
    count = func.count().label("count")
    asked = (
        select(unit, A.clock, count)
        .select_from(alarm)
        .outerjoin(case_row, C.no == A.case_no)
        .where(_CALLING, A.area == area, A.raised_at >= since, heard, A.returned_at.is_(None))
        .group_by(unit, A.clock)
        .order_by(count.desc(), unit, A.clock)
    )
    return connection.execute(asked).all()


def shelved_count(connection: Connection, area: str | None) -> int:
    """How many alarms are shelved."""
    asked = select(func.count()).where(A.ended_at.is_(None), A.shelved_until.is_not(None))
    if area is not None:
        asked = asked.where(A.area == area)
    return connection.execute(asked).scalar_one()


def counted(connection: Connection, area: str | None) -> Sequence[Any]:
    """How many live alarms there are by (acknowledged, rings, light)."""
    acked = A.acked_at.is_not(None)
    asked = (
        select(acked, A.rings, A.light, func.count())
        .where(_CALLING)
        .group_by(acked, A.rings, A.light)
    )
    if area is not None:
        asked = asked.where(A.area == area)
    return connection.execute(asked).all()


def cases(connection: Connection, area: str | None) -> int:
    """How many cases have a live alarm of their own."""
    asked = select(func.count(A.case_no.distinct())).where(_CALLING)
    if area is not None:
        asked = asked.where(A.area == area)
    return connection.execute(asked).scalar_one()
