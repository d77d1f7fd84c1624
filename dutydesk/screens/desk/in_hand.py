"""Which case is next, and what stands in the way of working on one."""

from __future__ import annotations

from dutydesk.i18n import _
from dutydesk.screens.desk.settling import Settling
from dutydesk.screens.parts.queue_rows import Beside
from dutydesk.screens.parts.shell import shell
from dutydesk.views.card_rows import CaseCard
from dutydesk.workflow.duty.claims import silent


class InHand(Settling):
    """The desk with its other seats: their cases are passed over, and opened only when insisted."""

    def action_next_mine(self) -> None:
        """The next case that needs me; those in hand at another seat that is alive are left out.

        It ends the roll-call first.
        """
        if self.duty.calling:
            self.action_roll_call()
            return
        self.free()
        board = self.board
        if board is None:
            return
        mine = {row.no for row in board.parts.mine}
        if not mine:
            narrowed = _("筛选里没有该我办的案件；Esc 看全部")
            self.say(narrowed if board.narrowed else _("没有该我办的案件"), "dim")
            return
        now, others = self.gateway.now, shell(self).hands.others()
        held = {no for no in mine if no in others and not silent(others[no].seen_at, now)}
        if not self.queue.next_mine(held):
            alone = len(mine - held) == 1 or len(mine) == 1
            self.say(_("该我办的只有这一件") if alone else _("该我办的，先是这一件"), "dim")
        elif held == mine:
            self.say(_("该我办的都在别的席位手里"), "dim")

    def run_wanted(self, what: str, card: CaseCard) -> None:
        """Do it, unless the case is in the hands of another seat: then that is said first."""
        wanted = what if what == "note" else shell(self).hands.cleared(card.no, what)
        if wanted is not None:
            super().run_wanted(wanted, card)

    def beside(self) -> dict[str, Beside]:
        """What is known of the rows of the board beside them."""
        board = self.board
        if board is None:
            return {}
        others, found = shell(self).hands.others(), {}
        passed = {
            row.case: row.at
            for row in reversed(board.promises)
            if row.at is not None and row.at <= board.read_at
        }
        for no in {*others, *board.said, *filter(None, passed)}:
            said = board.said.get(no)
            found[no] = Beside(
                others[no].seat if no in others else "",
                said.said if said else "",
                said.at if said else None,
                passed.get(no),
            )
        return found
