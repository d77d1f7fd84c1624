"""The write-back ledger 回填: copied field by field or as a page, ticked with the next key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from dutydesk.errors import DeskError
from dutydesk.i18n import _
from dutydesk.reports.entering import page
from dutydesk.screens import messages
from dutydesk.screens.forms.entry import Confirm, Entry, Step
from dutydesk.screens.forms.field_name import FieldName
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, plan, twins
from dutydesk.screens.parts.copying import copy, save
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.shell import shell
from dutydesk.screens.ticking import tick
from dutydesk.screens.writeback_lines import OwedLines, PageLines, filled
from dutydesk.views.labels import N_
from dutydesk.views.writebacks import Owed, OwedList, OwedRow

if TYPE_CHECKING:
    from dutydesk.desk.writebacks import Ticked


class WritebackScreen(Dialog):
    """What platforms do not know yet: Enter copies field after field, and then ticks."""

    AUTO_FOCUS = "OwedLines"
    DEFAULT_CSS = """
    WritebackScreen #box {
        width: 100%; max-width: 116; height: 1fr;
        background: $panel; border: round $border;
    }
    WritebackScreen #line-receipt { height: 1; width: 1fr; }
    WritebackScreen Entry { width: 1fr; }
    WritebackScreen #sending { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "copy_next", N_("复制下一栏，复制完即已回填")),
        plan("+", "copy_page", N_("复制整页")),
        plan("0", "tick", N_("已回填")),
        plan("-", "receipt", N_("写回执号")),
        plan("*", "move(1)", N_("下一条"), "down"),
        plan("/", "move(-1)", N_("上一条"), "up"),
        *(
            Binding(twins(digit), f"choose({digit})", N_("选第几条"), show=digit == "1")
            for digit in "123456789"
        ),
        plan(".", "acknowledge", N_("确认全部响铃")),
        Binding("f4", "save", N_("存成文件")),
        Binding("f5", "copy_again", N_("再复制")),
    ]
    hints: tuple[KeyHint, ...] = (
        KeyHint("Enter", N_("复制下一栏 → 已回填")),
        KeyHint("+", N_("复制整页")),
        KeyHint("0", N_("已回填")),
        KeyHint("-", N_("写回执号")),
        KeyHint("1-9", N_("选择")),
        KeyHint("*", N_("下一条")),
        KeyHint("F4", N_("存成文件")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, entry: int | None = None) -> None:
        super().__init__(gateway)
        self.ledger: OwedList | None = None
        self.selected = entry
        self.copied = 0
        self._receipts: dict[int, str] = {}
        self._last: tuple[str, str] | None = None
        self._acting = False
        self._ticking: int | None = None
        self._ticks = 0

    def compose_body(self) -> ComposeResult:
        """The ledger, the page of the selected entry, the receipt, and what was copied."""
        with Vertical(id="box"):
            yield OwedLines()
            yield PageLines()
            with Horizontal(id="line-receipt"):
                yield FieldName(_("回执号"))
                yield Entry("", _("可不写；- 到这里，Enter 即已回填"), id="receipt")
            yield Saying(id="sending")

    def on_mount(self) -> None:
        """Read the ledger."""
        self.reread()

    def reread(self) -> None:
        """Read in the worker."""
        self.gateway.ask(Owed(), self, "owed")

    def on_moved(self) -> None:
        """The record has moved: the list follows, what was typed stays."""
        self.reread()

    @property
    def entry(self) -> OwedRow | None:
        """The selected entry."""
        rows = self.ledger.rows if self.ledger else ()
        return next((row for row in rows if row.id == self.selected), None)

    @property
    def receipt(self) -> Entry:
        """The field of the receipt."""
        return self.query_one("#receipt", Entry)

    # Answers.

    def on_answered(self, event: messages.Answered) -> None:
        """The ledger, or an entry was ticked."""
        if event.slot == "owed":
            self._show(event.answer)
            return
        self._acting = False
        self._told(event.answer)
        self.reread()

    def _show(self, ledger: OwedList) -> None:
        before = [row.id for row in self.ledger.rows] if self.ledger else []
        self.ledger = ledger
        ids = [row.id for row in ledger.rows]
        if self.selected not in ids:
            if self.selected is not None and self.selected != self._ticking:
                self._say(_("这一条已在别处回填"))
            gone = before.index(self.selected) if self.selected in before else 0
            after = [number for number in before[gone:] if number in ids]
            self._select(next(iter((*after, *ids)), None))
        self._paint()

    def _told(self, ticked: Ticked) -> None:
        if not ticked.before:
            self._say(_("已回填"), "green")
        else:
            first, words = ticked.before[0], self.gateway.words
            who = words.actor(first.ticked_by or "")
            when = words.when(first.ticked_at or self.gateway.now, self.gateway.now)
            self._say(_("{who} 在 {when} 已经回填过这一条").format(who=who, when=when), "amber")
        if self.selected == self._ticking:
            self.receipt.propose("")
        self.query_one(OwedLines).focus()

    def on_failed(self, event: messages.Failed) -> None:
        """Refused, or the store could not be asked; nothing typed is lost."""
        self._acting = False
        self._say(f"✗ {event.sentence}", "red")

    def _say(self, text: str, ink: str = "amber") -> None:
        self.query_one("#sending", Saying).say(text, ink)

    def _paint(self) -> None:
        if self.ledger is not None:
            self.query_one(OwedLines).show(self.ledger, self.selected)
        self.query_one(PageLines).show(self.entry, self.copied)

    # Choosing.

    def _select(self, number: int | None) -> None:
        """Turn to an entry; a receipt stays with the entry for which it was typed."""
        if self.selected is not None:
            self._receipts[self.selected] = self.receipt.value
        self.receipt.propose(self._receipts.get(number or 0, ""))
        self.selected, self.copied, self._last = number, 0, None

    def action_move(self, by: int) -> None:
        """The entry after or before."""
        ids = [row.id for row in self.ledger.rows] if self.ledger else []
        if ids:
            place = ids.index(self.selected) + by if self.selected in ids else 0
            self._select(ids[place % len(ids)])
            self._say("")
            self._paint()

    def action_choose(self, digit: int) -> None:
        """The entry with this digit."""
        number = self.query_one(OwedLines).digit(digit)
        if number is not None:
            self._select(number)
            self._say("")
            self._paint()

    def on_owed_lines_clicked(self, event: OwedLines.Clicked) -> None:
        """A click selects."""
        self._select(event.number)
        self._paint()

    # Copying and ticking.

    def action_copy_next(self) -> None:
        """Copy the next field; once all are copied, they were pasted: tick."""
        entry = self.entry
        if entry is None:
            return
        fields = filled(entry)
        if self.copied >= len(fields):
            self.action_tick()
            return
        label, value = fields[self.copied]
        self.copied += 1
        self._copy(label, value)

    def action_copy_page(self) -> None:
        """Copy all fields as one text; the next Enter ticks."""
        entry = self.entry
        if entry is not None:
            self.copied = len(filled(entry))
            self._copy(_("整页"), page(entry))

    def action_copy_again(self) -> None:
        """Copy once more what was copied last."""
        if self._last is not None:
            self._copy(*self._last)

    def _copy(self, label: str, value: str) -> None:
        self._last = (label, value)
        entry = self.entry
        rest = entry is not None and self.copied < len(filled(entry))
        said = (
            _("已复制{label}“{head}” · 贴不出来按 F4 存成文件 · Enter 下一栏")
            if rest
            else _("已复制{label}“{head}” · 贴不出来按 F4 存成文件 · 贴好按 Enter：已回填")
        )
        self._say(said.format(label=label, head=copy(self, value)))
        self._paint()

    def action_save(self) -> None:
        """Write the page to a file, for terminals that give nothing to the clipboard."""
        entry = self.entry
        if entry is None:
            return
        try:
            file = save(self.gateway, f"writeback-{entry.tail}-{entry.what}.txt", page(entry))
        except DeskError as error:
            self._say(f"✗ {self.gateway.sentence(error)}", "red")
            return
        self.copied = len(filled(entry))
        self._say(_("已存到 {file} · 填好按 Enter：已回填").format(file=file))
        self._paint()

    def action_receipt(self) -> None:
        """The keys go to the receipt."""
        self.receipt.focus()

    def action_tick(self) -> None:
        """Say that the selected entry was entered, with its receipt where one was typed."""
        entry = self.entry
        if entry is None or entry.id is None or self._acting:
            return
        self._acting, self._ticking = True, entry.id
        self._ticks += 1
        receipt = self.receipt.value.strip() or None
        tick(self.gateway, entry.id, self, f"tick-{self._ticks}", receipt)

    def on_confirm(self, event: Confirm) -> None:
        """Enter in the receipt: it is entered."""
        event.stop()
        self.action_tick()

    def on_step(self, event: Step) -> None:
        """Out of the receipt, back to the list."""
        event.stop()
        self.query_one(OwedLines).focus()

    def action_leave(self) -> None:
        """Out of the receipt first, then out of the screen."""
        if self.focused is self.receipt:
            self.query_one(OwedLines).focus()
        else:
            super().action_leave()

    def action_acknowledge(self) -> None:
        """Acknowledge all that rings."""
        shell(self).acknowledge()
