"""The command bar: a typed line, what it would do, and Enter."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.command import bar_lines
from dutydesk.screens.command.line import LineEntry, Lines
from dutydesk.screens.command.listing import Listing
from dutydesk.screens.command.looking import Offer, Seat, View, look, screen_of
from dutydesk.screens.command.parsing import Known
from dutydesk.screens.command.verbs import vocabulary
from dutydesk.screens.forms import telling
from dutydesk.screens.forms.entry import Confirm, Step
from dutydesk.screens.forms.submit import Filed, acts, do
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Line, Span, blank, free, row
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.shell import shell
from dutydesk.text import width as cells
from dutydesk.views.labels import N_
from dutydesk.views.queue import Queue

COLUMN = 12
"""Where the notes of the offers begin, where their labels leave room."""


class Prompt(Painted):
    """The sign before the line."""

    DEFAULT_CSS = "Prompt { width: 3; height: 1; }"

    def lines(self, width: int, height: int) -> list[Line]:
        """One sign."""
        return [(Span(" › ", "accent!"),)]


class Preview(Painted):
    """Case, act and what follows; always as many lines."""

    DEFAULT_CSS = f"Preview {{ height: {bar_lines.HEAD + 1}; }}"
    ground = "panel"

    def lines(self, width: int, height: int) -> list[Line]:
        """What Enter does, and the preview."""
        bar = self.screen
        if not isinstance(bar, CommandBar):
            return []
        words, now = bar.gateway.words, bar.gateway.now
        said = bar_lines.enter_says(bar.view, words, bar.picking)
        title = row(
            width,
            [blank(1), Span(_("命令"), "accent!"), blank(2), free(bar.note or "", "amber")],
            [Span("Enter ", "accent!"), Span(said, "ink"), blank(1)],
        )
        return [title, *bar_lines.head_lines(bar.view, words, now, width)]


class CommandBar(Dialog):
    """Gives a case's number to go to it, `Filed` when an act was done, else None."""

    DEFAULT_CSS = """
    CommandBar { align: left bottom; background: $background 0%; }
    CommandBar #bar {
        width: 100%; height: 15; background: $panel; border-top: solid $accent;
    }
    CommandBar #line { height: 1; width: 100%; background: $background; }
    CommandBar Listing { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", N_("补全"), priority=True)]
    hints: tuple[KeyHint, ...] = (
        KeyHint("Enter", N_("办理")),
        KeyHint("Tab", N_("补全")),
        KeyHint("*", N_("下一个")),
        KeyHint("/", N_("上一个")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, text: str = "", selected: str | None = None) -> None:
        super().__init__(gateway)
        self.view: View | None = None
        self.note = ""
        self.picking = False
        self._first = text
        self._waiting = False
        self._doing = False
        procedure, words = gateway.context.procedure, gateway.words
        known = Known(procedure, vocabulary(procedure, words.lang), (), selected)
        self._seat = Seat(known, words, gateway.actor, gateway.seat)

    def compose_body(self) -> ComposeResult:
        """The line on top, what it would do under it, then what may be typed next."""
        with Vertical(id="bar"):
            with Horizontal(id="line"):
                yield Prompt()
                yield LineEntry(
                    self._first, _("如：派 1123 仓场　协 1123 14:30 迎园路口　致 1123 城管 接通")
                )
            yield Preview()
            yield Listing(_offer, lambda offer: (offer.line, offer.text))

    def on_mount(self) -> None:
        """The cases on the desk first, then whatever was typed before the bar stood."""
        self.line.focus()
        self.gateway.ask(Queue(), self, "rows")

    @property
    def line(self) -> LineEntry:
        """The line."""
        return self.query_one(LineEntry)

    @property
    def listing(self) -> Listing[Offer]:
        """What may be typed next."""
        return self.query_one(Listing)

    # Thinking.

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another line: look again; what is shown of the old one stands until then."""
        event.stop()
        self.note, self.picking = "", False
        self.listing.activate(False)
        self.look()

    def look(self) -> None:
        """Read the line in the worker."""
        self.gateway.job(partial(look, text=self.line.value, seat=self._seat), self, "look")

    def on_moved(self) -> None:
        """The record has moved: the line may mean something else."""
        self.gateway.ask(Queue(), self, "rows")

    def on_answered(self, event: messages.Answered) -> None:
        """The rows, what a line means, or what was done."""
        if event.slot == "rows":
            known = self._seat.known
            rows = tuple(event.answer)
            self._seat = Seat(
                Known(known.procedure, known.verbs, rows, known.selected),
                *(self._seat.words, self._seat.actor, self._seat.seat),
            )
            self.look()
        elif event.slot == "look":
            self._show(event.answer)
        elif event.slot == "do":
            self._done(event.answer)

    def on_failed(self, event: messages.Failed) -> None:
        """Refused, or the store could not be asked: said here, the line stays."""
        self._doing = self._waiting = False
        self.note = event.sentence
        self.query_one(Preview).repaint()
        if event.slot == "do":
            self.look()

    def _show(self, view: View) -> None:
        if view.text != self.line.value:
            return
        self.view = view
        self.picking = self.picking or view.pick_first
        self.listing.show(view.offers, first=not self.picking or view.pick_first)
        self.listing.activate(self.picking and bool(view.offers))
        self.query_one(Preview).repaint()
        if self._waiting:
            self._waiting = False
            self.enter()

    def tick(self, now: datetime) -> None:
        """The case's clock runs on."""
        self.query_one(Preview).repaint()

    # Keys.

    def on_step(self, event: Step) -> None:
        """Through what may be typed next."""
        event.stop()
        if self.picking:
            self.listing.move(event.by)
        self.picking = bool(self.listing.items)
        self.listing.activate(self.picking)
        self.query_one(Preview).repaint()

    def on_listing_picked(self) -> None:
        """A click on the offer under the cursor."""
        self.picking = True
        self._take(self.listing.item)

    def action_complete(self) -> None:
        """Take the offer under the cursor into the line."""
        self._take(self.listing.item)

    def on_confirm(self, event: Confirm) -> None:
        """Enter; while the line is still being read it waits for that."""
        event.stop()
        if self.view is None or self.view.text != self.line.value:
            self._waiting = True
        else:
            self.enter()

    def on_lines(self, event: Lines) -> None:
        """A paste of several lines is no command: it is registered."""
        event.stop()
        self._leave_for("register", event.text)

    def on_paste(self, event: events.Paste) -> None:
        """The same where the line has not the keys."""
        event.stop()
        self.on_lines(Lines(event.text))

    # Doing.

    def enter(self) -> None:
        """Do what the line says, open its form, or say why not."""
        view = self.view
        if view is None or self._doing:
            return
        if self.picking and self.listing.item is not None:
            self._take(self.listing.item)
        elif view.head.kind == "case":
            self.dismiss(view.head.no)
        elif view.proposal is not None:
            self._act(view)

    def _act(self, view: View) -> None:
        proposal = view.proposal
        assert proposal is not None
        screen = screen_of(proposal.scene)
        if screen is not None:
            self._leave_for(screen, " ".join(view.head.rest))
        elif bar_lines.why_not(view, self.gateway.words):
            self.app.bell()
        elif view.ready:
            self._doing = True
            wanted = acts(proposal.scene, proposal.values, self.gateway.now)
            self.gateway.job(lambda desk: do(desk, wanted), self, "do")
        else:
            given = dict(proposal.given)
            app, card = shell(self), view.card
            self.dismiss(None)
            self.app.call_later(app.open_act, proposal.scene.verb, card, given)

    def _take(self, offer: Offer | None) -> None:
        if offer is None:
            return
        if offer.opens:
            self._leave_for(offer.opens, offer.text)
            return
        self.picking = False
        self.line.value = offer.line
        self.line.cursor_position = len(offer.line)

    def _leave_for(self, name: str, text: str) -> None:
        app = shell(self)
        self.dismiss(None)
        if name == "register":
            self.app.call_later(app.open_register, text)
        elif name == "search":
            self.app.call_later(lambda: app.open("search", text=text))
        else:
            self.app.call_later(app.open, name)

    def _done(self, filed: Filed) -> None:
        """It is on the record: back to the desk, which says so."""
        telling.leave(self, filed)


def _offer(offer: Offer, width: int) -> list[Span]:
    note = [blank(2), free(offer.note, "dim")] if offer.note else []
    label = free(offer.label, "ink")
    return [blank(1), label, blank(COLUMN - cells(label.text)), *note]
