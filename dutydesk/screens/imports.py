"""Import a file: preview first, then for good; progress, cancel, the batch taken back."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from dutydesk.i18n import _
from dutydesk.screens import import_lines, messages
from dutydesk.screens.command.line import Lines, point
from dutydesk.screens.forms.entry import Confirm, Step
from dutydesk.screens.forms.field_name import FieldName
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.import_inbox import ImportListing
from dutydesk.screens.import_lines import Item
from dutydesk.screens.import_parts import (
    IMPORT,
    PREVIEW,
    UNDO,
    Course,
    PathEntry,
    Progress,
    Result,
    before,
    import_file,
    path_of,
)
from dutydesk.screens.keys import KeyHint
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Span, blank
from dutydesk.views.labels import N_
from dutydesk.workflow.cases.model import Actor


class ImportScreen(Dialog):
    """Gives the number of a case to go to, what was imported, or None."""

    DEFAULT_CSS = """
    ImportScreen #box {
        width: 100%; max-width: 116; height: 1fr;
        background: $panel; border: round $border;
    }
    ImportScreen .line { height: 1; width: 1fr; }
    ImportScreen LineEntry { width: 1fr; }
    ImportScreen #error { padding: 0 1; max-height: 5; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "other", N_("格式"), priority=True),
        Binding("f8", "undo", N_("撤回本批")),
    ]
    hints: tuple[KeyHint, ...] = (
        KeyHint("Enter", N_("预览 / 导入")),
        KeyHint("Tab", N_("格式")),
        KeyHint("*", N_("清单")),
        KeyHint("F8", N_("撤回本批")),
        KeyHint("Esc", N_("停止 / 返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, path: str = "") -> None:
        super().__init__(gateway)
        self.course = Course()
        self._first = path
        self._cancelled = False
        self._undoing: str | None = None
        self._asked: tuple[str, str] | None = None
        self._on_list = False

    def compose_body(self) -> ComposeResult:
        """Path and layout, what came of it, and the rows."""
        with Vertical(id="box"):
            with Horizontal(classes="line"):
                yield FieldName(_("文件"))
                yield PathEntry(self._first, _("路径：输入、粘贴或拖进来"), id="path")
            with Horizontal(classes="line"):
                yield FieldName(_("格式"))
                yield PathEntry("", _("自动识别；认不出时写格式名或自己的 .toml"), id="layout")
            yield Saying(id="error")
            yield Result(self.course)
            yield ImportListing()

    def on_mount(self) -> None:
        """The keys go to the path; what was there before is listed."""
        path = self.query_one("#path", PathEntry)
        path.offer = self.listing.file
        path.focus()
        self.listing.activate(False)
        self.reread()

    @property
    def listing(self) -> ImportListing:
        """The rows."""
        return self.query_one(ImportListing)

    def reread(self) -> None:
        """Read what nobody has looked at, and the batches."""
        self.gateway.job(before, self, "before")

    def on_unmount(self) -> None:
        """Whoever leaves stops what runs: what was saved before stays and is on the record."""
        self._cancelled = True
        super().on_unmount()

    # The worker's side.

    def _run(self, dry_run: bool) -> None:
        path = path_of(self.query_one("#path", PathEntry).value)
        layout = path_of(self.query_one("#layout", PathEntry).value)
        self.course.running = PREVIEW if dry_run else IMPORT
        self.course.progress, self.course.done, self._cancelled = None, None, False
        self._say("")
        call = partial(
            import_file,
            path=path,
            layout=layout or None,
            dry_run=dry_run,
            by=self.gateway.actor,
            progress=self._progressed,
            cancelled=lambda: self._cancelled,
        )
        self._asked = (path, layout)
        self.gateway.job(call, self, self.course.running)
        self.query_one(Result).repaint()

    def _progressed(self, rows: int, share: float | None) -> None:
        """Told in the worker; in between whatever else was asked of the desk gets its turn."""
        self.post_message(Progress(rows, share))
        self.gateway.breathe()

    # Answers.

    def on_progress(self, event: Progress) -> None:
        """So far."""
        event.stop()
        self.course.progress = event
        self.query_one(Result).repaint()

    def on_answered(self, event: messages.Answered) -> None:
        """A preview, an import, a batch taken back, or what was there before."""
        if event.slot == "before":
            if self.course.done is None and not self.course.running:
                unseen, batches = event.answer
                items = import_lines.of_store(unseen, batches, self.gateway.words, self.gateway.now)
                self.listing.show_before(items)
            return
        if event.slot == "look":
            return
        self.course.running = ""
        if event.slot == UNDO:
            undone = event.answer
            said = _("批次 {batch} 已撤回：撤回 {withdrawn} 件，还原 {put_back} 件")
            self._say(said.format(**undone._asdict()), "green")
            self.course.done = None
            self.reread()
        else:
            self.course.done, self.course.previewed = event.answer, event.slot == PREVIEW
            self.listing.empty = (blank(2), Span(_("没有被拒的行，也没有变更"), "dim"))
            self.listing.show_import(import_lines.of_import(self.course.done, self.gateway.words))
            if self.course.previewed:
                self.say(_("看过后按 Enter 导入；Esc 不导入"), "amber")
            else:
                self.say(_("已导入；按 F8 可撤回这一批"))
        self.query_one(Result).repaint()

    def on_failed(self, event: messages.Failed) -> None:
        """The file was refused whole, or the store could not be asked."""
        self.course.running = ""
        self._asked = None
        self._say(f"✗ {event.sentence}")
        expected = getattr(event.error, "expected", None)
        if expected and str(expected) not in event.sentence:
            self._say(f"✗ {event.sentence}\n  {_('可用')}: {expected}")
        self.query_one(Result).repaint()

    def on_import_listing_looked(self, event: ImportListing.Looked) -> None:
        """The inbox as it is now."""
        result = self.query_one(Result)
        if result.inbox != event.line:
            result.inbox = event.line
            result.repaint()
            if event.fault:
                self._say(f"✗ {event.fault}")

    def on_moved(self) -> None:
        """The record has moved."""
        self.reread()

    def tick(self, now: datetime) -> None:
        """The progress is painted with the second."""
        self.query_one(Result).repaint()

    def _say(self, text: str, ink: str = "red") -> None:
        self.query_one("#error", Saying).say(text, ink)

    # Keys.

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another path or layout: what was previewed no longer counts."""
        event.stop()
        if self.course.done is not None and self.course.previewed and not self.course.running:
            self.course.done = None
            self.query_one(Result).repaint()
            self.reread()
        self._asked, self._on_list = None, False
        self.listing.choose(self.query_one("#path", PathEntry).value)
        self.listing.activate(False)
        self._say("")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A bar shows where the keys go."""
        point(self)

    def on_step(self, event: Step) -> None:
        """Through the rows; from then on Enter opens the one under the cursor."""
        event.stop()
        items = self.listing.items
        at_end = self._on_list and self.listing.cursor == len(items) - 1
        if not event.arrow and (not items or at_end):
            self.action_menu()
            return
        self.listing.move(event.by if self._on_list else 0)
        self._on_list = bool(self.listing.items)
        self.listing.activate(self._on_list)
        self._undoing = None

    def on_lines(self, event: Lines) -> None:
        """Of several pasted paths the first is taken, and that is said."""
        event.stop()
        first = next(line for line in event.text.splitlines() if line.strip())
        self.query_one("#path", PathEntry).value = first.strip()
        self.say(_("一次一个文件：取了第一个"), "amber")

    def action_other(self) -> None:
        """From the path to the layout, and back."""
        path, layout = (self.query_one(name, PathEntry) for name in ("#path", "#layout"))
        (layout if path.has_focus else path).focus()

    def action_undo(self) -> None:
        """Take the shown batch back, asked twice."""
        if self.course.done is not None and self.course.done.batch:
            self._undo(self.course.done.batch)

    def on_confirm(self, event: Confirm) -> None:
        """Enter: preview, then import; on a row, to its case; on a batch, take it back."""
        event.stop()
        if self.course.running:
            return
        item = self.listing.item if self._on_list else None
        if item is not None and item.case:
            self._open(item)
        elif item is not None and item.batch:
            self._undo(item.batch)
        elif item is not None and item.file:
            self.query_one("#path", PathEntry).put(item.file)
        elif not path_of(self.query_one("#path", PathEntry).value):
            self._say(_("请先写文件的路径"), "amber")
        elif self.course.done is not None and not self.course.previewed:
            self.dismiss(self.course.done)
        else:
            self._run(dry_run=not (self.course.previewed and self.course.done is not None))

    def on_listing_picked(self) -> None:
        """A click on the row under the cursor."""
        self._on_list = True
        self.on_confirm(Confirm())

    def _open(self, item: Item) -> None:
        """Going to the case is looking at what changed in it."""
        no = item.case or ""
        if item.key[0] == "unseen" or not self.course.previewed:
            gateway = self.gateway
            gateway.job(lambda desk: desk.look(no), self.app, "look")
        self.dismiss(no)

    def _undo(self, batch: str) -> None:
        if self._undoing != batch:
            self._undoing = batch
            said = _("再按 F8 撤回批次 {batch}：新案件撤回，变更还原").format(batch=batch)
            self._say(said, "amber")
            return
        self._undoing, self.course.running = None, UNDO
        by: Actor = self.gateway.actor
        self.gateway.job(lambda desk: desk.undo_import(batch, by), self, UNDO)

    def action_leave(self) -> None:
        """Esc stops what runs; otherwise it leaves."""
        if self.course.running in (PREVIEW, IMPORT) and not self._cancelled:
            self._cancelled = True
            self.say(_("正在停止…；已写入的行留着，批次里有"), "amber")
        else:
            self.dismiss(None if self.course.previewed else self.course.done)
