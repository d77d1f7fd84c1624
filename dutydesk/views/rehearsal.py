"""What an act would do, judged by the rules and kept nowhere: for showing it before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from dutydesk.errors import BadInput, Refused
from dutydesk.views.question import Context, Reading
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.decide import decide
from dutydesk.workflow.context import Context as Rules


class Step(NamedTuple):
    """One clock that the act would start or move, and until when."""

    change: str
    clock: str
    party: str | None
    due_at: datetime | None


class Rehearsed(NamedTuple):
    """The state the case would be in and its clocks, or the error that the act would meet."""

    state: str | None
    steps: tuple[Step, ...]
    error: Refused | BadInput | None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """An act on a case, judged as it would be now; nothing is written."""

    act: Act

    def answer(self, reading: Reading, context: Context) -> Rehearsed:
        """What would come of it."""
        from dutydesk.views.stored import load_case, load_duty  # slow import

        case = load_case(reading, self.act.case or "")
        if case is None:
            return Rehearsed(None, (), Refused("wrong_state", {"case": self.act.case}))
        if self.act.version is not None and self.act.version != case.version:
            return Rehearsed(case.state, (), Refused("stale", {"case": case.no}))
        duty = context.duty(load_duty(reading, case.area), reading.now)
        rules = Rules(context.procedure, context.places, context.hours, duty)
        try:
            outcome = decide(case, self.act, rules)
        except (Refused, BadInput) as error:
            return Rehearsed(case.state, (), error)
        steps = tuple(
            Step(change.change, change.clock, change.party, change.due_at)
            for change in outcome.changes
            if change.change in ("started", "moved")
        )
        return Rehearsed(outcome.case.state, steps, None)
