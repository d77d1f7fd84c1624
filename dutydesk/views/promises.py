"""What was promised and what was to be remembered, with its time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from dutydesk.i18n import _
from dutydesk.text import mask_numbers, one_line
from dutydesk.views.labels import Words
from dutydesk.views.question import Context, Reading
from dutydesk.workflow.time.zone import parse_instant

KEPT = timedelta(hours=24)
"""How long a promise stays in sight after its time; house."""


class PromiseRow(NamedTuple):
    """One promise or note with a time.

    `id` is its journal row; `at` is None for a call without a promise, which ends an earlier
    promise of the same party.
    """

    id: int
    case: str | None
    at: datetime | None
    text: str
    party: str | None


@dataclass(frozen=True, slots=True)
class Promises:
    """Promises of calls and notes with a time, recorded after the journal row `after`."""

    after: int = 0

    def answer(self, reading: Reading, context: Context) -> tuple[PromiseRow, ...]:
        """The rows of open cases and of the desk itself, in the order of the journal."""
        from dutydesk.storage.queries import promises  # slow import

        words = Words(context.procedure, context.language)
        found = promises.since(reading.connection, context.area, self.after)
        return tuple(
            _row(number, no, verb, data or {}, words) for number, no, verb, _at, data in found
        )


def _row(
    number: int, no: str | None, verb: str, data: Mapping[str, object], words: Words
) -> PromiseRow:
    if verb == "note":
        said, by = str(data.get("text") or ""), str(data.get("promised_by") or "")
        text = _("{who}：{text}").format(who=by, text=said) if by else said
        return PromiseRow(number, no, _instant(data.get("remind_at")), _plain(text), None)
    party = str(data.get("party") or "")
    said = str(data.get("said") or "") or words.choice("call", str(data.get("outcome") or ""))
    text = _("{party}答应：{said}").format(party=words.party(party), said=said)
    return PromiseRow(number, no, _instant(data.get("promised_at")), _plain(text), party)


def _plain(text: str) -> str:
    return mask_numbers(one_line(text))


def _instant(value: object) -> datetime | None:
    return parse_instant(str(value)) if value else None


def standing(
    rows: Iterable[PromiseRow], open_cases: frozenset[str], now: datetime
) -> tuple[PromiseRow, ...]:
    """The promises that still stand, the earliest first.

    A call to the same party ends what it promised before; a case at its end ends its promises; a
    promise leaves the list `KEPT` after its time.
    """
    kept: dict[tuple[str | None, object], PromiseRow] = {}
    for row in rows:
        kept[row.case, row.id if row.party is None else row.party] = row
    shown = [
        row
        for row in kept.values()
        if row.at is not None
        and row.at + KEPT > now
        and (row.case is None or row.case in open_cases)
    ]
    return tuple(sorted(shown, key=lambda row: (row.at or now, row.id)))
