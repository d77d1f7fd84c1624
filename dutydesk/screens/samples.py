"""The month's sample 每月抽查: how many are judged, what is left, and the drawing itself."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.command.listing import Listing
from dutydesk.screens.forms.saying import Saying, Spoken
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.inspection_cases import Wanted
from dutydesk.screens.keys import KeyHint, plan, twins
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Span
from dutydesk.screens.parts.shell import shell
from dutydesk.screens.sample_lines import head_lines, left_line
from dutydesk.views.labels import N_
from dutydesk.views.sampling import Sample
from dutydesk.views.sampling_rows import MonthSample, SampleRow
from dutydesk.workflow.cases.model import Actor

READ, DRAW = "sample", "draw"


class SampleScreen(Dialog):
    """`+` draws what the month lacks, Enter judges the case under the cursor, `1` opens it."""

    DEFAULT_CSS = """
    SampleScreen { align: center top; }
    SampleScreen #box {
        width: 100%; max-width: 116; height: 1fr; max-height: 44; margin: 1 0 2 0;
        background: $panel; border: round $border; padding: 0 1;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "judge", N_("抽查这一件")),
        Binding(twins("1"), "case", N_("打开案件"), show=True),
        plan("+", "draw", N_("抽取还缺的")),
        plan("*", "move(1)", N_("下一行"), "down", "j"),
        plan("/", "move(-1)", N_("上一行"), "up", "k"),
        Binding("pagedown", "move(10)", N_("下一屏"), show=False),
        Binding("pageup", "move(-10)", N_("上一屏"), show=False),
        plan(".", "acknowledge", N_("确认告警")),
    ]
    hints = (
        KeyHint("Enter", N_("抽查这一件")),
        KeyHint("+", N_("抽取还缺的")),
        KeyHint("1", N_("案件")),
        KeyHint("*", N_("下一行")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self.sample: MonthSample | None = None

    def compose_body(self) -> ComposeResult:
        """The figures over what is left."""
        with Vertical(id="box"):
            yield Spoken(id="figures")
            yield Saying(id="none")
            yield Listing[SampleRow](self._line, lambda row: row.no)

    def on_mount(self) -> None:
        """Read it."""
        self._read()

    def on_moved(self) -> None:
        """The record has moved."""
        self._read()

    def on_screen_resume(self) -> None:
        """A spot-check has closed over the list."""
        if self.is_mounted:
            self._read()

    def _read(self) -> None:
        self.gateway.ask(Sample(), self, READ)

    @property
    def listing(self) -> Listing[SampleRow]:
        """What is left."""
        return self.query_one(Listing)

    def on_answered(self, event: messages.Answered) -> None:
        """The sample as it stands, read or just drawn."""
        before, self.sample = self.sample, event.answer
        found: MonthSample = event.answer
        lines = head_lines(found, self.gateway.words, self.gateway.now)
        self.query_one("#figures", Spoken).show(lines)
        self.listing.show(found.left)
        none = _("抽到的都查过了") if found.seed is not None else _("还没有抽取：按 +")
        self.query_one("#none", Saying).say("" if found.left else none)
        if event.slot == DRAW and before is not None:
            self.say(_("新抽 {count} 件").format(count=max(0, found.drawn - before.drawn)))

    def on_failed(self, event: messages.Failed) -> None:
        """The procedure asks for no sample, or the store could not be asked."""
        self.say(event.sentence, "red")

    def action_move(self, steps: int) -> None:
        """Through the list."""
        self.listing.move(steps)

    def on_listing_picked(self) -> None:
        """A click on the row under the cursor judges it."""
        self.action_judge()

    def action_draw(self) -> None:
        """Draw what the month that is shown still lacks."""
        from dutydesk.desk.sampling import draw_sample  # slow import

        if self.sample is None:
            return
        role = self.gateway.context.procedure.parts.inspector or ""
        by = Actor(role, self.gateway.planned(role) or self.gateway.operator or None)
        self.gateway.job(partial(draw_sample, month=self.sample.month, by=by), self, DRAW)

    def action_judge(self) -> None:
        """Open the spot-check of the case under the cursor."""
        row = self.listing.item
        if row is None:
            self.say(_("没有要查的"), "dim")
        elif row.grid is None:
            self.say(_("这一件还没有网格：先受理定位"), "dim")
        else:
            shell(self).open("inspect", wanted=Wanted(row.grid, row.no))

    def action_case(self) -> None:
        """Open the case."""
        if row := self.listing.item:
            shell(self).open_case(row.no)

    def action_acknowledge(self) -> None:
        """Acknowledge what rings."""
        shell(self).acknowledge()

    def _line(self, row: SampleRow, width: int) -> list[Span]:
        return left_line(row, self.gateway.now)
