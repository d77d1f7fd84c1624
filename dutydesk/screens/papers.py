"""Papers on a case: seen first, then copied, printed, kept as files, or opened as a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from dutydesk.errors import OutsideError
from dutydesk.i18n import _
from dutydesk.reports.paper_text import as_page, as_text
from dutydesk.reports.papers import KINDS, Paper
from dutydesk.screens import messages
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, plan, twins
from dutydesk.screens.parts.copying import copy, kept_in
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Line, Span, blank, flow, row, rule
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.shell import shell
from dutydesk.views.labels import N_

if TYPE_CHECKING:
    from pathlib import Path

    from dutydesk.desk import Desk

NAMES = tuple(KINDS)
TABS = {
    "group": N_("发群"),
    "upstream": N_("报来源平台"),
    "contact": N_("工作联系单"),
    "why": N_("时限依据"),
}


class PaperPreview(Painted):
    """The paper as it will leave, word for word; what does not fit is reached by `move`."""

    DEFAULT_CSS = "PaperPreview { height: 1fr; }"
    can_focus = True

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.kind = NAMES[0]
        self.top = 0
        self.count = 0

    def show(self, kind: str, text: str) -> None:
        """Show a text from its beginning; the same text stays where it is."""
        if (kind, text) != (self.kind, self.text):
            self.kind, self.text, self.top = kind, text, 0
        self.repaint()

    @property
    def at_top(self) -> bool:
        """Whether the first line is in sight."""
        return self.top == 0

    def move(self, by: int) -> None:
        """Scroll by so many lines."""
        self.top = max(0, min(self.count - self.size.height + 2, self.top + by))
        self.repaint()

    def lines(self, width: int, height: int) -> list[Line]:
        """Which kinds there are, then as much of the text as fits."""
        tabs = [blank(1)]
        for digit, name in enumerate(NAMES, start=1):
            ink = "bright" if name == self.kind else "dim"
            tabs += [Span(f"{digit} ", "accent!"), Span(_(TABS[name]), ink), blank(3)]
        found: list[Line] = []
        for line in self.text.split("\n"):
            found += flow(line, max(8, width - 3), "ink") if line.strip() else [()]
        self.count, room = len(found), height - 2
        shown = [row(width, [blank(1), *line]) for line in found[self.top : self.top + room]]
        left = self.count - self.top - room
        if left > 0 and shown:
            said = _("↓ 还有 {count} 行").format(count=left + 1)
            shown[-1] = row(width, [], [Span(said, "dim"), blank(1)])
        return [row(width, tabs), rule(width), *shown]


class PapersScreen(Dialog):
    """Digits choose the paper, Enter copies it; printing never keeps the desk waiting."""

    AUTO_FOCUS = "PaperPreview"
    DEFAULT_CSS = """
    PapersScreen #box {
        width: 100%; max-width: 100; height: 1fr; background: $panel; border: round $border;
    }
    PapersScreen #sending { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "copy", N_("复制")),
        *(
            Binding(twins(digit), f"choose({digit})", N_("选哪种文书"), show=digit == "1")
            for digit in "1234"
        ),
        plan("+", "print", N_("打印")),
        plan("-", "save", N_("存成文件"), "f4"),
        plan("0", "page", N_("打开网页")),
        plan("*", "scroll(8)", N_("往下"), "down", "pagedown"),
        plan("/", "scroll(-8)", N_("往上"), "up", "pageup"),
        plan(".", "acknowledge", N_("确认全部响铃")),
    ]
    hints: tuple[KeyHint, ...] = (
        KeyHint("1-4", N_("选文书")),
        KeyHint("Enter", N_("复制")),
        KeyHint("+", N_("打印")),
        KeyHint("-", N_("存成文件")),
        KeyHint("0", N_("打开网页")),
        KeyHint("*", N_("往下")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, no: str | None = None, kind: str = NAMES[0]) -> None:
        super().__init__(gateway)
        self.no = no
        self.kind = kind
        self.to = 0
        self.paper: Paper | None = None
        self.copied = ""
        self._busy = False

    def compose_body(self) -> ComposeResult:
        """The paper, and what was done with it."""
        with Vertical(id="box"):
            yield PaperPreview()
            yield Saying(id="sending")

    def on_mount(self) -> None:
        """Write the first paper of the case, by default that of the desk's cursor."""
        self.no = self.no or shell(self).desk.selected
        self.reread()

    def reread(self) -> None:
        """Write the paper anew in the worker."""
        if self.no is None:
            self.told(_("没有选中的案件"), "amber")
            return
        call = partial(_write, no=self.no, kind=self.kind, place=self.to, gateway=self.gateway)
        self.gateway.job(call, self, "paper")

    def on_moved(self) -> None:
        """The record has moved: the paper follows."""
        self.reread()

    def told(self, text: str, ink: str = "amber") -> None:
        """Say what came of it under the paper."""
        self.query_one("#sending", Saying).say(text, ink)

    # Answers.

    def on_answered(self, event: messages.Answered) -> None:
        """The paper is written, or has gone somewhere."""
        if event.slot == "paper":
            self._show(event.answer)
            return
        self._busy = False
        self.told(event.answer, "green")

    def _show(self, paper: Paper) -> None:
        self.paper = paper
        text = as_text(paper)
        if self.copied and self.copied != text:
            self.copied = ""
            self.told(_("内容变了：要用就再复制一次"), "amber")
        self.query_one(PaperPreview).show(paper.kind, text)

    def on_failed(self, event: messages.Failed) -> None:
        """No such paper of this case, or a program failed: why, and the paper stays."""
        if event.slot == "paper":
            self.paper = None
            self.query_one(PaperPreview).show(self.kind, "")
        self._busy = False
        self.told(f"✗ {event.sentence}", "red")

    # Keys.

    def action_choose(self, digit: int) -> None:
        """Another kind of paper; the sheet's digit again addresses the next party."""
        kind = NAMES[digit - 1]
        self.to = self.to + 1 if kind == self.kind == "contact" else 0
        self.kind, self.copied = kind, ""
        self.told("")
        self.reread()

    def action_scroll(self, by: int) -> None:
        """Down and up in the paper."""
        self.query_one(PaperPreview).move(by)

    def action_copy(self) -> None:
        """Give the paper to the terminal's clipboard, and say how it begins."""
        if self.paper is not None:
            self.copied = as_text(self.paper)
            said = _("已复制“{head}” · 贴不出来按 - 存成文件")
            self.told(said.format(head=copy(self, self.copied)))

    def action_print(self) -> None:
        """Print by the command; without one the page opens, to be printed there."""
        self._outside(_printed, _("正在打印…"))

    def action_save(self) -> None:
        """Keep the paper as text and as a page."""
        self._outside(_saved, _("正在存…"))

    def action_page(self) -> None:
        """Open the page outside."""
        self._outside(_opened, _("正在打开…"))

    def action_acknowledge(self) -> None:
        """Acknowledge all that rings."""
        shell(self).acknowledge()

    def _outside(self, call: Callable[[Desk, Paper], str], said: str) -> None:
        """Do something with the paper beside the desk; a second key waits for the first."""
        if self.paper is not None and not self._busy:
            self._busy = True
            self.told(said, "dim")
            work = partial(_do, call=call, paper=self.paper)
            self.gateway.beside(work, self, messages.OUTSIDE, self.app)


def _write(desk: Desk, no: str, kind: str, place: int, gateway: Gateway) -> Paper:
    from dutydesk.desk.papers import addressees, write  # slow import

    to = None
    if kind == "contact" and place:
        names = addressees(desk, no)
        to = names[place % len(names)] if names else None
    return write(desk, no, kind, gateway.actor, to)


def _do(desk: Desk, call: Callable[[Desk, Paper], str], paper: Paper) -> str:
    return call(desk, paper)


def _printed(desk: Desk, paper: Paper) -> str:
    if not desk.tools.print_command:
        none = _("没有打印命令（设置 [print]）。{said}")
        try:
            said = _opened(desk, paper)
        except OutsideError as error:
            raise OutsideError(none.format(said=error.message)) from error
        return none.format(said=_("{said}，在那里打印").format(said=said))
    said = desk.tools.print(as_text(paper), as_page(paper))
    return _("已交给打印机：{said}").format(said=said) if said else _("已交给打印机")


def _saved(desk: Desk, paper: Paper) -> str:
    text, page = _files(desk, paper)
    return _("已存到 {file}，网页 {page}").format(file=text, page=page.name)


def _opened(desk: Desk, paper: Paper) -> str:
    page = _files(desk, paper)[1]
    desk.tools.open(page)
    return _("已打开 {file}").format(file=page)


def _files(desk: Desk, paper: Paper) -> tuple[Path, Path]:
    from dutydesk.desk.tools import written  # slow import

    try:
        folder = kept_in(desk.context.drill) / "papers"
        return written(folder, f"{paper.kind}-{paper.no}", as_text(paper), as_page(paper))
    except OSError as error:
        raise OutsideError(_("文件写不了：{error}").format(error=error)) from error
