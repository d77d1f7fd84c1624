"""The JSON shapes of contracts.md: rows, cases, and the lines of a drill, keys in their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from dutydesk.errors import Refused
from dutydesk.text import mask_numbers, one_line
from dutydesk.views.card_rows import ActRow, CaseCard, ClockRow, EventRow, PartyRow
from dutydesk.views.labels import Words
from dutydesk.views.queue import QueueRow, light
from dutydesk.views.why import ClockWhy, doubt_words
from dutydesk.views.why import as_json as stretch
from dutydesk.views.wording import word
from dutydesk.workflow.alarms.model import Alarm
from dutydesk.workflow.cases.acts import ClockChange, Event
from dutydesk.workflow.cases.model import Actor, Case
from dutydesk.workflow.time.limits import Limit
from dutydesk.workflow.time.zone import ZONE, iso

Json = dict[str, Any]
_EPOCH = datetime(1970, 1, 1, 8, tzinfo=ZONE)


def plain(value: object) -> Any:
    """A value as JSON carries it: instants as ISO 8601 with +08:00, records as texts or tables."""
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (Actor, Limit)):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, (set, frozenset)):
        return sorted(plain(part) for part in value)
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def instant(ms: int | None) -> str | None:
    """UTC milliseconds as ISO 8601 with +08:00."""
    return None if ms is None else iso(_EPOCH + timedelta(milliseconds=ms))


def case_line(row: QueueRow, now_ms: int) -> Json:
    """One line of `dutydesk cases --json`; `remaining_s` is negative once it is overdue."""
    return {
        "no": row.no,
        "external_no": row.external_no,
        "channel": row.channel,
        "state": row.state,
        "light": light(row, now_ms),
        "clock": row.clock,
        "due_at": instant(row.due_at),
        "remaining_s": None if row.due_at is None else (row.due_at - now_ms) // 1000,
        "waiting_for": row.waiting_for or None,
        "area": row.area,
        "grid": row.grid,
        "category": row.category,
        "place": row.place,
        "summary": one_line(row.summary),
        "received_at": instant(row.received_at),
        "track": row.track,
        "difficulty": row.difficulty,
        "urgent": bool(row.urgent),
        "marks": row.marks.split(),
        "hands": row.hands,
        "clock_party": row.clock_party,
        "waiting_since": instant(row.waiting_since),
        "version": row.version,
        "holder": row.holder,
    }


_ROWS = ("clocks", "parties", "events", "attachments", "instructions", "calls", "pending", "acts")
_PUT_OFF = ("kept", "deferrals", "waits", "appeals", "messages")
_CALLER = ("caller_name", "caller_phone")


def case(card: CaseCard, whys: Iterable[ClockWhy] = ()) -> Json:
    """`dutydesk case NO --json`: fields, clocks, parties, events, acts, and the rest.

    A clock whose reasons are given has them as `ledger` and `warnings`.
    """
    reasons = {why.id: why for why in whys}
    names = [
        name for name in card.__dataclass_fields__ if name not in (*_ROWS, *_PUT_OFF, *_CALLER)
    ]
    found: Json = {name.rstrip("_"): plain(getattr(card, name)) for name in names}
    found["checks"] = plain(dict(card.checks))
    found["check_notes"] = plain(dict(card.check_notes))
    found["owner"] = plain(card.owner._asdict()) if card.owner is not None else None
    found["caller"] = {"name": card.caller_name or None, "phone": card.caller_phone or None}
    found["clocks"] = [clock(row, reasons.get(row.id)) for row in card.clocks]
    found["parties"] = [party(row) for row in card.parties]
    found["events"] = [event(row) for row in card.events]
    found["acts"] = [act(row) for row in card.acts]
    for name in ("attachments", "instructions", "calls", "pending", *_PUT_OFF):
        found[name] = [plain(row._asdict()) for row in getattr(card, name)]
    return found


def clock(row: ClockRow, why: ClockWhy | None = None) -> Json:
    """One clock of a case, with its ledger where that is asked for."""
    first = ("party", "started_at", "due_at", "stopped_at", "on_time", "ended", "light")
    rest = ("limit_s", "limit", "counted", "variant", "rule", "basis", "clause", "label", "exempt")
    found = row._asdict()
    told: Json = {"clock": row.name} | {
        name: plain(found[name]) for name in (*first, *rest, "marks")
    }
    for name in ("pauses", "extended"):
        told[name] = [plain(each._asdict()) for each in found[name]]
    if why is not None:
        told["ledger"] = [stretch(each) for each in why.ledger]
        told["warnings"] = doubt_words(why)
    return told


def party(row: PartyRow) -> Json:
    """One party of a case."""
    found: Json = plain(row._asdict())
    return found


def event(row: EventRow) -> Json:
    """One event of a case's timeline."""
    return {
        "seq": row.seq,
        "at": iso(row.at),
        "recorded_at": iso(row.recorded_at),
        "event": row.verb,
        "state": row.state,
        "by": row.by,
        "on_behalf": row.on_behalf,
        "channel": row.channel,
        "late_entry": row.late_entry,
        "clause": row.clause,
        "data": _covered(row.data),
        "line": row.line,
    }


def _covered(data: Mapping[str, object]) -> Json:
    """An event's data with the telephone numbers in its free texts covered (X-3.2.6)."""
    found: Json = plain(data)
    for name in _FREE_TEXTS & found.keys():
        if isinstance(found[name], str):
            found[name] = mask_numbers(found[name])
    return found


_FREE_TEXTS = frozenset(("description", "text", "said", "reason", "report", "outcome"))


def act(row: ActRow) -> Json:
    """One act of a case: open, or why not."""
    return {
        "verb": row.verb,
        "open": row.open,
        "why_not": row.why_not,
        "clause": row.clause,
        "code": row.code,
        "label": row.label,
        "key": row.key,
        "next": row.next,
    }


def refusal(refused: Refused, words: Words | None = None) -> Json:
    """A refusal as `{"refused": {…}}`."""
    return {"refused": _refused(refused, words)}


def _refused(refused: Refused, words: Words | None) -> Json:
    return {
        "code": refused.code,
        "params": plain(refused.params),
        "message": word(refused, words),
        "clause": refused.clause,
    }


def done(case: Case | None, events: Iterable[Event], changes: Iterable[ClockChange]) -> Json:
    """What `dutydesk do` answers to an act that was done."""
    return {
        "case": case.no if case else None,
        "state": case.state if case else None,
        "events": [_fact(fact) for fact in events],
        "clocks": [_change(change, case.no if case else None) for change in changes],
    }


def _fact(fact: Event) -> Json:
    return {
        "at": iso(fact.at),
        "case": fact.case,
        "event": fact.verb,
        "state": fact.state,
        "by": str(fact.by),
        "data": _data(fact),
    }


def _data(fact: Event) -> Json:
    """What an event holds, with on whose behalf and by which channel it was recorded."""
    found: Json = plain(fact.data)
    if fact.on_behalf is not None:
        found["on_behalf"] = str(fact.on_behalf)
    if fact.channel is not None:
        found.setdefault("channel", fact.channel)
    if fact.late_entry:
        found["late_entry"] = True
    return found


def _change(change: ClockChange, case: str | None) -> Json:
    return {
        "at": iso(change.at),
        "case": case,
        "party": change.party,
        "clock": change.clock,
        "change": change.change,
        "due_at": plain(change.due_at),
        "on_time": change.on_time,
    }


def event_line(fact: Event, label: str | None) -> Json:
    """An event line of a drill; `label` is the drill's name of the case."""
    return {"kind": "event"} | _fact(fact) | {"case": label}


def clock_line(change: ClockChange, label: str | None) -> Json:
    """A clock line of a drill."""
    return {"kind": "clock"} | _change(change, label)


def alarm_line(alarm: Alarm, label: str | None) -> Json:
    """An alarm line of a drill."""
    return {
        "kind": "alarm",
        "at": iso(alarm.raised_at),
        "case": label,
        "party": alarm.party,
        "clock": alarm.clock,
        "light": alarm.light,
        "rung": alarm.rung,
        "to": list(alarm.to),
        "rings": alarm.rings,
        "reason": alarm.reason.value,
    }


def refused_line(
    refused: Refused, at: datetime, label: str | None, verb: str, words: Words | None = None
) -> Json:
    """A refused line of a drill."""
    head: Json = {"kind": "refused", "at": iso(at), "case": label, "do": verb}
    return head | _refused(refused, words)


def summary_line(
    cases: Mapping[str, Case], alarms: Mapping[str, int], counts: Mapping[str, int]
) -> Json:
    """The last line of a drill: each case by its label, its clocks in order of start."""
    return {
        "kind": "summary",
        "cases": {
            label: {
                "state": case.state,
                "clocks": _runs(case),
                "alarms": alarms.get(label, 0),
            }
            for label, case in cases.items()
        },
        "counts": dict(counts),
    }


def _runs(case: Case) -> list[Json]:
    names = ("party", "started_at", "due_at", "stopped_at", "on_time")
    ordered = sorted(case.clocks, key=lambda run: (run.started_at, run.id))
    return [
        {"clock": run.name} | {name: plain(getattr(run, name)) for name in names} for run in ordered
    ]
