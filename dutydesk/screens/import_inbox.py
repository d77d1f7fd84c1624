"""The list under an import: the inbox's newest files by digits, then what was before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from dutydesk.errors import OutsideError
from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.command.listing import Listing
from dutydesk.screens.forms.pictures import LOOK_S, sized
from dutydesk.screens.import_lines import Item
from dutydesk.screens.parts.paint import Line, Span, blank, column, free
from dutydesk.screens.parts.shell import shell
from dutydesk.views.labels import Words

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.desk.inbox_files import InboxFile


class Found(NamedTuple):
    """What waits in the inbox; `folder` is None where none is set, `fault` why it is not read."""

    folder: str | None
    files: tuple[InboxFile, ...] = ()
    total: int = 0
    fault: str = ""


class ImportListing(Listing[Item]):
    """Rows of an import; between two imports the inbox and what the store knows of earlier ones."""

    class Looked(Message):
        """The inbox was looked at: what is to be said of it, and what is wrong with it."""

        def __init__(self, line: Line, fault: str) -> None:
            super().__init__()
            self.line = line
            self.fault = fault

    def __init__(self) -> None:
        super().__init__(lambda item, width: item.spans, lambda item: item.key)
        self._found = Found(None)
        self._before: Sequence[Item] = ()
        self._importing = False
        self._chosen = ""

    def on_mount(self) -> None:
        """Look into the inbox, beside the desk, now and from time to time."""
        self.look()
        self.set_interval(LOOK_S, self.look)

    def on_unmount(self) -> None:
        """Nothing is waited for any more."""
        shell(self).gateway.forget(self)

    def look(self) -> None:
        """Look once more."""
        shell(self).gateway.beside(look, self, "inbox")

    def on_answered(self, event: messages.Answered) -> None:
        """What the inbox holds now."""
        event.stop()
        before, self._found = self._found, event.answer
        self.post_message(self.Looked(said(event.answer), event.answer.fault))
        if before != event.answer:
            self._refill()

    def file(self, digit: int) -> str | None:
        """The file that a digit chooses."""
        files = () if self._importing else self._found.files
        return files[digit - 1].file if 0 < digit <= len(files) else None

    def choose(self, path: str) -> None:
        """Mark the file that stands in the path."""
        if path != self._chosen:
            self._chosen = path
            self._refill()

    def show_import(self, items: Sequence[Item]) -> None:
        """Show what came of an import."""
        self._importing = True
        self.show(items, first=True)

    def show_before(self, items: Sequence[Item] | None = None) -> None:
        """Show the inbox again, and what the store knows."""
        self._importing = False
        self._before = self._before if items is None else items
        self._refill()

    def _refill(self) -> None:
        if not self._importing:
            gateway, files = shell(self).gateway, self._found.files
            found = of_inbox(files, self._chosen, gateway.words, gateway.now)
            self.show([*found, *self._before])


def look(desk: Desk) -> Found:
    """What waits in the inbox that the settings name."""
    from dutydesk.desk.inbox_files import waiting  # slow import

    folder = desk.tools.inbox
    if folder is None:
        return Found(None)
    try:
        files, total = waiting(folder)
    except OutsideError as error:
        return Found(str(folder), fault=error.message)
    return Found(str(folder), files, total)


def said(found: Found) -> Line:
    """One line on the inbox: how a file is chosen, or why there is none."""
    if found.folder is None:
        return (blank(1), Span(_("没有收件文件夹：在 dutydesk.toml 的 [inbox] 写 folder"), "dim"))
    if found.fault:
        return (blank(1), Span(_("收件文件夹读不了；路径仍可输入或粘贴"), "amber"))
    if not found.files:
        empty = _("收件文件夹是空的：{folder}（[inbox] folder）").format(folder=found.folder)
        return (blank(1), free(empty, "dim"))
    many = _("收件文件夹有 {n} 个：空着时按数字选").format(n=found.total)
    if found.total > len(found.files):
        many = _("收件文件夹有 {n} 个，列出最新 {shown} 个：空着时按数字选").format(
            n=found.total, shown=len(found.files)
        )
    return (blank(1), Span(many, "ink"), blank(2), Span(_("- 去掉"), "dim"))


def of_inbox(files: Sequence[InboxFile], chosen: str, words: Words, now: datetime) -> list[Item]:
    """A line for each file: its digit, since when, how long ago, its size, its name."""
    found = []
    for digit, one in enumerate(files, start=1):
        ago = _("{span}前").format(span=words.span(int((now - one.at).total_seconds())))
        spans = (
            Span("✓" if one.file == chosen else " ", "green"), Span(f"{digit} ", "accent!"),
            column(words.when(one.at, now), 11, "dim"), column(ago, 10, "dim"),
            column(sized(one.size), 8, "dim"), blank(1), free(one.name, "bright"),
            blank(2), Span(_("被拒过") if one.refused else "", "amber"),
        )  # fmt: skip
        found.append(Item(("inbox", one.file, 0), spans, file=one.file))
    return found
