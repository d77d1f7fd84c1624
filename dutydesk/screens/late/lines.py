"""The list of late entries as lines: what was typed, how the desk reads it, or why it does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dutydesk.i18n import _
from dutydesk.screens.late.playing import BEFORE, FITS, WRONG, LateRow
from dutydesk.screens.parts.paint import Line, Span, blank, column, free, row, rule
from dutydesk.screens.parts.painted import Painted
from dutydesk.text import headed, mask_numbers
from dutydesk.views.labels import Words
from dutydesk.views.numbers import short
from dutydesk.views.spoken import spoken

SIGNS = {FITS: ("✓", "green"), BEFORE: ("=", "dim"), WRONG: ("✗", "red!")}


class Counted(Painted):
    """What stands above the list: how many fit, how many do not."""

    DEFAULT_CSS = "Counted { height: 2; }"
    ground = "panel"
    rows: tuple[LateRow, ...] = ()

    def show(self, rows: Sequence[LateRow]) -> None:
        """Count these."""
        self.rows = tuple(rows)
        self.repaint()

    def lines(self, width: int, height: int) -> list[Line]:
        """The counts, and a line under them."""
        fits = sum(1 for one in self.rows if one.status == FITS)
        before = sum(1 for one in self.rows if one.status == BEFORE)
        wrong = sum(1 for one in self.rows if one.status == WRONG)
        left = [blank(1), Span(headed(_("补录")), "accent!"), blank(2)]
        left += [Span(_("能补录 {count}").format(count=fits), "green" if fits else "dim")]
        if wrong:
            left += [blank(2), Span(_("不能 {count}").format(count=wrong), "red")]
        if before:
            left += [blank(2), Span(_("以前已补录 {count}").format(count=before), "dim")]
        return [row(width, left), rule(width)]


def line_spans(one: LateRow, words: Words, now: datetime, width: int) -> list[Span]:
    """One line: its time, its case, the act as it is read; or the text as typed, and why not."""
    sign, ink = SIGNS.get(one.status, SIGNS[FITS])
    when = spoken(one.at, now, words.lang) if one.at is not None else ""
    tail = short(one.case, now) if one.case else ""
    spans = [
        Span(sign, ink),
        blank(1),
        column(when, 12, "ink"),
        blank(1),
        column(tail, 7, "bright"),
    ]
    if one.status == WRONG:
        return [*spans, free(mask_numbers(one.why), "red"), blank(2), free(one.text, "dim")]
    more = [blank(2), free(one.why, "amber")] if one.why else []
    if one.status == BEFORE:
        more = [blank(2), Span(_("以前已补录"), "dim")]
    return [*spans, free(one.said, "ink"), *more]
