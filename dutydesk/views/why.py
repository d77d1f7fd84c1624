"""Why each clock of a case is due when it is, as rows, as JSON and as words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from dutydesk.config.time_words import rule_words, stretch_words, warning_words, why_words
from dutydesk.i18n import _
from dutydesk.views.card_rows import ClockRow
from dutydesk.views.question import Context, Reading
from dutydesk.workflow.cases.explained import explained
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.time.calendar import Calendar
from dutydesk.workflow.time.ledger import Rule, Stretch, Warned, Why
from dutydesk.workflow.time.zone import iso, to_local


class ClockWhy(NamedTuple):
    """The ledger of one clock run; `id` is that of its clock in the case."""

    id: int
    ledger: tuple[Stretch, ...]
    warnings: tuple[Warned, ...]


@dataclass(frozen=True, slots=True)
class Whys:
    """Why the clocks of a case are due when they are; those without a due time are left out."""

    no: str

    def answer(self, reading: Reading, context: Context) -> tuple[ClockWhy, ...]:
        from dutydesk.views.stored import load_case  # slow import

        case = load_case(reading, self.no)
        return whys(case, context.hours.calendar) if case is not None else ()


def whys(case: Case, calendar: Calendar) -> tuple[ClockWhy, ...]:
    """The ledger of each clock of a case that has a due time."""
    found = ((clock.id, explained(clock, calendar)) for clock in case.clocks)
    return tuple(ClockWhy(number, *why) for number, why in found if why is not None)


def as_json(stretch: Stretch) -> dict[str, Any]:
    """One stretch as `due --json` and `case --json` show it."""
    row: dict[str, Any] = {
        "from": iso(stretch.from_at),
        "to": iso(stretch.to_at),
        "counted_s": stretch.counted_s,
        "why": stretch.why.value,
    }
    more = {"name": stretch.name, "source": stretch.source, "extension": stretch.extension}
    return row | {key: value for key, value in more.items() if value}


def counted_words(counted: str) -> str:
    """The frozen rule of a clock in words; empty for a clock from before it was kept."""
    if counted in {rule.value for rule in Rule}:
        return rule_words(Rule(counted))
    return why_words(Why(counted)) if counted in {why.value for why in Why} else ""


def head_words(clock: ClockRow) -> str:
    """By which limit, rule, version and clause a clock runs."""
    parts = [clock.limit, counted_words(clock.counted), clock.rule]
    parts.append(clock.clause if clock.basis == "text" and clock.clause else _("本单位设定"))
    return "；".join(part for part in parts if part)


def stretch_line(stretch: Stretch) -> tuple[str, str]:
    """From when to when, and how much of it counts and why."""
    begin, end = to_local(stretch.from_at), to_local(stretch.to_at)
    span = f"{begin:%m-%d %H:%M:%S} → {end:%m-%d %H:%M:%S}"
    return span, _("计 {time}，{why}").format(
        time=_span(stretch.counted_s), why=stretch_words(stretch)
    )


def doubt_words(why: ClockWhy) -> list[str]:
    """What is doubtful about a due time, in words."""
    return [warning_words(each) for each in why.warnings]


def _span(seconds: int) -> str:
    """`26:03:07` hours, minutes, seconds; exact, whatever the length."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
