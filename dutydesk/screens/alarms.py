"""Alarms 告警: what calls, is put aside, came late; each acknowledged or shelved alone."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.alarm_lines import figures_line, list_line
from dutydesk.screens.command.listing import Listing
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, plan, twins
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Line, Span, blank, row, rule
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.shell import shell
from dutydesk.views.alarm_list import LISTS, PRIORITIES, STANDING, AlarmBook, AlarmLists
from dutydesk.views.alarms import AlarmRow
from dutydesk.views.labels import N_

if TYPE_CHECKING:
    from dutydesk.desk import Desk

READ, DONE = "alarms", "alarm-done"
NAMES = {
    "standing": N_("现在的"),
    "shelved": N_("搁置的"),
    "late": N_("迟到未响的"),
    "today": N_("今天全部"),
}
EMPTY = {
    "standing": N_("没有告警"),
    "shelved": N_("没有搁置的告警"),
    "late": N_("近一天没有迟到的告警"),
    "today": N_("今天没有告警"),
}
SAID = {
    "acknowledge": N_("已确认 {count} 条告警"),
    "again": N_("{count} 条十分钟后再响"),
    "unshelve": N_("已取回 {count} 条"),
}


class AlarmScreen(Dialog):
    """`1` acknowledges the one under the cursor, `2` lets it come again in ten minutes, `3` shelves
    it with a reason, `4` takes it back; `0` turns to the next list, `+` to the next priority."""

    DEFAULT_CSS = """
    AlarmScreen { align: center top; }
    AlarmScreen #box {
        width: 100%; max-width: 160; height: 1fr; max-height: 48; margin: 1 0 2 0;
        background: $panel; border: round $border; padding: 0 1;
    }
    AlarmScreen Heads { height: 3; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(twins("1"), "one('acknowledge')", N_("确认这一条"), show=True),
        Binding(twins("2"), "one('again')", N_("十分钟后再说"), show=True),
        Binding(twins("3"), "shelve", N_("搁置，写明原因"), show=True),
        Binding(twins("4"), "one('unshelve')", N_("取回搁置的"), show=True),
        Binding(twins("5"), "ladder", N_("不办会告诉谁"), show=True),
        Binding(twins("6"), "forecast", N_("未来一小时先超时的"), show=True),
        Binding("enter", "case", N_("打开案件")),
        plan("0", "turn", N_("下一栏"), "tab"),
        plan("-", "history", N_("这一条后来怎样")),
        plan("+", "narrow", N_("按轻重筛选")),
        plan("*", "move(1)", N_("下一行"), "down", "j"),
        plan("/", "move(-1)", N_("上一行"), "up", "k"),
        Binding("pagedown", "move(10)", N_("下一屏"), show=False),
        Binding("pageup", "move(-10)", N_("上一屏"), show=False),
        plan(".", "acknowledge", N_("确认全部响铃")),
    ]
    hints = (
        KeyHint("1", N_("确认")),
        KeyHint("2", N_("十分钟后再说")),
        KeyHint("3", N_("搁置")),
        KeyHint("4", N_("取回")),
        KeyHint("5", N_("会告诉谁")),
        KeyHint("6", N_("未来一小时")),
        KeyHint("Enter", N_("案件")),
        KeyHint("0", N_("换栏")),
        KeyHint("+", N_("筛选")),
        KeyHint("-", N_("经过")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, which: str = STANDING) -> None:
        super().__init__(gateway)
        self.which = which
        self.priority: str | None = None
        self.found: AlarmLists | None = None

    def compose_body(self) -> ComposeResult:
        """Names and figures over the list."""
        with Vertical(id="box"):
            yield Heads()
            yield Listing[AlarmRow](self._line, lambda alarm: alarm.key, id="list")
            yield Saying(id="none")

    def on_mount(self) -> None:
        """Read the list."""
        self._read(first=True)

    def on_moved(self) -> None:
        """The record has moved."""
        self._read()

    def on_screen_resume(self) -> None:
        """Something has closed over the list."""
        if self.is_mounted:
            self._read()

    def _read(self, *, first: bool = False) -> None:
        self._first = first
        self.gateway.ask(AlarmBook(self.which, self.priority), self, READ)

    @property
    def listing(self) -> Listing[AlarmRow]:
        """The list."""
        return self.query_one("#list", Listing)

    def on_answered(self, event: messages.Answered) -> None:
        """The list has come, or something was done to an alarm."""
        if event.slot == READ:
            self.found = event.answer
            self.listing.show(self.found.rows, first=self._first)
            self._first = False
            self.query_one(Heads).show(self.found, self.priority)
            self.query_one("#none", Saying).say("" if self.found.rows else _(EMPTY[self.which]))
        elif event.slot.startswith(DONE):
            did = event.slot.removeprefix(f"{DONE}-")
            count = len(event.answer)
            none = _("这一条不能这样办")
            self.say(_(SAID[did]).format(count=count) if count else none)
            if count:
                self.listing.move(1)  # what was done goes down the list, the keys stay above
            self._read()

    def on_failed(self, event: messages.Failed) -> None:
        """Refused, or the store could not be asked."""
        self.say(event.sentence, "red")

    def tick(self, now: datetime) -> None:
        """What is left grows shorter, and what calls flashes."""
        self.listing.repaint()

    def on_listing_picked(self) -> None:
        """A click on the row under the cursor opens its case."""
        self.action_case()

    # Keys.

    def action_move(self, steps: int) -> None:
        """Through the list."""
        self.listing.move(steps)

    def action_turn(self) -> None:
        """The next list."""
        self.which = LISTS[(LISTS.index(self.which) + 1) % len(LISTS)]
        self._read(first=True)

    def action_narrow(self) -> None:
        """The next priority alone; after the last all again."""
        order = (None, *PRIORITIES)
        self.priority = order[(order.index(self.priority) + 1) % len(order)]
        self._read(first=True)

    def action_one(self, what: str) -> None:
        """Do it to the alarm under the cursor."""
        alarm = self.listing.item
        if alarm is None:
            self.say(_(EMPTY[self.which]), "dim")
            return
        call = partial(_done, what=what, key=alarm.key, gateway=self.gateway)
        self.gateway.job(call, self, f"{DONE}-{what}")

    def action_shelve(self) -> None:
        """Put it aside with a reason and an end."""
        alarm = self.listing.item
        if alarm is None or alarm.life not in ("unacknowledged", "acknowledged", "suppressed"):
            self.say(_("这一条不能搁置"), "dim")
            return
        shell(self).open("shelve", keys=(alarm.key,), said=alarm.case or "")

    def action_ladder(self) -> None:
        """Who would be told, if nobody acts."""
        alarm = self.listing.item
        if alarm is None or alarm.case is None:
            self.say(_("这一条不属于一件案件"), "dim")
        else:
            shell(self).open("ladder", no=alarm.case)

    def action_forecast(self) -> None:
        """What turns red within the hour."""
        shell(self).open("forecast")

    def action_history(self) -> None:
        """What became of the alarm under the cursor."""
        if alarm := self.listing.item:
            shell(self).open("alarm-history", alarm=alarm)

    def action_case(self) -> None:
        """Open the case of the row."""
        alarm = self.listing.item
        if alarm is None or alarm.case is None:
            self.say(_("这一条不属于一件案件"), "dim")
        else:
            shell(self).open_case(alarm.case)

    def action_acknowledge(self) -> None:
        """Acknowledge all that calls."""
        shell(self).acknowledge()

    # Drawing.

    def _line(self, alarm: AlarmRow, width: int) -> list[Span]:
        app = shell(self)
        return list_line(
            alarm, self.gateway.words, self.gateway.now, flash=app.flash, role=app.holder_role
        )


class Heads(Painted):
    """The lists by name, the figures, and a rule under them."""

    ground = "panel"
    _shown_lists: AlarmLists | None = None
    _priority: str | None = None

    def show(self, found: AlarmLists, priority: str | None) -> None:
        """Which list is turned to, narrowed to which priority."""
        self._shown_lists, self._priority = found, priority
        self.repaint()

    def lines(self, width: int, height: int) -> list[Line]:
        """Names, figures, rule."""
        found = self._shown_lists
        if found is None:
            return []
        names: list[Span] = []
        for which, name in NAMES.items():
            ink = "accent!" if which == found.which else "dim"
            count = f" {len(found.rows)}" if which == found.which else ""
            names += [Span(_(name) + count, ink), blank(3)]
        if self._priority is not None:
            said = _("只看{priority}").format(priority=_(PRIORITIES[self._priority]))
            names.append(Span(said, "amber!"))
        return [row(width, names), figures_line(found.figures, width), rule(width)]


def _done(desk: Desk, *, what: str, key: str, gateway: Gateway) -> tuple[str, ...]:
    from dutydesk.desk import alarming  # slow import

    by = gateway.actor
    if what == "acknowledge":
        return alarming.acknowledge(desk, by, [key])
    if what == "again":
        return alarming.again(desk, by, [key])
    return alarming.unshelve(desk, by, [key])
