"""One row of the queue as text: how bad, which, what is due, how long, where, from whom, what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from dutydesk.i18n import _, listed
from dutydesk.screens.parts.paint import Line, Span, blank, column, free, lamp, row
from dutydesk.text import cut, pad_left, remaining
from dutydesk.text import width as cells
from dutydesk.views.labels import Words
from dutydesk.views.queue import QueueRow, light
from dutydesk.workflow.time.zone import ZONE

NUMBER = 6
"""Cells of a number: its last four digits, behind the day of the month where that is not today."""
SOON_S = 3600
"""Within the hour a yellow countdown is written bold; before that its shape says enough."""
ROOMY = 100
"""From so many cells on a queue says since when each case waits, and the last word from them."""
SAID = 20
"""The most cells of a last word in a row."""
SEAT = 10
"""The most cells of the name of another seat in a row."""
EPOCH = datetime(1970, 1, 1, 8, tzinfo=ZONE)
TRACK_INKS = {"U": "red", "C": "amber", "S": "dim"}


class Beside(NamedTuple):
    """What is known of a case beside its row: the seat that has it in hand, the last word from
    whoever it waits for and when that was, and a promise that has passed its time."""

    seat: str = ""
    said: str = ""
    said_at: datetime | None = None
    promised_at: datetime | None = None


NOTHING = Beside()


class Columns(NamedTuple):
    """How many cells each column takes at one width; `left` and `right` stand beside the count.

    `since` is 0 where there is no room for it: then the last word is left out as well.
    """

    step: int
    left_over: int
    due: int
    grid: int
    whom: int
    since: int

    @property
    def left(self) -> int:
        """Bar, light, number, track and step."""
        return 2 + 1 + NUMBER + 1 + 3 + self.step + 1


def columns(width: int, lang: str) -> Columns:
    """The columns of a queue of so many cells: what is free goes to the text at the end."""
    step = 4 if lang != "en" else 8
    due = 8 if width >= 88 or lang == "en" else 7
    whom = 8 if width < 88 else 10 if width < 110 else 14
    if lang == "en":
        whom = 10 if width < 110 else 16
    since = 0 if width < ROOMY else 7 if lang != "en" else 8
    return Columns(step=step, left_over=11, due=due, grid=6, whom=whom, since=since)


def at(ms: int) -> datetime:
    """The instant of UTC milliseconds in the counting zone."""
    return EPOCH + timedelta(milliseconds=ms)


def pressing(found: QueueRow, now_ms: int) -> bool:
    """Whether a row is overdue, or yellow and due within the hour."""
    shade = light(found, now_ms)
    soon = found.due_at is not None and found.due_at - now_ms <= SOON_S * 1000
    return shade == "red" or (shade == "yellow" and soon)


def earlier_day(found: QueueRow, now_ms: int) -> str:
    """The day in the number of a case that is not from today: it makes the tail unique again."""
    day = found.no[-6:-4]
    return "  " if day == f"{at(now_ms):%d}" else day


def first_of(names: str, width: int) -> str:
    """The names where they fit; else the first one and how many more, or the first one alone."""
    if cells(names) <= width:
        return names
    head, *more = names.split(_("、"))
    short = f"{head}+{len(more)}" if more else head
    return short if cells(short) <= width else head


class Painter:
    """Draws rows in one language; remembers the words that repeat."""

    def __init__(self, words: Words, shorts: Mapping[str, str], holder_role: str) -> None:
        self.words = words
        self._shorts = shorts
        self._holder = holder_role
        self._bays: dict[str, str] = {}
        self._whom: dict[str, str] = {}

    def step(self, found: QueueRow) -> str:
        """The bay in which the case stands: what the header counts."""
        bay = found.bay or ""
        if bay not in self._bays:
            self._bays[bay] = self.words.bay(bay)
        return self._bays[bay]

    def whom(self, found: QueueRow) -> str:
        """Whose turn it is: 我, 我·城管, or whoever is waited for."""
        others = found.waiting_for
        if others not in self._whom:
            names = [name for name in others.split("、") if name and name != self._holder]
            self._whom[others] = listed(self._name(name) for name in names)
        said = self._whom[others]
        if found.hands != "mine":
            return said
        return _("我·{others}").format(others=said) if said else _("我")

    def _name(self, name: str) -> str:
        if name in self._shorts:
            return _("{grid}站").format(grid=self._shorts[name])
        return self.words.short_role(name) or self.words.party(name)

    def left(self, found: QueueRow, now_ms: int, cols: Columns, selected: bool, mine: bool) -> Line:
        """Bar, light, number, track, step."""
        shade = light(found, now_ms)
        body = "ink" if mine else "dim"
        track = found.track or ("U" if found.urgent else "")
        label = self.words.choice("track", track) if track else ""
        return (
            Span("▌" if selected else " ", "accent"),
            lamp(shade),
            blank(1),
            Span(earlier_day(found, now_ms), "faint"),
            column(found.tail, 4, "bright" if mine and pressing(found, now_ms) else body),
            blank(1),
            column(label, 2, TRACK_INKS.get(track, body)),
            blank(1),
            column(self.step(found), cols.step, body),
            blank(1),
        )

    def right(
        self,
        found: QueueRow,
        now: datetime,
        cols: Columns,
        width: int,
        mine: bool,
        beside: Beside = NOTHING,
    ) -> Line:
        """Until when, where, whose turn since when, in whose hands, their last word, what it is."""
        due = self.words.when(at(found.due_at), now) if found.due_at is not None else "—"
        body = "ink" if mine else "dim"
        return row(
            width,
            [
                column(due, cols.due, "dim"),
                blank(1),
                column(found.grid_short or "—", cols.grid, "dim"),
                blank(1),
                column(first_of(self.whom(found), cols.whom), cols.whom, body),
                blank(1),
                *self._since(found, now, cols),
                *self._marks(found, now, beside),
                *(self._said(beside, now) if cols.since and found.hands != "mine" else ()),
                free(found.summary or found.place, body),
            ],
        )

    def _since(self, found: QueueRow, now: datetime, cols: Columns) -> list[Span]:
        if not cols.since:
            return []
        since = self.words.when(at(found.waiting_since), now) if found.waiting_since else ""
        return [column(since, cols.since, "dim"), blank(1)]

    def _marks(self, found: QueueRow, now: datetime, beside: Beside) -> list[Span]:
        """Whose hands it is in, a promise that has passed, and the marks of the case."""
        spans: list[Span] = []
        if beside.seat:
            seat = cut(beside.seat, SEAT)[0]
            spans += [free(_("{seat}在办").format(seat=seat), "accent"), blank(1)]
        if beside.promised_at is not None:
            when = self.words.when(beside.promised_at, now)
            spans += [Span(_("约{when}已过").format(when=when), "amber"), blank(1)]
        if found.marks:
            said = " ".join(map(self.words.mark, found.marks.split()))
            spans += [free(said, "amber"), blank(1)]
        return spans

    def _said(self, beside: Beside, now: datetime) -> list[Span]:
        """The last word of whoever is waited for, with its time."""
        if not beside.said or beside.said_at is None:
            return []
        said = beside.said if cells(beside.said) <= SAID else cut(beside.said, SAID - 1)[0] + "…"
        when = self.words.when(beside.said_at, now)
        return [free(said, "dim"), blank(1), Span(when, "faint"), blank(1)]

    def heading(self, cols: Columns) -> tuple[Line, Line]:
        """The names of the columns left and right of the countdown."""
        left = (
            blank(3),
            column(_("编号"), NUMBER, "faint"),
            blank(1),
            column(_("级"), 2, "faint"),
            blank(1),
            column(_("步骤"), cols.step, "faint"),
            blank(1),
        )
        right = (
            column(_("至"), cols.due, "faint"),
            blank(1),
            column(_("网格"), cols.grid, "faint"),
            blank(1),
            column(_("等谁"), cols.whom, "faint"),
            blank(1),
            *([column(_("自"), cols.since, "faint"), blank(1)] if cols.since else ()),
            Span(_("事由"), "faint"),
        )
        return left, right


def countdown(found: QueueRow, now_ms: int, lang: str, width: int, mine: bool) -> Line:
    """What remains, to the right; with 超 before it where it is overdue.

    Where no limit runs, what has passed since the case came to where it is (K9).
    """
    if found.due_at is None:
        return (Span(pad_left(_passed(found, now_ms, lang), width - 1) + " ", "dim"),)
    seconds = (found.due_at - now_ms) // 1000
    said = remaining(seconds, lang)
    if seconds <= 0:
        word = _("超")
        return (Span(f" {word}{pad_left(said, width - 2 - cells(word))} ", "red!"),)
    return (Span(pad_left(said, width - 1) + " ", _count_ink(found, now_ms, seconds, mine)),)


def _passed(found: QueueRow, now_ms: int, lang: str) -> str:
    if found.waiting_since is None:
        return "—"
    spent = max(0, now_ms - found.waiting_since) // 1000
    return _("已{span}").format(span=remaining(spent, lang))


def _count_ink(found: QueueRow, now_ms: int, seconds: int, mine: bool) -> str:
    shade = light(found, now_ms)
    if shade == "red":
        return "red!"
    if shade == "yellow" and seconds <= SOON_S:
        return "amber!"
    return "ink" if mine else "dim"
