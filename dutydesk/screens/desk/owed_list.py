"""What platforms do not know yet, as a small list of the rail: what has been owed longest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dutydesk.i18n import _
from dutydesk.screens.parts.paint import Line, Span, blank, column, free, row
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.writeback_lines import LATE_S
from dutydesk.text import headed
from dutydesk.views.labels import Words
from dutydesk.views.numbers import short
from dutydesk.views.writebacks import OwedLine

MOST = 20
"""How many entries are read for the rail; more have no room in any terminal."""


class OwedRows(Painted):
    """Since when, which case, what, which platform; amber once it is late."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shows: tuple[Sequence[OwedLine], int, Words, datetime] | None = None

    def show(self, owed: Sequence[OwedLine], total: int, words: Words, now: datetime) -> None:
        """Show the oldest of so many."""
        self._shows = owed, total, words, now
        self.repaint()

    def lines(self, width: int, height: int) -> list[Line]:
        """A heading with the count, then one line each."""
        if self._shows is None:
            return []
        owed, total, words, now = self._shows
        head = [blank(1), Span(headed(_("还没有回填")), "faint"), blank(2), Span("b", "accent")]
        lines = [row(width, head, [Span(str(total), "dim"), blank(1)])]
        if not owed:
            return [*lines, row(width, [blank(1), Span(_("没有"), "faint")])]
        for found in owed[: height - 1]:
            late = (now - found.since_at).total_seconds() >= LATE_S
            spans = [
                blank(1),
                column(words.when(found.since_at, now), 10, "amber!" if late else "dim"),
                column(short(found.case, now), 7, "ink"),
                free(found.what_label, "ink"),
                blank(1),
                free(found.channel_label, "dim"),
            ]
            lines.append(row(width, spans))
        return lines
