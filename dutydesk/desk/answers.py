"""What the desk answers to an act and to a pass of the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dutydesk.workflow.alarms.model import Alarm
from dutydesk.workflow.cases.acts import ClockChange, Event
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.duty.model import DutyState


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was done: the case or the desk as it is now, the events and clock changes.

    ``repeated`` says that the act's key had been seen before and nothing was done again;
    ``pushed`` that its messages are on their way and that it takes effect when all are sent (A-32).
    """

    case: Case | None
    events: tuple[Event, ...] = ()
    changes: tuple[ClockChange, ...] = ()
    duty: DutyState | None = None
    repeated: bool = False
    pushed: bool = False


@dataclass(frozen=True, slots=True)
class Swept:
    """One pass of the clock: the alarms it raised, when the next is wanted, and what it ended."""

    alarms: tuple[Alarm, ...]
    next_due_at: datetime | None
    ended: tuple[Done, ...] = ()
