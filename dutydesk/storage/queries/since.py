"""What was recorded after a moment, by whomever and wherever: for whoever comes back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from dutydesk.storage.tables import event

E = event.c
LISTED = 3000
"""So many of the newest journal rows are listed; all of them are counted."""


def elsewhere(
    connection: Connection, area: str, since: datetime, seat: str, unsaid: Collection[str] = ()
) -> Sequence[Any]:
    """Events (id, case, verb, at, role, name, seat) of other seats recorded after a moment.

    The newest `LISTED`, the newest first; of those that no seat recorded (command line, imports)
    too, of the verbs in `unsaid` none.
    """
    asked = select(E.id, E.case_no, E.verb, E.at, E.by_role, E.by_name, E.seat)
    wanted = _others(area, since, seat, unsaid)
    return connection.execute(asked.where(*wanted).order_by(E.id.desc()).limit(LISTED)).all()


def count_elsewhere(
    connection: Connection, area: str, since: datetime, seat: str, unsaid: Collection[str] = ()
) -> int:
    """How many there are of these events, however many."""
    asked = select(func.count()).where(*_others(area, since, seat, unsaid))
    return int(connection.execute(asked).scalar_one())


def _others(
    area: str, since: datetime, seat: str, unsaid: Collection[str]
) -> tuple[ColumnElement[bool], ...]:
    return (
        E.area == area,
        E.recorded_at > since,
        or_(E.seat.is_(None), E.seat != seat),
        E.verb.not_in(sorted(unsaid)),
    )
