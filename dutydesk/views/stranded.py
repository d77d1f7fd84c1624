"""What another procedure would mean for the cases that are under way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from dutydesk.views.question import Context, Reading
from dutydesk.workflow.procedure import Procedure


class Touched(NamedTuple):
    """So many open cases stand in a state that is gone, or run a clock that is gone or has another
    limit; `kind` is state_gone, clock_gone or limit."""

    kind: str
    name: str
    cases: int
    old: str | None = None
    new: str | None = None


@dataclass(frozen=True, slots=True)
class Stranded:
    """Which open cases of the store another procedure would leave without a way, or time anew.

    No limit that runs is re-dated: rule and version are frozen on its clock (X-9.1).
    """

    old: Procedure
    new: Procedure

    def answer(self, reading: Reading, context: Context) -> tuple[Touched, ...]:
        """States that are gone first, then clocks; nothing where no open case is touched."""
        from dutydesk.storage.queries import running  # slow import

        states = running.by_state(reading.connection)
        found = [
            Touched("state_gone", name, count)
            for name, count in sorted(states.items())
            if name not in self.new.states or self.new.states[name].end
        ]
        for (name, variant), count in sorted(running.by_clock(reading.connection).items()):
            said = f"{name}.{variant}" if variant else name
            if name not in self.new.clocks:
                found.append(Touched("clock_gone", said, count))
                continue
            old, new = _limit(self.old, name, variant), _limit(self.new, name, variant)
            if old != new:
                found.append(Touched("limit", said, count, old, new))
        return tuple(found)


def _limit(procedure: Procedure, name: str, variant: str) -> str | None:
    if name not in procedure.clocks:
        return None
    limit = procedure.clock(name, variant).limit
    return None if limit is None else limit.canonical
