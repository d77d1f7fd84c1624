"""The leaving list as lines: what it counts, and one line for each thing to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dutydesk.i18n import _
from dutydesk.reports.night_sheet import counted
from dutydesk.screens.parts.paint import Line, Span, blank, column, free, lamp, row, rule
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.shell import shell
from dutydesk.text import headed, one_line
from dutydesk.views.labels import Words
from dutydesk.views.leaving import KINDS, LeavingList, LeavingRow
from dutydesk.views.numbers import short
from dutydesk.views.spoken import spoken

DIGITS = 9
"""How many of the lines in sight have a digit."""


class Counts(Painted):
    """What stands above the list: how much there is, until when, and who holds the desk."""

    DEFAULT_CSS = "Counts { height: 3; }"
    ground = "panel"
    found: LeavingList | None = None

    def show(self, found: LeavingList) -> None:
        """Count these."""
        self.found = found
        self.repaint()

    def lines(self, width: int, height: int) -> list[Line]:
        """The title, the numbers, a line under them."""
        found, gateway = self.found, shell(self).gateway
        if found is None:
            return [row(width, [blank(1), Span(_("正在读取…"), "dim")])]
        words, now = gateway.words, gateway.now
        until = spoken(found.until, now, words.lang) if found.until else "—"
        title = [
            blank(1), Span(headed(_("离开前")), "accent!"), blank(2),
            Span(_("下次开班 {when}").format(when=until), "bright"), blank(2),
            Span(_("现由 {holder} 值守").format(holder=found.holder_label), "dim"),
        ]  # fmt: skip
        if gateway.drill or gateway.context.drill:
            title += [blank(2), Span(_("演练"), "amber!")]
        ink = "red" if found.red else "ink"
        return [row(width, title), row(width, [blank(1), Span(counted(found), ink)]), rule(width)]


def row_spans(
    one: LeavingRow, digit: int, words: Words, now: datetime, width: int
) -> Sequence[Span]:
    """One line: its digit, its part, the case, when, what is to be done, and where."""
    when = spoken(one.at, now, words.lang) if one.at is not None else ""
    no, ink = short(one.case, now) if one.case else "", "red" if one.light == "red" else "ink"
    what = 24 if width >= 90 else 17 if words.lang == "en" else 14
    return [
        Span(str(digit) if 0 < digit <= DIGITS else " ", "dim"), blank(1), lamp(one.light),
        blank(1), column(_(KINDS[one.kind]), 12 if words.lang == "en" else 9, "dim"), blank(1),
        column(no, 7, "bright"), column(when, 12, ink), blank(1),
        column(one_line(one.what), what, "ink"), blank(1),
        free(one.place, "ink"), blank(2), free(one.summary, "dim"),
    ]  # fmt: skip
