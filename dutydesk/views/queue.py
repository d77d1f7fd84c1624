"""The queue: one row per case, how bad it stands, whose turn it is, and in which order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from dutydesk.text import mask_numbers
from dutydesk.views.question import Context, Reading
from dutydesk.workflow.places import Places
from dutydesk.workflow.procedure import Procedure

Light = Literal["red", "yellow", "green"]
Part = Literal["mine", "theirs"]

NEVER = 1 << 62
"""Sorts after every instant: a case without a due time comes last."""


class QueueRow(NamedTuple):
    """One case as the queue shows it; instants are UTC milliseconds.

    `marks` are joined by blanks (回 督办 待定位, and 催N where it was urged N times), `waiting_for`
    by 、 (free names and role names). `urgent` is 0 or 1; `rank` 0 is the urgent track.
    `summary` begins the description, telephone numbers in it covered (X-3.2.6), line ends as they
    came: fit it to one line where it is drawn. `hands` is
    "mine" or "theirs". `bay` is the Chinese name of the bay, the key of the bay counts, None for a
    case at its end; `grid_short` is the grid's name in lists.
    """

    no: str
    external_no: str | None
    channel: str
    state: str
    class_: str | None
    track: str | None
    difficulty: str | None
    urgent: int
    urged: int
    rank: int
    clock: str | None
    clock_party: str | None
    started_at: int | None
    due_at: int | None
    yellow_at: int | None
    red_at: int | None
    waiting_since: int | None
    hands: str
    area: str
    grid: str | None
    category: str | None
    place: str
    summary: str
    received_at: int
    version: int
    holder: str
    marks: str
    waiting_for: str
    bay: str | None
    grid_short: str

    @property
    def tail(self) -> str:
        """The last four digits: what one says of a case on the telephone."""
        return self.no[-4:]

    @property
    def open(self) -> bool:
        """Whether the case is not at its end."""
        return self.bay is not None


class BayCount(NamedTuple):
    """How many open cases stand in one bay, and how many of them are red and yellow."""

    all: int
    red: int
    yellow: int


class Parts(NamedTuple):
    """The queue in its two parts, each in its order."""

    mine: tuple[QueueRow, ...]
    theirs: tuple[QueueRow, ...]


def millis(at: datetime) -> int:
    """The instant as UTC milliseconds, the form in which rows hold it."""
    return int(at.timestamp()) * 1000


def light(row: QueueRow, now_ms: int) -> Light:
    """Red from the first due moment that has passed, yellow from the first warning, else green."""
    if row.red_at is not None and row.red_at <= now_ms:
        return "red"
    if row.yellow_at is not None and row.yellow_at <= now_ms:
        return "yellow"
    return "green"


def pinned(row: QueueRow) -> bool:
    """Whether the case stands above all others: open on the urgent track (X-2.10, A-42)."""
    return row.rank == 0 and row.bay is not None


def is_mine(row: QueueRow, now_ms: int) -> bool:
    """Whether the next act is the desk's: in its hands, or in others' and red."""
    return row.open and (row.hands == "mine" or light(row, now_ms) == "red")


def mine_order(row: QueueRow, now_ms: int) -> tuple[bool, bool, int, str]:
    """Sorts 该我办: open urgent track, then red, then by due time."""
    return (
        not pinned(row),
        light(row, now_ms) != "red",
        NEVER if row.due_at is None else row.due_at,
        row.no,
    )


def theirs_order(row: QueueRow) -> tuple[int, str]:
    """Sorts 等对方: by due time."""
    return (NEVER if row.due_at is None else row.due_at, row.no)


def arrange(
    rows: Iterable[QueueRow], now_ms: int, promised: AbstractSet[str] = frozenset()
) -> Parts:
    """The rows in the two parts of the desk, each sorted; cases at their end are left out.

    `promised` are cases of which a promise has passed its time: those are 该我办 as well.
    """
    mine: list[QueueRow] = []
    theirs: list[QueueRow] = []
    for row in rows:
        if row.open:
            (mine if is_mine(row, now_ms) or row.no in promised else theirs).append(row)
    mine.sort(key=lambda row: mine_order(row, now_ms))
    theirs.sort(key=theirs_order)
    return Parts(tuple(mine), tuple(theirs))


def bay_names(procedure: Procedure) -> tuple[str, ...]:
    """The bays in the order of the states, each once, by their Chinese names."""
    bays = (state.bay.zh for state in procedure.states.values() if state.bay)
    return tuple(dict.fromkeys(bays))


def bay_counts(rows: Iterable[QueueRow], procedure: Procedure, now_ms: int) -> dict[str, BayCount]:
    """The header's counts, every bay named: they are the rows in the list, counted."""
    counts = {bay: [0, 0, 0] for bay in bay_names(procedure)}
    for row in rows:
        if row.bay is None:
            continue
        shade = light(row, now_ms)
        found = counts[row.bay]
        found[0] += 1
        found[1] += shade == "red"
        found[2] += shade == "yellow"
    return {bay: BayCount(*found) for bay, found in counts.items()}


def grid_shorts(places: Places) -> dict[str, str]:
    """The short name of each grid, by its name and its code."""
    return {key: grid.short for grid in places.grids for key in (grid.name, grid.code)}


def state_bays(procedure: Procedure) -> dict[str, str]:
    """The bay of each open state."""
    return {name: state.bay.zh for name, state in procedure.states.items() if state.bay}


_STATE = QueueRow._fields.index("state")
_URGED = QueueRow._fields.index("urged")
_GRID = QueueRow._fields.index("grid")
_MARKS = QueueRow._fields.index("marks")
_SUMMARY = QueueRow._fields.index("summary")


covered = lru_cache(maxsize=16384)(mask_numbers)
"""Covers the numbers in a text; a desk reads the same rows again whenever anything happened."""


@lru_cache(maxsize=4096)
def joined(stored: str, between: str) -> str:
    """The texts of a stored JSON list, joined."""
    return between.join(json.loads(stored))


def _marks(stored: str, urged: int) -> str:
    """The marks, with how often the case was urged in place of the bare 催."""
    kept = [mark for mark in joined(stored, " ").split() if mark != "催"]
    return " ".join([*kept, f"催{urged}"] if urged else kept)


def make_rows(
    found: Iterable[Sequence[Any]], bays: Mapping[str, str], shorts: Mapping[str, str]
) -> tuple[QueueRow, ...]:
    """Queue rows from stored tuples in the order of the fields, without the last two."""
    new, bay_of, short_of = tuple.__new__, bays.get, shorts.get
    return tuple(
        [
            # Past `_make`, which counts the fields of each row once more.
            new(
                QueueRow,
                (
                    *row[:_SUMMARY],
                    covered(row[_SUMMARY]),
                    *row[_SUMMARY + 1 : _MARKS],
                    _marks(row[_MARKS], row[_URGED]) if row[_URGED] else joined(row[_MARKS], " "),
                    joined(row[_MARKS + 1], "、"),
                    bay_of(row[_STATE]),
                    short_of(row[_GRID], row[_GRID] or ""),
                ),
            )
            for row in found
        ]
    )


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a queue; every given filter must fit.

    `bay` is the Chinese name of a bay, `tag` one of 热点 / 难点 / 堵点, a key work, or a flag name
    (cross_level, cross_grid, cross_domain, legacy); `kind` is component or event, `discovered_by`
    people or technology; `text` is searched in number, upstream number,
    place, category and description, and a run of digits as the tail of a number.
    """

    bay: str | None = None
    state: str | None = None
    area: str | None = None
    grid: str | None = None
    channel: str | None = None
    track: str | None = None
    mark: str | None = None
    tag: str | None = None
    kind: str | None = None
    discovered_by: str | None = None
    overdue: bool = False
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """The open cases (all with `closed_too`) that fit, urgent track first, then by due time.

    Cases at their end come after the open ones, the newest first. With `text`, open ones first and
    then the newest. `part` keeps one of the two parts of the desk.
    """

    filters: Filters = Filters()
    closed_too: bool = False
    part: Part | None = None
    limit: int | None = None
    offset: int = 0

    def answer(self, reading: Reading, context: Context) -> tuple[QueueRow, ...]:
        """The rows of the page."""
        from dutydesk.storage.queries import queue as stored  # slow import

        found = stored.page(
            reading.connection,
            stored.wanted(self.filters, context.procedure, context.places),
            millis(reading.now),
            closed_too=self.closed_too,
            part=self.part,
            limit=self.limit,
            offset=self.offset,
        )
        return make_rows(found, state_bays(context.procedure), grid_shorts(context.places))


@dataclass(frozen=True, slots=True)
class QueueTotal:
    """How many cases a queue holds without its limit and offset."""

    queue: Queue

    def answer(self, reading: Reading, context: Context) -> int:
        """The number of cases."""
        from dutydesk.storage.queries import queue as stored  # slow import

        return stored.total(
            reading.connection,
            stored.wanted(self.queue.filters, context.procedure, context.places),
            millis(reading.now),
            closed_too=self.queue.closed_too,
            part=self.queue.part,
        )
