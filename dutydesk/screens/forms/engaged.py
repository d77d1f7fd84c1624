"""Forms that call parties together: what else each is promised to, and who is next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.forms.form import ActForm
from dutydesk.screens.forms.saying import Spoken
from dutydesk.screens.forms.submit import Filed
from dutydesk.screens.parts.paint import Line, Span, blank, free
from dutydesk.screens.parts.shell import shell
from dutydesk.views.card import Card
from dutydesk.views.engaged import Engaged, EngagedParty
from dutydesk.views.labels import Words
from dutydesk.views.numbers import short

ENGAGED = "engaged"
INVITED = "invited"
MOST_BUSY = 2
"""How many things are named of one party; how many more there are is said."""


class EngagedForm(ActForm):
    """Warns of whatever lies within an hour of the coordination; it never stands in the way."""

    DEFAULT_CSS = "EngagedForm #engaged { padding: 0 1; }"

    def compose_below(self) -> ComposeResult:
        """A line per party that is promised elsewhere, and one of who is next."""
        yield Spoken(id="engaged")

    @property
    def question(self) -> Engaged | None:
        """Who is asked about, and when; None while the form does not say it yet."""
        held, card = self.sheet.held(), self.scene.card
        time = held.get("time")
        if card is None or not isinstance(time, datetime):
            return None
        named = held.get("parties") or [party.name for party in card.parties]
        if self.scene.verb == "invite":
            named = [held.get("party")]
        names = [str(name) for name in named if name] if isinstance(named, (list, tuple)) else []
        return Engaged(tuple(names), time, card.no) if names else None

    _asked: Engaged | None = None

    def settled(self) -> None:
        """Other parties or another time: ask anew."""
        question = self.question
        if question == self._asked:
            return
        self._asked = question
        if question is None:
            self.query_one("#engaged", Spoken).show(())
        else:
            self.gateway.ask(question, self, ENGAGED)

    async def on_answered(self, event: messages.Answered) -> None:
        """The engagements are here."""
        if event.slot == ENGAGED and self._asked is not None:
            lines = engaged_lines(event.answer, self.scene.words, self._asked.at, self.gateway.now)
            self.query_one("#engaged", Spoken).show(lines)
            self.call_after_refresh(self.make_room)


def engaged_lines(
    found: Sequence[EngagedParty], words: Words, at: datetime, now: datetime
) -> list[Line]:
    """A line of amber per party that is promised elsewhere, then who comes where one declines."""
    lines: list[Line] = []
    for one in found:
        if not one.busy:
            continue
        spans = [Span("▲ ", "amber!"), free(words.party(one.party), "amber!"), blank(1)]
        for thing in one.busy[:MOST_BUSY]:
            when = words.when(thing.at, at)
            spans += [
                Span(f"{when} ", "amber!"),
                Span(f"{short(thing.case or '', now)} ".lstrip(), "ink"),
                free(thing.text, "amber"),
                blank(2),
            ]
        if (more := len(one.busy) - MOST_BUSY) > 0:
            spans.append(Span(_("还有 {count}").format(count=more), "dim"))
        lines.append(tuple(spans))
    after = [
        _("{party}→{name}").format(party=words.party(one.party), name=one.instead)
        for one in found
        if one.instead
    ]
    if after:
        lines.append((Span(_("来不了找 "), "dim"), free("  ".join(after), "ink")))
    return lines


class InviteForm(EngagedForm):
    """After the act the new party is told: the call card opens on it (T34)."""

    _filed: Filed | None = None

    def finished(self, filed: Filed) -> None:
        """The case as it is now, with the new party in it, is what the call card needs."""
        self._filed = filed
        self.gateway.ask(Card(filed.case_no or ""), self, INVITED)

    async def on_answered(self, event: messages.Answered) -> None:
        """The case is here: close, and ring the new one."""
        if event.slot != INVITED or self._filed is None:
            return
        party = self.sheet.held().get("party")
        app, card = shell(self), event.answer
        super().finished(self._filed)
        self.app.call_later(app.open_act, "call", card, {"party": party})
