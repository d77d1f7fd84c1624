"""Whether whoever rings is known from a case: asked by the whole number, told without it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from dutydesk.text import fold, mask_name, mask_numbers, one_line
from dutydesk.views.labels import Words
from dutydesk.views.question import Context, Reading

SHORTEST, MOBILE = 7, 11
"""Digits of the shortest whole number, a local fixed line, and of a mobile one."""
ENDING = 4
MOST = 3


class KnownCase(NamedTuple):
    """One case of whoever has a number; the name covered (X-3.2.6)."""

    no: str
    name: str
    state_label: str
    received_at: datetime
    place: str


def whole_number(text: str) -> str | None:
    """The digits of a typed text that is a whole telephone number; None for anything else."""
    plain = "".join(fold(text).split()).replace("-", "").removeprefix("+")
    if not (plain.isascii() and plain.isdigit()):
        return None
    if len(plain) > MOBILE and plain.startswith("86"):
        plain = plain[2:]
    # A mobile number on its way is as long as a fixed line's.
    least = MOBILE if plain.startswith("1") else SHORTEST
    return plain if len(plain) >= least else None


@dataclass(frozen=True, slots=True)
class CasesOfNumber:
    """The cases that came from a number: open ones, then the newest.

    Only the whole number finds them: nobody learns whose number ends so. What is told uncovers
    nothing, so that no act is needed before it.
    """

    number: str

    def answer(self, reading: Reading, context: Context) -> tuple[KnownCase, ...]:
        """At most three cases; none for what is no whole number."""
        from dutydesk.storage.queries import callers  # slow import

        wanted = whole_number(self.number)
        if wanted is None:
            return ()
        words = Words(context.procedure, context.language)
        rows = callers.of_number(reading.connection, context.area, wanted[-ENDING:])
        return tuple(
            KnownCase(
                no, mask_name(name or ""), words.state(state), at, mask_numbers(one_line(place))
            )
            for no, phone, name, state, at, place in rows
            if whole_number(phone) == wanted
        )[:MOST]
