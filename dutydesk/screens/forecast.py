"""Minutes to red 未来一小时: what breaches first, the act that saves it, who breaches together."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.command.listing import Listing
from dutydesk.screens.forms.saying import Saying, Spoken
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, plan, twins
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Span, blank, column, free
from dutydesk.screens.parts.shell import shell
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.forecast import Forecast, ForecastRow, MinutesToRed
from dutydesk.views.labels import N_, Words
from dutydesk.views.numbers import short
from dutydesk.workflow.alarms.ahead import Crowd
from dutydesk.workflow.time.zone import to_local

READ, ACT = "forecast", "forecast-act"
MOST_CROWDS = 4


class ForecastScreen(Dialog):
    """`1` does the act that saves the case under the cursor, Enter opens it, `2` shows its
    ladder."""

    DEFAULT_CSS = """
    ForecastScreen { align: center top; }
    ForecastScreen #box {
        width: 100%; max-width: 140; height: 1fr; max-height: 44; margin: 1 0 2 0;
        background: $panel; border: round $border; padding: 0 1;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(twins("1"), "act", N_("办这一步"), show=True),
        Binding(twins("2"), "ladder", N_("不办会告诉谁"), show=True),
        Binding("enter", "case", N_("打开案件")),
        plan("*", "move(1)", N_("下一行"), "down", "j"),
        plan("/", "move(-1)", N_("上一行"), "up", "k"),
        plan(".", "acknowledge", N_("确认告警")),
    ]
    hints = (
        KeyHint("1", N_("办这一步")),
        KeyHint("2", N_("会告诉谁")),
        KeyHint("Enter", N_("案件")),
        KeyHint("*", N_("下一行")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._wanted: ForecastRow | None = None

    def compose_body(self) -> ComposeResult:
        """Who breaches together, over the list."""
        with Vertical(id="box"):
            yield Saying(_("未来一小时先超时的"), "accent!")
            yield Spoken(id="crowds")
            yield Listing[ForecastRow](self._line, lambda row: (row.case, row.clock, row.party))
            yield Saying(id="none")

    def on_mount(self) -> None:
        """Read it."""
        self._read()

    def on_moved(self) -> None:
        """The record has moved."""
        self._read()

    def on_screen_resume(self) -> None:
        """A form has closed over the list."""
        if self.is_mounted:
            self._read()

    def _read(self) -> None:
        self.gateway.ask(MinutesToRed(), self, READ)

    @property
    def listing(self) -> Listing[ForecastRow]:
        """The list."""
        return self.query_one(Listing)

    def on_answered(self, event: messages.Answered) -> None:
        """The forecast, or the case of the act that was asked for."""
        if event.slot == READ:
            found: Forecast = event.answer
            self.listing.show(found.rows)
            crowds = [crowd_line(crowd, self.gateway.words) for crowd in found.crowds[:MOST_CROWDS]]
            self.query_one("#crowds", Spoken).show(crowds)
            none = _("未来一小时没有要超时的")
            self.query_one("#none", Saying).say("" if found.rows else none)
        elif event.slot == ACT:
            self._open(event.answer)

    def on_failed(self, event: messages.Failed) -> None:
        """The store could not be asked."""
        self.say(event.sentence, "red")

    def tick(self, now: datetime) -> None:
        """The minutes go down."""
        self.listing.repaint()

    def action_move(self, steps: int) -> None:
        """Through the list."""
        self.listing.move(steps)

    def action_act(self) -> None:
        """Open the form of the act that saves this one."""
        row = self.listing.item
        if row is None or row.act is None:
            self.say(_("这一件不在本台手里，打电话去催"), "dim")
            return
        self._wanted = row
        self.gateway.ask(Card(row.case, self.gateway.actor), self, ACT)

    def _open(self, card: CaseCard | None) -> None:
        row, self._wanted = self._wanted, None
        if row is not None and row.act is not None and card is not None:
            given: dict[str, object] | None = {"party": row.party} if row.party else None
            shell(self).open_act(row.act, card, given)

    def action_ladder(self) -> None:
        """Who would be told of this one."""
        if row := self.listing.item:
            shell(self).open("ladder", no=row.case)

    def action_case(self) -> None:
        """Open the case."""
        if row := self.listing.item:
            shell(self).open_case(row.case)

    def action_acknowledge(self) -> None:
        """Acknowledge what rings."""
        shell(self).acknowledge()

    def _line(self, row: ForecastRow, width: int) -> list[Span]:
        return forecast_line(row, self.gateway.words, self.gateway.now)


def forecast_line(row: ForecastRow, words: Words, now: datetime) -> list[Span]:
    """When and in how many minutes, which case and step, whose, where, and the saving act."""
    minutes = int((row.due_at - now).total_seconds() // 60)
    act = words.verb(row.act) if row.act else _("去催")
    return [
        Span(f"{to_local(row.due_at):%H:%M}", "bright"),
        blank(1),
        column(_("{minutes} 分").format(minutes=minutes), 7, "red!" if minutes < 10 else "amber"),
        column(short(row.case, now), 7, "accent"),
        column(words.clock(row.clock), 14, "ink"),
        blank(1),
        column(words.party(row.unit), 14, "dim"),
        blank(1),
        column(act, 14, "bright"),
        blank(1),
        free(row.place, "dim"),
    ]


def crowd_line(crowd: Crowd, words: Words) -> list[Span]:
    """A unit that breaches more than once within a quarter of an hour."""
    said = _("{time} 起 {unit} {count} 件一起超时").format(
        time=f"{to_local(crowd.from_at):%H:%M}",
        unit=words.party(crowd.unit),
        count=len(crowd.cases),
    )
    return [Span("◆ ", "amber!"), free(said, "amber")]
