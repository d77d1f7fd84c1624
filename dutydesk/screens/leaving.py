"""The leaving list 离开前: what is due before the next opening, worked from the top with Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from dutydesk.errors import DeskError
from dutydesk.i18n import _
from dutydesk.reports.night_sheet import night_sheet
from dutydesk.screens import messages
from dutydesk.screens.command.listing import Listing
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, plan, twins
from dutydesk.screens.leaving_lines import Counts, row_spans
from dutydesk.screens.parts.copying import save
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Span, blank
from dutydesk.screens.parts.shell import shell
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.labels import N_
from dutydesk.views.leaving import CLOSING, Leaving, LeavingList, LeavingRow


class LeavingScreen(Dialog):
    """Enter opens the act of the line under the cursor; once it is done the cursor goes on.

    It stays on a case that still waits for its closing.
    """

    DEFAULT_CSS = """
    LeavingScreen #box {
        width: 100%; max-width: 132; height: 1fr; background: $panel; border: round $border;
    }
    LeavingScreen #sending { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "work", N_("办这一条")),
        plan("+", "save", N_("夜间单存成文件"), "f4"),
        plan("*", "move(1)", N_("下一条"), "down"),
        plan("/", "move(-1)", N_("上一条"), "up"),
        plan("0", "case", N_("打开案件"), "left"),
        Binding("pagedown", "move(8)", N_("下一屏")),
        Binding("pageup", "move(-8)", N_("上一屏")),
        *(
            Binding(twins(digit), f"choose({digit})", N_("选第几条"), show=digit == "1")
            for digit in "123456789"
        ),
        plan(".", "acknowledge", N_("确认全部响铃")),
    ]
    hints: tuple[KeyHint, ...] = (
        KeyHint("Enter", N_("办这一条")),
        KeyHint("1-9", N_("选择")),
        KeyHint("*", N_("下一条")),
        KeyHint("/", N_("上一条")),
        KeyHint("0", N_("打开案件")),
        KeyHint("+", N_("夜间单存成文件")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self.found: LeavingList | None = None
        self._working: LeavingRow | None = None
        self._wanted: LeavingRow | None = None

    def compose_body(self) -> ComposeResult:
        """The counts, the list, and what was said last."""
        with Vertical(id="box"):
            yield Counts()
            yield Listing(self._line, lambda one: one.key)
            yield Saying(id="sending")

    def on_mount(self) -> None:
        """Read the list."""
        self.listing.empty = (blank(1), Span(_("没有留下要办的"), "green"))
        self.reread()

    @property
    def listing(self) -> Listing[LeavingRow]:
        """The lines."""
        return self.query_one(Listing)

    def _line(self, one: LeavingRow, width: int) -> Sequence[Span]:
        listing = self.listing
        digit = listing.items.index(one) - listing.top + 1
        return row_spans(one, digit, self.gateway.words, self.gateway.now, width)

    def reread(self) -> None:
        """Read in the worker."""
        self.gateway.ask(Leaving(), self, "leaving")

    def on_moved(self) -> None:
        """The record has moved: the list follows."""
        self.reread()

    @on(events.ScreenResume)
    def _back(self) -> None:
        """Back from an act: look what is left."""
        self.gateway.pulse(self.app)
        self.reread()

    # Answers.

    def on_answered(self, event: messages.Answered) -> None:
        """The list, or the case whose act is wanted."""
        if event.slot == "leaving":
            self._show(event.answer)
        else:
            self._open(event.answer)

    def on_failed(self, event: messages.Failed) -> None:
        """The store could not be asked; the list stays as it was read."""
        self._wanted = None
        self._say(f"✗ {event.sentence}", "red")

    def _show(self, found: LeavingList) -> None:
        before, worked = self.found, self._working
        self.found = found
        self.query_one(Counts).show(found)
        self.listing.show(found.rows)
        if before is None or worked is None:
            return
        left = next((row for row in found.rows if row.key == worked.key), None)
        if left is not None and (left.kind == CLOSING or _same(left, worked)):
            # One act more before it can be closed: the closing stays under the keys.
            return
        self._working = None
        self.listing.move(self._after(before, worked) - self.listing.cursor)

    def _after(self, before: LeavingList, worked: LeavingRow) -> int:
        """Where the first line that stood behind the one that was worked stands now."""
        assert self.found is not None
        keys = [row.key for row in before.rows]
        behind = keys[keys.index(worked.key) + 1 :] if worked.key in keys else []
        places = {row.key: place for place, row in enumerate(self.found.rows)}
        return next((places[key] for key in behind if key in places), 0)

    def _say(self, text: str, ink: str = "amber") -> None:
        self.query_one("#sending", Saying).say(text, ink)

    # Working.

    def action_work(self) -> None:
        """Open the act that does the line under the cursor."""
        row = self.listing.item
        if row is None:
            return
        self._say("")
        self._working = row
        if row.entry is not None:
            shell(self).open("writebacks", entry=row.entry)
        elif row.case is None:
            shell(self).open_act(row.verb or "note", None, dict(row.given))
        else:
            self._wanted = row
            self.gateway.ask(Card(row.case, self.gateway.actor), self, "card")

    def _open(self, card: CaseCard | None) -> None:
        row, self._wanted = self._wanted, None
        if row is None or card is None or card.no != row.case:
            return
        verb = row.verb or (card.next_act.verb if card.next_act else None)
        act = next((one for one in card.acts if one.verb == verb), None)
        if verb is None:
            self._say(_("{no} 没有下一步").format(no=card.tail), "dim")
        elif act is not None and not act.open:
            said = _("{label}：{why}").format(label=act.label, why=act.why_not or "")
            self._say(said)
        else:
            shell(self).open_act(verb, card, dict(row.given) or None)

    def action_case(self) -> None:
        """Open the case of the line under the cursor."""
        row = self.listing.item
        if row is not None and row.case is not None:
            shell(self).open_case(row.case)

    def on_listing_picked(self) -> None:
        """A second click works the line."""
        self.action_work()

    # Choosing.

    def action_move(self, by: int) -> None:
        """Up and down the list."""
        self.listing.move(by)

    def action_choose(self, digit: int) -> None:
        """The line in sight with this digit."""
        listing = self.listing
        place = listing.top + digit - 1
        if place < min(len(listing.items), listing.top + listing.size.height):
            listing.move(place - listing.cursor)

    def action_save(self) -> None:
        """Write the night sheet, to be printed."""
        found, context = self.found, self.gateway.context
        if found is None:
            return
        area = context.places.area(context.area)
        title = f"{area.name} {context.area}" if area else context.area
        drill = self.gateway.drill or context.drill
        text = night_sheet(found, title, drill=drill).rstrip("\n")
        try:
            file = save(self.gateway, f"night-{found.at:%Y%m%d-%H%M%S}.txt", text)
        except DeskError as error:
            self._say(f"✗ {self.gateway.sentence(error)}", "red")
            return
        self._say(_("夜间单已写到 {file}").format(file=file), "green")

    def action_acknowledge(self) -> None:
        """Acknowledge all that rings."""
        shell(self).acknowledge()


def _same(now: LeavingRow, before: LeavingRow) -> bool:
    """Whether nothing was done to it."""
    return (now.version, now.what, now.at) == (before.version, before.what, before.at)
