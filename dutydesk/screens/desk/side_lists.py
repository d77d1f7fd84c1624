"""The small lists of the rail: promises and notes with a time, what turns red within the hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dutydesk.i18n import _
from dutydesk.screens.parts.paint import Line, Span, blank, column, free, row, rule
from dutydesk.screens.parts.painted import Painted, Rule
from dutydesk.screens.parts.queue_rows import at
from dutydesk.text import fit, pad_left, remaining
from dutydesk.text import width as cells
from dutydesk.views.labels import Words
from dutydesk.views.numbers import short
from dutydesk.views.promises import PromiseRow
from dutydesk.views.queue import QueueRow, millis

HOUR_MS = 3_600_000
SHOWN = 3
"""How many promises stand in the rule."""


class PromiseList(Painted):
    """Promises and notes with a time, the earliest first; one that has passed is amber."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._promises: Sequence[PromiseRow] = ()
        self._words: Words | None = None
        self._now: datetime | None = None

    def show(self, promises: Sequence[PromiseRow], words: Words, now: datetime) -> None:
        """Show these."""
        self._promises, self._words, self._now = promises, words, now
        self.repaint()

    def tick(self, now: datetime) -> None:
        """A second has passed: what was promised for now turns amber."""
        self._now = now
        self.repaint()

    def lines(self, width: int, height: int) -> list[Line]:
        """A heading, then one line each; how many more there are stands in the heading."""
        if self._words is None or self._now is None:
            return []
        room, total = height - 1, len(self._promises)
        more = [Span(_("还有 {count}").format(count=total - room), "dim"), blank(1)]
        lines = [
            row(width, [blank(1), Span(_("便签与答应"), "faint")], more if total > room else ())
        ]
        if not total:
            return [*lines, row(width, [blank(1), Span(_("没有；按 - 记一条"), "faint")])]
        for found in self._promises[:room]:
            due = found.at or self._now
            when = self._words.when(due, self._now)
            ink = "amber!" if due <= self._now else "ink"
            no = short(found.case or "", self._now)
            tail = [Span(no, "dim"), blank(1)]
            lines.append(
                row(
                    width, [blank(1), column(when, 8, ink), blank(1), free(found.text, "ink")], tail
                )
            )
        return lines


class PromiseRule(Rule):
    """The rule under the queue; where no list has room the next three promises stand in it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shows: tuple[Sequence[PromiseRow], Words, datetime] | None = None

    def show(self, promises: Sequence[PromiseRow], words: Words, now: datetime) -> None:
        """Show these, or none."""
        self._shows = promises[:SHOWN], words, now
        self.repaint()

    def tick(self, now: datetime) -> None:
        """A second has passed: what was promised for now turns amber."""
        if self._shows is not None:
            self.show(*self._shows[:2], now)

    def lines(self, width: int, height: int) -> list[Line]:
        """One line: time, case and words of each, as much of the words as there is room for."""
        promises, words, now = self._shows or ((), None, None)
        if not promises or words is None or now is None:
            return [rule(width)]
        room = (width - 6) // len(promises)
        spans: list[Span] = []
        for found in promises:
            due = found.at or now
            no = short(found.case or "", now)
            head = " ".join(part for part in (words.when(due, now), no) if part)
            text = fit(found.text, max(4, room - cells(head) - 3)).rstrip()
            spans += [
                Span(head, "amber!" if due <= now else "bright"),
                blank(1),
                free(text, "amber" if due <= now else "dim"),
                blank(2),
            ]
        return [rule(width, spans[:-1])]


class SoonRows(Painted):
    """What turns red within the next 60 minutes, the first first."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[QueueRow] = ()
        self._words: Words | None = None
        self._now_ms = 0

    def show(self, rows: Sequence[QueueRow], words: Words, now: datetime) -> None:
        """Look through these rows."""
        self._now_ms, self._words = millis(now), words
        until = self._now_ms + HOUR_MS
        soon = [r for r in rows if r.due_at is not None and self._now_ms < r.due_at <= until]
        self._rows = sorted(soon, key=lambda r: r.due_at or 0)
        self.repaint()

    def tick(self, now: datetime) -> None:
        """A second has passed."""
        self._now_ms = millis(now)
        self.repaint()

    def lines(self, width: int, height: int) -> list[Line]:
        """A heading with the count, then one line each."""
        if self._words is None:
            return []
        rows = [r for r in self._rows if r.due_at is not None and r.due_at > self._now_ms]
        count = [Span(str(len(rows)), "dim"), blank(1)]
        lines = [row(width, [blank(1), Span(_("60 分钟内到期"), "faint")], count)]
        for found in rows[: height - 1]:
            due = found.due_at or 0
            left = remaining((due - self._now_ms) // 1000, self._words.lang)
            yellow = found.yellow_at is not None and found.yellow_at <= self._now_ms
            lines.append(
                row(
                    width,
                    [
                        blank(1),
                        Span(pad_left(left, 6), "amber!" if yellow else "ink"),
                        blank(1),
                        Span(f"{at(due):%H:%M}", "dim"),
                        blank(1),
                        Span(found.tail, "ink"),
                        blank(1),
                        free(self._words.bay(found.bay), "dim"),
                        blank(1),
                        free(found.summary or found.place, "dim"),
                    ],
                )
            )
        return lines
