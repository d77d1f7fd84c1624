"""What becomes of alarms after they were raised: the row as it stands, a step for each change."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, case, func, literal, or_, select, true

from dutydesk.storage.tables import alarm, alarm_step, case_row
from dutydesk.workflow.alarms.states import SUPPRESSING, idle_after

A, S = alarm.c, alarm_step.c
_LIVE = A.ended_at.is_(None)
_QUIET = tuple(silence.value for silence in SUPPRESSING)


class Step(NamedTuple):
    """One change of one alarm: what was done, by whom, why and until when."""

    at: datetime
    did: str
    by: str
    reason: str | None
    until_at: datetime | None


class Touched(NamedTuple):
    """An alarm that time has changed."""

    key: str
    area: str
    case: str | None
    urgent: bool


def acknowledge(
    connection: Connection,
    keys: Collection[str] | None,
    area: str | None,
    by: str,
    at: datetime,
) -> list[str]:
    """Acknowledge these alarms, or all that are open (of an area); gives the keys of what was not.

    One that has returned to normal meanwhile is over with that; a shelved one is left alone.
    """
    found = _keys(
        connection,
        and_(A.acked_at.is_(None), A.shelved_until.is_(None)),
        keys,
        area,
    )
    over = case((A.returned_at.is_not(None), literal(at, A.ended_at.type)), else_=None)
    change = alarm.update().where(A.key.in_(found)).values(acked_at=at, acked_by=by, ended_at=over)
    if found:
        connection.execute(change)
    return found


def shelve(
    connection: Connection,
    keys: Collection[str],
    area: str,
    until: datetime,
    by: str,
    reason: str | None,
) -> list[str]:
    """Put live alarms aside until a moment; gives the keys of those that were not yet."""
    wanted = and_(A.returned_at.is_(None), A.shelved_until.is_(None))
    found = _keys(connection, wanted, keys, area)
    put = {"shelved_until": until, "shelved_by": by, "shelved_reason": reason}
    if found:
        connection.execute(alarm.update().where(A.key.in_(found)).values(**put))
    return found


def standing_of(connection: Connection, no: str) -> list[str]:
    """The alarms of a case that neither ended nor returned to normal."""
    return _keys(connection, and_(A.case_no == no, A.returned_at.is_(None)), None, None)


def unshelve(connection: Connection, keys: Collection[str], area: str) -> list[str]:
    """Take shelved alarms back: they call again, unacknowledged."""
    found = _keys(connection, A.shelved_until.is_not(None), keys, area)
    _call_again(connection, found)
    return found


def shelf_over(connection: Connection, now: datetime) -> list[Touched]:
    """Take back every shelved alarm whose time is over."""
    over = and_(_LIVE, A.shelved_until.is_not(None), A.shelved_until <= now)
    found = _touched(connection, over)
    _call_again(connection, [one.key for one in found])
    return found


def next_shelf_end(connection: Connection) -> datetime | None:
    """When the next shelved alarm comes back."""
    asked = select(func.min(A.shelved_until)).where(_LIVE, A.shelved_until.is_not(None))
    return connection.execute(asked).scalar()


def idle(connection: Connection, now: datetime) -> list[Touched]:
    """Alarms that were acknowledged and then left alone too long, and said so to nobody yet."""
    old = or_(
        and_(A.urgent.is_(true()), A.acked_at <= now - idle_after(urgent=True)),
        and_(
            A.light == "red",
            A.acked_at <= now - idle_after(urgent=False),
            A.reminded_at.is_(None),
        ),
    )
    untouched = or_(case_row.c.last_act_at.is_(None), case_row.c.last_act_at <= A.acked_at)
    wanted = and_(_LIVE, A.rings.is_(true()), A.shelved_until.is_(None), old, untouched)
    return _touched(connection, and_(wanted, case_row.c.is_open.is_(true())))


def unacknowledge(connection: Connection, keys: Collection[str]) -> None:
    """Acknowledged and nothing done: they call again."""
    _call_again(connection, keys)


def remind(connection: Connection, keys: Collection[str], at: datetime) -> None:
    """Say once that nothing was done since."""
    if keys:
        connection.execute(alarm.update().where(A.key.in_(keys)).values(reminded_at=at))


def cleared(connection: Connection, no: str, clocks: Collection[int], at: datetime) -> None:
    """Clocks of a case run no longer: what was seen is over, what was not stays to be seen."""
    mine = and_(A.case_no == no, A.clock_id.in_(clocks), _LIVE)
    seen = or_(A.acked_at.is_not(None), A.shelved_until.is_not(None), A.silence.in_(_QUIET))
    connection.execute(alarm.update().where(mine, seen).values(ended_at=at))
    returned = and_(mine, A.returned_at.is_(None))
    connection.execute(alarm.update().where(returned).values(returned_at=at))


def write_steps(connection: Connection, keys: Sequence[str], step: Step, event: int) -> None:
    """Put the same step of several alarms on the record, with the journal row that says so."""
    last = connection.execute(select(func.max(S.id))).scalar() or 0
    rows = [
        {"id": last + place, "alarm": key, "event": event, **step._asdict()}
        for place, key in enumerate(keys, start=1)
    ]
    if rows:
        connection.execute(alarm_step.insert(), rows)


def steps(connection: Connection, key: str) -> tuple[Step, ...]:
    """What became of one alarm, in order."""
    asked = select(S.at, S.did, S.by, S.reason, S.until_at).where(S.alarm == key).order_by(S.id)
    return tuple(Step(*row) for row in connection.execute(asked))


def _keys(
    connection: Connection, wanted: object, keys: Collection[str] | None, area: str | None
) -> list[str]:
    asked = select(A.key).where(_LIVE, wanted).order_by(A.key)  # type: ignore[arg-type]
    if keys is not None:
        asked = asked.where(A.key.in_(list(keys)))
    if area is not None:
        asked = asked.where(A.area == area)
    return list(connection.execute(asked).scalars())


def _touched(connection: Connection, wanted: object) -> list[Touched]:
    asked = (
        select(A.key, A.area, A.case_no, A.urgent)
        .select_from(alarm.outerjoin(case_row, case_row.c.no == A.case_no))
        .where(wanted)  # type: ignore[arg-type]
        .order_by(A.key)
    )
    found = connection.execute(asked)
    return [Touched(key, area, no, bool(urgent)) for key, area, no, urgent in found]


def _call_again(connection: Connection, keys: Collection[str]) -> None:
    blank = ("acked_at", "acked_by", "reminded_at", "shelved_until", "shelved_by", "shelved_reason")
    if keys:
        change = alarm.update().where(A.key.in_(list(keys)))
        connection.execute(change.values(**dict.fromkeys(blank)))
