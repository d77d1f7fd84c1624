"""What goes on the record of the clock itself: that it jumped, stood still, and goes again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from dutydesk.storage import Unit, alarms
from dutydesk.workflow.alarms.model import Alarm, AlarmReason, Told
from dutydesk.workflow.alarms.states import Priority
from dutydesk.workflow.cases.acts import Act, Event
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.time.zone import iso

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk

VERB = "clock"
"""The verb of every journal row about the clock; `did` in its data says what."""
CLOCK = "clock"
"""The clock of an alarm that is about no step of a case."""
SYSTEM = Actor("system")


def note_jump(desk: Desk, seconds: int) -> None:
    """Put on the record that the wall clock jumped by so many seconds (A-37)."""
    with desk.store.unit() as unit:
        _record(unit, desk.ground.area, desk.now(), {"did": "jumped", "seconds": seconds})


def raise_stopped(desk: Desk, holder: str, last: datetime) -> bool:
    """Raise the alarm that nobody keeps the clock since its last tick; False if it stands.

    Any desk that notices may raise it: its key is the last tick.
    """
    now, area = desk.now(), desk.ground.area
    with desk.store.unit() as unit:
        role = desk.ground.duty(unit.duty(area), now).holder_role
        alarm = Alarm(
            key=f"{area}|{CLOCK}|{iso(last)}",
            area=area,
            case=None,
            clock=CLOCK,
            clock_id=None,
            party=None,
            light="red",
            rung=0,
            to=(role,),
            rings=True,
            reason=AlarmReason.STOPPED,
            silence=None,
            planned_at=last,
            raised_at=now,
            priority=Priority.HIGH.value,
            told=(Told(role),),
        )
        raised = unit.raise_alarms([alarm])
        if raised:
            data: dict[str, object] = {"did": "stopped", "holder": holder, "last": iso(last)}
            _record(unit, area, now, data)
    return bool(raised)


def note_going(desk: Desk, holder: str) -> bool:
    """The clock is kept again: its alarm ends; False where none stood."""
    now, area = desk.now(), desk.ground.area
    with desk.store.unit() as unit:
        ended = alarms.end_clock(unit.connection, area, CLOCK, now)
        if ended:
            _record(unit, area, now, {"did": "going", "holder": holder})
            unit.touch()
    return ended > 0


def _record(unit: Unit, area: str, now: datetime, data: dict[str, object]) -> None:
    event = Event(VERB, now, now, SYSTEM, None, None, unit.next_event(), data)
    unit.save_duty(unit.duty(area), [event], Act(VERB, SYSTEM, now, now, fields=data))
