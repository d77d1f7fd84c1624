"""What is under way: open cases by state, and their running clocks by name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, func, select

from dutydesk.storage.tables import case_row, clock_run

C, R = case_row.c, clock_run.c


def by_state(connection: Connection) -> dict[str, int]:
    """How many open cases stand in each state."""
    asked = select(C.state, func.count()).where(C.is_open).group_by(C.state)
    return {str(state): int(count) for state, count in connection.execute(asked)}


def by_clock(connection: Connection) -> dict[tuple[str, str], int]:
    """How many open cases have a clock of this name and variant running."""
    asked = (
        select(R.name, R.variant, func.count(R.case_no.distinct()))
        .join_from(clock_run, case_row, and_(R.case_no == C.no, R.run == C.run))
        .where(C.is_open, R.stopped_at.is_(None))
        .group_by(R.name, R.variant)
    )
    return {(str(n), str(v)): int(count) for n, v, count in connection.execute(asked)}


def breaching(
    connection: Connection, area: str, from_at: datetime, to_at: datetime
) -> list[tuple[str, int]]:
    """The running clocks of an area's open cases that are due in a stretch, the first first."""
    asked = (
        select(R.case_no, R.id)
        .join_from(clock_run, case_row, and_(R.case_no == C.no, R.run == C.run))
        .where(C.is_open, C.area == area, R.stopped_at.is_(None))
        .where(R.due_at > from_at, R.due_at <= to_at)
        .order_by(R.due_at, R.case_no, R.id)
    )
    return [(str(no), int(number)) for no, number in connection.execute(asked)]
