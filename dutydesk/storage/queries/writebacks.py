"""What upstream platforms do not know yet: the open entries, and whose results are missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from dutydesk.storage.cases import CHUNK, many, numbers
from dutydesk.storage.mapping import CASE_COLUMNS, read_case
from dutydesk.storage.tables import case_row, event, writeback
from dutydesk.storage.writebacks import read
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.cases.owing import Entry

C, E, W = case_row.c, event.c, writeback.c


class Said(NamedTuple):
    """What the last act of a kind on a case said: who, when, its fields."""

    by: str
    at: Any
    data: Mapping[str, Any]


def _open(area: str, channel: str | None, case: str | None) -> list[ColumnElement[bool]]:
    asked = [W.ticked_at.is_(None), W.area == area]
    if channel is not None:
        asked.append(W.channel == channel)
    if case is not None:
        asked.append(W.case_no == case)
    return asked


def count(connection: Connection, area: str, channel: str | None, case: str | None) -> int:
    """How many entries are open; the partial index holds no others."""
    asked = select(func.count()).select_from(writeback).where(*_open(area, channel, case))
    return connection.execute(asked).scalar_one()


def owed(
    connection: Connection, area: str, channel: str | None, case: str | None, most: int
) -> list[Entry]:
    """At most so many open entries, platform by platform, the oldest of each first."""
    asked = select(writeback).where(*_open(area, channel, case))
    return read(connection, asked.order_by(W.channel, W.since_at, W.id).limit(most))


def oldest(connection: Connection, area: str, most: int) -> list[Entry]:
    """At most so many open entries, the oldest of all platforms first."""
    asked = select(writeback).where(*_open(area, None, None))
    return read(connection, asked.order_by(W.since_at, W.id).limit(most))


def by_id(connection: Connection, ids: Sequence[int]) -> dict[int, Entry]:
    """Entries by their number, open or not."""
    found = read(connection, select(writeback).where(W.id.in_(list(ids))))
    return {entry.id: entry for entry in found if entry.id is not None}


def cases(connection: Connection, nos: Sequence[str]) -> dict[str, Case]:
    """These cases, and those that they were merged into."""
    found = {case.no: case for _row, case in many(connection, numbers(nos))}
    into = [c.merged_into for c in found.values() if c.merged_into and c.merged_into not in found]
    return found | {case.no: case for _row, case in many(connection, numbers(into))}


def said(
    connection: Connection, nos: Sequence[str], verbs: Sequence[str]
) -> dict[tuple[str, str, str | None], Said]:
    """The last act by case, verb and party."""
    found: dict[tuple[str, str, str | None], Said] = {}
    asked = numbers(nos)
    for start in range(0, len(asked), CHUNK):
        rows = connection.execute(
            select(E.case_no, E.verb, E.by_role, E.by_name, E.at, E.data)
            .where(E.case_no.in_(asked[start : start + CHUNK]), E.verb.in_(list(verbs)))
            .order_by(E.id)
        )
        for row in rows:
            data = row.data or {}
            by = f"{row.by_role}:{row.by_name}" if row.by_name else row.by_role
            found[row.case_no, row.verb, data.get("party")] = Said(by, row.at, data)
    return found


def awaited(
    connection: Connection, area: str, channel: str | None, states: Sequence[str], most: int
) -> list[Case]:
    """Open cases with an upstream number in these states, the longest there first."""
    asked = select(*CASE_COLUMNS).where(
        C.is_open, C.area == area, C.external_no.is_not(None), C.state.in_(list(states))
    )
    if channel is not None:
        asked = asked.where(C.channel == channel)
    asked = asked.order_by(C.since_at, C.no).limit(most)
    return [read_case(row)[1] for row in connection.execute(asked)]
