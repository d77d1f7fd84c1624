"""Finding somebody to ring: the roster and the contacts, searched while it is typed."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.command.line import LineEntry
from dutydesk.screens.command.listing import Listing
from dutydesk.screens.forms.entry import Confirm, Step
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint
from dutydesk.screens.parts.dialog import Dialog, Framed
from dutydesk.screens.parts.paint import Span, blank, column, free
from dutydesk.screens.parts.shell import shell
from dutydesk.text import fold
from dutydesk.views.contacts import LEAST_DIGITS, People, PersonRow
from dutydesk.views.labels import N_


class FindPerson(Dialog):
    """Gives the person who was chosen, None when it is left.

    One or two digits are the number of a row, more are digits of a telephone number; anything
    else is initials or a part of unit, name or use. Whoever stands in no list is rung by his name.
    """

    DEFAULT_CSS = """
    FindPerson { align: center top; }
    FindPerson #box {
        width: 100%; max-width: 104; height: 1fr; max-height: 30; margin: 1 0 0 0;
        background: $panel; border: round $border;
    }
    FindPerson #line { height: 1; width: 100%; background: $background; }
    FindPerson #people { padding: 0; }
    """
    hints: tuple[KeyHint, ...] = (
        KeyHint("Enter", N_("拨打")),
        KeyHint("1-99", N_("到这一行")),
        KeyHint("*", N_("下一行")),
        KeyHint("/", N_("上一行")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, text: str = "", below: Framed | None = None) -> None:
        super().__init__(gateway)
        self._first = text
        self._below = below
        self._asked: str | None = None
        self._shown: str | None = None
        self._chosen = False

    def compose_body(self) -> ComposeResult:
        """The line, what it found, and what cannot be."""
        with Vertical(id="box"):
            with Horizontal(id="line"):
                place = _("找人：首字母、姓名、单位、用途，或号码 3 位以上")
                yield LineEntry(self._first, place)
            yield Listing(self._drawn, lambda one: (one.contact, one.party), id="people")
            yield Saying(id="nobody")

    def on_mount(self) -> None:
        """Show everybody at once, or whoever was asked for."""
        self.query_one(LineEntry).focus()
        self.look()

    def action_menu(self) -> None:
        """`//` on the card `below` is the menu of that card, as two strokes are on the desk."""
        if self._below is None or self.typed:
            super().action_menu()
        else:
            self.dismiss(None)
            self.app.call_later(self._below.action_menu)

    @property
    def listing(self) -> Listing[PersonRow]:
        """The people."""
        return self.query_one(Listing)

    @property
    def typed(self) -> str:
        """What stands in the line."""
        return self.query_one(LineEntry).value.strip()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look again, or go to the row of that number."""
        event.stop()
        self._chosen = False
        self.look()

    def look(self) -> None:
        """Ask for whoever answers to the text; a row's number asks for nobody else."""
        wanted = "" if is_row_number(self.typed) else self.typed
        if wanted == self._shown:
            self._point()
        elif wanted != self._asked:
            self._asked = wanted
            self.gateway.ask(People(wanted), self, "people")

    def _point(self) -> None:
        if is_row_number(self.typed):
            row = int(fold(self.typed))
            self.listing.move(row - 1 - self.listing.cursor)

    def on_answered(self, event: messages.Answered) -> None:
        """The people have come."""
        self._shown = self._asked
        self.listing.show(event.answer, first=True)
        nobody = "" if event.answer else _("名册和通讯录里没有；Enter 就按这个名字拨打并记下")
        self.query_one("#nobody", Saying).say(nobody, "amber")
        self._point()
        if self._chosen:
            self._choose()

    def on_failed(self, event: messages.Failed) -> None:
        """The store could not be asked."""
        self.say(event.sentence, "red")

    def on_step(self, event: Step) -> None:
        """Through the people."""
        event.stop()
        self.listing.move(event.by)

    def on_confirm(self, event: Confirm) -> None:
        """Enter chooses; before the answer to this very text is here it waits for it."""
        event.stop()
        wanted = "" if is_row_number(self.typed) else self.typed
        if wanted == self._shown:
            self._choose()
        else:
            self._chosen = True

    def on_listing_picked(self) -> None:
        """A click on the person under the cursor."""
        self._choose()

    def _choose(self) -> None:
        """The person under the cursor; a row that is not there is said, never rounded."""
        self._chosen = False
        if is_row_number(self.typed) and not 1 <= int(fold(self.typed)) <= len(self.listing.items):
            self.say(_("没有第 {row} 行").format(row=self.typed), "amber")
            return
        chosen = self.listing.item or named(self.typed)
        if chosen is not None:
            self.choose(chosen)

    def choose(self, row: PersonRow) -> None:
        """Give the person to whoever asked."""
        self.dismiss(row)

    def _drawn(self, one: PersonRow, width: int) -> list[Span]:
        number = self.listing.items.index(one) + 1
        unit, name = (one.unit, one.name) if one.name else (one.unit, "")
        spans = [
            column(str(number) if number < 100 else "", 3, "accent"),
            column(unit, min(22, width // 4), "ink"),
            blank(1),
            column(name, 10, "bright"),
            blank(1),
            column(one.phone or _("没有号码"), 13, "accent" if one.phone else "faint"),
            blank(1),
        ]
        if one.alternate:
            spans += [Span(_("备 "), "dim"), Span(one.alternate, "dim"), blank(2)]
        kind = one.kind if one.kind != unit else ""
        told = "  ".join(part for part in (kind, one.grid or "", one.note) if part)
        return [*spans, free(told, "dim")]


def is_row_number(text: str) -> bool:
    """Whether a typed text is the number of a row: one or two digits."""
    plain = fold(text)
    return plain.isdigit() and plain.isascii() and len(plain) < LEAST_DIGITS


def named(text: str) -> PersonRow | None:
    """Somebody who stands in no list, by the name or number that was typed; None for nothing."""
    if not text.strip():
        return None
    return PersonRow(None, "", text.strip(), "", None, None, "", "", "", ())


class ContactScreen(FindPerson):
    """The list as a screen of its own: whoever is chosen is rung for the selected case."""

    def choose(self, row: PersonRow) -> None:
        """Open the call card on the person."""
        app = shell(self)
        card = app.desk.card
        self.dismiss(None)
        self.app.call_later(app.open_act, "call", card, {"person": row})
