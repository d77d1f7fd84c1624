"""The parts of the case screen: a fixed head, a fixed foot of acts, columns that scroll."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from dutydesk.i18n import _
from dutydesk.screens.case import lines as made
from dutydesk.screens.desk import case_lines
from dutydesk.screens.desk.waiting_lines import with_whom
from dutydesk.screens.parts.paint import Line, Span, blank, row
from dutydesk.screens.parts.painted import Painted
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.labels import Words
from dutydesk.workflow.duty.claims import Claim

IN_HEAD = 2
"""How many running clocks stand in the head; the others stand with those that have ended."""
Maker = Callable[[CaseCard, Words, datetime, int], list[Line]]


class CasePart(Painted):
    """Lines of a card by one maker; what does not fit is reached by `scroll`."""

    def __init__(self, maker: Maker, *, id: str) -> None:
        super().__init__(id=id)
        self.maker = maker
        self.card: CaseCard | None = None
        self.words: Words | None = None
        self.now: datetime | None = None
        self.top = 0
        self.count = 0
        self.instead: list[Line] | None = None
        """What is shown while there is no card."""

    def show(self, card: CaseCard | None, words: Words, now: datetime) -> None:
        """Show this card."""
        self.card, self.words, self.now = card, words, now
        self.repaint()

    def tick(self, now: datetime) -> None:
        """A second has passed."""
        self.now = now
        self.repaint()

    def move(self, by: int) -> None:
        """Scroll by so many lines."""
        self.top = max(0, min(self.count - self.size.height, self.top + by))
        self.repaint()

    def made(self, width: int) -> list[Line]:
        """All lines of the part."""
        if self.card is None or self.words is None or self.now is None:
            return self.instead or []
        return self.maker(self.card, self.words, self.now, width)

    def lines(self, width: int, height: int) -> list[Line]:
        """The lines from `top` on; the last says how many more there are."""
        found = self.made(width)
        self.count = len(found)
        self.top = max(0, min(self.top, self.count - height))
        shown = found[self.top : self.top + height]
        left = self.count - self.top - height
        if left > 0 and height > 2:
            said = _("↓ 还有 {count} 行").format(count=left + 1)
            shown[-1] = row(width, [], [Span(said, "dim"), blank(1)])
        return shown


def head(
    card: CaseCard, claim: Claim | None, words: Words, now: datetime, width: int
) -> list[Line]:
    """What it is, in what state, with whom, and how long there is."""
    state = [Span(card.state_label, "accent!"), blank(1)]
    first = case_lines.what(card, words, now, max(20, width - 16), 2)
    lines = [row(width, first[0], state), *(row(width, line) for line in first[1:])]
    lines += with_whom(card, claim, words, now, width)
    return [*lines, *case_lines.how_long(card, words, now, width, IN_HEAD)]


def left(card: CaseCard, words: Words, now: datetime, width: int) -> list[Line]:
    """What must be done, what can be done, who takes part, how the clocks stand, what is known."""
    doing = [*_first(card, width), *acts(card, words, now, width)]
    rest = [*_who(card, words, now, width), *_known(card, words, now, width)]
    return [*_sending(card, width), *doing, *rest]


def _first(card: CaseCard, width: int) -> list[Line]:
    """What must be done before the case can go on."""
    if not card.pending:
        return []
    done = sum(1 for check in card.pending if check.done)
    title = made.section(_("先完成"), width, f"{done}/{len(card.pending)}")
    return [title, *case_lines.first(card, width), ()]


def _sending(card: CaseCard, width: int) -> list[Line]:
    """Which messages are on their way, to whom, and how far each is."""
    if not card.messages:
        return []
    sent = sum(1 for one in card.messages if one.state == "SENT")
    title = made.section(
        _("消息"), width, _("已发 {sent}/{all}").format(sent=sent, all=len(card.messages))
    )
    return [title, *made.messages(card, width), ()]


def _who(card: CaseCard, words: Words, now: datetime, width: int) -> list[Line]:
    """Who takes part."""
    if not card.parties:
        return []
    return [made.section(_("参与方"), width), *made.parties(card, words, now, width), ()]


def _known(card: CaseCard, words: Words, now: datetime, width: int) -> list[Line]:
    """How the clocks stand, files, report, what is known."""
    lines: list[Line] = []
    if clocks := made.clocks(card, words, now, width, after=IN_HEAD):
        lines.append(made.section(_("时限"), width))
        lines += [*clocks, ()]
    if card.attachments:
        lines.append(made.section(_("附件"), width))
        lines += [*made.attachments(card, width), ()]
    if card.report:
        lines.append(made.section(_("评价报告"), width))
        lines += [*made.report(card, words, width), ()]
    lines.append(made.section(_("案情"), width))
    return lines + made.facts(card, words, now, width)


def beside(card: CaseCard, words: Words, now: datetime, width: int) -> list[Line]:
    """The left column of a screen on which nothing can be done."""
    doing = [*_sending(card, width), *_first(card, width)]
    return [*doing, *_who(card, words, now, width), *_known(card, words, now, width)]


def right(card: CaseCard, words: Words, now: datetime, width: int) -> list[Line]:
    """The one timeline."""
    title = made.section(_("经过"), width, str(len(card.events)))
    return [title, *made.timeline(card, words, now, width - 1)]


def both(card: CaseCard, words: Words, now: datetime, width: int) -> list[Line]:
    """Everything in one column, for narrow screens: what is open, what happened, the rest."""
    doing = [*_sending(card, width), *_first(card, width), *_who(card, words, now, width)]
    found = [*doing, *right(card, words, now, width), *_known(card, words, now, width)]
    return [line for line in found if line]


def acts(card: CaseCard, words: Words, now: datetime, width: int) -> list[Line]:
    """What can be done, as on the desk."""
    return [made.section(_("可办"), width), *case_lines.can_do(card, width, 12), ()]


def acts_low(card: CaseCard, words: Words, now: datetime, width: int) -> list[Line]:
    """What can be done on a low screen: Enter, then the open acts side by side."""
    first = case_lines.can_do(card, width, 1)[:1]
    return [made.section(_("可办"), width), *first, *case_lines.acts_flow(card, width, 2)]
