"""The roll-call of a coordination: every party on one sheet, one digit each, one Enter (A-21)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.forms import telling
from dutydesk.screens.forms.entry import Confirm, Edited, Step, step_of, take
from dutydesk.screens.forms.heading import Heading
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.forms.scene import Scene
from dutydesk.screens.forms.sheet import OWN
from dutydesk.screens.forms.submit import AT, Filed, act, do
from dutydesk.screens.forms.timerows import TimeRow
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, narrow
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Line, Span, blank, column, free, row
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.shell import shell
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard, PartyRow
from dutydesk.views.labels import N_
from dutydesk.views.spoken import spoken
from dutydesk.views.wording import word
from dutydesk.workflow.cases.acts import Act

if TYPE_CHECKING:
    from dutydesk.desk import Done

OUTCOMES = ("arrived", "late", "absent")
LEFT = "left"


class Roll(Painted, can_focus=True):
    """The parties, one line each; a digit says whether the marked one is there, and goes on."""

    DEFAULT_CSS = "Roll { height: auto; width: 1fr; padding: 0 1; }"
    ground = "panel"

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self.scene = scene
        card = scene.card
        self.parties: tuple[PartyRow, ...] = card.parties if card else ()
        self.said: dict[str, str] = {}
        open_ones = [n for n, p in enumerate(self.parties) if p.outcome is None]
        self.cursor = open_ones[0] if open_ones else 0
        self.styles.height = max(1, len(self.parties))

    @property
    def party(self) -> PartyRow | None:
        """The marked party."""
        return self.parties[self.cursor] if self.parties else None

    def look_again(self, scene: Scene) -> None:
        """The case has changed: who is there stands in it now."""
        self.scene = scene
        self.parties = scene.card.parties if scene.card else ()
        self.cursor = min(self.cursor, max(0, len(self.parties) - 1))
        self.styles.height = max(1, len(self.parties))
        self.repaint()

    def say(self, outcome: str) -> None:
        """Note the outcome of the marked party and go on to the next one without any."""
        party = self.party
        if party is None:
            return
        self.said[party.name] = outcome
        for step in range(1, len(self.parties)):
            index = (self.cursor + step) % len(self.parties)
            other = self.parties[index]
            if other.outcome is None and other.name not in self.said:
                self.cursor = index
                break
        self.repaint()
        self.post_message(Edited())

    def move(self, by: int) -> None:
        """Mark the party after or before."""
        self.cursor = max(0, min(len(self.parties) - 1, self.cursor + by))
        self.repaint()

    def on_key(self, event: events.Key) -> None:
        """1 there, 2 late, 3 absent; 0 takes it back; the arrows mark another."""
        sign = narrow(event.character)
        if event.key == "enter":
            take(event)
            self.post_message(Confirm())
        elif sign in ("1", "2", "3"):
            take(event)
            self.say(OUTCOMES[int(sign) - 1])
        elif sign == "0" and self.party is not None:
            take(event)
            self.said.pop(self.party.name, None)
            self.repaint()
        elif event.key in ("up", "down", "j", "k"):
            take(event)
            self.move(1 if event.key in ("down", "j") else -1)
        elif step_of(event):
            take(event)
            self.post_message(Step(step_of(event)))

    def on_click(self, event: events.Click) -> None:
        """Mark what was clicked."""
        self.cursor = max(0, min(len(self.parties) - 1, event.y))
        self.repaint()

    def ground_of(self, y: int) -> str:
        return "selected" if y == self.cursor and self.has_focus else "panel"

    def on_focus(self) -> None:
        self._all()

    def on_blur(self) -> None:
        self._all()

    def _all(self) -> None:
        self._shown = None
        self.refresh()

    def repaint(self) -> None:
        """The cursor moves the ground of two lines: all are painted."""
        self._all()

    def lines(self, width: int, height: int) -> list[Line]:
        """A bar at the marked one, its name, what is said of it, what can be said."""
        return [row(width, self._line(n, p)) for n, p in enumerate(self.parties)]

    def _line(self, number: int, party: PartyRow) -> list[Span]:
        words, here = self.scene.words, number == self.cursor
        name = _("{party}（牵头）").format(party=party.name) if party.lead else party.name
        spans = [
            Span("▌" if here else " ", "accent"),
            column(name, 20, "bright" if here else "ink"),
        ]
        said = self.said.get(party.name)
        if said is None and party.outcome is not None:
            at = words.when(party.arrived_at, self.scene.now) if party.arrived_at else ""
            return [*spans, free(f"✓ {party.outcome_label} {at}", "dim")]
        for digit, outcome in enumerate(OUTCOMES, start=1):
            on = said == outcome
            spans += [
                Span("●" if on else "○", "accent!" if on else "faint"),
                Span(f"{digit} ", "accent"),
                Span(words.choice("response", outcome), "bright" if on else "ink"),
                blank(2),
            ]
        if party.last_word:
            spans += [blank(1), free(party.last_word, "dim")]
        return spans


class RollCall(Dialog):
    """Who has come, recorded for each party that something was said of, all at one moment."""

    DEFAULT_CSS = """
    RollCall #box { width: 80; max-width: 100%; height: auto; background: $panel;
        border: round $border; padding: 0 1; margin: 0 0 2 0; }
    RollCall Saying { padding: 0 1; }
    RollCall TimeRow { margin: 1 0 0 0; }
    """
    hints = (
        KeyHint("1", N_("到场")),
        KeyHint("2", N_("迟到")),
        KeyHint("3", N_("未到")),
        KeyHint("*", N_("时间")),
        KeyHint("Enter", N_("确认")),
        KeyHint("Esc", N_("返回")),
    )

    def __init__(self, gateway: Gateway, scene: Scene) -> None:
        super().__init__(gateway)
        self.scene = scene
        self.roll = Roll(scene)
        self.time = TimeRow(scene, OWN[AT], _("到场时间"))
        self.waiting = False
        self.done: tuple[Done, ...] = ()
        self._jobs = 0

    def compose_body(self) -> ComposeResult:
        """Heading, when and where, the parties, the time."""
        with Vertical(id="box"):
            yield Heading(self.scene)
            yield Saying(self._meeting())
            yield self.roll
            yield self.time
            yield Saying(id="error")

    def _meeting(self) -> str:
        card = self.scene.card
        if card is None or card.coordination_at is None:
            return ""
        when = spoken(card.coordination_at, self.scene.now, self.scene.words.lang)
        return _("约定 {when} {location}").format(when=when, location=card.location or card.place)

    def on_mount(self) -> None:
        """The keys go to the first party of which nothing is known."""
        self.roll.focus()

    def on_step(self, event: Step) -> None:
        """Between the parties and the time."""
        (self.roll if self.time.label.here else self.time.entry).focus()

    def on_field_row_changed(self) -> None:
        """How the time is read."""
        self.time.reread()

    def on_key(self, event: events.Key) -> None:
        """The alarm key works over every dialog."""
        if narrow(event.character) == ".":
            take(event)
            shell(self).acknowledge()

    def on_confirm(self, event: Confirm) -> None:
        """Record everybody of whom something was said."""
        event.stop()
        if self.waiting:
            return
        if not self.roll.said:
            self._error(_("还没有点名：1 到场  2 迟到  3 未到"))
        elif self.time.bad:
            self.time.refuse(self.time.bad)
            self.time.entry.focus()
        else:
            wanted = self.acts()
            self.waiting = True
            self._jobs += 1
            self.gateway.job(lambda desk: do(desk, wanted), self, f"do-{self._jobs}")

    def acts(self) -> tuple[Act, ...]:
        """One confirmation per party; only the first carries the version that was seen.

        Who came is true from the time typed on (K4 stops there), who did not come from now on.
        """
        at, version = self.time.value, self.scene.card.version if self.scene.card else None
        found = []
        for number, (name, outcome) in enumerate(self.roll.said.items()):
            values: dict[str, object] = {"party": name, "outcome": outcome}
            if outcome != "absent" and isinstance(at, datetime):
                values |= {AT: at, "arrived_at": at}
            seen = version if number == 0 else None
            found.append(act(self.scene, values, self.gateway.now, version=seen))
        return tuple(found)

    def on_answered(self, event: messages.Answered) -> None:
        """All is recorded; or some of it, and the rest was refused."""
        if event.slot == LEFT:
            self._go_on(event.answer)
            return
        self.waiting = False
        filed: Filed = event.answer
        self.done += filed.done
        if filed.refused is None:
            self._leave()
            return
        for one in filed.done:
            self.roll.said.pop(str(one.events[0].data.get("party")), None)
        self._error(word(filed.refused, self.scene.words))
        self.gateway.ask(Card(filed.case_no or ""), self, LEFT)

    def _go_on(self, card: CaseCard | None) -> None:
        """The case as it is after those who are recorded; the others stay to be said."""
        if card is None:
            return
        self.scene = replace(self.scene, card=card, now=self.gateway.now)
        self.query_one(Heading).look_again(self.scene)
        self.roll.look_again(self.scene)

    def _leave(self) -> None:
        no = self.scene.card.no if self.scene.card else None
        filed = Filed(self.scene.verb, no, self.done) if self.done else None
        telling.leave(self, filed)

    def action_leave(self) -> None:
        """Leave; who is on the record stays there."""
        if self.waiting:
            self.say(_("正在办理，请稍候"), "amber")
        else:
            self._leave()

    def on_failed(self, event: messages.Failed) -> None:
        """Nothing was recorded; what was said stays."""
        self.waiting = False
        self._error(event.sentence)

    def _error(self, text: str) -> None:
        self.query_one("#error", Saying).say(f"✗ {text}", "red")

    def tick(self, now: datetime) -> None:
        """The clock runs on."""
        self.query_one(Heading).tick(now)
