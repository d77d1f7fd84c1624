"""Which open cases another calendar would date otherwise; their own due times stay frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dutydesk.views.question import Context, Reading
from dutydesk.workflow.cases.model import Case, Clock
from dutydesk.workflow.time.calendar import Calendar
from dutydesk.workflow.time.counting import Counting, due_at
from dutydesk.workflow.time.ledger import BY_CALENDAR
from dutydesk.workflow.time.limits import parse

PAGE = 500


@dataclass(frozen=True, slots=True)
class Moved:
    """A running clock with its due time and the one that another calendar would give it."""

    no: str
    clock: str
    party: str | None
    due_at: datetime
    would_be: datetime


@dataclass(frozen=True, slots=True)
class Recounting:
    """Every running clock in working days or hours that this calendar would date otherwise."""

    calendar: Calendar

    def answer(self, reading: Reading, context: Context) -> tuple[Moved, ...]:
        from dutydesk.views.queue import Queue  # slow import
        from dutydesk.views.stored import load_case  # slow import

        found: list[Moved] = []
        offset = 0
        while rows := Queue(limit=PAGE, offset=offset).answer(reading, context):
            for row in rows:
                case = load_case(reading, row.no)
                if case is not None:
                    found += _moved(case, self.calendar)
            offset += len(rows)
        return tuple(found)


def _moved(case: Case, calendar: Calendar) -> list[Moved]:
    found = []
    for clock in case.running():
        would_be = recounted(clock, calendar)
        if clock.due_at is not None and would_be not in (None, clock.due_at):
            assert would_be is not None
            found.append(Moved(case.no, clock.name, clock.party, clock.due_at, would_be))
    return found


def recounted(clock: Clock, calendar: Calendar) -> datetime | None:
    """The due time of a clock's own limit under a calendar; None where no calendar counts it."""
    if clock.counted not in BY_CALENDAR or not clock.limit:
        return None
    switch = clock.counted.partition(":")[2]
    counting = Counting.of({"working_day": switch} if switch else {})
    return due_at(parse(clock.limit), clock.started_at, counting=counting, calendar=calendar)
