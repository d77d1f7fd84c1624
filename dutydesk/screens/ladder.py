"""Who would be told of a case, when and how, if nobody acts: the ladder played dry."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from dutydesk.i18n import _, listed
from dutydesk.screens import messages
from dutydesk.screens.command.listing import Listing
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, plan, twins
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Span, blank, column, free, lamp
from dutydesk.screens.parts.shell import shell
from dutydesk.views.alarm_list import SILENCES
from dutydesk.views.labels import N_, Words
from dutydesk.views.ladder import LadderAhead, LadderPlan, LadderRow, Reached, channel_words
from dutydesk.views.numbers import short
from dutydesk.views.standing import told_words

if TYPE_CHECKING:
    from dutydesk.desk import Desk

SLOT = "ladder"


class LadderScreen(Dialog):
    """The rungs to come of one case; `1` shelves its alarms, Enter opens it."""

    DEFAULT_CSS = """
    LadderScreen { align: center top; }
    LadderScreen #box {
        width: 100%; max-width: 140; height: 1fr; max-height: 36; margin: 1 0 2 0;
        background: $panel; border: round $border; padding: 0 1;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(twins("1"), "shelve", N_("搁置它的告警"), show=True),
        Binding("enter", "case", N_("打开案件")),
        plan("*", "move(1)", N_("下一行"), "down", "j"),
        plan("/", "move(-1)", N_("上一行"), "up", "k"),
        plan(".", "acknowledge", N_("确认告警")),
    ]
    hints = (
        KeyHint("1", N_("搁置告警")),
        KeyHint("Enter", N_("案件")),
        KeyHint("*", N_("下一行")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, no: str) -> None:
        super().__init__(gateway)
        self.no = no

    def compose_body(self) -> ComposeResult:
        """A heading over the rungs."""
        with Vertical(id="box"):
            no = short(self.no, self.gateway.now)
            yield Saying(_("{no}：如果没有人办，会告诉谁").format(no=no), "accent!")
            yield Listing[LadderRow](self._line, lambda row: (row.at, row.clock, row.party))
            yield Saying(id="none")

    def on_mount(self) -> None:
        """Read it."""
        self._read()

    def on_moved(self) -> None:
        """The record has moved."""
        self._read()

    def _read(self) -> None:
        self.gateway.job(partial(_plan, no=self.no), self, SLOT)

    def on_answered(self, event: messages.Answered) -> None:
        """The rungs have come."""
        found: LadderPlan | None = event.answer
        rows = found.rows if found is not None else ()
        self.query_one(Listing).show(rows)
        said = _("没有时限在走，不会再告诉谁")
        self.query_one("#none", Saying).say("" if rows else said)

    def on_failed(self, event: messages.Failed) -> None:
        """The store could not be asked."""
        self.say(event.sentence, "red")

    def action_move(self, steps: int) -> None:
        """Through the list."""
        self.query_one(Listing).move(steps)

    def action_shelve(self) -> None:
        """Put the alarms of this case aside, with a reason and an end."""
        shell(self).open("shelve", no=self.no)

    def action_case(self) -> None:
        """Open the case."""
        shell(self).open_case(self.no)

    def action_acknowledge(self) -> None:
        """Acknowledge what rings."""
        shell(self).acknowledge()

    def _line(self, row: LadderRow, width: int) -> list[Span]:
        return ladder_line(row, self.gateway.words, self.gateway.now)


def ladder_line(row: LadderRow, words: Words, now: datetime) -> list[Span]:
    """When, which light, which step, then each person with the channel."""
    step = f"{words.clock(row.clock)} {row.party or ''}".strip()
    spans = [
        column(words.when(row.at, now), 13 if words.lang == "en" else 8, "bright"),
        blank(1),
        lamp(row.light),
        blank(1),
        column(step, 16, "ink"),
        blank(1),
    ]
    for one in row.reached:
        spans += [free(reached_words(one, words), "ink"), blank(2)]
    if row.silence is not None:
        spans.append(Span(_(SILENCES[row.silence]), "dim"))
    return spans


def reached_words(one: Reached, words: Words) -> str:
    """A person with what reaches him: 专职副网格长 陆知行（人工转告 138****0101）."""
    who = listed(told_words((one.told,), words))
    if not one.told.names and one.told.why:
        return who
    how = f"{channel_words(one.channel)} {one.number}".rstrip()
    return _("{who}（{how}）").format(who=who, how=how)


def _plan(desk: Desk, *, no: str) -> LadderPlan | None:
    return desk.read(LadderAhead(no, desk.ground.carries))
