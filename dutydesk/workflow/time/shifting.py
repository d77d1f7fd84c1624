"""A due time moved by a pause or by an extension, as the rule that counted it says."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from dutydesk.workflow.time.calendar import Calendar
from dutydesk.workflow.time.counting import ALL_TIME, Counting, extension_plan
from dutydesk.workflow.time.ledger import Pause, Rule
from dutydesk.workflow.time.limits import Limit
from dutydesk.workflow.time.worktime import Line
from dutydesk.workflow.time.zone import next_midnight, to_local

_WHOLE_DAYS = (Rule.NEXT_MIDNIGHT, Rule.END_OF_DAY)
_BY_DAYS = (Rule.END_OF_DAY, Rule.SAME_CLOCK)
_BY_HOURS = (Rule.EIGHT_HOURS, Rule.WORKING_HOURS)


class Extended(NamedTuple):
    """Where an extension leads to, and the rule that counted it."""

    due_at: datetime
    rule: Rule


def shifted(due_at: datetime, pause: Pause, counted: str, calendar: Calendar) -> datetime:
    """The due time after a pause: what was left of the limit when it began runs on from its end.

    `counted` is the frozen rule of the clock; one that names none (an agreed time) runs day and
    night. Never earlier than `due_at`. Where whole days are counted, the day on which the pause
    begins counts and the day on which it ends does not (A-35).
    """
    rule = Rule(counted) if counted in {each.value for each in Rule} else Rule.ELAPSED
    from_at, to_at, due = to_local(pause.from_at), to_local(pause.to_at), to_local(due_at)
    if rule in _WHOLE_DAYS:
        from_at = next_midnight(from_at)
        to_at = next_midnight(to_at - timedelta(seconds=1))
    if due <= from_at or to_at <= from_at:
        return due
    line = _line(rule, calendar)
    left = line.between(from_at, due)
    return line.add(to_at, left, late=rule is Rule.SAME_CLOCK)


def extended(due_at: datetime, more: Limit, counting: Counting, calendar: Calendar) -> Extended:
    """The due time with a limit added to it, counted from the old one. Raises BeyondCalendar."""
    plan = extension_plan(more, to_local(due_at), counting, calendar)
    return Extended(plan.line.add(plan.from_at, plan.seconds, late=plan.late), plan.rule)


def _line(rule: Rule, calendar: Calendar) -> Line:
    if rule in _BY_DAYS:
        return calendar.working_days
    return calendar.working_hours if rule in _BY_HOURS else ALL_TIME
