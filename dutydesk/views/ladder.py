"""The ladder of a case played dry: who would be told, when, and by which channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from dutydesk.i18n import _
from dutydesk.text import mask_numbers
from dutydesk.views.labels import N_
from dutydesk.views.question import Context, Reading
from dutydesk.views.standing import standing_at, units_of
from dutydesk.workflow.alarms.ahead import if_nobody_acts
from dutydesk.workflow.alarms.model import Told
from dutydesk.workflow.context import Context as Rules
from dutydesk.workflow.duty.resolving import resolve
from dutydesk.workflow.time.zone import iso

ESCALATE = "escalate"
"""The kind of message that a channel may carry for somebody who is told of a case."""
MANUAL = "manual"
CHANNELS = {
    "sound": N_("本台响铃"),
    "light": N_("只变灯"),
    "digest": N_("汇总转告"),
    MANUAL: N_("人工转告"),
}


class Reached(NamedTuple):
    """One person of a rung: through what, and the number to ring, covered."""

    told: Told
    channel: str
    number: str


class LadderRow(NamedTuple):
    """One rung to come; `silence` says by which rule it makes no sound."""

    at: datetime
    clock: str
    party: str | None
    light: str
    due_at: datetime | None
    silence: str | None
    reached: tuple[Reached, ...]


class LadderPlan(NamedTuple):
    """All rungs to come of a case, if nobody acts."""

    no: str
    rows: tuple[LadderRow, ...]


@dataclass(frozen=True, slots=True)
class LadderAhead:
    """The rungs of one case that lie ahead; None for an unknown case.

    `carries` names the channels of the settings by the kind of message that each carries.
    """

    no: str
    carries: Mapping[str, str] = field(default_factory=dict)

    def answer(self, reading: Reading, context: Context) -> LadderPlan | None:
        """The plan as roster and presence stand now."""
        from dutydesk.views.stored import load_case, load_duty  # slow import

        case = load_case(reading, self.no)
        if case is None:
            return None
        state = load_duty(reading, case.area)
        duty = context.duty(state, reading.now)
        rules = Rules(context.procedure, context.places, context.hours, duty)
        rows: list[LadderRow] = []
        for step in if_nobody_acts(case, reading.now, rules):
            standing = standing_at(context, state, step.plan.at)
            party = step.clock.party
            told = resolve(step.plan.rung.to, standing, units=units_of(case), party=party)
            quiet = step.silence.value if step.silence is not None else None
            rows.append(
                LadderRow(
                    step.plan.at,
                    step.clock.name,
                    party,
                    step.plan.rung.light,
                    step.clock.due_at,
                    quiet,
                    tuple(self._reached(one, standing.holder_role, quiet, context) for one in told),
                )
            )
        return LadderPlan(case.no, tuple(rows))

    def _reached(self, told: Told, holder: str, quiet: str | None, context: Context) -> Reached:
        numbers = [context.number(name) or "" for name in told.names]
        number = mask_numbers(next((one for one in numbers if one), ""))
        if told.role == holder:
            return Reached(told, "light" if quiet is not None else "sound", number)
        if quiet == "digest":
            return Reached(told, "digest", number)
        return Reached(told, self.carries.get(ESCALATE, MANUAL), number)


def channel_words(name: str) -> str:
    """What a channel is called; one of the settings by its own name."""
    found = CHANNELS.get(name)
    return _(found) if found else name


def as_document(row: LadderRow) -> dict[str, object]:
    """One line of JSON."""
    return {
        "at": iso(row.at),
        "clock": row.clock,
        "party": row.party,
        "light": row.light,
        "due_at": iso(row.due_at) if row.due_at is not None else None,
        "silence": row.silence,
        "told": [
            {
                "role": one.told.role,
                "names": list(one.told.names),
                "why": one.told.why,
                "channel": one.channel,
                "number": one.number,
            }
            for one in row.reached
        ],
    }
