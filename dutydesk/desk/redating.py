"""Re-dating: which open cases are due otherwise by what holds now, and the act for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from dutydesk.errors import BadInput, Refused
from dutydesk.i18n import _
from dutydesk.views.question import Context, Reading
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.by_table import is_tabled
from dutydesk.workflow.cases.model import Actor, Case
from dutydesk.workflow.cases.redating import redated
from dutydesk.workflow.context import Context as Rules
from dutydesk.workflow.matters import Matters
from dutydesk.workflow.time.calendar import Calendar
from dutydesk.workflow.time.ledger import BY_CALENDAR

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk

PAGE = 500


@dataclass(frozen=True, slots=True)
class Redated:
    """A running clock with its due time and the one that it would have now; the rules of both."""

    no: str
    run: int
    clock: str
    party: str | None
    due_at: datetime
    would_be: datetime
    rule: str
    new_rule: str


@dataclass(frozen=True, slots=True)
class Redating:
    """Every running clock that rule, matter table and calendar of now would date otherwise (X-9.1).

    With `calendar_only` those alone whose limit is the same and whose days have changed, with
    `matters_only` those whose limit is of the matter table and is another there now. Nothing is
    re-dated by asking: the due times stay frozen until somebody does it, with a reason.
    """

    calendar_only: bool = False
    matters_only: bool = False
    calendar: Calendar | None = None
    """Another calendar than the desk's: one that somebody thinks of loading."""
    matters: Matters | None = None
    """Another matter table than the desk's, likewise."""

    def answer(self, reading: Reading, context: Context) -> tuple[Redated, ...]:
        from dutydesk.views.queue import Queue  # slow import
        from dutydesk.views.stored import load_case, load_duty  # slow import

        found: list[Redated] = []
        hours, matters = context.hours, self.matters or context.matters()
        if self.calendar is not None:
            hours = replace(hours, calendar=self.calendar)
        offset = 0
        while rows := Queue(limit=PAGE, offset=offset).answer(reading, context):
            for row in rows:
                case = load_case(reading, row.no)
                if case is not None:
                    duty = context.duty(load_duty(reading, case.area), reading.now)
                    rules = Rules(context.procedure, context.places, hours, duty, matters=matters)
                    found += self._of(case, rules, reading.now)
            offset += len(rows)
        return tuple(found)

    def _of(self, case: Case, rules: Rules, now: datetime) -> Iterator[Redated]:
        for clock in case.running():
            new = redated(case, clock, rules, now)
            if new is None or new.due_at is None or clock.due_at is None:
                continue
            same = (clock.limit, clock.counted) == (new.limit, new.counted)
            if self.calendar_only and not (same and clock.counted in BY_CALENDAR):
                continue
            if self.matters_only and (not is_tabled(clock.rule) or clock.limit == new.limit):
                continue
            yield Redated(
                case.no,
                clock.id,
                clock.name,
                clock.party,
                clock.due_at,
                new.due_at,
                clock.rule,
                new.rule,
            )


def redate(
    desk: Desk, found: tuple[Redated, ...], by: Actor, reason: str
) -> tuple[str, list[tuple[str, Refused]]]:
    """Re-date the clocks of a list, one act and one event a case.

    Gives the list's name and what was refused. BadInput without a reason; nothing is done then.
    """
    if not reason.strip():
        raise BadInput(_("改期限要写理由"), expected="--reason")
    now = desk.now()
    name = f"R{now:%Y%m%d%H%M%S}"
    runs: dict[str, list[str]] = {}
    for each in found:
        runs.setdefault(each.no, []).append(str(each.run))
    acts = [
        Act(
            "redate",
            by,
            now,
            now,
            case=no,
            fields={"list": name, "reason": reason.strip(), "clocks": ids},
        )
        for no, ids in runs.items()
    ]
    answers = desk.execute_all(acts)
    refused = [
        (no, answer)
        for no, answer in zip(runs, answers, strict=True)
        if isinstance(answer, Refused)
    ]
    return name, refused
