"""Promises at the desk: the next three in sight at every size, said once at their moment."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType

from dutydesk.i18n import _
from dutydesk.screens.desk.acts import DeskActs
from dutydesk.screens.desk.side_lists import PromiseList, PromiseRule
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.parts.shell import shell
from dutydesk.text import cut
from dutydesk.views.labels import N_
from dutydesk.views.numbers import short
from dutydesk.views.promises import PromiseRow

Moment = tuple[int, bool, datetime | None]
SAID_CELLS = 56


class Promising(DeskActs):
    """The desk with what was promised; its moment is said in the key line, never with a sound."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m,f8", "open('promises')", N_("便签与答应"), key_display="m"),
    ]

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._told: set[Moment] | None = None
        self._stand: tuple[PromiseRow, ...] = ()

    def show_promises(self, now: datetime) -> None:
        """Show those of the board, in the list or, where none has room, in the rule."""
        board = self.board
        if board is None:
            return
        self._stand = board.promises
        self.query_one(PromiseList).show(self._stand, self.gateway.words, now)
        shown = self._stand if self.compact else ()
        self.query_one(PromiseRule).show(shown, self.gateway.words, now)
        self.remind(now)

    def tick_promises(self, now: datetime) -> None:
        """A second has passed."""
        for shown in (self.query_one(PromiseList), self.query_one(PromiseRule)):
            if shown.display:
                shown.tick(now)
        self.remind(now)

    def remind(self, now: datetime) -> None:
        """Say once what has come; what had passed before the desk was opened only stands amber."""
        if self.board is None:
            return
        passed = [row for row in self._stand if row.at is not None and row.at <= now]
        before, self._told = self._told, {_moment(row) for row in passed}
        if before is None:
            return
        fresh = [row for row in passed if _moment(row) not in before]
        if fresh:
            shell(self).say(_reminder(fresh, now), "amber")


def _moment(row: PromiseRow) -> Moment:
    return row.id, row.again, row.at


def _reminder(fresh: list[PromiseRow], now: datetime) -> str:
    first = fresh[0]
    text = cut(first.text, SAID_CELLS)[0]
    said = _("到点 {text}").format(text=f"{short(first.case or '', now)} {text}".strip())
    if len(fresh) > 1:
        return _("{said}，另 {count} 条").format(said=said, count=len(fresh) - 1)
    return said
