"""The cases of a bundle, listed: which take the act, which do not and why, what became of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dutydesk.i18n import _
from dutydesk.screens.forms.saying import Spoken
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.parts.paint import Span, blank, column, free
from dutydesk.screens.parts.shell import shell
from dutydesk.text import width as cells
from dutydesk.views.card_rows import ActRow, CaseCard
from dutydesk.views.numbers import short
from dutydesk.views.wording import claused

if TYPE_CHECKING:
    from dutydesk.desk.bundling import Bundled

ROOMS = ((40, 10), (30, 5), (0, 3))
"""So many cases stand in a list from so many lines of the terminal on; of more it says how many."""


class Cases(Spoken):
    """One line per case: the shape says how it stands with the act."""

    DEFAULT_CSS = "Cases { padding: 0 1; margin: 0 0 1 0; }"

    def __init__(self, gateway: Gateway, cards: Sequence[CaseCard], verb: str) -> None:
        super().__init__(id="cases")
        self.gateway, self.cards, self.verb = gateway, tuple(cards), verb
        self.refused: dict[str, str] = {}
        self.done: frozenset[str] = frozenset()
        self._height = 0
        self.tell()

    def on_mount(self) -> None:
        """A low terminal lists fewer."""
        self._fit()

    def on_resize(self) -> None:
        """Another size, another room; the base paints anew by itself."""
        self._fit()

    def _fit(self) -> None:
        if self._height != self.app.size.height:
            self._height = self.app.size.height
            self.tell(self.done, self.refused)

    def tell(
        self, done: frozenset[str] = frozenset(), refused: Mapping[str, str] | None = None
    ) -> None:
        """Say what became of the cases."""
        self.done, self.refused = done, dict(refused or {})
        # What does not go stands first: it is what somebody has to look at.
        cards = sorted(self.cards, key=lambda card: not self.why(card))
        most = next(most for height, most in ROOMS if self._height >= height)
        lines = [self._line(card) for card in cards[:most]]
        if len(cards) > most:
            more = _("…还有 {count} 件").format(count=len(cards) - most)
            lines.append([Span(more, "dim")])
        self.show(lines)

    def about(self, cards: Sequence[CaseCard]) -> None:
        """List other cases; what became of them is known already."""
        self.cards = tuple(cards)
        self.tell(self.done, self.refused)

    def why(self, card: CaseCard) -> str:
        """Why a case does not take the act; empty where it does."""
        if card.no in self.refused:
            return self.refused[card.no]
        return "" if card.no in self.done else why_not(card, self.verb)

    def _line(self, card: CaseCard) -> list[Span]:
        why = self.why(card)
        line = [
            self._sign(card),
            Span(short(card.no, self.gateway.now), "dim" if why else "bright"),
            blank(1),
            column(card.state_label, max(cells(one.state_label) for one in self.cards), "dim"),
            blank(1),
        ]
        if why:
            return [*line, free(why, "red")]
        # A case in the hands of another seat says so: who bundles it does so knowingly.
        claim = shell(self).hands.others().get(card.no) if self.is_mounted else None
        if claim is not None:
            line += [Span(_("{seat}在办").format(seat=claim.seat), "amber"), blank(1)]
        return [*line, free(card.place), blank(1), free(card.description, "dim")]

    def _sign(self, card: CaseCard) -> Span:
        if self.why(card):
            return Span("✗ ", "red")
        return Span("✓ ", "green") if card.no in self.done else Span("· ", "dim")


def act_of(card: CaseCard, verb: str) -> ActRow | None:
    """What a card says of an act."""
    return next((act for act in card.acts if act.verb == verb), None)


def why_not(card: CaseCard, verb: str) -> str:
    """Why an act is not open on a case; empty where it is."""
    act = act_of(card, verb)
    if act is None:
        return _("现在是“{state}”，不能办这一步").format(state=card.state_label)
    return "" if act.open else claused(act.why_not or "", act.clause)


def after(gateway: Gateway, bundled: Bundled) -> tuple[frozenset[str], dict[str, str]]:
    """The numbers to which it was done, and of the others why it was not."""
    why = {no: gateway.sentence(error) for no, error in bundled.refused}
    done = frozenset(one.case for one in bundled.results if one.case not in why)
    return done, why
