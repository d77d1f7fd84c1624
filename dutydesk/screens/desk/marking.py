"""Bundles at the desk: cases are marked, and the next act is for all that are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.desk.acts import DeskActs
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint
from dutydesk.screens.parts import marks
from dutydesk.screens.parts.key_line import KeyLine
from dutydesk.screens.parts.shell import shell
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.labels import N_

if TYPE_CHECKING:
    from dutydesk.desk import Desk

SLOT = "bundle"


class Marking(DeskActs):
    """The desk with marks; nothing of it moves the selection, and a mark costs nothing.

    A mark stays with its case until the case has had the act, or somebody takes it off.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("insert", "mark", N_("勾选或取消勾选（捆办）")),
    ]

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self.marks: dict[str, None] = {}
        self._asked = ""

    # Marking.

    def action_mark(self) -> None:
        """Mark the selected case, or take its mark off."""
        no = self.queue.selected
        if no is None:
            self.say(_("没有选中的案件"), "dim")
        else:
            self.toggle(no)

    def toggle(self, no: str) -> str:
        """Mark a case, or take its mark off; says how many are marked now."""
        if no in self.marks:
            self.unmark([no])
        else:
            self.mark([no])
        return _("{no}：勾着 {count} 件").format(no=no[-4:], count=len(self.marks))

    def mark(self, numbers: Iterable[str]) -> None:
        """Mark cases, also such as the queue does not hold."""
        self.marks |= dict.fromkeys(numbers)
        self._show_marks()

    def unmark(self, numbers: Iterable[str]) -> None:
        """Take the marks of cases off."""
        for no in list(numbers):
            self.marks.pop(no, None)
        self._show_marks()

    def _show_marks(self) -> None:
        self.queue.mark(frozenset(self.marks))
        self.query_one(KeyLine).offer(self.hints)

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys that work now: while cases are ticked those that go for all of them."""
        ticked = bool(self.marks) and not self.duty.calling
        return marks.hints(self.marks) if ticked else super().hints

    def action_back(self) -> None:
        """Esc takes the marks off before it does anything else, but ends the roll-call first."""
        if self.marks and not self.duty.calling:
            self.unmark(list(self.marks))
        else:
            super().action_back()

    # Acts for all that are marked.

    def action_next_act(self) -> None:
        """With marks: which act it is to be."""
        if self.marks and not self.duty.calling:
            self._bundle("")
        else:
            super().action_next_act()

    def action_digit(self, digit: str) -> None:
        """With marks: the act that has this number where the selected case stands, for all."""
        if self.marks and not self.duty.calling:
            self._bundle(digit)
        else:
            super().action_digit(digit)

    def action_call(self) -> None:
        """With marks: one call for all of them."""
        if self.marks and not self.duty.calling:
            self._bundle("call")
        else:
            super().action_call()

    def action_note(self) -> None:
        """With marks: one note on all of them."""
        if self.marks:
            self._bundle("note")
        else:
            super().action_note()

    def bundle_marked(self) -> None:
        """Which act the marked cases are to have; without marks how cases are marked."""
        if self.marks:
            self._bundle("")
        else:
            self.say(_("先勾选：Ins，或 /1107+1110 Enter"), "amber")

    def _bundle(self, asked: str) -> None:
        """Read what is marked; the form opens once it is here."""
        self._asked = asked
        self.gateway.job(partial(_cards, numbers=tuple(self.marks)), self, SLOT)

    def on_answered(self, event: messages.Answered) -> None:
        """The cases that are marked have come."""
        if event.slot == SLOT:
            self._open(event.answer)

    def _open(self, cards: Sequence[CaseCard]) -> None:
        if not self._asked:
            shell(self).open("bundle-menu", cards=cards)
            return
        verb = self._asked if not self._asked.isdigit() else self._verb(self._asked, cards)
        if verb is not None:
            shell(self).open("bundle", verb=verb, cards=cards)

    def _verb(self, digit: str, cards: Sequence[CaseCard]) -> str | None:
        """The act of a digit where the selected case stands; of another the first marked one."""
        here = self.queue.selected
        card = next((card for card in cards if card.no == here), cards[0])
        act = next((act for act in card.acts if act.key == digit), None)
        if act is None:
            self.say(_("{no} 没有 {key} 号操作").format(no=card.tail, key=digit), "dim")
            return None
        if not self.gateway.context.procedure.acts[act.verb].bundle:
            said = _("“{act}”只能一件一件办；Esc 放开")
            self.say(said.format(act=act.label), "amber")
            return None
        return act.verb


def _cards(desk: Desk, numbers: Sequence[str]) -> tuple[CaseCard, ...]:
    """The cards of the marked cases, in the order in which they were marked."""
    found = (desk.read(Card(no)) for no in numbers)
    return tuple(card for card in found if card is not None)
