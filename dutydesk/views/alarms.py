"""The alarms that are live: what happened, who was told, what comes next and when."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from dutydesk.i18n import _, listed
from dutydesk.text import one_line
from dutydesk.views.labels import Words
from dutydesk.views.ladder_ahead import Ahead
from dutydesk.views.numbers import short
from dutydesk.views.question import Context, Reading
from dutydesk.views.queue import grid_shorts
from dutydesk.views.standing import told_words
from dutydesk.workflow.alarms.model import AlarmReason, Told
from dutydesk.workflow.alarms.states import SUPPRESSING, AlarmState
from dutydesk.workflow.time.zone import ZONE, parse_instant

SHAPES = {"red": "■", "yellow": "▲", "green": "·"}
"""The light's shape, legible without colour."""
_EPOCH = datetime(1970, 1, 1, 8, tzinfo=ZONE)


class AlarmRow(NamedTuple):
    """One live alarm; instants are UTC milliseconds, None where nothing follows or was done.

    `to` are the roles that were told; `next_at` and `next_to` are the ladder's next step of the
    same clock. `cases` are the cases of a bundle, whose `case` is None.
    """

    key: str
    area: str
    case: str | None
    clock: str
    party: str | None
    light: str
    rung: int
    to: tuple[str, ...]
    rings: bool
    reason: str
    silence: str | None
    planned_at: int
    raised_at: int
    late: bool
    acked_at: int | None
    acked_by: str | None
    cases: tuple[str, ...]
    state: str | None
    grid_short: str
    place: str
    due_at: int | None
    next_at: int | None
    next_to: tuple[str, ...]
    priority: str = "low"
    urgent: bool = False
    told: tuple[Told, ...] = ()
    returned_at: int | None = None
    shelved_until: int | None = None
    shelved_by: str | None = None
    shelved_reason: str | None = None
    reminded_at: int | None = None
    ended_at: int | None = None

    @property
    def life(self) -> AlarmState:
        """Where it stands; a shelf that is over is taken back by the next pass of the clock."""
        if self.ended_at is not None:
            return AlarmState.NORMAL
        if self.shelved_until is not None:
            return AlarmState.SHELVED
        if self.acked_at is not None:
            return AlarmState.ACKNOWLEDGED
        if self.returned_at is not None:
            return AlarmState.RETURNED
        return AlarmState.SUPPRESSED if self.suppressed else AlarmState.UNACKNOWLEDGED

    @property
    def suppressed(self) -> bool:
        """Whether a rule keeps it from the holder; `silence` says which."""
        return self.silence in SUPPRESSING

    @property
    def calls(self) -> bool:
        """Whether it calls for an act and nobody has acknowledged it: only then it flashes."""
        return self.life == AlarmState.UNACKNOWLEDGED

    @property
    def unseen(self) -> bool:
        """Whether nobody has acknowledged it yet."""
        return self.acked_at is None


class Crowd(NamedTuple):
    """In a flood: how many alarms of one unit in one step; an empty unit is the desk itself."""

    unit: str
    clock: str
    alarms: int


class AlarmCounts(NamedTuple):
    """How many live alarms there are; red and yellow count the unacknowledged ones.

    `cases` are the cases that have one, whether acknowledged or not. `flood` groups what calls
    while more come than one person can hear.
    """

    unseen: int
    ringing: int
    red: int
    yellow: int
    seen: int
    cases: int
    shelved: int = 0
    flood: tuple[Crowd, ...] = ()


NO_ALARMS = AlarmCounts(0, 0, 0, 0, 0, 0)
AHEAD = 10
"""Of so many rows the ladder's next step is looked up: the line says it of the first only."""


class AlarmWords(NamedTuple):
    """An alarm in three short texts; `told` and `next` may be empty."""

    what: str
    told: str
    next: str


@dataclass(frozen=True, slots=True)
class LiveAlarms:
    """The alarms that have not ended, unacknowledged first; of one area or of all with None."""

    area: str | None = None
    unseen_only: bool = False
    limit: int = 100

    def answer(self, reading: Reading, context: Context) -> tuple[AlarmRow, ...]:
        """The rows, the most pressing first."""
        from dutydesk.storage.queries import alarms  # slow import

        found = alarms.live(
            reading.connection, self.area, unseen_only=self.unseen_only, limit=self.limit
        )
        return rows(found, reading, context)


def rows(found: Sequence[Any], reading: Reading, context: Context) -> tuple[AlarmRow, ...]:
    """Rows of the store as they are shown; of the first the ladder's next step is looked up."""
    ahead = Ahead(reading, context)
    shorts = grid_shorts(context.places)
    return tuple(
        _row(row, shorts, ahead if place < AHEAD else None) for place, row in enumerate(found)
    )


@dataclass(frozen=True, slots=True)
class AlarmCount:
    """How many live alarms an area has, all areas with None."""

    area: str | None = None

    def answer(self, reading: Reading, context: Context) -> AlarmCounts:
        """The counts."""
        from dutydesk.storage.queries import alarms  # slow import

        unseen = ringing = red = yellow = seen = 0
        for acked, rings, light, count in alarms.counted(reading.connection, self.area):
            if acked:
                seen += count
                continue
            unseen += count
            ringing += count if rings else 0
            red += count if light == "red" else 0
            yellow += count if light == "yellow" else 0
        cases = alarms.cases(reading.connection, self.area)
        shelved = alarms.shelved_count(reading.connection, self.area)
        flood = _flood(reading, self.area or context.area)
        return AlarmCounts(unseen, ringing, red, yellow, seen, cases, shelved, flood)


def _flood(reading: Reading, area: str) -> tuple[Crowd, ...]:
    from dutydesk.storage import meta  # slow import
    from dutydesk.storage.queries import alarms  # slow import

    since = meta.read(reading.connection, f"flood:{area}")
    if since is None:
        return ()
    found = alarms.crowd(reading.connection, area, parse_instant(since) - timedelta(minutes=10))
    return tuple(Crowd(*row) for row in found)


def _row(row: Sequence[Any], shorts: dict[str, str], ahead: Ahead | None) -> AlarmRow:
    (key, area, case, clock, clock_id, party, light, rung, to, rings, reason, silence) = row[:12]
    (planned_at, raised_at, late, acked_at, acked_by, cases, state, grid, place) = row[12:21]
    next_at, next_to = ahead.step(case, clock_id, planned_at) if ahead else (None, ())
    return AlarmRow(
        key, area, case, clock, party, light, rung, tuple(json.loads(to)), bool(rings), reason,
        silence, planned_at, raised_at, bool(late), acked_at, acked_by,
        tuple(json.loads(cases)), state, shorts.get(grid, grid or ""), place or "", row[21],
        next_at, next_to, row[23] or "low", bool(row[24]), _told(row[25]), *row[26:32],
    )  # fmt: skip


def _told(text: str | None) -> tuple[Told, ...]:
    found = json.loads(text) if text else []
    return tuple(Told(one["role"], tuple(one.get("names", ())), one.get("why")) for one in found)


def worded(row: AlarmRow, now_ms: int, words: Words, holder_role: str = "") -> AlarmWords:
    """What happened, who was told beside the holder, and what comes next, without the light.

    Without a `holder_role` the operator holds the desk.
    """
    holder_role = holder_role or words.procedure.parts.operator
    others = [words.role(role) for role in row.to if role != holder_role]
    if row.told:
        beside = tuple(one for one in row.told if one.role != holder_role)
        others = told_words(beside, words)
    told = _("已告{names}").format(names=listed(others)) if others else ""
    coming = ""
    if row.next_at is not None and row.next_at > now_ms:
        now = _EPOCH + timedelta(milliseconds=now_ms)
        when = words.when(_EPOCH + timedelta(milliseconds=row.next_at), now)
        names = listed(words.role(role) for role in row.next_to)
        coming = _("{time}→{names}").format(time=when, names=names)
    return AlarmWords(_what(row, now_ms, words), told, coming)


def _what(row: AlarmRow, now_ms: int, words: Words) -> str:
    if row.reason == AlarmReason.STOPPED:
        since = _EPOCH + timedelta(milliseconds=row.planned_at)
        return _("时限没有人守，自 {time}").format(time=f"{since:%H:%M:%S}")
    if row.reason == AlarmReason.LEAVING or (row.case is None and row.cases):
        return _("{count} 件在下次开班前到期").format(count=len(row.cases))
    clock = words.clock(row.clock)
    no = short(row.case or "", _EPOCH + timedelta(milliseconds=now_ms))
    subject = f"{no} {row.party} {clock}" if row.party else f"{no} {clock}"
    if row.life == AlarmState.RETURNED:
        return _("{subject}已办，未确认").format(subject=subject)
    if row.due_at is None:
        return _("{subject}仍未结束").format(subject=subject)
    seconds = (row.due_at - now_ms) // 1000
    if row.due_at <= now_ms:
        return _("{subject}超时 {span}").format(subject=subject, span=words.span(seconds))
    return _("{subject}还有 {span}").format(subject=subject, span=words.span(seconds))


def line(row: AlarmRow, now_ms: int, words: Words, *, more: int = 0, holder_role: str = "") -> str:
    """The alarm line in one text: shape, what, who was told, what comes, how many more."""
    parts = worded(row, now_ms, words, holder_role)
    said = " ".join(part for part in (SHAPES.get(row.light, "·"), *parts) if part)
    if row.late:
        said = _("{line} 补报").format(line=said)
    if more > 0:
        said = _("{line} · 还有 {more} 条").format(line=said, more=more)
    return one_line(said)
