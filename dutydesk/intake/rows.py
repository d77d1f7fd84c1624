"""What a line of a file becomes: a row ready to be registered, or a refusal by row and column."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from dutydesk.intake.reasons import Reason, word

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Row(NamedTuple):
    """One row fit to become a `register` act.

    `number` is the file's own line (header = 1); `fields` are the act's, typed; `raw` the file's
    own columns in their order, as text, for the way back (it holds personal data); `standing` is
    what the upstream status says: open, history, withdrawn, returned or urged; `urges` the number
    of upstream reminders where the file counts them; `hints` what else may help to find the place.
    """

    number: int
    fields: dict[str, object]
    history: bool
    reported_at: datetime | None
    raw: Mapping[str, str]
    warnings: tuple[Reason, ...] = ()
    standing: str = "open"
    urges: int | None = None
    hints: Mapping[str, str] = _NOTHING


class Rejected(NamedTuple):
    """One refused row: its first fault, by column and value as the file has them; others after."""

    row: int
    column: str | None
    value: str | None
    reason: Reason
    also: tuple[Reason, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The entry of `rejected` in the answer of `dutydesk import --json`, in words."""
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": word(self.reason),
            "also": [word(reason) for reason in self.also],
        }
