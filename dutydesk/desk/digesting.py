"""Alarms for others are no chores: one digest a person every ten minutes, the urgent track at once.

A digest is a message of the outbox; by hand a person says once that he was told (A-32).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from dutydesk.desk.ground import Ground
from dutydesk.i18n import _
from dutydesk.storage import Message, Unit
from dutydesk.storage.queries import alarms
from dutydesk.views.alarms import AlarmRow, rows, worded
from dutydesk.views.labels import Words
from dutydesk.views.ladder import ESCALATE, MANUAL
from dutydesk.views.question import Reading
from dutydesk.workflow.alarms.model import Alarm, Silence
from dutydesk.workflow.duty.resolving import EMPTY
from dutydesk.workflow.time.zone import iso, parse_instant

EVERY = timedelta(minutes=10)
LOOK_BACK = timedelta(days=4)
"""How far back the first digest of an opening looks: over the longest usual holiday week-end."""
MOST = 500
AT_OPENING = frozenset((Silence.DIGEST, Silence.CLOSED_HOURS))
NEVER = frozenset((Silence.NOTICE, Silence.RUNS_ON_OTHERS, Silence.STALE, Silence.SUPERSEDED))


def tell_at_once(
    unit: Unit, ground: Ground, words: Words, raised: Sequence[Alarm], now: datetime
) -> int:
    """A message for each person whom an alarm of the urgent track concerns; gives how many."""
    keys = {alarm.key for alarm in raised if alarm.urgent and alarm.silence not in NEVER}
    told = 0
    for area in sorted({alarm.area for alarm in raised if alarm.key in keys}):
        for row in _read(unit, ground, area, now - EVERY, now):
            if row.key in keys:
                told += _tell(unit, ground, words, area, [row], row.key, now)
    return told


def sweep_digests(unit: Unit, ground: Ground, words: Words, now: datetime) -> int:
    """Once in ten minutes what has come for each person since, in one message; gives how many.

    What waits for the opening goes with the first digest after it.
    """
    area, upto = ground.area, _floor(now)
    mark = f"digest:{area}"
    said = unit.text(mark)
    if said == iso(upto):
        return 0
    unit.save_text(mark, iso(upto))
    since = max(parse_instant(said), upto - LOOK_BACK) if said else upto - EVERY
    windows = ground.hours(area).windows(since, upto + timedelta(seconds=1))
    opened = any(window.opens_at > since for window in windows)
    found = [
        row
        for row in _read(unit, ground, area, upto - LOOK_BACK if opened else since, now)
        if not row.urgent and _due(row, since, upto, opened)
    ]
    return _tell(unit, ground, words, area, found, f"digest|{area}|{iso(upto)}", now)


def _floor(now: datetime) -> datetime:
    return now.replace(minute=now.minute - now.minute % 10, second=0, microsecond=0)


def _due(row: AlarmRow, since: datetime, upto: datetime, opened: bool) -> bool:
    """Whether an alarm belongs to this digest."""
    if row.silence in NEVER or row.ended_at or row.returned_at or row.shelved_until:
        return False
    if row.silence in AT_OPENING:
        return opened
    return _ms(since) < row.raised_at <= _ms(upto)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _read(
    unit: Unit, ground: Ground, area: str, since: datetime, now: datetime
) -> tuple[AlarmRow, ...]:
    found = alarms.since(unit.connection, area, since, MOST)
    return rows(found, Reading(unit.connection, now), ground.views())


def _tell(
    unit: Unit,
    ground: Ground,
    words: Words,
    area: str,
    found: Iterable[AlarmRow],
    key: str,
    now: datetime,
) -> int:
    """One message for each person beside the holder of the desk."""
    holder = ground.duty(unit.duty(area), now).holder_role
    persons: dict[tuple[str, str], list[AlarmRow]] = {}
    for row in found:
        for one in row.told:
            if one.role != holder and (one.names or one.why != EMPTY):
                for name in one.names or (one.role,):
                    persons.setdefault((one.role, name), []).append(row)
    written = 0
    for (role, name), mine in persons.items():
        cases = {row.case for row in mine}
        message = Message(
            key=f"{key}|{role}|{name}",
            area=area,
            case=next(iter(cases)) if len(cases) == 1 else None,
            channel=ground.carries.get(ESCALATE, MANUAL),
            recipient=name,
            text=_text(role, name, mine, words, now, drill=ground.drill),
            created_at=now,
            kind=ESCALATE,
        )
        written += unit.put_message(message)
    return written


def _text(
    role: str, name: str, mine: Sequence[AlarmRow], words: Words, now: datetime, *, drill: bool
) -> str:
    """Whom it is for, then a line for each alarm, the most pressing first."""
    who = f"{words.role(role)} {name}" if name != role else words.role(role)
    head = _("{who}：{count} 件请您过问").format(who=who, count=len(mine))
    ordered = sorted(mine, key=lambda row: (row.light != "red", row.raised_at))
    lines = [f"{worded(row, _ms(now), words).what} {row.place}".rstrip() for row in ordered]
    mark = [_("【演练】")] if drill else []
    return "\n".join([*mark, head, *lines])
