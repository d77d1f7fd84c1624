"""The files of a case, each with its hash counted anew; one key opens a copy outside."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.forms.pictures import sized
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, plan, twins
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Line, Span, blank, column, free, row, rule
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.shell import shell
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.labels import N_, Words
from dutydesk.views.numbers import short

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.desk.keptfiles import KeptFile

DIGITS = 9
STATES = {
    "whole": (N_("✓ 与存入时一致"), "green"),
    "changed": (N_("✗ 副本被改过"), "red"),
    "missing": (N_("✗ 副本不见了"), "red"),
    "name_only": (N_("只有名字，没有副本"), "amber"),
}
"""What is said of each state of a file, and its ink."""


class FileLines(Painted):
    """Two lines for each file; the selected one is always in sight, digits go to those seen."""

    DEFAULT_CSS = "FileLines { height: 1fr; }"
    ground = "panel"
    can_focus = True

    def __init__(self) -> None:
        super().__init__()
        self.card: CaseCard | None = None
        self.files: tuple[KeptFile, ...] | None = None
        self.selected = 0
        self.top = 0
        self._seen = 1

    def show(self, card: CaseCard | None, files: tuple[KeptFile, ...] | None) -> None:
        """Show these files of a case; None while they are being read."""
        self.card, self.files = card, files
        self.selected = max(0, min(self.selected, len(files or ()) - 1))
        self.repaint()

    @property
    def at_top(self) -> bool:
        """Whether the first file is selected."""
        return self.selected == 0

    def place(self, digit: int) -> int | None:
        """Which file has a digit now."""
        place = self.top + digit - 1
        return place if digit <= self._seen and place < len(self.files or ()) else None

    def lines(self, width: int, height: int) -> list[Line]:
        """Which case, then as many files as fit."""
        gateway = shell(self).gateway
        words, now = gateway.words, gateway.now
        head = [blank(1), Span(_("附件"), "accent!"), blank(2)]
        if self.card is not None:
            head += [
                Span(short(self.card.no, now), "bright"),
                blank(1),
                free(self.card.place, "dim"),
            ]
        found: list[Line] = [row(width, head), rule(width)]
        if self.files is None:
            return [*found, row(width, [blank(1), Span(_("正在核对…"), "dim")])]
        if not self.files:
            said = _("还没有附件；+ 添加")
            return [*found, row(width, [blank(1), Span(said, "dim")])]
        self._seen = max(1, min(DIGITS, (height - 2) // 2))
        self.top = min(max(self.top, self.selected - self._seen + 1), self.selected)
        for digit, one in enumerate(self.files[self.top : self.top + self._seen], start=1):
            here = self.top + digit - 1 == self.selected
            found += _lines(one, digit, here, words, now, width)
        return found


def _lines(
    one: KeptFile, digit: int, here: bool, words: Words, now: datetime, width: int
) -> list[Line]:
    said, ink = STATES[one.state]
    first = [
        Span("▌" if here else " ", "accent"), Span(f"{digit} ", "accent!"),
        column(one.kind_label, 12, "dim"), blank(1), free(one.name, "bright" if here else "ink"),
    ]  # fmt: skip
    when = words.when(one.at, now) if one.at is not None else ""
    parts = [part for part in (when, sized(one.size), one.party or "") if part]
    second = [blank(3), Span("  ".join(parts), "dim"), blank(2), Span(_(said), ink)]
    return [row(width, first), row(width, second)]


class FilesScreen(Dialog):
    """The files of a case; opening one never keeps the desk waiting."""

    AUTO_FOCUS = "FileLines"
    DEFAULT_CSS = """
    FilesScreen #box {
        width: 100%; max-width: 100; height: 1fr; background: $panel; border: round $border;
    }
    FilesScreen #sending { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("在外面打开")),
        *(
            Binding(twins(digit), f"digit({digit})", N_("打开第几个"), show=digit == "1")
            for digit in "123456789"
        ),
        plan("+", "add", N_("添加附件")),
        plan("0", "check", N_("再核对")),
        plan("*", "move(1)", N_("下一个"), "down"),
        plan("/", "move(-1)", N_("上一个"), "up"),
        plan(".", "acknowledge", N_("确认全部响铃")),
    ]
    hints: tuple[KeyHint, ...] = (
        KeyHint("1-9", N_("打开")),
        KeyHint("Enter", N_("在外面打开")),
        KeyHint("*", N_("下一个")),
        KeyHint("+", N_("添加附件")),
        KeyHint("0", N_("再核对")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, no: str | None = None) -> None:
        super().__init__(gateway)
        self.no = no
        self._busy = False

    def compose_body(self) -> ComposeResult:
        """The files, and what came of opening one."""
        with Vertical(id="box"):
            yield FileLines()
            yield Saying(id="sending")

    def on_mount(self) -> None:
        """Read the case, by default that of the desk's cursor."""
        self.no = self.no or shell(self).desk.selected
        self.reread()

    def reread(self) -> None:
        """Read the case; its copies are looked at beside."""
        if self.no is None:
            self.told(_("没有选中的案件"))
        else:
            self.gateway.ask(Card(self.no), self, "card")

    def on_moved(self) -> None:
        """The record has moved."""
        self.reread()

    def on_screen_resume(self) -> None:
        """The form of a new file has closed."""
        if self.list.card is not None:
            self.reread()

    @property
    def list(self) -> FileLines:
        """The files."""
        return self.query_one(FileLines)

    def told(self, text: str, ink: str = "amber") -> None:
        """Say something under the list."""
        self.query_one("#sending", Saying).say(text, ink)

    # Answers.

    def on_answered(self, event: messages.Answered) -> None:
        """The case, its files as they lie now, or a file was opened."""
        if event.slot == "card":
            if event.answer is None:
                self.told(_("没有编号为 {no} 的案件").format(no=self.no), "red")
                return
            before = self.list.card
            if before is None or before.attachments != event.answer.attachments:
                self.list.show(event.answer, None)
                self.gateway.beside(partial(_kept, card=event.answer), self, "files")
        elif event.slot == "files":
            self.list.show(self.list.card, event.answer)
        else:
            self._busy = False
            self.told(event.answer, "green")

    def on_failed(self, event: messages.Failed) -> None:
        """It could not be read, or not be opened: why."""
        self._busy = False
        self.told(f"✗ {event.sentence}", "red")

    # Keys.

    def action_move(self, by: int) -> None:
        """The file after or before."""
        found = self.list
        if found.files:
            found.selected = (found.selected + by) % len(found.files)
            found.repaint()

    def action_digit(self, digit: int) -> None:
        """Open the file with this digit."""
        place = self.list.place(digit)
        if place is not None:
            self.list.selected = place
            self.list.repaint()
            self.action_open()

    def action_open(self) -> None:
        """Open the copy of the selected file; without a copy say so."""
        found = self.list
        if not found.files or self._busy:
            return
        one = found.files[found.selected]
        if one.copy is None:
            said = _("“{name}”：{why}，打不开").format(name=one.name, why=_(STATES[one.state][0]))
            self.told(said, "red")
            return
        self._busy = True
        self.told(_("正在打开…"), "dim")
        self.gateway.beside(partial(_opened, one=one), self, "open")

    def action_add(self) -> None:
        """Add files to the case."""
        if self.list.card is not None:
            shell(self).open_act("attach", self.list.card, None)

    def action_check(self) -> None:
        """Count every hash once more."""
        card = self.list.card
        if card is not None:
            self.list.show(card, None)
            self.gateway.beside(partial(_kept, card=card), self, "files")

    def action_acknowledge(self) -> None:
        """Acknowledge all that rings."""
        shell(self).acknowledge()


def _kept(desk: Desk, card: CaseCard) -> tuple[KeptFile, ...]:
    from dutydesk.desk.keptfiles import kept_files  # slow import

    return kept_files(card, desk.files)


def _opened(desk: Desk, one: KeptFile) -> str:
    assert one.copy is not None
    desk.tools.open(one.copy)
    return _("已打开 {name}").format(name=one.name)
