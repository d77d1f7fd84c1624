"""What parties are expected at, or have to finish, around a moment, in other cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, exists, or_, select

from dutydesk.storage.tables import case_row, clock_run

C, R = case_row.c, clock_run.c


class Meeting(NamedTuple):
    """By which clock parties are expected, and in which states they still are."""

    clock: str | None = None
    states: tuple[str, ...] = ()


def runs(
    connection: Connection,
    parties: Sequence[str],
    first: datetime,
    last: datetime,
    but: str,
    meeting: Meeting,
) -> Sequence[Any]:
    """Clocks of parties in open cases that end from `first` to `last`: party, name, due_at, case,
    place.

    The latest coordination counts whether the party has come to it or not; everything else only
    while it is not done. The open cases are walked by their index, each with its few clocks.
    """
    later = clock_run.alias("later")
    again = exists().where(
        later.c.case_no == R.case_no,
        later.c.name == R.name,
        later.c.party == R.party,
        later.c.id > R.id,
    )
    meets = and_(R.name == meeting.clock, C.state.in_(meeting.states), ~again)
    owes = and_(R.name.is_distinct_from(meeting.clock), R.stopped_at.is_(None))
    asked = (
        select(R.party, R.name, R.due_at, C.no, C.place)
        .join_from(case_row, clock_run, R.case_no == C.no)
        .where(C.is_open, C.no != but, R.party.in_(list(parties)), ~R.ended, or_(meets, owes))
        .where(R.due_at >= first, R.due_at <= last, R.run == C.run)
        .order_by(R.due_at, C.no)
    )
    return connection.execute(asked).all()
