"""What passed while a seat was empty, as one page."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dutydesk.i18n import _, listed
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, plan, twins
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Line, Span, blank, column, free, lamp, row, rule
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.queue_rows import at
from dutydesk.screens.parts.shell import shell
from dutydesk.views.alarms import worded
from dutydesk.views.labels import N_, Words
from dutydesk.views.meanwhile import MeanwhileList
from dutydesk.views.numbers import short
from dutydesk.views.queue import millis
from dutydesk.views.spoken import spoken


class Passed(Painted):
    """The page; what does not fit is counted by its heading and can be scrolled to."""

    DEFAULT_CSS = """
    Passed { width: 100%; max-width: 116; height: 1fr; border: round $border; }
    """
    ground = "panel"

    def __init__(self, found: MeanwhileList) -> None:
        super().__init__()
        self.found = found
        self.top = 0

    def lines(self, width: int, height: int) -> list[Line]:
        """As many lines as fit, from where it was scrolled to."""
        gateway = shell(self).gateway
        every = page_lines(self.found, gateway.words, gateway.now, width)
        self.top = max(0, min(self.top, len(every) - height))
        return every[self.top : self.top + height]

    def scroll(self, by: int) -> None:
        """Up and down."""
        self.top += by
        self.repaint()


def page_lines(found: MeanwhileList, words: Words, now: datetime, width: int) -> list[Line]:
    """Everything that passed, part by part; a part in which nothing passed is left out."""
    since = spoken(found.since, now, words.lang)
    title = [
        blank(1), Span(_("您离开期间"), "accent!"), blank(2),
        Span(_("{since} 起").format(since=since), "bright"),
    ]  # fmt: skip
    parts = (
        (_("变红 {count} 件").format(count=len(found.red)), _red(found, words, now, width)),
        (_("补报告警 {count} 条").format(count=len(found.alarms)), _alarms(found, words, width)),
        (_("导入 {count} 次").format(count=len(found.imports)), _imports(found, words, now, width)),
        (_("别处办了 {count} 步").format(count=found.acts), _acts(found, words, now, width)),
    )
    counted = [piece for heading, part in parts if part for piece in (Span(heading), blank(3))]
    lines = [row(width, title), row(width, [blank(1), *counted])]
    for heading, part in parts:
        if part:
            lines += [rule(width, [Span(heading, "dim")]), *part]
    return lines


def _red(found: MeanwhileList, words: Words, now: datetime, width: int) -> list[Line]:
    return [
        row(
            width,
            [
                blank(1), lamp("red"), blank(1), column(short(case.no, now), 7, "bright"),
                column(spoken(at(case.red_at or 0), now, words.lang), 12, "red"), blank(1),
                column(words.state(case.state), 17 if words.lang == "en" else 14), blank(1),
                free(case.place), blank(2), free(case.summary, "dim"),
            ],
        )
        for case in found.red
    ]  # fmt: skip


def _alarms(found: MeanwhileList, words: Words, width: int) -> list[Line]:
    ms = millis(found.at)
    return [
        row(
            width,
            [
                blank(1), lamp(alarm.light), blank(1),
                column(spoken(at(alarm.planned_at), found.at, words.lang), 12, "ink"), blank(1),
                free("　".join(part for part in worded(alarm, ms, words) if part)),
                blank(2), free(alarm.place, "dim"),
            ],
        )
        for alarm in found.alarms
    ]  # fmt: skip


def _imports(found: MeanwhileList, words: Words, now: datetime, width: int) -> list[Line]:
    said = _("新 {new}，变更 {changed}，拒收 {rejected}")
    return [
        row(
            width,
            [
                blank(3), column(spoken(one.at, now, words.lang), 12, "ink"), blank(1),
                free(one.file, "ink"), blank(2),
                Span(said.format(new=one.new, changed=one.changed, rejected=one.rejected), "dim"),
            ],
        )
        for one in found.imports
    ]  # fmt: skip


def _acts(found: MeanwhileList, words: Words, now: datetime, width: int) -> list[Line]:
    return [
        row(
            width,
            [
                blank(3), column(short(one.case, now) if one.case else "", 7, "bright"),
                column(spoken(one.at, now, words.lang), 12, "ink"), blank(1),
                free(listed(one.verbs), "ink"), blank(2), free(one.who, "dim"), blank(1),
                free(one.seat, "faint"),
            ],
        )
        for one in found.elsewhere
    ]  # fmt: skip


class ReturnPage(Dialog):
    """Shown once; Enter or Esc goes on to the desk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "leave", N_("继续")),
        Binding(f"{twins('*')},down", "scroll(1)", N_("下一行"), key_display="*"),
        Binding(f"{twins('/')},up", "scroll(-1)", N_("上一行"), key_display="/"),
        Binding("pagedown", "scroll(10)", N_("下一屏")),
        Binding("pageup", "scroll(-10)", N_("上一屏")),
        plan(".", "acknowledge", N_("确认全部响铃")),
    ]
    hints: tuple[KeyHint, ...] = (
        KeyHint("Enter", N_("继续")),
        KeyHint("*", N_("下一行")),
        KeyHint("/", N_("上一行")),
        KeyHint(".", N_("确认全部响铃")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, found: MeanwhileList) -> None:
        super().__init__(gateway)
        self.found = found

    def compose_body(self) -> ComposeResult:
        """The page."""
        yield Passed(self.found)

    def tick(self, now: datetime) -> None:
        """Times are said anew."""
        self.query_one(Passed).repaint()

    def action_scroll(self, by: int) -> None:
        """Up and down the page."""
        self.query_one(Passed).scroll(by)

    def action_acknowledge(self) -> None:
        """Acknowledge all that rings."""
        shell(self).acknowledge()
