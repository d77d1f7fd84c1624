"""The journal of a case, the cases still open, and the numbers that a tail may mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Integer, or_, select, type_coerce

from dutydesk.storage.mapping import CASE_COLUMNS, read_case
from dutydesk.storage.tables import case_row, event
from dutydesk.text import fold
from dutydesk.workflow.cases.model import Case

MOST_CANDIDATES = 20


EVENT_COLUMNS = tuple(
    event.c[name]
    for name in (
        *("id", "case_no", "seq", "verb", "at", "recorded_at", "by_role", "by_name"),
        *("on_behalf", "channel", "state", "data", "clause", "late_entry", "area"),
    )
)


def by_tail(connection: Connection, tail: str) -> Sequence[Any]:
    """The cases whose number or upstream number ends so: the whole number first, then open ones."""
    wanted = fold(tail).strip()
    if not wanted:
        return []
    c = case_row.c
    is_open = type_coerce(c.is_open, Integer())
    columns = (c.no, c.external_no, is_open, c.state, c.place, c.description)
    exact = connection.execute(select(*columns).where(c.no == wanted)).all()
    if not exact:
        ends = or_(
            c.no.endswith(wanted, autoescape=True),
            c.external_no.iendswith(wanted, autoescape=True),
        )
        order = (c.is_open.desc(), c.received_at.desc(), c.no)
        asked = select(*columns).where(ends).order_by(*order).limit(MOST_CANDIDATES)
        exact = connection.execute(asked).all()
    return exact


def events_of(connection: Connection, no: str) -> Sequence[Any]:
    """The journal rows of a case, in order, as `EVENT_COLUMNS`."""
    asked = select(*EVENT_COLUMNS).where(event.c.case_no == no).order_by(event.c.id)
    return connection.execute(asked).all()


def open_cases(connection: Connection, area: str | None) -> list[Case]:
    """The open cases whole, in the order of the queue."""
    c = case_row.c
    asked = select(*CASE_COLUMNS).where(c.is_open).order_by(c.queue_rank, c.queue_at, c.no)
    if area is not None:
        asked = asked.where(c.area == area)
    return [read_case(row)[1] for row in connection.execute(asked)]
