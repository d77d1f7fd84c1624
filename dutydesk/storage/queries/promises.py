"""Calls and what ends them, notes that have a time, and what became of both: from these the
promises and the shift log are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, and_, or_, select, type_coerce

from dutydesk.storage.tables import case_row, event

E = event.c
HEARD = ("call", "contact_citizen", "confirm_response", "record_instruction", "report_to_head")
"""The acts that say whether somebody was reached."""
_TEXT = type_coerce(E.data, Text())
_TIMED = and_(E.verb == "note", _TEXT.contains('"remind_at"'))
_SAYING = or_(E.verb.in_((*HEARD, "settle")), _TIMED)
_COLUMNS = (E.id, E.case_no, E.verb, E.at, E.data)


def since(connection: Connection, area: str, after: int, ends: Sequence[str]) -> Sequence[Any]:
    """Journal rows (id, case, verb, at, data, state) after a row number, in their order.

    Of cases at their end, in one of the states `ends`, only what was said when they were there.
    """
    still = select(case_row.c.no).where(case_row.c.is_open)
    later = and_(E.state.in_(ends), or_(E.verb.in_(("call", "settle")), _TIMED))
    asked = (
        select(*_COLUMNS, E.state)
        .where(E.id > after, E.area == area, _SAYING)
        .where(or_(E.case_no.is_(None), E.case_no.in_(still), later))
        .order_by(E.id)
    )
    return connection.execute(asked).all()


def of(connection: Connection, area: str, case: str | None, first: int) -> Sequence[Any]:
    """Journal rows (id, case, verb, at, data, state) from a row number on, of one case, or with
    None of the desk alone."""
    whose = E.case_no == case if case is not None else and_(E.case_no.is_(None), E.area == area)
    asked = select(*_COLUMNS, E.state).where(E.id >= first, whose, _SAYING).order_by(E.id)
    return connection.execute(asked).all()


def logged(connection: Connection, area: str, first: datetime, last: datetime) -> Sequence[Any]:
    """Notes, what was promised and what became of it, and calls on no case, from `first` until
    before `last`, by when they were true: id, case, verb, at, data, late, role, name."""
    told = or_(
        E.verb.in_(("note", "settle")),
        and_(E.verb == "call", or_(E.case_no.is_(None), _TEXT.contains('"promised_at"'))),
    )
    asked = (
        select(*_COLUMNS, E.late_entry, E.by_role, E.by_name)
        .where(E.area == area, E.at >= first, E.at < last, told)
        .order_by(E.at, E.id)
    )
    return connection.execute(asked).all()


def by_id(connection: Connection, ids: Sequence[int]) -> Sequence[Any]:
    """These journal rows (id, case, verb, at, data)."""
    return connection.execute(select(*_COLUMNS).where(E.id.in_(list(ids)))).all()
