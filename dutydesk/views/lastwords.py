"""What whoever a case waits for said last, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from dutydesk.text import mask_numbers, one_line
from dutydesk.views.labels import Words
from dutydesk.views.question import Context, Reading


class SaidRow(NamedTuple):
    """One call: the case, who was rung, his words in quotes or how the call ended.

    `id` is its journal row.
    """

    id: int
    case: str
    party: str
    said: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LastWords:
    """The calls of open cases recorded after the journal row `after`, in their order."""

    after: int = 0

    def answer(self, reading: Reading, context: Context) -> tuple[SaidRow, ...]:
        """The rows; telephone numbers in them are covered (X-3.2.6)."""
        from dutydesk.storage.queries import lastwords  # slow import

        words = Words(context.procedure, context.language)
        return tuple(
            SaidRow(number, no, str(data.get("party") or ""), _said(data, words), at)
            for number, no, at, data in lastwords.since(
                reading.connection, context.area, self.after
            )
        )


def _said(data: dict[str, object], words: Words) -> str:
    said = mask_numbers(one_line(str(data.get("said") or "")))
    return f"“{said}”" if said else words.choice("call", str(data.get("outcome") or ""))
