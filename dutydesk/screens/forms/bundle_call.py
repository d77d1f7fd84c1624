"""One call for several cases: each person is rung once, and hears of all that concern him."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.forms.bundle_cases import Cases, after
from dutydesk.screens.forms.call_lines import list_lines, person_lines
from dutydesk.screens.forms.calling import LISTED, Calling
from dutydesk.screens.forms.opening import scene_of
from dutydesk.screens.forms.outcome import Outcomes
from dutydesk.screens.forms.ringing import CALL, listed, numbered
from dutydesk.screens.forms.rung import Told, acts_of
from dutydesk.screens.forms.saying import Saying, Spoken
from dutydesk.screens.forms.sharing import Shared, shared
from dutydesk.screens.forms.showing import Shown, show
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint
from dutydesk.screens.parts.paint import Span, free
from dutydesk.screens.parts.shell import shell
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.contacts import People, PersonRow
from dutydesk.views.labels import N_
from dutydesk.workflow.cases.acts import Act

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.desk.bundling import Bundled


LOW = 34
"""Lines of a terminal on which lists must be short."""


class BundleCall(Calling):
    """Rings one person after the other; what an ended call becomes stands in each of his cases."""

    DEFAULT_CSS = """
    BundleCall #box { width: 84; max-width: 100%; height: auto; background: $panel;
        border: round $border; padding: 0 1; margin: 0 0 2 0; }
    BundleCall Spoken, BundleCall Saying { padding: 0 1; }
    BundleCall #person { margin: 0 0 1 0; }
    """
    hints = (
        KeyHint("1-5", N_("结束通话")),
        KeyHint("+", N_("答应时间")),
        KeyHint("*", N_("对方说")),
        KeyHint("-", N_("下一位")),
        KeyHint("Esc", N_("返回")),
    )

    def __init__(self, gateway: Gateway, cards: Sequence[CaseCard]) -> None:
        super().__init__(gateway, scene_of(gateway, CALL, cards[0]))
        self.cards = tuple(cards)
        self.listed: dict[str, PersonRow] = {}
        self.people = self._people()
        self.at = 0
        self.rung: set[str] = set()
        self.shown: dict[str, str] = {}
        self.done: frozenset[str] = frozenset()

    @property
    def one(self) -> Shared:
        """Whoever is being rung."""
        return self.people[self.at]

    def compose_body(self) -> ComposeResult:
        """How many cases, the person, of which of them he hears, how it ended, who comes next."""
        with Vertical(id="box"):
            yield Saying(_("一通电话，{count} 件").format(count=len(self.cards)), "accent!")
            yield Spoken(id="person")
            yield Cases(self.gateway, self.cards, CALL)
            yield from self.fields
            yield Saying(id="error")
            yield Spoken(id="list")

    def on_mount(self) -> None:
        """Ready for the key that ends the call."""
        self.face()

    def face(self) -> None:
        """Turn to the person: show the number by a logged act, empty the fields."""
        self.begin(self.one.ring.words)
        self.query_one(Cases).about(self.one.cards)
        self.redraw()
        self.outcome.choices.focus()
        ring = self.one.ring
        if not ring.number:
            self.gateway.ask(People(ring.party, 5), self, LISTED)
        elif ring.party not in self.shown:
            self.uncover()

    def uncover(self) -> None:
        """Show the number, by a logged act."""
        ring, scene = self.one.ring, replace(self.scene, card=self.one.cards[0])
        self.gateway.job(show(scene, ring, None, self.gateway.now), self, f"show-{ring.party}")

    def _people(self) -> tuple[Shared, ...]:
        """Everybody of the cases; who has his number in the list of contacts with that."""
        return tuple(
            replace(one, ring=numbered(self.scene, one.ring, self.listed.get(one.ring.party)))
            for one in shared(self.gateway, self.cards)
        )

    def _identify(self, found: tuple[PersonRow, ...]) -> None:
        """A party without a number may stand in the list of contacts."""
        ring = self.one.ring
        row = listed(ring, found)
        if ring.number or row is None:
            return
        self.listed[ring.party] = row
        self.people = self._people()
        self.uncover()
        self.redraw()

    def redraw(self) -> None:
        """The person large, how many cases he hears of, the others small."""
        one = self.one
        lines = person_lines(one.ring, None, self.shown.get(one.ring.party))
        count = _("这一通说 {count} 件，每件各记一条").format(count=len(one.cards))
        self.query_one("#person", Spoken).show([*lines, [free(count, "amber")]])
        # A low terminal shows the next two only: how the call ended must stay in sight.
        low = self.app.size.height < LOW
        listed = self.people[self.at : self.at + 3] if low else self.people
        everybody, at = [each.ring for each in listed], 0 if low else self.at
        said = list_lines(everybody, at, lambda ring: ring.party in self.rung)
        self.query_one("#list", Spoken).show([[Span(" ")], *said])

    # Keys.

    def on_outcomes_asked(self, event: Outcomes.Asked) -> None:
        """`-` turns to the next person; the rest is for the card of one case."""
        event.stop()
        if event.what == "next":
            self.turn(1)

    def at_first(self) -> bool:
        """Nobody is looked for here: at the outcome `/` opens the menu."""
        return self.outcome.choices.has_focus or super().at_first()

    def move(self, by: int) -> None:
        """Turn to the person after or before."""
        self.at = (self.at + by) % len(self.people)

    # Doing.

    def end(self) -> None:
        """Record how the call ended in each of the person's cases."""
        wanted = self._acts()
        numbers = [card.no for card in self.cards]

        def rung(desk: Desk) -> tuple[list[Bundled], list[CaseCard | None]]:
            from dutydesk.desk.bundling import bundle  # slow import

            done = [bundle(desk, acts) for acts in wanted]
            return done, [desk.read(Card(no)) for no in numbers]

        self.gateway.job(rung, self, self.slot())

    def _acts(self) -> list[list[Act]]:
        """What the call becomes: one list of acts per verb, one act per case."""
        outcome = str(self.outcome.value)
        told = Told(outcome, self.heard(outcome), self.promised.moment, at=self.when.moment)
        found: dict[str, list[Act]] = {}
        for card in self.one.cards:
            scene = replace(self.scene, card=card)
            for each in acts_of(scene, self.one.ring, told, self.gateway.now):
                found.setdefault(each.verb, []).append(replace(each, version=None))
        return list(found.values())

    def on_answered(self, event: messages.Answered) -> None:
        """The number may be shown, or the call is on the record."""
        if event.slot == LISTED:
            self._identify(event.answer)
            return
        if event.slot.startswith("show-"):
            seen: Shown = event.answer
            self.shown[seen.party] = seen.number
            self.redraw()
            return
        self.waiting = False
        bundled, cards = event.answer
        refused: dict[str, str] = {}
        for each in bundled:
            done, why = after(self.gateway, each)
            self.done |= done
            refused |= why
        self.rung.add(self.one.ring.party)
        self.cards = tuple(card for card in cards if card is not None)
        self.query_one(Cases).tell(self.done, refused)
        shell(self).desk.reread()
        if refused:
            said = _("{count} 件没有记上，还勾着").format(count=len(refused))
            self.error(said)
        self._go_on(refused)

    def _go_on(self, refused: dict[str, str]) -> None:
        """To the next person who must be rung; when none is left and nothing was refused, away."""
        self.people = self._people()
        left = [p for p in self.people if p.ring.waiting and p.ring.party not in self.rung]
        if left:
            self.at = self.people.index(left[0])
            self.face()
        elif not refused:
            self.action_leave()
        else:
            self.at = min(self.at, len(self.people) - 1)
            self.face()

    def close(self) -> None:
        """Away; the marks stay, for the push comes next."""
        app, done = shell(self), self.done
        self.dismiss(None)
        if done:
            said = _("捆办 {act}：{count} 件已记录").format(
                act=self.scene.words.verb(CALL), count=len(done)
            )
            self.app.call_later(app.say, said)
