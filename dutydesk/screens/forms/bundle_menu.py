"""Which act all the marked cases are to have: a list with how many of them take it now."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from dutydesk.i18n import _
from dutydesk.screens.forms.bundle_cases import Cases, why_not
from dutydesk.screens.forms.entry import take
from dutydesk.screens.forms.saying import Saying, Spoken
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, narrow
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Span, blank, column
from dutydesk.screens.parts.shell import shell
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.labels import N_


class BundleMenu(Dialog):
    """A digit chooses the act, Enter the one that most take; the form opens for all the cases."""

    DEFAULT_CSS = """
    BundleMenu #box { width: 84; max-width: 100%; height: auto; background: $panel;
        border: round $border; padding: 0 1; margin: 0 0 2 0; }
    BundleMenu Saying, BundleMenu #acts { padding: 0 1; }
    BundleMenu #acts { margin: 0 0 1 0; }
    """
    hints = (
        KeyHint("1-9", N_("选一步")),
        KeyHint("Enter", N_("所指的一步")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, cards: Sequence[CaseCard]) -> None:
        super().__init__(gateway)
        self.cards = tuple(cards)
        self.acts = self._acts()

    def _acts(self) -> list[tuple[str, int]]:
        """Every act that may be bundled with how many cases take it; a number never changes."""
        kinds = self.gateway.context.procedure.acts
        return [
            (verb, sum(1 for card in self.cards if not why_not(card, verb)))
            for verb, kind in kinds.items()
            if kind.bundle
        ][:9]

    @property
    def likely(self) -> int:
        """The place of the act that most of the cases take: Enter chooses it."""
        fits = [count for _verb, count in self.acts]
        return fits.index(max(fits))

    def compose_body(self) -> ComposeResult:
        """The cases, and the acts with their digits."""
        words, count = self.gateway.words, len(self.cards)
        lines = [
            [
                Span("▌" if digit == self.likely + 1 else " ", "accent"),
                Span(f"{digit} ", "accent!"),
                column(words.verb(verb), 24, "bright" if fits else "faint"),
                blank(1),
                Span(_("{fits}/{count} 件现在能办").format(fits=fits, count=count), "dim"),
            ]
            for digit, (verb, fits) in enumerate(self.acts, start=1)
        ]
        with Vertical(id="box"):
            yield Saying(_("捆办 {count} 件：办哪一步").format(count=count), "accent!")
            yield Cases(self.gateway, self.cards, "note")
            yield Spoken(lines, id="acts")

    def on_key(self, event: events.Key) -> None:
        """A digit chooses."""
        sign = narrow(event.character)
        if event.key == "enter":
            take(event)
            self._choose(self.likely)
        elif sign.isdigit() and 0 < int(sign) <= len(self.acts):
            take(event)
            self._choose(int(sign) - 1)
        elif sign == ".":
            take(event)
            shell(self).acknowledge()

    def _choose(self, index: int) -> None:
        app, verb = shell(self), self.acts[index][0]
        self.dismiss(None)
        self.app.call_later(lambda: app.open("bundle", verb=verb, cards=self.cards))
