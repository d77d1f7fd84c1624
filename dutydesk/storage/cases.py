"""Reading cases inside a unit: by number, by tail, by the number they came with, by due moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, Connection, Select, bindparam, func, select, type_coerce

from dutydesk.storage.mapping import CASE_COLUMNS, read_case
from dutydesk.storage.prepared import Prepared
from dutydesk.storage.tables import case_row
from dutydesk.storage.types import from_ms, to_ms
from dutydesk.workflow.cases.model import Case

CHUNK = 500
"""How many numbers one question names: below every store's limit of parameters."""

_columns = case_row.c
_ALL = select(*CASE_COLUMNS)
_ONE = Prepared(_ALL.where(_columns.no == bindparam("asked")))
_MANY = _ALL.where(_columns.no.in_(bindparam("nos", expanding=True)))
_EXTERNAL = Prepared(
    _ALL.where(
        _columns.channel == bindparam("asked_channel"),
        _columns.external_no == bindparam("asked"),
    )
)
_EXTERNALS = _ALL.where(
    _columns.channel == bindparam("channel"),
    _columns.external_no.in_(bindparam("numbers", expanding=True)),
)
_DUE_AT = type_coerce(_columns.next_due_at, BigInteger)
_DUE = (
    _ALL.where(_columns.is_open, bindparam("now") >= _DUE_AT)
    .order_by(_columns.next_due_at, _columns.no)
    .limit(bindparam("limit"))
)
_NEXT = select(func.min(_DUE_AT)).where(_columns.is_open, _columns.next_due_at.is_not(None))


def one(connection: Connection, no: str) -> tuple[int, Case] | None:
    """Row id and case of a full number, None where there is none."""
    row = _ONE.row(connection, {"asked": no})
    return None if row is None else read_case(row)


def many(connection: Connection, nos: Sequence[str]) -> list[tuple[int, Case]]:
    """Row ids and cases of full numbers; unknown ones are left out."""
    if len(nos) == 1:
        known = one(connection, nos[0])
        return [] if known is None else [known]
    found: list[tuple[int, Case]] = []
    for start in range(0, len(nos), CHUNK):
        rows = connection.execute(_MANY, {"nos": list(nos[start : start + CHUNK])})
        found.extend(read_case(row) for row in rows)
    return found


def by_external(
    connection: Connection, channel: str, numbers: Sequence[str]
) -> list[tuple[int, Case]]:
    """Row ids and cases that came through a channel under these numbers."""
    if len(numbers) == 1:
        row = _EXTERNAL.row(connection, {"asked_channel": channel, "asked": numbers[0]})
        return [] if row is None else [read_case(row)]
    found: list[tuple[int, Case]] = []
    for start in range(0, len(numbers), CHUNK):
        asked = {"channel": channel, "numbers": list(numbers[start : start + CHUNK])}
        found.extend(read_case(row) for row in connection.execute(_EXTERNALS, asked))
    return found


def ending_with(connection: Connection, tail: str, area: str | None, most: int) -> tuple[str, ...]:
    """At most `most` numbers that end with `tail`; open cases first, then the newest."""
    if not tail:
        return ()
    asked: Select[tuple[str]] = select(_columns.no).where(
        func.substr(_columns.no, -len(tail)) == tail
        if connection.dialect.name == "sqlite"
        else func.right(_columns.no, len(tail)) == tail
    )
    if area is not None:
        asked = asked.where(_columns.area == area)
    asked = asked.order_by(_columns.is_open.desc(), _columns.id.desc()).limit(most)
    return tuple(str(row[0]) for row in connection.execute(asked))


def due(connection: Connection, now: datetime, limit: int) -> list[tuple[int, Case]]:
    """Open cases about which something has changed by `now`, earliest first."""
    rows = connection.execute(_DUE, {"now": to_ms(now), "limit": limit})
    return [read_case(row) for row in rows]


def next_due_at(connection: Connection) -> datetime | None:
    """The next moment at which anything about any open case changes."""
    found = connection.execute(_NEXT).scalar()
    return None if found is None else from_ms(found)


def numbers(items: Iterable[str]) -> list[str]:
    """Each number once, in the order given."""
    return list(dict.fromkeys(items))
