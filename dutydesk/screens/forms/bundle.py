"""One form for several cases: filled once, done to each, and told case by case (捆办)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from dutydesk.i18n import _
from dutydesk.reports.notice import Meeting, joint_notice, notice
from dutydesk.screens import messages
from dutydesk.screens.forms import refusing
from dutydesk.screens.forms.bundle_call import BundleCall
from dutydesk.screens.forms.bundle_cases import Cases, after, why_not
from dutydesk.screens.forms.convene import ConveneForm
from dutydesk.screens.forms.defaults import defaults
from dutydesk.screens.forms.form import ActForm
from dutydesk.screens.forms.heading import Heading
from dutydesk.screens.forms.opening import drafts_of, scene_of
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.forms.scene import Scene
from dutydesk.screens.forms.submit import act
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.shell import shell
from dutydesk.views.card_rows import CaseCard
from dutydesk.workflow.cases.acts import Act

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.desk.bundling import Bundled

DRAFT = "bundle"
"""What stands for the case in the key of a draft."""


class BundleForm(ActForm):
    """The form of an act for all its cases; the first that takes the act lends its proposals."""

    def __init__(
        self,
        gateway: Gateway,
        verb: str,
        cards: Sequence[CaseCard],
        given: Mapping[str, object] | None = None,
    ) -> None:
        self.cards = tuple(cards)
        self.open_cards = tuple(card for card in cards if not why_not(card, verb))
        # The most pressing that has somebody to urge lends its clock to the head of the form, and
        # its proposals.
        pressing = sorted(self.open_cards or self.cards, key=_due)
        scenes = (scene_of(gateway, verb, card) for card in pressing)
        lead = next(filter(_lends, scenes), None) or scene_of(gateway, verb, pressing[0])
        super().__init__(gateway, lead, drafts_of(gateway), given)
        self.told = False

    @property
    def _case(self) -> str | None:
        return DRAFT

    def settled(self) -> None:
        """The head says how many cases it is."""
        words, count = self.scene.words, len(self.asked)
        head = self.query_one(Heading)
        head.title = _("{act}（捆办 {count} 件）").format(
            act=words.verb(self.scene.verb), count=count
        )
        head.repaint()
        super().settled()

    def compose_above(self) -> ComposeResult:
        """The cases, each with its state."""
        yield Cases(self.gateway, self.cards, self.scene.verb)
        if self.scene.verb == "urge" and _lends(self.scene):
            yield Saying(_("“对象”不改，就各催各的承办方"), id="each")

    @property
    def asked(self) -> tuple[CaseCard, ...]:
        """The cases to which the act is done: what does not take it is refused by the rules."""
        return self.cards

    def wanted(self) -> Sequence[Act]:
        """One act per case, at one moment, each with the version that was seen."""
        now, held = self.gateway.now, self.sheet.held()
        return [
            act(
                replace(self.scene, card=card),
                {**held, **self.own(card, held)},
                now,
                version=card.version,
            )
            for card in self.asked
        ]

    def own(self, card: CaseCard, held: Mapping[str, object]) -> Mapping[str, object]:
        """What a case does not share with the others: whom to urge, until somebody types it."""
        if self.scene.verb != "urge" or self.sheet.rows["target"].touched:
            return {}
        return defaults(replace(self.scene, card=card), held)

    def confirm(self) -> None:
        """Enter does it; once every case has its answer it leaves."""
        if self.told:
            self.action_leave()
        else:
            super().confirm()

    def submit(self) -> None:
        """Do it to all in as few transactions as there can be."""
        if not self.asked:
            refusing.say(self, _("没有一件现在能办这一步：原因写在各件后面"))
            return
        wanted = self.wanted()

        def bundled(desk: Desk) -> Bundled:
            from dutydesk.desk.bundling import bundle  # slow import

            return bundle(desk, wanted)

        self.begin(bundled)

    async def on_answered(self, event: messages.Answered) -> None:
        """Every case has its answer: what was refused stays on the screen, and stays marked."""
        if not event.slot.startswith("do-"):
            return
        event.prevent_default()
        self.waiting = False
        answer: Bundled = event.answer
        done, why = after(self.gateway, answer)
        left_out = {c.no: why_not(c, self.scene.verb) for c in self.cards if c not in self.asked}
        self.drafts.drop(self.scene.verb, self._case)
        self.told = self.over = True
        shell(self).desk.unmark(done)
        shell(self).desk.reread()
        said = _("捆办 {act}：{count} 件已记录").format(
            act=self.scene.words.verb(self.scene.verb), count=len(done)
        )
        if not (why or left_out):
            self.dismiss(None)
            self.app.call_later(shell(self).say, said)
            return
        self.query_one(Cases).tell(done, {**left_out, **why})
        rest = _("{said}；没办成的还勾着 · Enter 关闭")
        refusing.say(self, rest.format(said=said), "amber")
        self.call_after_refresh(self.make_room)

    def keep(self) -> None:
        """Keep what was typed, until it is done."""
        if not self.told:
            super().keep()


class BundleConvene(BundleForm, ConveneForm):
    """One meeting for all: one message that lists the cases, each with its own parties."""

    def __init__(self, gateway: Gateway, verb: str, cards: Sequence[CaseCard]) -> None:
        open_cards = [card for card in cards if not why_not(card, verb)] or list(cards)
        names = [party.name for card in open_cards for party in card.parties]
        super().__init__(gateway, verb, cards, {"parties": list(dict.fromkeys(names))})

    @property
    def asked(self) -> tuple[CaseCard, ...]:
        """Only what the message lists is convened by it."""
        return self.open_cards

    def own(self, card: CaseCard, held: Mapping[str, object]) -> Mapping[str, object]:
        """Of the parties in the form those of the case; all of them where it has none."""
        chosen = held.get("parties")
        names = [str(name) for name in chosen] if isinstance(chosen, (list, tuple)) else []
        known = {party.name for card in self.cards for party in card.parties}
        mine = {party.name for party in card.parties}
        return {"parties": [n for n in names if n in mine or n not in known] or names}

    def message(self) -> str:
        """The message of what stands in the form now; empty while it cannot be written."""
        held = self.sheet.held()
        time, parties = held.get("time"), held.get("parties")
        if not self.asked or not isinstance(time, datetime) or not isinstance(parties, list):
            return ""
        words, drill = self.scene.words, self.scene.context.drill
        each = [(card, _names(self.own(card, held))) for card in self.asked]
        every = list(dict.fromkeys(name for _card, names in each for name in names))
        meeting = Meeting(time, str(held.get("location") or ""), str(held.get("mode")), every)
        if len(each) == 1:
            return notice(each[0][0], meeting, words, drill=drill)
        return joint_notice(each, meeting, words, drill=drill)

    def submit(self) -> None:
        """Copy first; once this very text is copied, Enter says that it went out."""
        if not self.channel and self.copied != self.message():
            self.action_copy()
            return
        BundleForm.submit(self)


def _lends(scene: Scene) -> bool:
    """Whether a case has what the form proposes for it: of an urge somebody to be urged."""
    return scene.verb != "urge" or bool(defaults(scene, {}).get("target"))


def _due(card: CaseCard) -> float:
    """When the clock of a case runs out, in seconds; far away where none runs."""
    due_at = card.clock.due_at if card.clock else None
    return due_at.timestamp() if due_at is not None else math.inf


def _names(own: Mapping[str, object]) -> list[str]:
    found = own["parties"]
    assert isinstance(found, list)
    return found


def open_bundle(gateway: Gateway, verb: str, cards: Sequence[CaseCard]) -> Dialog:
    """The form of an act for several cases; they are all marked on the desk."""
    if verb == "call":
        return BundleCall(gateway, cards)
    if verb == "convene":
        return BundleConvene(gateway, verb, cards)
    return BundleForm(gateway, verb, cards)
