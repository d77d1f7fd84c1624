"""What people do to alarms, and what time does to those that lie; each change is on the record."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from dutydesk.errors import Refused
from dutydesk.storage import Unit, alarm_life
from dutydesk.storage.alarm_life import Step, Touched
from dutydesk.workflow.alarms.states import AGAIN, check_shelf
from dutydesk.workflow.cases.acts import Act, Event
from dutydesk.workflow.cases.model import Actor

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk

VERB = "alarm"
"""The verb of every journal row about an alarm; `did` in its data says what."""
SYSTEM = Actor("system")
MOST_KEYS = 500
"""So many alarms stand in one journal row."""


def acknowledge(desk: Desk, by: Actor, keys: Collection[str] | None = None) -> tuple[str, ...]:
    """Acknowledge alarms by key, or all of the area that are not; gives their keys."""
    now, area = desk.now(), desk.ground.area
    with desk.store.unit() as unit:
        found = alarm_life.acknowledge(unit.connection, keys, area, str(by), now)
        record(unit, area, found, Step(now, "acknowledged", str(by), None, None), by)
    return tuple(found)


def shelve(
    desk: Desk, by: Actor, keys: Collection[str], until: datetime, reason: str = ""
) -> tuple[str, ...]:
    """Put alarms aside until a moment; above ten minutes with a reason. Gives their keys.

    Raises Refused for an end that is past or too far, for a missing reason, and where none of the
    alarms stands any more.
    """
    now, area = desk.now(), desk.ground.area
    check_shelf(now, until, reason)
    said = reason.strip() or None
    with desk.store.unit() as unit:
        found = alarm_life.shelve(unit.connection, keys, area, until, str(by), said)
        if not found:
            raise Refused("wrong_state", {"state": "normal", "verb": VERB})
        record(unit, area, found, Step(now, "shelved", str(by), said, until), by)
    return tuple(found)


def again(desk: Desk, by: Actor, keys: Collection[str]) -> tuple[str, ...]:
    """Let alarms come again in ten minutes: no reason is asked for."""
    return shelve(desk, by, keys, desk.now() + AGAIN)


def of_case(desk: Desk, no: str) -> tuple[str, ...]:
    """The alarms of a case that stand, by key."""
    with desk.store.reading() as connection:
        return tuple(alarm_life.standing_of(connection, no))


def unshelve(desk: Desk, by: Actor, keys: Collection[str]) -> tuple[str, ...]:
    """Take shelved alarms back before their time; gives their keys."""
    now, area = desk.now(), desk.ground.area
    with desk.store.unit() as unit:
        found = alarm_life.unshelve(unit.connection, keys, area)
        record(unit, area, found, Step(now, "unshelved", str(by), None, None), by)
    return tuple(found)


def sweep_life(unit: Unit, now: datetime) -> int:
    """What time does: shelves end, and what was acknowledged and left alone is called back.

    On the urgent track it is un-acknowledged and rings again; elsewhere it is reminded of once.
    Gives how many alarms changed.
    """
    connection = unit.connection
    back = alarm_life.shelf_over(connection, now)
    lying = alarm_life.idle(connection, now)
    urgent = [one for one in lying if one.urgent]
    others = [one for one in lying if not one.urgent]
    alarm_life.unacknowledge(connection, [one.key for one in urgent])
    alarm_life.remind(connection, [one.key for one in others], now)
    for did, found in (("unshelved", back), ("unacknowledged", urgent), ("reminded", others)):
        for area, keys in _by_area(found).items():
            record(unit, area, keys, Step(now, did, str(SYSTEM), None, None), SYSTEM)
    return len(back) + len(lying)


def record(unit: Unit, area: str, keys: Sequence[str], step: Step, by: Actor) -> None:
    """One journal row for a change of several alarms, and its step in each alarm's history."""
    for start in range(0, len(keys), MOST_KEYS):
        some = list(keys[start : start + MOST_KEYS])
        data: dict[str, object] = {"did": step.did, "alarms": some}
        if step.reason is not None:
            data["reason"] = step.reason
        if step.until_at is not None:
            data["until"] = step.until_at
        event = Event(VERB, step.at, step.at, by, None, None, unit.next_event(), data)
        act = Act(VERB, by, step.at, step.at, fields=data)
        (number,) = unit.save_duty(unit.duty(area), [event], act)
        alarm_life.write_steps(unit.connection, some, step, number)


def _by_area(found: Sequence[Touched]) -> dict[str, list[str]]:
    areas: dict[str, list[str]] = {}
    for one in found:
        areas.setdefault(one.area, []).append(one.key)
    return areas
