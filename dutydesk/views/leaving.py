"""What whoever leaves the desk leaves behind: due before the next opening, owed, promised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from dutydesk.text import mask_numbers, one_line
from dutydesk.views.labels import N_, Words
from dutydesk.views.promises import PromiseRow, StandingPromises
from dutydesk.views.question import Context, Reading
from dutydesk.views.queue import Filters, Queue, QueueRow, light, millis
from dutydesk.views.writebacks import Owed, OwedRow
from dutydesk.workflow.duty.hours import NeverOpen
from dutydesk.workflow.time.zone import ZONE

CLOSING, DUE, OWED, PROMISED, UNREACHED = "closing", "due", "owed", "promised", "unreached"
KINDS: Mapping[str, str] = {
    CLOSING: N_("待结案"),
    DUE: N_("到期"),
    OWED: N_("待回填"),
    PROMISED: N_("答应的"),
    UNREACHED: N_("没联系上"),
}
"""The parts of the list in the order in which they are worked, closings first."""


class LeavingRow(NamedTuple):
    """One thing that is not done yet.

    `at` is when it is due, since when it is owed, when it was promised for, or when somebody is to
    be rung again. `verb` is the act that does it, with `given` for its fields: None is the next act
    of the case, and of what is owed its entry of the ledger (`entry`).
    """

    kind: str
    key: str
    case: str | None
    at: datetime | None
    light: str
    what: str
    place: str
    summary: str
    verb: str | None = None
    given: tuple[tuple[str, object], ...] = ()
    entry: int | None = None
    version: int = 0

    @property
    def tail(self) -> str:
        return (self.case or "")[-4:]


@dataclass(frozen=True, slots=True)
class LeavingList:
    """Everything to do before leaving, in its order, as it stands at `at`.

    `until` is the next opening, None where none is planned: then everything with a due time
    counts. `running` are open cases with a due time, `red` those past it. `kept_by` names the
    process that keeps the clock without a screen, None where none does.
    """

    rows: tuple[LeavingRow, ...]
    at: datetime
    until: datetime | None
    running: int
    red: int
    holder: str
    holder_label: str
    kept_by: str | None

    def count(self, *kinds: str) -> int:
        """How many rows of these kinds there are."""
        counted = Counter(row.kind for row in self.rows)
        return sum(counted[kind] for kind in kinds)

    @property
    def due(self) -> int:
        """How many cases fall due before the next opening, or are due already."""
        return self.count(CLOSING, DUE)


@dataclass(frozen=True, slots=True)
class Leaving:
    """The list of the desk's area now."""

    def answer(self, reading: Reading, context: Context) -> LeavingList:
        """The rows in the order in which they are worked."""
        from dutydesk.storage import lease  # slow import
        from dutydesk.views.stored import load_duty  # slow import

        words, now = Words(context.procedure, context.language), reading.now
        cases = Queue(Filters(area=context.area)).answer(reading, context)
        until = _until(context, now)
        owed = Owed().answer(reading, context).rows
        promised = StandingPromises().answer(reading, context)
        rows = [
            *_due(cases, until, now, words),
            *map(_owed, owed),
            *_promised(promised, cases, until, now),
        ]
        order = list(KINDS)
        rows.sort(key=lambda row: order.index(row.kind))
        holder = load_duty(reading, context.area).holder
        return LeavingList(
            rows=tuple(rows),
            at=now,
            until=until,
            running=sum(1 for row in cases if row.due_at is not None),
            red=sum(1 for row in cases if light(row, millis(now)) == "red"),
            holder=holder,
            holder_label=words.choice("holder", holder),
            kept_by=lease.holder(reading.connection, f"watch:{context.area}", now),
        )


def _until(context: Context, now: datetime) -> datetime | None:
    try:
        return context.hours.next_opening(now)
    except NeverOpen:
        return None


def _due(
    cases: Iterable[QueueRow], until: datetime | None, now: datetime, words: Words
) -> Iterator[LeavingRow]:
    """Cases that fall due before the next opening, or are due already, by due time."""
    states, now_ms = words.procedure.states, millis(now)
    last = None if until is None else millis(until)
    found = [c for c in cases if c.due_at is not None and (last is None or c.due_at <= last)]
    for case in sorted(found, key=lambda one: (one.due_at or 0, one.no)):
        closing = states[case.state].main == "close"
        yield LeavingRow(
            kind=CLOSING if closing else DUE,
            key=f"due:{case.no}",
            case=case.no,
            at=datetime.fromtimestamp((case.due_at or 0) / 1000, ZONE),
            light=light(case, now_ms),
            what=words.state(case.state),
            place=_said(case.place),
            summary=_said(case.summary),
            version=case.version,
        )


def _owed(entry: OwedRow) -> LeavingRow:
    what = f"{entry.what_label} {entry.party}" if entry.party else entry.what_label
    return LeavingRow(
        kind=OWED,
        key=f"owed:{entry.id}",
        case=entry.case,
        at=entry.since_at,
        light="green",
        what=f"{entry.channel_label} {what}",
        place=entry.place,
        summary=entry.summary,
        entry=entry.id,
    )


def _promised(
    found: Iterable[PromiseRow], cases: Iterable[QueueRow], until: datetime | None, now: datetime
) -> Iterator[LeavingRow]:
    """What was promised for a moment before the next opening, and whoever was not reached."""
    known = {case.no: case for case in cases}
    for row in found:
        if not row.again and until is not None and row.at is not None and row.at > until:
            continue
        case = known.get(row.case or "")
        given: tuple[tuple[str, object], ...] = (("promise", row.id), ("outcome", "kept"))
        yield LeavingRow(
            kind=UNREACHED if row.again else PROMISED,
            key=f"{'again' if row.again else 'promise'}:{row.id}",
            case=row.case,
            at=row.at,
            light="red" if row.at is not None and row.at <= now else "green",
            what=row.text,
            place=_said(case.place) if case else "",
            summary=_said(case.summary) if case else "",
            verb="call" if row.again else "settle",
            given=(("party", row.party),) if row.again else given,
        )


def _said(text: str) -> str:
    return mask_numbers(one_line(text))
