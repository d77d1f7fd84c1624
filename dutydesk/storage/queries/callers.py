"""The cases that came from a telephone number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from dutydesk.storage.tables import case_row

C = case_row.c
MOST = 200
"""How many cases with the same last digits are looked at."""


def of_number(connection: Connection, area: str, ending: str) -> Sequence[Any]:
    """Cases of an area whose caller's number ends so: open ones, then the newest.

    Rows of (no, caller_phone, caller_name, state, received_at, place), numbers as written.
    """
    asked = (
        select(C.no, C.caller_phone, C.caller_name, C.state, C.received_at, C.place)
        .where(C.area == area, C.caller_phone.endswith(ending, autoescape=True))
        .order_by(C.is_open.desc(), C.received_at.desc(), C.no)
        .limit(MOST)
    )
    return connection.execute(asked).all()
