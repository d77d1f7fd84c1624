"""What several views take from the store: a case, its timeline, the duty state of an area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dutydesk.storage import cases as stored_cases
from dutydesk.storage import duty
from dutydesk.storage.queries import cases
from dutydesk.views.card_rows import EventRow
from dutydesk.views.labels import Words
from dutydesk.views.question import Reading
from dutydesk.views.timeline import line
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.duty.model import DutyState


def load_case(reading: Reading, no: str) -> Case | None:
    """The case of that whole number, or None."""
    found = stored_cases.one(reading.connection, no)
    return None if found is None else found[1]


def load_events(reading: Reading, no: str, words: Words) -> tuple[EventRow, ...]:
    """The timeline of a case, worded, oldest first."""
    return tuple(event_row(row, words) for row in cases.events_of(reading.connection, no))


def event_row(row: Sequence[Any], words: Words) -> EventRow:
    """One journal row, worded; `row` holds `EVENT_COLUMNS` of the queries."""
    (_id, _no, seq, verb, at, recorded_at, role, name, behalf, channel) = row[:10]
    state, data, clause, late_entry = row[10:14]
    known: Mapping[str, object] = data or {}
    return EventRow(
        seq=seq,
        at=at,
        recorded_at=recorded_at,
        verb=verb,
        label=words.verb(verb),
        by=f"{role}:{name}" if name else role,
        on_behalf=behalf,
        channel=channel,
        state=state,
        line=line(verb, known, words),
        late_entry=bool(late_entry),
        clause=clause,
        data=known,
    )


def load_duty(reading: Reading, area: str) -> DutyState:
    """The stored duty state of an area."""
    return duty.load(reading.connection, area)
