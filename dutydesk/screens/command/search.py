"""Finding a case: every case there is, searched while it is typed, in Chinese and by its tail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.command.bar_lines import named_spans
from dutydesk.screens.command.line import LineEntry, Lines
from dutydesk.screens.command.listing import Listing
from dutydesk.screens.command.search_lines import headings, hit
from dutydesk.screens.command.several import named, tails, tails_first
from dutydesk.screens.forms.entry import Confirm, Step
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.marks import Marked
from dutydesk.screens.parts.paint import Line, Span, blank, row
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.shell import shell
from dutydesk.text import fold
from dutydesk.views.labels import N_
from dutydesk.views.queue import Filters, Queue, QueueRow

if TYPE_CHECKING:
    from dutydesk.desk import Desk

MOST = 200
"""So many hits are listed; who has more types on."""
WAIT_S = 0.12
"""A search begins when the typing pauses so long."""


@dataclass(frozen=True, slots=True)
class Found:
    """The hits for a text, and when they were looked up."""

    text: str
    rows: tuple[QueueRow, ...]
    at: datetime
    more: bool
    marks: bool = False
    """Whether several cases were named: Enter marks them."""
    trouble: tuple[str, ...] = ()

    @property
    def open(self) -> int:
        """How many of them are open."""
        return sum(1 for one in self.rows if one.open)


def search(desk: Desk, text: str) -> Found:
    """Open cases first, then the newest; a case whose number ends so before all others."""
    wanted = tails(text)
    if wanted:
        found = named(desk, wanted)
        return Found(text, found.rows, desk.now(), False, True, found.trouble)
    said = fold(text).strip()
    rows = desk.read(Queue(Filters(text=said or None), closed_too=bool(said), limit=MOST + 1))
    if said.isdigit():
        rows = tails_first(desk, said, rows)
    return Found(text, rows[:MOST], desk.now(), len(rows) > MOST)


class Count(Painted):
    """How many were found, how many of them are open, and when it was looked up."""

    DEFAULT_CSS = "Count { height: 2; }"
    ground = "panel"

    def lines(self, width: int, height: int) -> list[Line]:
        """The count, and the names of the columns below."""
        return [self._count(width), row(width, [blank(3), *headings(width - 1)])]

    def _count(self, width: int) -> Line:
        screen = self.screen
        found = screen.found if isinstance(screen, SearchScreen) else None
        if found is None:
            return row(width, [blank(1), Span(_("正在查找…"), "dim")])
        if found.marks:
            return row(width, [blank(1), *named_spans(len(found.rows), found.trouble)])
        count = f"{len(found.rows)}+" if found.more else str(len(found.rows))
        said = _("{count} 件：在办 {open}，已结 {ended}")
        if not found.text.strip():
            said = _("各片区在办 {count} 件；输入编号、地点、事由、类别，任何一字都可")
        spans = [
            blank(1),
            Span(said.format(count=count, open=found.open, ended=len(found.rows) - found.open)),
        ]
        age = _("{time} 查得").format(time=f"{found.at:%H:%M:%S}")
        return row(width, spans, [Span(age, "faint"), blank(1)])


class SearchScreen(Dialog):
    """Gives the number of the case that was chosen, None when it is left."""

    DEFAULT_CSS = """
    SearchScreen { align: center top; }
    SearchScreen #box {
        width: 100%; max-width: 132; height: 1fr; margin: 1 0 0 0;
        background: $panel; border: round $border;
    }
    SearchScreen #line { height: 1; width: 100%; background: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "register", N_("登记为新案件")),
        Binding("insert", "mark", N_("勾选或取消勾选")),
    ]
    hints: tuple[KeyHint, ...] = (
        KeyHint("Enter", N_("到这件")),
        KeyHint("*", N_("下一件")),
        KeyHint("/", N_("上一件")),
        KeyHint("F6", N_("登记为新案件")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, text: str = "") -> None:
        super().__init__(gateway)
        self.found: Found | None = None
        self._first = text
        self._timer: Timer | None = None
        self._waiting = False

    def compose_body(self) -> ComposeResult:
        """The line, how many, and the hits."""
        with Vertical(id="box"):
            with Horizontal(id="line"):
                yield LineEntry(self._first, _("查找：编号末几位、地点、事由"))
            yield Count()
            yield Listing(self._hit, lambda one: one.no)

    def on_mount(self) -> None:
        """Search at once for what was given."""
        self.query_one(LineEntry).focus()
        self.look()

    @property
    def awaits(self) -> bool:
        """Whether Enter waits for the hits of what was typed."""
        return self._waiting

    @property
    def listing(self) -> Listing[QueueRow]:
        """The hits."""
        return self.query_one(Listing)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search when the typing pauses."""
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(WAIT_S, self.look)

    def look(self) -> None:
        """Search in the worker; of several searches only the newest is done."""
        self.gateway.job(partial(search, text=self.query_one(LineEntry).value), self, "search")

    def on_moved(self) -> None:
        """The record has moved: the same search again, the cursor stays with its case."""
        self.look()

    def on_answered(self, event: messages.Answered) -> None:
        """The hits have come."""
        before = self.found.text if self.found else None
        self.found = found = event.answer
        none = _("没有找到；F6 登记为新案件") if found.text.strip() else _("没有在办案件")
        self.listing.empty = (blank(1), Span(none, "dim"))
        self.listing.show(found.rows, first=found.text != before)
        self.query_one(Count).repaint()
        if self._waiting:
            self._waiting = False
            self._choose()

    def on_failed(self, event: messages.Failed) -> None:
        """The store could not be asked."""
        self.say(event.sentence, "red")

    def tick(self, now: datetime) -> None:
        """Lights turn while the list stands."""
        self.listing.repaint()

    # Keys.

    def on_step(self, event: Step) -> None:
        """Through the hits."""
        event.stop()
        self.listing.move(event.by)

    def on_confirm(self, event: Confirm) -> None:
        """Enter chooses; before the hits of this very text are here it waits for them."""
        event.stop()
        if self.found is None or self.found.text != self.query_one(LineEntry).value:
            self._waiting = True
        else:
            self._choose()

    def on_listing_picked(self) -> None:
        """A click on the hit under the cursor."""
        self._choose()

    def action_register(self) -> None:
        """Register what was typed; the last digits of cases are no place of a new one."""
        typed = self.query_one(LineEntry).value
        self._register("" if tails(typed) or (typed.isdigit() and len(typed) < 5) else typed)

    def action_mark(self) -> None:
        """Mark the hit under the cursor, or take its mark off."""
        if self.listing.item is not None:
            self.say(shell(self).desk.toggle(self.listing.item.no))

    def action_menu(self) -> None:
        """`//` on the desk is the menu of everything; behind a typed text that of this list."""
        line = next(iter(self.query(LineEntry)), None)
        if line is not None and line.value:
            super().action_menu()
            return
        self.dismiss(None)
        self.app.call_later(shell(self).desk.action_palette)

    def on_lines(self, event: Lines) -> None:
        """A paste of several lines is a new case."""
        event.stop()
        self._register(event.text)

    def _register(self, text: str) -> None:
        self.dismiss(None)
        self.app.call_later(shell(self).open_register, text)

    def _choose(self) -> None:
        if self.found is not None and self.found.marks:
            self._mark(self.found)
            return
        chosen = self.listing.item
        if chosen is not None:
            self.dismiss(chosen.no)

    def _mark(self, found: Found) -> None:
        """Mark the cases that were named; a number that names none is told, nothing is lost."""
        if found.trouble:
            self.say("；".join(found.trouble), "amber")
        elif found.rows:
            self.dismiss(Marked(tuple(one.no for one in found.rows)))

    # Drawing.

    def _hit(self, one: QueueRow, width: int) -> list[Span]:
        return hit(one, width, self.gateway.now, self.gateway.words)
