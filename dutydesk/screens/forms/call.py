"""The call card: whoever must be rung next, the number large, one key ends the call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.forms import call_lines, telling
from dutydesk.screens.forms.calling import LISTED, Calling
from dutydesk.screens.forms.finding import FindPerson
from dutydesk.screens.forms.heading import Heading
from dutydesk.screens.forms.outcome import Outcomes
from dutydesk.screens.forms.ringing import Ring
from dutydesk.screens.forms.rung import Told, about, acts_of, outcomes
from dutydesk.screens.forms.saying import Saying, Spoken
from dutydesk.screens.forms.scene import Scene
from dutydesk.screens.forms.showing import Shown, show
from dutydesk.screens.forms.submit import Filed
from dutydesk.screens.forms.turns import Turns
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint
from dutydesk.screens.parts.shell import shell
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.contacts import People, PersonRow
from dutydesk.views.labels import N_
from dutydesk.views.people import Alternate

if TYPE_CHECKING:
    from dutydesk.desk import Done


class CallCard(Calling):
    """Rings one person after the other; each ended call is put on the record by itself."""

    DEFAULT_CSS = """
    CallCard #box { width: 84; max-width: 100%; height: auto; max-height: 100%; overflow: hidden;
        background: $panel; border: round $border; padding: 0 1; margin: 0 0 2 0; }
    CallCard Spoken { padding: 0 1; }
    CallCard #person { margin: 0 0 1 0; }
    CallCard #error, CallCard #offer { padding: 0 1; }
    CallCard #list { margin: 1 0 0 0; }
    """
    hints = (
        KeyHint("1-9", N_("结束通话")),
        KeyHint("+", N_("答应时间")),
        KeyHint("*", N_("对方说")),
        KeyHint("-", N_("下一位")),
        KeyHint("/", N_("找人")),
        KeyHint("0", N_("来电")),
        KeyHint("Esc", N_("返回")),
    )

    def __init__(
        self, gateway: Gateway, scene: Scene, given: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(gateway, scene)
        self.turns = Turns(scene, given or {})
        self.done: list[Done] = []
        self.shown: dict[tuple[str, Alternate | None], Shown] = {}

    @property
    def ring(self) -> Ring:
        """Whoever is being rung."""
        return self.turns.ring

    def compose_body(self) -> ComposeResult:
        """Heading, the person, what is said, how it ended, who comes next."""
        with Vertical(id="box"):
            yield Heading(self.scene)
            yield Spoken(id="person")
            yield from self.fields
            yield Saying(id="offer")
            yield Saying(id="error")
            yield Spoken(id="list")

    def on_mount(self) -> None:
        """The card opens on whoever must be rung next, ready for the key that ends the call."""
        self.face()

    def face(self) -> None:
        """Show whose turn it is, the number by a logged act, and empty fields."""
        self.begin(self.ring.words)
        self.outcome.offer(outcomes(self.scene, self.ring))
        self.redraw()
        self.outcome.choices.focus()
        if self.turns.number is None:
            self.gateway.ask(People(self.ring.party, 5), self, LISTED)
        elif (self.ring.party, self.turns.other) not in self.shown:
            self.uncover()

    def uncover(self) -> None:
        """Show the number, by a logged act."""
        self._jobs += 1
        wanted = show(self.scene, self.ring, self.turns.other, self.gateway.now)
        self.gateway.job(wanted, self, f"show-{self._jobs}")

    # Drawing.

    def redraw(self) -> None:
        """The person large, the others small, and who else may be rung."""
        turns, ring = self.turns, self.ring
        seen = self.shown.get((ring.party, turns.other))
        lines = call_lines.person_lines(ring, turns.other, seen.number if seen else None)
        self.query_one("#person", Spoken).show(lines)
        room = call_lines.room(self.app.size.height)
        others = call_lines.list_lines(turns.rings, turns.at, self._rung, room)
        self.query_one("#list", Spoken).show(others)
        offered = call_lines.offered(turns.rings, turns.offer)
        self.query_one("#offer", Saying).say(offered, "amber")

    # Keys.

    def on_outcomes_asked(self, event: Outcomes.Asked) -> None:
        """A key that ends no call: the next person, somebody else, or a call that comes in."""
        event.stop()
        if event.what == "next":
            self.turn(1)
        elif event.what == "find" and not self.waiting:
            self.app.push_screen(FindPerson(self.gateway, event.text, self), self.turn_to)
        elif event.what == "incoming" and not self.waiting:
            self._incoming()

    def move(self, by: int) -> None:
        """Turn to the person after or before."""
        self.turns.turn(by)

    def turn_to(self, row: PersonRow | None) -> None:
        """Face somebody who was found; what stands in the card stays where nobody was."""
        if row is not None and not self.waiting:
            self.error("")
            self.turns.turn_to(row)
            self.face()

    def entered(self) -> None:
        """Enter rings who was offered, or asks how the call ended."""
        if self.turns.offer is None:
            super().entered()
        elif not self.waiting:
            self.error("")
            self.turns.take_offer()
            self.face()

    def _incoming(self) -> None:
        """Somebody rings here meanwhile: this card makes room for his."""
        app, card = shell(self), self.scene.card
        self.action_leave()
        self.app.call_later(lambda: app.open("incoming", card=card))

    # Doing.

    def end(self) -> None:
        """Record how the call ended; the card then turns to the next person."""
        outcome, _slash, satisfaction = str(self.outcome.value).partition("/")
        promised, at = self.promised.moment, self.when.moment
        said = self.heard(outcome)
        told = Told(outcome, said, promised, satisfaction or None, self.turns.other, at)
        wanted = acts_of(self.scene, self.ring, told, self.gateway.now)
        no = self.scene.card.no if self.scene.card else ""
        self.gateway.job(
            lambda desk: (
                outcome,
                tuple(desk.execute(one) for one in wanted),
                desk.read(Card(no)) if no else None,
            ),
            self,
            self.slot(),
        )

    def on_answered(self, event: messages.Answered) -> None:
        """The number may be shown, or the call is on the record."""
        if event.slot == LISTED:
            self._identify(event.answer)
            return
        if event.slot.startswith("show-"):
            self._show(event.answer)
            return
        self.waiting = False
        outcome, done, card = event.answer
        self.done += done
        self.error("")
        self._go_on(outcome, card)

    def _identify(self, found: tuple[PersonRow, ...]) -> None:
        """A party without a number may stand in the list of contacts; else that is said."""
        if self.turns.number is None and self.turns.identify(found):
            self.uncover()
            self.redraw()
        elif self.turns.number is None:
            self.error(_("没有号码：按 - 换一位，按 / 找人；用别的办法联系上了也可以记下结果"))

    def _show(self, seen: Shown) -> None:
        """A number is uncovered."""
        self.shown[seen.party, seen.other] = seen
        self.turns.learn(seen)
        self.redraw()

    def _go_on(self, outcome: str, card: CaseCard | None) -> None:
        """To the next person who must be rung; when nobody is left the card closes."""
        if card is not None:
            self.scene = replace(self.scene, card=card, now=self.gateway.now)
        if self.turns.ended(self.scene, outcome, self._rung):
            self.query_one(Heading).look_again(self.scene)
            self.face()
        else:
            self.close()

    def _rung(self, ring: Ring) -> bool:
        return any(about(done, ring) for done in self.done)

    def close(self) -> None:
        """Away, saying what was done."""
        no = self.scene.card.no if self.scene.card else None
        telling.leave(self, Filed("call", no, tuple(self.done)) if self.done else None)

    def tick(self, now: datetime) -> None:
        """The clock runs on."""
        self.query_one(Heading).tick(now)
