"""Results that the upstream platform does not have yet: neither exported nor ticked by hand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Connection, exists, func, select, type_coerce

from dutydesk.storage.tables import case_row, event, returned
from dutydesk.storage.types import to_ms

ENDED = ("closed", "refused")
C = case_row.c


def not_written_back(connection: Connection, area: str, since: datetime) -> int:
    """Closed and refused cases with an upstream number that have not gone back.

    Only cases received since ``since`` are looked at, so that the count stays quick.
    """
    gone = exists().where(returned.c.case_no == C.no, returned.c.run == C.run)
    ticked = exists().where(
        event.c.case_no == C.no,
        event.c.verb == "write_back",
        type_coerce(event.c.at, BigInteger()) >= type_coerce(C.since_at, BigInteger()),
    )
    asked = (
        select(func.count())
        .select_from(case_row)
        .where(
            C.area == area,
            C.state.in_(ENDED),
            C.external_no.is_not(None),
            type_coerce(C.received_at, BigInteger()) >= to_ms(since),
            ~gone,
            ~ticked,
        )
    )
    return connection.execute(asked).scalar_one()
