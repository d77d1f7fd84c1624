"""Promises and notes 便签与答应: what stands, settled with one key; and the day's shift log."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from dutydesk.errors import DeskError
from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.command.listing import Listing
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, plan, twins
from dutydesk.screens.parts.copying import save
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.key_line import KeyLine
from dutydesk.screens.parts.paint import Line, Span, blank, rule
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.shell import shell
from dutydesk.screens.promise_lines import log_line, promise_line
from dutydesk.text import headed
from dutydesk.views.card import Card
from dutydesk.views.labels import N_
from dutydesk.views.promises import PromiseRow, StandingPromises
from dutydesk.views.shiftlog import LogRow, ShiftLog, paper
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.time.zone import to_local

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.views.card_rows import CaseCard

READ, FORM = "promises", "settle"
Both = tuple[tuple[PromiseRow, ...], tuple[LogRow, ...]]
OUTCOMES = {"1": "kept", "2": "moved", "3": "not_kept"}


class PromiseScreen(Dialog):
    """`1` kept, `2` moved, `3` not kept, Enter opens the case; `0` turns to the shift log."""

    DEFAULT_CSS = """
    PromiseScreen { align: center top; }
    PromiseScreen #box {
        width: 100%; max-width: 116; height: 1fr; max-height: 40; margin: 1 0 2 0;
        background: $panel; border: round $border; padding: 0 1;
    }
    PromiseScreen Tabs { height: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(twins(digit), f"settle('{outcome}')", label, show=True)
            for (digit, outcome), label in zip(
                OUTCOMES.items(), (N_("做到"), N_("改期"), N_("未做到")), strict=True
            )
        ),
        Binding("enter", "case", N_("打开案件")),
        plan("0", "turn", N_("今日日志"), "tab"),
        plan("*", "move(1)", N_("下一行"), "down", "j"),
        plan("/", "move(-1)", N_("上一行"), "up", "k"),
        Binding("pagedown", "move(10)", N_("下一屏"), show=False),
        Binding("pageup", "move(-10)", N_("上一屏"), show=False),
        plan("-", "note", N_("便签，不属于案件")),
        plan("+", "save", N_("存成文件"), "f4"),
        plan(".", "acknowledge", N_("确认告警")),
    ]
    hints = (
        KeyHint("1", N_("做到")),
        KeyHint("2", N_("改期")),
        KeyHint("3", N_("未做到")),
        KeyHint("Enter", N_("案件")),
        KeyHint("*", N_("下一行")),
        KeyHint("0", N_("今日日志")),
        KeyHint("-", N_("便签")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )
    log_hints = (
        KeyHint("0", N_("便签与答应")),
        KeyHint("+", N_("存成文件")),
        KeyHint("Enter", N_("案件")),
        KeyHint("*", N_("下一行")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, daybook: bool = False) -> None:
        super().__init__(gateway)
        self.daybook = daybook
        self.found: Both = ((), ())
        self._waits: tuple[PromiseRow, str] | None = None

    def compose_body(self) -> ComposeResult:
        """The two tabs, and the list of the one that is turned to."""
        with Vertical(id="box"):
            yield Tabs()
            yield Listing[PromiseRow](self._promise, lambda row: row.id, id="standing")
            yield Listing[LogRow](self._logged, lambda row: row.id, id="log")
            yield Saying(id="none")

    def on_mount(self) -> None:
        """Read both."""
        self._face()
        self._read()

    def on_moved(self) -> None:
        """The record has moved."""
        self._read()

    def _read(self) -> None:
        self.gateway.job(_both, self, READ)

    @property
    def standing(self) -> Listing[PromiseRow]:
        """What stands."""
        return self.query_one("#standing", Listing)

    @property
    def logged(self) -> Listing[LogRow]:
        """The day."""
        return self.query_one("#log", Listing)

    @property
    def here(self) -> PromiseRow | LogRow | None:
        """What the cursor stands on."""
        return self.logged.item if self.daybook else self.standing.item

    def _face(self) -> None:
        """Show the list of the tab, or that it is empty."""
        self.standing.display, self.logged.display = not self.daybook, self.daybook
        self.query_one(Tabs).show(self.daybook, len(self.found[0]), len(self.found[1]))
        empty = not self.found[1 if self.daybook else 0]
        said = _("没有要记着的；按 - 记一条")
        if self.daybook:
            said = _("今天还没有便签、答应和未归案的电话")
        self.query_one("#none", Saying).say(said if empty else "")
        self.offer_keys()

    def offer_keys(self) -> None:
        """The keys of the tab."""
        keys = self.query_one(KeyLine)
        wanted = self.log_hints if self.daybook else PromiseScreen.hints
        if keys.hints != wanted:
            keys.offer(wanted)

    def on_answered(self, event: messages.Answered) -> None:
        """The lists, or the case of a promise that is settled with a form."""
        if event.slot == READ:
            self.found = event.answer
            self.standing.show(self.found[0])
            self.logged.show(self.found[1])
            self._face()
        elif event.slot == FORM and self._waits is not None:
            self._open_form(event.answer)

    def on_acted(self, event: messages.Acted) -> None:
        """A promise is settled."""
        said = self.gateway.words.choice("settle", str(event.act.fields.get("outcome")))
        self.say(_("{outcome}：已记录").format(outcome=said))
        self._read()

    def on_failed(self, event: messages.Failed) -> None:
        """Refused, or the store could not be asked; somebody else may have settled it."""
        self.say(event.sentence, "red")
        if event.slot != READ:
            self._read()

    def tick(self, now: datetime) -> None:
        """What passes turns amber."""
        self.standing.repaint()

    def on_screen_resume(self) -> None:
        """A form has closed over the list."""
        if self.is_mounted:
            self._read()

    def on_listing_picked(self) -> None:
        """A click on the row under the cursor opens its case."""
        self.action_case()

    # Keys.

    def action_move(self, steps: int) -> None:
        """Through the list."""
        (self.logged if self.daybook else self.standing).move(steps)

    def action_turn(self) -> None:
        """The other tab."""
        self.daybook = not self.daybook
        self._face()

    def action_settle(self, outcome: str) -> None:
        """Kept is said at once; another time, and why not, are asked for."""
        row = self.standing.item
        if self.daybook or row is None:
            self.say(_("没有选中要了结的；0 换到便签与答应"), "dim")
        elif outcome == "kept":
            now, fields = self.gateway.now, {"promise": row.id, "outcome": outcome}
            seat = self.gateway.seat or None
            act = Act("settle", self.gateway.actor, now, now, row.case, fields, seat=seat)
            self.gateway.act(act, self)
        else:
            self._waits = row, outcome
            if row.case is None:
                self._open_form(None)
            else:
                self.gateway.ask(Card(row.case), self, FORM)

    def _open_form(self, card: CaseCard | None) -> None:
        assert self._waits is not None
        (row, outcome), self._waits = self._waits, None
        shell(self).open_act("settle", card, {"promise": row.id, "outcome": outcome})

    def action_case(self) -> None:
        """Open the case of the row."""
        row = self.here
        if row is None or row.case is None:
            self.say(_("这一条不属于案件"), "dim")
        else:
            shell(self).open_case(row.case)

    def action_note(self) -> None:
        """Another note, on no case."""
        shell(self).open_act("note", None, None)

    def action_acknowledge(self) -> None:
        """Acknowledge what rings."""
        shell(self).acknowledge()

    def action_save(self) -> None:
        """The shift log as a file, to be printed."""
        gateway = self.gateway
        area = gateway.context.places.area(gateway.context.area)
        day = to_local(gateway.now).date()
        name = area.name if area else gateway.context.area
        text = paper(self.found[1], name, day, gateway.words, exercise=gateway.context.drill)
        try:
            file = save(gateway, f"shift-log-{day:%Y-%m-%d}.txt", text.rstrip("\n"))
        except DeskError as error:
            self.say(gateway.sentence(error), "red")
            return
        self.say(_("值班日志已存到 {file}").format(file=file))

    # Drawing.

    def _promise(self, row: PromiseRow, width: int) -> list[Span]:
        return promise_line(row, self.gateway.words, self.gateway.now)

    def _logged(self, row: LogRow, width: int) -> list[Span]:
        return log_line(row, self.gateway.words, self.gateway.now)


class Tabs(Painted):
    """The two tabs with their counts."""

    ground = "panel"
    _shows: tuple[bool, int, int] = (False, 0, 0)

    def show(self, log: bool, standing: int, logged: int) -> None:
        """Which one is turned to, and how many stand in each."""
        self._shows = log, standing, logged
        self.repaint()

    def lines(self, width: int, height: int) -> list[Line]:
        """The names, a rule under them."""
        log, standing, logged = self._shows
        one = headed(_("便签与答应 {count}").format(count=standing))
        two = headed(_("今日日志 {count}").format(count=logged))
        line = (
            Span(one, "dim" if log else "accent!"),
            blank(3),
            Span(two, "accent!" if log else "dim"),
        )
        return [line, rule(width)]


def _both(desk: Desk) -> Both:
    return desk.read(StandingPromises()), desk.read(ShiftLog())
