"""The call card: whoever must be rung next, the number large, one key ends the call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.forms import telling
from dutydesk.screens.forms.entry import Confirm, Step, take
from dutydesk.screens.forms.heading import Heading
from dutydesk.screens.forms.ringing import CALL, Ring, fields, groups, rings
from dutydesk.screens.forms.rows import ChoiceRow, FieldRow, TextRow
from dutydesk.screens.forms.saying import Saying, Spoken
from dutydesk.screens.forms.scene import Scene
from dutydesk.screens.forms.submit import AT, Filed, act
from dutydesk.screens.forms.timerows import TimeRow
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, narrow
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Span, blank, free
from dutydesk.screens.parts.shell import shell
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.labels import N_

if TYPE_CHECKING:
    from dutydesk.desk import Desk, Done

MOST_SHOWN = 8


class CallCard(Dialog):
    """Rings one person after the other; each ended call is an act of its own."""

    DEFAULT_CSS = """
    CallCard #box { width: 84; max-width: 100%; height: auto; background: $panel;
        border: round $border; padding: 0 1; margin: 0 0 2 0; }
    CallCard Spoken { padding: 0 1; }
    CallCard #person { margin: 0 0 1 0; }
    CallCard #error { padding: 0 1; }
    CallCard #list { margin: 1 0 0 0; }
    """
    hints = (
        KeyHint("1-5", N_("结束通话")),
        KeyHint("+", N_("答应时间")),
        KeyHint("*", N_("对方说")),
        KeyHint("↓", N_("下一位")),
        KeyHint("Esc", N_("返回")),
    )

    def __init__(
        self, gateway: Gateway, scene: Scene, given: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(gateway)
        self.scene = scene
        self.rings = rings(scene)
        self.at = self._first(str((given or {}).get("party") or ""))
        spec = {field.name: field for field in scene.kind.fields}
        self.said = TextRow(scene, spec["said"])
        self.promised = TimeRow(scene, spec["promised_at"])
        self.outcome = ChoiceRow(scene, spec["outcome"])
        self.done: list[Done] = []
        self.shown: dict[str, str] = {}
        self.waiting = False
        self._jobs = 0

    def _first(self, party: str) -> int:
        """Instruction and report come before every other call, whoever was asked for."""
        if self.rings and self.rings[0].verb != CALL:
            return 0
        return next((n for n, ring in enumerate(self.rings) if ring.party == party), 0)

    @property
    def ring(self) -> Ring:
        """Whoever is being rung."""
        return self.rings[self.at]

    def compose_body(self) -> ComposeResult:
        """Heading, the person, what is said, how it ended, who comes next."""
        with Vertical(id="box"):
            yield Heading(self.scene)
            yield Spoken(id="person")
            yield self.said
            yield self.promised
            yield self.outcome
            yield Saying(id="error")
            yield Spoken(id="list")

    def on_mount(self) -> None:
        """The card opens on whoever must be rung next, ready for the key that ends the call."""
        self.face()

    def face(self) -> None:
        """Turn to the person: show the number by a logged act, empty the fields."""
        for row in (self.said, self.promised, self.outcome):
            row.propose(None)
            row.touched = False
        self.said.propose(self.ring.words)
        self.redraw()
        self.outcome.choices.focus()
        if self.ring.number and self.ring.party not in self.shown:
            self.reveal()

    # The number.

    def reveal(self) -> None:
        """Opening the card is the logged act that shows a number (X-3.2.6)."""
        values: dict[str, object] = {"party": self.ring.party, "reason": _("拨打电话")}
        wanted = act(replace(self.scene, verb="reveal"), values, self.gateway.now)
        ring = self.ring

        def show(desk: Desk) -> tuple[str, str]:
            done = desk.execute(wanted)
            caller = done.case.caller.phone if done.case else None
            number = caller if ring.party == "caller" else ring.number
            return ring.party, number or ""

        self.gateway.job(show, self, f"reveal-{ring.party}")

    # Drawing.

    def redraw(self) -> None:
        """The person large, the others small."""
        ring = self.ring
        number = self.shown.get(ring.party) or ring.covered
        head = [Span(ring.name, "bright"), blank(2)]
        if ring.unit != ring.name:
            head += [free(ring.unit, "dim"), blank(2)]
        if number:
            head.append(Span(" ".join(groups(number)), "accent!"))
        else:
            head.append(Span(_("没有号码"), "faint"))
        lines = [head]
        if ring.line:
            lines.append([Span("“", "dim"), free(ring.line, "ink"), Span("”", "dim")])
        if ring.heard:
            lines.append([Span(_("上次："), "dim"), free(ring.heard, "dim")])
        self.query_one("#person", Spoken).show(lines)
        self.query_one("#list", Spoken).show(self._list())

    def _list(self) -> list[list[Span]]:
        lines = [[Span(_("名单"), "dim")]]
        for number, ring in enumerate(self.rings[:MOST_SHOWN]):
            here = number == self.at
            ended = any(self._told(done, ring) for done in self.done)
            sign = "✓" if ended else "○" if ring.waiting else "·"
            ink = "bright" if here else "dim"
            line = [
                Span("▌" if here else " ", "accent"),
                Span(f"{sign} ", "green" if ended else ink),
            ]
            line += [free(ring.unit, ink), blank(1)]
            if ring.name != ring.unit:
                line += [free(ring.name, ink), blank(1)]
            lines.append([*line, free(ring.heard, "dim")])
        return lines

    def _told(self, done: Done, ring: Ring) -> bool:
        said = {str(v).split(":")[0] for e in done.events for v in e.data.values()}
        verbs = {event.verb for event in done.events}
        return ring.party in said or (ring.verb != CALL and ring.verb in verbs)

    # Keys.

    def on_key(self, event: events.Key) -> None:
        """`+` asks for the promised time, the arrows and 0 turn to somebody else."""
        sign = narrow(event.character)
        if sign == "+" or sign == "-":
            take(event)
            self.promised.entry.focus()
            self.promised.entry.value = sign
            self.promised.entry.typed = True
            self.promised.entry.cursor_position = 1
        elif sign == ".":
            take(event)
            shell(self).acknowledge()

    def on_step(self, event: Step) -> None:
        """From field to field; the arrows on the outcome go from person to person."""
        event.stop()
        stops = [self.outcome.choices, self.said.entry, self.promised.entry]
        if self.focused is self.outcome.choices and event.arrow:
            self.turn(event.by)
            return
        at = stops.index(self.focused) if self.focused in stops else 0
        stops[(at + event.by) % len(stops)].focus()

    def turn(self, by: int) -> None:
        """Face the person after or before."""
        self.at = (self.at + by) % len(self.rings)
        self.face()

    def on_confirm(self, event: Confirm) -> None:
        """Enter goes back to the outcome; there it asks how the call ended."""
        event.stop()
        if self.outcome.choices.has_focus:
            self._error(_("通话怎样结束：1 接通  2 无人接  3 占线  4 来不了  5 已留话"))
        self.outcome.choices.focus()

    def on_field_row_changed(self, event: FieldRow.Changed) -> None:
        """A digit ends the call."""
        event.stop()
        self.promised.reread()
        if event.row is self.outcome and event.done:
            self.end()

    # Doing.

    def end(self) -> None:
        """Record how the call ended; the card then turns to the next person."""
        outcome = str(self.outcome.value)
        if self.waiting or not self._promise_fits():
            self.outcome.propose(None)
            return
        label = self.scene.words.choice("call", outcome)
        heard = self.said.touched or outcome == "reached"
        said = str(self.said.value or "") if heard else ""
        verb, values = fields(self.ring, outcome, label, said)
        if verb == CALL:
            values["promised_at"] = self.promised.value
        wanted = act(replace(self.scene, verb=verb), {**values, AT: None}, self.gateway.now)
        self.waiting = True
        self._jobs += 1
        no = self.scene.card.no if self.scene.card else ""
        self.gateway.job(
            lambda desk: (desk.execute(wanted), desk.read(Card(no))), self, f"do-{self._jobs}"
        )

    def _promise_fits(self) -> bool:
        value = self.promised.value
        if value is None or isinstance(value, datetime):
            return True
        self.promised.refuse(self.promised.bad)
        self.promised.entry.focus()
        return False

    def on_answered(self, event: messages.Answered) -> None:
        """The number may be shown, or the call is on the record."""
        if event.slot.startswith("reveal-"):
            party, number = event.answer
            self.shown[party] = number
            self.redraw()
            return
        self.waiting = False
        done, card = event.answer
        self.done.append(done)
        self._error("")
        self._go_on(card)

    def _go_on(self, card: CaseCard | None) -> None:
        """To the next person who must be rung; when none is left the card closes."""
        rung = self.ring.party
        if card is not None:
            self.scene = replace(self.scene, card=card, now=self.gateway.now)
        self.rings = rings(self.scene)
        waiting = [r for r in self.rings if r.waiting and r.party != rung and not self._rung(r)]
        if not waiting:
            no = self.scene.card.no if self.scene.card else None
            telling.leave(self, Filed("call", no, tuple(self.done)))
            return
        self.at = self.rings.index(waiting[0])
        self.query_one(Heading).look_again(self.scene)
        self.face()

    def _rung(self, ring: Ring) -> bool:
        return any(self._told(done, ring) for done in self.done)

    def on_failed(self, event: messages.Failed) -> None:
        """Refused: the outcome is asked again, nothing typed is lost."""
        if event.slot.startswith("reveal-"):
            self._error(event.sentence)
            return
        self.waiting = False
        self.outcome.propose(None)
        self._error(event.sentence)

    def _error(self, text: str) -> None:
        self.query_one("#error", Saying).say(f"✗ {text}" if text else "", "red")

    def action_leave(self) -> None:
        """Leave; what is on the record stays there."""
        if self.waiting:
            self.say(_("正在办理，请稍候"), "amber")
            return
        no = self.scene.card.no if self.scene.card else None
        telling.leave(self, Filed("call", no, tuple(self.done)) if self.done else None)

    def tick(self, now: datetime) -> None:
        """The clock runs on."""
        self.query_one(Heading).tick(now)
