"""What the digits said on the telephone may mean: cases by the tail of either number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from dutydesk.text import one_line
from dutydesk.views.question import Context, Reading
from dutydesk.workflow.time.zone import to_local


def short(no: str, now: datetime) -> str:
    """What one calls a case: its last four digits, the day before them where it is not today's."""
    return no[-4:] if no[-6:-4] == f"{to_local(now):%d}" else no[-6:]


class Candidate(NamedTuple):
    """One case whose number or upstream number ends so; `open` is 1 or 0."""

    no: str
    external_no: str | None
    open: int
    state: str
    place: str
    summary: str


@dataclass(frozen=True, slots=True)
class Candidates:
    """The cases that a tail may mean: the whole number alone, else open ones, then the newest."""

    tail: str

    def answer(self, reading: Reading, context: Context) -> tuple[Candidate, ...]:
        """At most 20 candidates."""
        from dutydesk.storage.queries import cases  # slow import

        found = cases.by_tail(reading.connection, self.tail)
        return tuple(
            Candidate(no, external_no, is_open, state, place, one_line(description))
            for no, external_no, is_open, state, place, description in found
        )
