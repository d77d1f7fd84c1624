"""What the digits said on the telephone may mean: cases by the tail of either number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from dutydesk.text import one_line
from dutydesk.views.question import Context, Reading


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
