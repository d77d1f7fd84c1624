"""After a case has ended, an Enter typed ahead opens nothing of the case that takes its place."""

from __future__ import annotations

from textual.timer import Timer

from dutydesk.i18n import _
from dutydesk.screens.desk.acts import DeskActs
from dutydesk.screens.gateway import Gateway
from dutydesk.views.card_rows import CaseCard

SETTLE_S = 0.6
"""House: how long the case that took the place of an ended one stands before Enter is its own."""


class Settling(DeskActs):
    """Holds Enter from the end of a case until its successor has been on the screen for a moment.

    Whoever moves the selection himself has looked: that frees Enter at once.
    """

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._ended: str | None = None
        self._seen: str | None = None
        self._freeing: Timer | None = None

    def hold(self, no: str) -> None:
        """A case has ended: Enter waits."""
        self.free()
        self._ended = no
        self.ask_card()

    def seen(self, card: CaseCard | None) -> None:
        """A case is on the screen; the first that is not as it was before frees Enter soon."""
        no = card.no if card is not None else ""
        if self._ended is None or no == self._seen:
            return
        ends = self.gateway.context.procedure.states
        if card is None or no != self._ended or ends[card.state].end:
            self._seen = no
            if self._freeing is not None:
                self._freeing.stop()
            self._freeing = self.set_timer(SETTLE_S, self.free)

    def free(self) -> None:
        """Enter is the selected case's again."""
        if self._freeing is not None:
            self._freeing.stop()
        self._ended, self._seen, self._freeing = None, None, None

    def action_next_act(self) -> None:
        """The next act; right after the end of a case that is said instead."""
        if self._ended is not None and not self.duty.calling:
            self.say(_("上一件已办完，选中的是下一件；看清后再按 Enter"), "amber")
        else:
            super().action_next_act()

    def action_move(self, steps: int) -> None:
        """Up and down, by hand."""
        self.free()
        super().action_move(steps)

    def action_page(self, pages: int) -> None:
        """A screen up or down, by hand."""
        self.free()
        super().action_page(pages)

    def action_edge(self, last: bool) -> None:
        """The first or last row, by hand."""
        self.free()
        super().action_edge(last)
