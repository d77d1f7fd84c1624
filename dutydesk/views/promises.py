"""What was promised and what was to be remembered, with its time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from dutydesk.i18n import _
from dutydesk.text import mask_numbers, one_line
from dutydesk.views.labels import Words
from dutydesk.views.question import Context, Reading
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.cases.reaching import UNANSWERED, retry
from dutydesk.workflow.procedure import Procedure
from dutydesk.workflow.time.zone import parse_instant

KEPT = timedelta(hours=24)
"""How long a promise stays in sight after its time; house."""


def ours(procedure: Procedure) -> frozenset[str]:
    """Who promises where it is the desk itself that did."""
    return frozenset(role for role in (procedure.parts.operator, procedure.parts.night) if role)


class PromiseRow(NamedTuple):
    """One promise or note with a time.

    `id` is its journal row; `at` is None for a call without a promise, which ends an earlier
    promise of the same party. With `again` it is the reminder to ring somebody again who was not
    reached (A-05); whatever reached him ends it. `by` is who promised and `to` whom, as they were
    written: both are empty for a plain note. `settles` is the row that this one settles: with `at`
    it moves to there, without it is over. `afterwards` says that the case was at its end already:
    whoever asks for a reminder then means it.
    """

    id: int
    case: str | None
    at: datetime | None
    text: str
    party: str | None
    again: bool = False
    by: str = ""
    to: str = ""
    settles: int = 0
    afterwards: bool = False


@dataclass(frozen=True, slots=True)
class Promises:
    """Promises of calls and notes with a time, recorded after the journal row `after`."""

    after: int = 0

    def answer(self, reading: Reading, context: Context) -> tuple[PromiseRow, ...]:
        """The rows of open cases, of the desk itself, and of closed cases what was asked for after
        they were closed, in the order of the journal."""
        from dutydesk.storage.queries import promises  # slow import

        ends = [name for name, state in context.procedure.states.items() if state.end]
        found = promises.since(reading.connection, context.area, self.after, ends)
        return read(found, Words(context.procedure, context.language))


@dataclass(frozen=True, slots=True)
class StandingPromises:
    """The promises of open cases and of the desk that stand now, the earliest first."""

    def answer(self, reading: Reading, context: Context) -> tuple[PromiseRow, ...]:
        """The rows; what was promised before a case came to its end is left out."""
        rows = Promises().answer(reading, context)
        return standing(rows, frozenset(row.case for row in rows if row.case), reading.now)


class _Heard(NamedTuple):
    """One journal row."""

    id: int
    case: str | None
    verb: str
    at: datetime
    data: Mapping[str, object]
    afterwards: bool


def read(found: Iterable[Any], words: Words) -> tuple[PromiseRow, ...]:
    """What journal rows (id, case, verb, at, data, state) promise."""
    wait, states = retry(words.procedure), words.procedure.states
    return tuple(
        row._replace(afterwards=heard.afterwards)
        for number, no, verb, at, data, state in found
        for heard in (
            _Heard(number, no, verb, at, data or {}, state in states and states[state].end),
        )
        for row in _rows(heard, words, wait)
    )


def _rows(heard: _Heard, words: Words, wait: timedelta) -> Iterator[PromiseRow]:
    """What one journal row promises, and whether somebody is to be rung again."""
    if heard.verb == "settle":
        yield _settling(heard)
    if heard.verb in ("note", "call"):
        yield _row(heard, words)
    party = _party(heard)
    if party is None:
        return
    at, outcome = None, str(heard.data.get("outcome") or "")
    if heard.verb in ("call", "contact_citizen") and outcome in UNANSWERED:
        at = heard.at + wait
    said = _("再拨{party}（{outcome}）").format(
        party=words.party(party), outcome=words.choice("call", outcome)
    )
    yield PromiseRow(heard.id, heard.case, at, _plain(said), party, again=True)


def _settling(heard: _Heard) -> PromiseRow:
    meant = str(heard.data.get("promise") or "0")
    at = _instant(heard.data.get("remind_at")) if heard.data.get("outcome") == "moved" else None
    return PromiseRow(heard.id, heard.case, at, "", None, settles=int(meant))


def _party(heard: _Heard) -> str | None:
    """Whom the row was about, as a call names him; None for a note."""
    known = {"contact_citizen": "caller", "report_to_head": "area_head"}
    if heard.verb in known:
        return known[heard.verb]
    if heard.verb == "record_instruction":
        return Actor.parse(str(heard.data.get("giver") or "")).role
    party = heard.data.get("party")
    return str(party) if party and heard.verb not in ("note", "settle") else None


def _row(heard: _Heard, words: Words) -> PromiseRow:
    data = heard.data
    if heard.verb == "note":
        by, to = str(data.get("promised_by") or ""), str(data.get("promised_to") or "")
        text, at = _plain(note_said(data, words)), _instant(data.get("remind_at"))
        return PromiseRow(heard.id, heard.case, at, text, None, by=by, to=to)
    party = str(data.get("party") or "")
    said = str(data.get("said") or "") or words.choice("call", str(data.get("outcome") or ""))
    text = _("{party}答应：{said}").format(party=words.party(party), said=said)
    at = _instant(data.get("promised_at"))
    return PromiseRow(heard.id, heard.case, at, _plain(text), party, by=party)


def note_said(data: Mapping[str, object], words: Words) -> str:
    """The text of a note with who promised it to whom in front."""
    text, by = str(data.get("text") or ""), str(data.get("promised_by") or "")
    to = words.party(str(data.get("promised_to") or ""))
    if by and by not in ours(words.procedure):
        return _("{who}：{text}").format(who=words.party(by), text=text)
    if to:
        return _("我方答应{to}：{text}").format(to=to, text=text)
    return _("我方：{text}").format(text=text) if by else text


def _plain(text: str) -> str:
    return mask_numbers(one_line(text))


def _instant(value: object) -> datetime | None:
    return parse_instant(str(value)) if value else None


def unsettled(rows: Iterable[PromiseRow]) -> tuple[PromiseRow, ...]:
    """The promises that nothing has ended or replaced, those settled with another time there.

    A later call to the same party ends what it promised before.
    """
    Key = tuple[str | None, object, bool]
    kept: dict[Key, PromiseRow] = {}
    keys: dict[int, list[Key]] = {}
    for row in rows:
        if row.settles:
            meant = [k for k in keys.get(row.settles, ()) if kept[k].id == row.settles]
            for key in meant:
                # What a call promised and when it is rung again are one thing once it is settled.
                at = row.at if key == meant[0] else None
                kept[key] = kept[key]._replace(at=at)
            continue
        key = row.case, row.id if row.party is None else row.party, row.again
        kept[key] = row
        if row.at is not None:
            keys.setdefault(row.id, []).append(key)
    return tuple(row for row in kept.values() if row.at is not None)


def standing(
    rows: Iterable[PromiseRow], open_cases: frozenset[str], now: datetime
) -> tuple[PromiseRow, ...]:
    """The promises that still stand, the earliest first.

    A case at its end ends the promises made until then, not those asked for afterwards; a promise
    leaves the list `KEPT` after its time.
    """
    shown = [
        row
        for row in unsettled(rows)
        if row.at is not None
        and row.at + KEPT > now
        and (row.case is None or row.afterwards or row.case in open_cases)
    ]
    return tuple(sorted(shown, key=lambda row: (row.at or now, row.id)))
