"""What parties are expected at, or have to finish, around a moment, in other cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, exists, or_, select

from dutydesk.storage.tables import case_row, clock_run

C, R = case_row.c, clock_run.c
MEETING = ("awaiting_response", "coordinating")
"""The states in which a coordination is still to come, or goes on."""


def runs(
    connection: Connection, parties: Sequence[str], first: datetime, last: datetime, but: str
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
    meets = and_(R.name == "respond", C.state.in_(MEETING), ~again)
    owes = and_(R.name != "respond", R.stopped_at.is_(None))
    asked = (
        select(R.party, R.name, R.due_at, C.no, C.place)
        .join_from(case_row, clock_run, R.case_no == C.no)
        .where(C.is_open, C.no != but, R.party.in_(list(parties)), ~R.ended, or_(meets, owes))
        .where(R.due_at >= first, R.due_at <= last, R.run == C.run)
        .order_by(R.due_at, C.no)
    )
    return connection.execute(asked).all()
