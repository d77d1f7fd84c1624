"""The selected case beside or below the queue; it gives way by rule when room is short."""

from __future__ import annotations

from datetime import datetime

from dutydesk.i18n import _
from dutydesk.screens.desk import case_lines, trail_lines, waiting_lines
from dutydesk.screens.parts.paint import Line, Span, blank, row
from dutydesk.screens.parts.painted import Painted
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.labels import Words
from dutydesk.workflow.duty.claims import Claim


class CaseRows(Painted):
    """Shows one card; `show` gives another one, `tick` the moment."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._card: CaseCard | None = None
        self._words: Words | None = None
        self._now: datetime | None = None
        self.instead: list[Line] | None = None
        self.hint: list[Line] = []
        self.claim: Claim | None = None

    def show(self, card: CaseCard | None, words: Words, now: datetime) -> None:
        """Show this card, or that none is selected."""
        self._card, self._words, self._now = card, words, now
        self.repaint()

    def tick(self, now: datetime) -> None:
        """A second has passed: the lines of the clocks change."""
        self._now = now
        self.repaint()

    def lines(self, width: int, height: int) -> list[Line]:
        """The card in the room there is."""
        if self.instead is not None:
            return self.instead
        if self._card is None or self._words is None or self._now is None:
            if self.hint:
                return [row(width, line) for line in self.hint[:height]]
            return [row(width, [blank(1), Span(_("没有选中的案件"), "faint")])]
        return self.made(self._card, self._words, self._now, width, height)

    def made(
        self, card: CaseCard, words: Words, now: datetime, width: int, height: int
    ) -> list[Line]:
        """The lines of a card."""
        if height < 8:
            short = case_lines.two_lines(card, self.claim, words, now, width)
            return short + case_lines.acts_flow(card, width, max(0, height - 2))
        return pane(card, self.claim, words, now, width, height)


class TrailRows(CaseRows):
    """Who takes part in the case, and what has happened in it."""

    def made(
        self, card: CaseCard, words: Words, now: datetime, width: int, height: int
    ) -> list[Line]:
        """Parties and timeline."""
        return trail_lines.beside(card, words, now, width, height)


def pane(
    card: CaseCard, claim: Claim | None, words: Words, now: datetime, width: int, height: int
) -> list[Line]:
    """The four answers in their order, in at most `height` lines.

    What gives way, in this order: a line for each act, empty lines, the second line of the
    matter, clocks after the first, what is already done, acts that are closed.
    """
    undone = [check for check in card.pending if not check.done]
    for gap, matter, clocks, checks, pairs in (
        (1, 2, 3, None, False),
        (1, 2, 2, None, True),
        (0, 2, 2, None, True),
        (0, 1, 2, None, True),
        (0, 1, 1, None, True),
        (0, 1, 1, undone, True),
    ):
        acts_wanted = case_lines.acts_height(card, pairs=pairs)
        top = case_lines.what(card, words, now, width, matter)
        top += waiting_lines.with_whom(card, claim, words, now, width)
        clock_part = case_lines.how_long(card, words, now, width, clocks)
        shown = card.pending if checks is None else checks
        check_part = [case_lines.check_line(check, card, width) for check in shown]
        parts = [part for part in (top, clock_part, check_part) if part]
        used = sum(len(part) + gap for part in parts)
        if used + acts_wanted <= height:
            break
    least = min(4, acts_wanted)
    while used + least > height and len(check_part) > 1:
        check_part.pop()
        used -= 1
    lines: list[Line] = []
    for part in (top, clock_part, check_part):
        if part:
            lines += [*part, *([()] * gap)]
    return (lines + case_lines.can_do(card, width, max(1, height - len(lines))))[:height]
