"""What this seat has in hand: taken when a case is opened for work, let go when it is left."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.gateway import Gateway
from dutydesk.views.claims import in_hand, whose_words
from dutydesk.workflow.duty.claims import BEAT, Claim, Sitter

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.screens.app import DeskApp

SLOT = "hands"
ASKED_S = 15
"""How long a second key counts as the answer to what was asked."""


class Hands:
    """The claims of one seat. A seat without a name has none: nobody could be told of it."""

    def __init__(self, app: DeskApp, gateway: Gateway) -> None:
        self._app = app
        self._gateway = gateway
        self._works_on: dict[Screen[Any], str] = {}
        self._held: set[str] = set()
        self._in_the_way: dict[str, Claim] = {}
        self._again: set[str] = set()
        self._asked: tuple[str, str, datetime] | None = None
        self._over: set[str] = set()
        self._key_at: datetime | None = None
        self._beat_at: datetime | None = None
        self._left = False
        self._looked_at: tuple[str | None, str | None] = (None, None)

    @property
    def _by(self) -> Sitter:
        return Sitter(self._gateway.seat, self._gateway.actor.name or "")

    @property
    def _works(self) -> bool:
        return bool(self._gateway.seat) and self._gateway.ready and not self._left

    # In whose hands a case is.

    def others(self) -> dict[str, Claim]:
        """The cases in the hands of other seats now, by their numbers."""
        board = self._app.desk.board
        if board is None:
            return {}
        return in_hand(board.claims, self._gateway.seat, self._gateway.now)

    def cleared(self, no: str, what: str) -> str | None:
        """What may be done with a case now: `what`, or None where another seat has it in hand.

        Then that is said, and Enter or the same key within `ASKED_S` gives what was wanted before.
        """
        claim, now = self.others().get(no), self._gateway.now
        if claim is None or no in self._over:
            return what
        asked, self._asked = self._asked, None
        fresh = asked is not None and (now - asked[2]).total_seconds() <= ASKED_S
        if asked is not None and fresh and asked[0] == no and what in ("next", asked[1]):
            self._over.add(no)
            return asked[1]
        self._asked = no, what, now
        said = whose_words(claim, self._gateway.words, now)
        self._app.sitting.say(_("{said}；Enter 仍要办").format(said=said), "amber")
        return None

    # Taking and letting go.

    def opened(self, screen: Screen[Any], name: str, given: dict[str, Any]) -> None:
        """A screen was opened; whether it is one in which a case is worked on."""
        card, no = given.get("card"), given.get("no")
        works_on = card.no if name == "act" and card is not None else no if name == "case" else None
        if works_on is not None:
            self._works_on[screen] = works_on
            self.look()

    def look(self) -> None:
        """Take what the open screens work on, and let go of what none works on any more."""
        if not self._works:
            return
        stack = self._app.screen_stack
        self._works_on = {s: no for s, no in self._works_on.items() if s in stack}
        wanted = set(self._works_on.values())
        waits = self._in_the_way.keys() - self._again - self._over
        self._again.clear()
        for no in sorted(wanted - self._held - waits):
            self._held.add(no)
            call = partial(_take, no=no, by=self._by, over=no in self._over)
            self._gateway.job(call, self._app, f"{SLOT}:take:{no}")
        gone = tuple(sorted(self._held - wanted))
        self._held -= set(gone)
        self._over &= wanted
        for no in [no for no in self._in_the_way if no not in wanted]:
            del self._in_the_way[no]
        for no in gone:
            call_go = partial(_release, nos=(no,), by=self._by)
            self._gateway.job(call_go, self._app, f"{SLOT}:go:{no}")

    def moved(self) -> None:
        """The record has moved: what stood in the way may be free now."""
        self._again = set(self._in_the_way)

    def key(self) -> None:
        """A key was pressed at this seat."""
        if self._gateway.ready:
            self._key_at = self._gateway.now

    def second(self, now: datetime) -> None:
        """A second has passed: a sign of life when one is due, or when another case is looked at.

        A selection is told once it has rested for a second.
        """
        if not self._works:
            return
        self.look()
        selected = self._app.desk.selected
        told, before = self._looked_at
        rested = selected == before and selected != told
        due = self._beat_at is None or now - self._beat_at >= BEAT or now < self._beat_at
        if due or rested:
            self._beat_at, told = now, selected
            # A key from ahead of now was pressed before the clock jumped back.
            key_at = min(self._key_at or now, now)
            call = partial(
                _beat, by=self._by, selected=selected,
                nos=tuple(sorted(self._held)), key_at=key_at,
            )  # fmt: skip
            self._gateway.job(call, self._app, f"{SLOT}:beat")
        self._looked_at = told, selected

    def answered(self, event: messages.Answered) -> None:
        """A case was taken, or stands in the hands of another seat."""
        if event.slot == f"{SLOT}:beat":
            for claim in event.answer:
                who = f"{claim.seat} {claim.who}".strip()
                self._lose(claim, _("{tail} 已由 {who} 接手").format(tail=claim.no[-4:], who=who))
        elif event.slot.startswith(f"{SLOT}:take:"):
            if event.answer is None:
                self._in_the_way.pop(event.slot.rpartition(":")[2], None)
                return
            said = whose_words(event.answer, self._gateway.words, self._gateway.now)
            self._lose(event.answer, f"{event.answer.no[-4:]} {said}")

    def _lose(self, claim: Claim, said: str) -> None:
        """Another seat has the case: said once."""
        before = self._in_the_way.get(claim.no)
        self._held.discard(claim.no)
        self._in_the_way[claim.no] = claim
        if before is None or before.seat != claim.seat:
            self._app.sitting.say(said, "amber")

    def leave(self) -> None:
        """The desk closes: let go of everything, before the store is closed."""
        if self._works and self._held:
            held, self._held, self._left = tuple(sorted(self._held)), set(), True
            call = partial(_release, nos=held, by=self._by)
            self._gateway.job(call, self._app, f"{SLOT}:leave")


# In the desk's worker: the screens load without the store.


def _take(desk: Desk, no: str, by: Sitter, over: bool) -> Claim | None:
    from dutydesk.desk.claiming import take  # slow import

    return take(desk, no, by, over=over)


def _release(desk: Desk, nos: tuple[str, ...], by: Sitter) -> int:
    from dutydesk.desk.claiming import release  # slow import

    return release(desk, nos, by)


def _beat(
    desk: Desk, by: Sitter, selected: str | None, nos: tuple[str, ...], key_at: datetime
) -> tuple[Claim, ...]:
    from dutydesk.desk.claiming import beat  # slow import

    return beat(desk, by, selected, nos, key_at)
