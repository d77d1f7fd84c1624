"""Alarms: raised once by whoever claims the key, acknowledged, ended with their case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, select

from dutydesk.storage.bare import bare_insert
from dutydesk.storage.codec import codec
from dutydesk.storage.tables import alarm
from dutydesk.storage.types import dump
from dutydesk.workflow.alarms.flood import Heard
from dutydesk.workflow.alarms.model import Alarm, Silence

_columns = alarm.c
_INSERT = bare_insert(alarm)
_TAKEN = select(_columns.key).where(_columns.key.in_(bindparam("asked", expanding=True)))
_END = (
    alarm.update()
    .where(_columns.case_no == bindparam("b_case_no"), _columns.ended_at.is_(None))
    .values(ended_at=bindparam("b_at", type_=_columns.ended_at.type))
)
_CODEC = codec(Alarm)
_AT_DEFAULT = {
    **{"v_late": False, "v_cases": "[]", "v_priority": "low", "v_urgent": False},
    "v_told": "[]",
}
_LATER = ("acked_at", "acked_by", "ended_at", "returned_at", "reminded_at")
_SHELF = ("shelved_until", "shelved_by", "shelved_reason")
_NOT_YET = {f"v_{name}": None for name in (*_LATER, *_SHELF)}
_CHUNK = 500


def raise_new(connection: Connection, alarms: Sequence[Alarm]) -> list[Alarm]:
    """Write those alarms whose key nobody has claimed yet, and give exactly these."""
    fresh = {one.key: one for one in alarms}
    keys = list(fresh)
    for start in range(0, len(keys), _CHUNK):
        asked = {"asked": keys[start : start + _CHUNK]}
        for taken in connection.execute(_TAKEN, asked).scalars():
            del fresh[taken]
    if fresh:
        connection.execute(_INSERT, [_values(one) for one in fresh.values()])
    return list(fresh.values())


def _values(one: Alarm) -> dict[str, object]:
    found = _CODEC.write(one)
    found["case_no"] = found.pop("case")
    found["addressees"] = dump(found.pop("to"))
    for name in ("cases", "told"):
        if name in found:
            found[name] = dump(found[name])
    row = {f"v_{name}": value for name, value in found.items()}
    return {**_AT_DEFAULT, **_NOT_YET, **row}


def heard(connection: Connection, area: str, since: datetime) -> list[Heard]:
    """The alarms of an area after a moment that rang, or would have but for their group."""
    counted = or_(_columns.rings.is_(True), _columns.silence == Silence.GROUPED.value)
    asked = (
        select(_columns.raised_at, _columns.rings)
        .where(_columns.raised_at > since, _columns.area == area, counted)
        .order_by(_columns.raised_at, _columns.key)
    )
    return [Heard(at, bool(rang)) for at, rang in connection.execute(asked)]


def heard_count(connection: Connection, area: str, since: datetime, most: int) -> int:
    """How many alarms of an area were heard, or would have been, after a moment; `most` at most."""
    counted = or_(_columns.rings.is_(True), _columns.silence == Silence.GROUPED.value)
    asked = select(_columns.key).where(_columns.raised_at > since, _columns.area == area, counted)
    return len(connection.execute(asked.limit(most)).all())


def end(connection: Connection, case: str, at: datetime) -> int:
    """End what is still live of a case's alarms."""
    return connection.execute(_END, [{"b_case_no": case, "b_at": at}]).rowcount


def end_clock(connection: Connection, area: str, clock: str, at: datetime) -> int:
    """End the alarms of an area that are about no case, of one clock; gives how many."""
    mine = (_columns.area == area, _columns.clock == clock, _columns.case_no.is_(None))
    change = alarm.update().where(*mine, _columns.ended_at.is_(None)).values(ended_at=at)
    return connection.execute(change).rowcount
