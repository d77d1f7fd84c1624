"""The ledger of write-backs as lines: platform by platform, and the page of the selected entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from textual import events
from textual.message import Message

from dutydesk.i18n import _
from dutydesk.screens.parts.paint import Line, Span, blank, column, free, row, rule
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.shell import shell
from dutydesk.text import one_line
from dutydesk.views.labels import Words
from dutydesk.views.numbers import short
from dutydesk.views.spoken import spoken
from dutydesk.views.writebacks import OwedList, OwedRow

DIGITS = 9
LATE_S = 24 * 3600
"""What is owed longer is written in amber; house."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the list: a platform's heading, or an entry with its digit where it has one."""

    heading: str = ""
    entry: OwedRow | None = None
    digit: int = 0


class OwedLines(Painted):
    """The entries; the selected one is always in sight, digits go to the first nine seen."""

    DEFAULT_CSS = "OwedLines { height: 1fr; }"
    ground = "panel"
    can_focus = True

    class Clicked(Message):
        """An entry was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self) -> None:
        super().__init__()
        self.ledger: OwedList | None = None
        self.selected: int | None = None
        self._top = 0
        self._seen: list[Shown] = []

    def show(self, ledger: OwedList, selected: int | None) -> None:
        """Show these, one of them selected."""
        self.ledger, self.selected = ledger, selected
        self.repaint()

    @property
    def at_top(self) -> bool:
        """Whether the first entry is selected, or none."""
        rows = self.ledger.rows if self.ledger else ()
        return self.selected in (None, *(row.id for row in rows[:1]))

    def digit(self, number: int) -> int | None:
        """The entry that has a digit now."""
        return next((s.entry.id for s in self._seen if s.entry and s.digit == number), None)

    def on_click(self, event: events.Click) -> None:
        """A click selects."""
        line = event.y - 2
        entry = self._seen[line].entry if 0 <= line < len(self._seen) else None
        if entry is not None and entry.id is not None:
            self.post_message(self.Clicked(entry.id))

    def lines(self, width: int, height: int) -> list[Line]:
        """The count, then as many entries as fit."""
        ledger, gateway = self.ledger, shell(self).gateway
        if ledger is None:
            return [row(width, [blank(1), Span(_("正在读取…"), "dim")])]
        words, now = gateway.words, gateway.now
        room = max(1, height - 2)
        self._seen = self._window(_listed(ledger), room)
        found = [_title(ledger, words, now, width), rule(width)]
        return found + [self._line(one, words, now, width) for one in self._seen]

    def _window(self, every: list[Shown], room: int) -> list[Shown]:
        place = next(
            (n for n, one in enumerate(every) if one.entry and one.entry.id == self.selected), 0
        )
        if place < self._top + 1:
            self._top = max(0, place - 1)
        elif place >= self._top + room:
            self._top = place - room + 1
        self._top = max(0, min(self._top, len(every) - room))
        seen, digit = [], 0
        for one in every[self._top : self._top + room]:
            if one.entry is not None and one.entry.id is not None and digit < DIGITS:
                digit += 1
                one = Shown(one.heading, one.entry, digit)
            seen.append(one)
        return seen

    def _line(self, one: Shown, words: Words, now: datetime, width: int) -> Line:
        if one.entry is None:
            return rule(width, [free(one.heading, "dim")])
        entry = one.entry
        here = entry.id is not None and entry.id == self.selected
        ink = "bright" if here else "ink" if entry.id is not None else "dim"
        since = spoken(entry.since_at, now, words.lang)
        late = entry.id is not None and (now - entry.since_at).total_seconds() > LATE_S
        what = entry.what_label + (f" {words.party(entry.party)}" if entry.party else "")
        if entry.owes is not None:
            what = _("等 {party}").format(party=entry.owes)
        wide = width >= 100
        return row(
            width,
            [
                Span("▌" if here else " ", "accent"),
                Span(f"{one.digit or ' '} ", "accent!"),
                column(one_line(entry.external_no), 20 if wide else 16, ink),
                blank(1), column(one_line(what), 24 if wide else 20, ink),
                blank(1), column(since, 12, "amber" if late else "dim"),
                blank(1), column(short(entry.case, now), 6, "dim"),
                blank(1), free(entry.place, "dim"), blank(2), free(entry.summary, "faint"),
            ],
        )  # fmt: skip


def _listed(ledger: OwedList) -> list[Shown]:
    """Platform by platform: what the desk owes, then whose results are missing."""
    found: list[Shown] = []
    for channel in ledger.channels:
        mine = [one for one in ledger.rows if one.channel == channel]
        theirs = [one for one in ledger.awaited if one.channel == channel]
        head = _("{platform} · 待回填 {mine} · 等结果 {theirs}").format(
            platform=(mine or theirs)[0].channel_label, mine=len(mine), theirs=len(theirs)
        )
        found += [Shown(head), *(Shown(entry=one) for one in (*mine, *theirs))]
    return found


def _title(ledger: OwedList, words: Words, now: datetime, width: int) -> Line:
    left = [blank(1), Span(_("回填"), "accent!"), blank(2)]
    left.append(Span(_("待回填 {count}").format(count=ledger.total), "bright"))
    if ledger.total > len(ledger.rows):
        listed = _("这里列出最早的 {count}").format(count=len(ledger.rows))
        left += [blank(2), Span(listed, "amber")]
    if ledger.oldest is not None:
        said = _("最早 {when}").format(when=spoken(ledger.oldest, now, words.lang))
        left += [blank(2), Span(said, "dim")]
    if not ledger.rows:
        left += [blank(2), Span(_("都已回填"), "green")]
    return row(width, left)


class PageLines(Painted):
    """The fields of one entry in the order of its platform's page; the next to copy is marked."""

    DEFAULT_CSS = "PageLines { height: 7; }"
    ground = "panel"

    def __init__(self) -> None:
        super().__init__()
        self.entry: OwedRow | None = None
        self.copied = 0

    def show(self, entry: OwedRow | None, copied: int) -> None:
        """Show an entry of which so many fields were copied."""
        self.entry, self.copied = entry, copied
        self.repaint()

    def lines(self, width: int, height: int) -> list[Line]:
        """A rule with what it is, then the fields; a long page shows the part that is next."""
        entry = self.entry
        if entry is None:
            return [rule(width)]
        said = _("{platform}页面要填的（{what}）").format(
            platform=entry.channel_label, what=entry.what_label
        )
        fields = filled(entry)
        room = height - 1
        top = max(0, min(self.copied - room + 1, len(fields) - room))
        shown = [
            self._field(n, label, value, width)
            for n, (label, value) in enumerate(fields[top : top + room], start=top)
        ]
        return [rule(width, [free(said, "dim")]), *shown]

    def _field(self, place: int, label: str, value: str, width: int) -> Line:
        if place < self.copied:
            sign = Span("✓ ", "green")
        else:
            sign = Span("▸ " if place == self.copied else "  ", "accent!")
        ink = "bright" if place == self.copied else "ink"
        return row(width, [blank(1), sign, column(label, 14, "dim"), blank(1), free(value, ink)])


def filled(entry: OwedRow) -> Sequence[tuple[str, str]]:
    """Label and value of each field that holds something."""
    return [(field.label, field.value) for field in entry.fields if field.value]
