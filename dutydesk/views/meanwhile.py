"""What passed while a seat was empty: alarms raised late, cases turned red, what others did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from dutydesk.views.alarms import AlarmRow, LiveAlarms
from dutydesk.views.batches import Batches, BatchSummary
from dutydesk.views.labels import Words
from dutydesk.views.question import Context, Reading
from dutydesk.views.queue import Filters, Queue, QueueRow, millis
from dutydesk.workflow.cases.model import Actor

MOST_ALARMS = 500
MOST_BATCHES = 20
UNSAID = frozenset(("reveal", "linked", "alarm", "clock"))
"""Events that are part of another one, only looked at something, or are about alarms and the clock:
those have a list of their own."""


class ElsewhereRow(NamedTuple):
    """What was done to one case, or with `case` None to the desk, by one person at one seat.

    `verbs` are the acts' labels in their order, each once; `seat` is empty for the command line and
    imports; `at` is when the last of it was true.
    """

    case: str | None
    verbs: tuple[str, ...]
    at: datetime
    who: str
    seat: str


@dataclass(frozen=True, slots=True)
class MeanwhileList:
    """Everything that passed from `since` to `at`; `acts` counts the events of others."""

    since: datetime
    at: datetime
    alarms: tuple[AlarmRow, ...]
    red: tuple[QueueRow, ...]
    elsewhere: tuple[ElsewhereRow, ...]
    acts: int
    imports: tuple[BatchSummary, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing passed."""
        return not (self.alarms or self.red or self.elsewhere or self.imports)


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What passed in the desk's area since a moment, beside what this seat did itself."""

    since: datetime
    seat: str

    def answer(self, reading: Reading, context: Context) -> MeanwhileList:
        """The page, its parts in the order of their times."""
        from dutydesk.storage.queries.since import count_elsewhere, elsewhere  # slow import

        words, first = Words(context.procedure, context.language), millis(self.since)
        now = millis(reading.now)
        alarms = LiveAlarms(context.area, limit=MOST_ALARMS).answer(reading, context)
        cases = Queue(Filters(area=context.area)).answer(reading, context)
        red = [c for c in cases if c.red_at is not None and first < c.red_at <= now]
        asked = (reading.connection, context.area, self.since, self.seat, UNSAID)
        told = elsewhere(*asked)
        batches = Batches("import", MOST_BATCHES).answer(reading, context)
        return MeanwhileList(
            since=self.since,
            at=reading.now,
            alarms=tuple(a for a in alarms if a.late and a.raised_at > first),
            red=tuple(sorted(red, key=lambda c: (c.red_at or 0, c.no))),
            elsewhere=_together(reversed(told), words),
            acts=count_elsewhere(*asked),
            imports=tuple(b for b in batches if b.at > self.since and b.area == context.area),
        )


def _together(found: Iterable[Any], words: Words) -> tuple[ElsewhereRow, ...]:
    """The events of one person on one case as one row, in the order of the last of them."""
    rows: dict[tuple[object, ...], ElsewhereRow] = {}
    for _id, case, verb, at, role, name, seat in found:
        who = words.actor(Actor(role, name))
        key = case, who, seat
        before = rows.pop(key, None)
        verbs = (*(before.verbs if before else ()), words.verb(verb))
        rows[key] = ElsewhereRow(case, tuple(dict.fromkeys(verbs)), at, who, seat or "")
    return tuple(rows.values())
