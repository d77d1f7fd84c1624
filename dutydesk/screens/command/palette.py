"""The palette: everything that can be done here, by number, name or first letters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.command.entries import Entry, entries, matching
from dutydesk.screens.command.line import LineEntry
from dutydesk.screens.command.listing import Listing
from dutydesk.screens.forms.entry import Confirm, Step
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Span, blank, column, free
from dutydesk.screens.parts.shell import shell
from dutydesk.screens.speaking import speak
from dutydesk.text import width as cells
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.duty import DutyPanel, OnDutyNow
from dutydesk.views.labels import N_
from dutydesk.views.pinyin import warm
from dutydesk.views.queue import Filters
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

if TYPE_CHECKING:
    from dutydesk.desk import Desk


def read_around(
    desk: Desk, selected: str | None, actor: Actor
) -> tuple[CaseCard | None, DutyPanel]:
    """The selected case and the posts."""
    card = desk.read(Card(selected, actor)) if selected else None
    return card, desk.read(OnDutyNow())


class Palette(Dialog):
    """Gives filters for the queue, or does what was chosen; None when it is left."""

    DEFAULT_CSS = """
    Palette { align: center top; }
    Palette #box {
        width: 84; max-width: 100%; height: 1fr; max-height: 28; margin: 1 0 0 0;
        background: $panel; border: round $border;
    }
    Palette #line { height: 1; width: 100%; background: $background; }
    """
    hints: tuple[KeyHint, ...] = (
        KeyHint("Enter", N_("就是它")),
        KeyHint("1-99", N_("编号")),
        KeyHint("*", N_("下一个")),
        KeyHint("/", N_("上一个")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, selected: str | None = None) -> None:
        super().__init__(gateway)
        self.selected = selected
        self.all: tuple[Entry, ...] = ()

    def compose_body(self) -> ComposeResult:
        """The line and what it finds."""
        with Vertical(id="box"):
            with Horizontal(id="line"):
                yield LineEntry("", self._example())
            yield Listing(self._entry, lambda one: one.label)

    def _example(self) -> str:
        """What may be typed, with the first act of the desk's procedure as an example."""
        states = self.gateway.context.procedure.states.values()
        main = next((state.main for state in states if state.main), "note")
        act = self.gateway.words.verb(main)
        return _("编号、名称或拼音首字母：21 · {act}").format(act=act)

    def on_mount(self) -> None:
        """Ask what there is."""
        self.query_one(LineEntry).focus()
        call = partial(read_around, selected=self.selected, actor=self.gateway.actor)
        self.gateway.job(call, self, "around")

    @property
    def listing(self) -> Listing[Entry]:
        """What was found."""
        return self.query_one(Listing)

    def on_answered(self, event: messages.Answered) -> None:
        """Everything there is has come, or somebody's presence is on the record."""
        if event.slot == "around":
            card, duty = event.answer
            filtered = shell(self).desk.filters != Filters()
            self.all = entries(self.gateway.words, card, duty, filtered)
            self._find(first=not self.listing.items)
            names = [name for one in self.all for name in (one.label, *one.words)]
            self.gateway.job(lambda desk: warm(names), self, "letters")

    def on_moved(self) -> None:
        """The record has moved: acts may have opened or closed."""
        call = partial(read_around, selected=self.selected, actor=self.gateway.actor)
        self.gateway.job(call, self, "around")

    def on_failed(self, event: messages.Failed) -> None:
        """Refused, or the store could not be asked."""
        self.say(event.sentence, "red")

    def on_acted(self, event: messages.Acted) -> None:
        """Somebody's presence is on the record."""
        status = self.gateway.words.choice("presence", str(event.act.fields.get("status")))
        who = event.act.fields.get("name") or event.act.fields.get("post")
        app = shell(self)
        self.dismiss(event.done)
        self.app.call_later(app.say, _("{who}：{status}，已记录").format(who=who, status=status))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find as it is typed."""
        event.stop()
        self._find(first=True)

    def _find(self, first: bool) -> None:
        text = self.query_one(LineEntry).value
        self.listing.empty = (blank(1), Span(_("没有这样的命令"), "dim"))
        self.listing.show(matching(self.all, text), first=first)

    def on_step(self, event: Step) -> None:
        """Through what was found."""
        event.stop()
        self.listing.move(event.by)

    def on_confirm(self, event: Confirm) -> None:
        """Do it."""
        event.stop()
        self._do(self.listing.item)

    def on_listing_picked(self) -> None:
        """A click on the one under the cursor."""
        self._do(self.listing.item)

    def _do(self, one: Entry | None) -> None:
        if one is None:
            return
        if one.why:
            self.say(_("{label}：{why}").format(label=one.label, why=one.why), "amber")
            return
        verb = self.gateway.context.procedure.doing("presence")
        if one.presence and verb is not None:
            now = self.gateway.now
            act = Act(
                verb, self.gateway.actor, now, now, None, dict(one.presence),
                seat=self.gateway.seat or None,
            )  # fmt: skip
            self.gateway.act(act, self)
            return
        app = shell(self)
        self.dismiss(one.gives)
        if one.speak:
            self.app.call_later(speak, app, one.speak)
        elif one.run is not None:
            self.app.call_later(one.run, app)

    def _entry(self, one: Entry, width: int) -> list[Span]:
        """Number, name, key on the desk, and why not."""
        ink = "faint" if one.why else "ink"
        size = min(30, max(20, width // 3))
        note = one.why or one.note
        return [
            blank(1),
            column(one.number, 4, "accent"),
            column(one.label, max(size, min(cells(one.label), width // 2)), ink),
            blank(1),
            column(one.key, 6, "faint"),
            blank(1),
            free(note, "faint" if one.why else "dim"),
        ]
