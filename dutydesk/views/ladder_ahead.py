"""What the ladder of a clock does next, looked up for alarms that stand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from dutydesk.views.question import Context, Reading
from dutydesk.workflow.alarms.ladder import planned
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.context import Context as Rules
from dutydesk.workflow.time.zone import ZONE

EPOCH = datetime(1970, 1, 1, 8, tzinfo=ZONE)


class Ahead:
    """Looks up the ladder's next step of a clock; each case is read once."""

    def __init__(self, reading: Reading, context: Context) -> None:
        self._reading = reading
        self._context = context
        self._cases: dict[str, tuple[Case, Rules] | None] = {}
        self._rules: dict[str, Rules] = {}

    def step(self, no: str | None, clock_id: int | None, planned_ms: int) -> tuple[Any, ...]:
        """The moment in milliseconds and the roles of the step after this one."""
        held = self._case(no) if no is not None else None
        if held is None:
            return None, ()
        case, rules = held
        clock = next((c for c in case.running() if c.id == clock_id), None)
        if clock is None:
            return None, ()
        after = EPOCH + timedelta(milliseconds=planned_ms)
        for plan in planned(case, clock, rules):
            if plan.at > after:
                holder = rules.duty.holder_role
                operator = rules.procedure.parts.operator
                roles = tuple(holder if r == operator else r for r in plan.rung.to)
                return int(plan.at.timestamp()) * 1000, roles
        return None, ()

    def _case(self, no: str) -> tuple[Case, Rules] | None:
        from dutydesk.views.stored import load_case  # slow import

        if no not in self._cases:
            case = load_case(self._reading, no)
            self._cases[no] = None if case is None else (case, self._of(case.area))
        return self._cases[no]

    def _of(self, area: str) -> Rules:
        """The rules' view of an area, put together once for all its alarms."""
        from dutydesk.views.stored import load_duty  # slow import

        if area not in self._rules:
            context = self._context
            duty = context.duty(load_duty(self._reading, area), self._reading.now)
            self._rules[area] = Rules(context.procedure, context.places, context.hours, duty)
        return self._rules[area]
