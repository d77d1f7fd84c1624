"""The newest pictures of the inbox: one digit says what the highlighted one is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.geometry import Size
from textual.message import Message

from dutydesk.errors import OutsideError
from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.forms.entry import Confirm, Step, step_of, take
from dutydesk.screens.keys import narrow
from dutydesk.screens.parts.paint import Line, Span, blank, column, free, row
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.shell import shell
from dutydesk.views.attachments import UsedPictures
from dutydesk.views.numbers import short
from dutydesk.workflow.cases.attached import ATTACHMENT_KINDS

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.desk.tools import Picture

LOOK_S = 4
"""House: how often the inbox is looked at while its pictures are shown."""
LOW, IN_SIGHT, IN_SIGHT_LOW = 34, 8, 4


class Found(NamedTuple):
    """What the inbox holds now, or why it cannot be read; and whether there is a clipboard."""

    inbox: bool
    clipboard: bool
    pictures: tuple[Picture, ...]
    fault: str = ""


def sized(size: int | None) -> str:
    """A size as one says it: 840 KB, 3.1 MB; empty where it is not known."""
    if size is None:
        return ""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{size / 1000:.0f} KB"
    return f"{size / 1_000_000:.1f} MB"


class PictureList(Painted):
    """Pictures with time and size, the newest on top; nothing is shown where there can be none.

    Digits mark the highlighted one and go to the next, the same digit takes the mark off.
    """

    DEFAULT_CSS = "PictureList { height: auto; width: 1fr; padding: 0 1; }"
    ground = "ground"

    class Chosen(Message):
        """The highlighted picture is of a kind, or no longer."""

        def __init__(self, file: str, kind: str) -> None:
            super().__init__()
            self.file = file
            self.kind = kind

    class Dropped(Message):
        """A text was pasted onto the list."""

        def __init__(self, event: events.Paste) -> None:
            super().__init__()
            self.event = event

    class TakenBack(Message):
        """The file that was chosen last is not meant."""

    class Told(Message):
        """Why there is no list, or no picture in the clipboard."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, labels: Mapping[str, str]) -> None:
        super().__init__()
        self.labels = labels
        self.found = Found(False, False, ())
        self.clips: tuple[Picture, ...] = ()
        self.used: Mapping[str, str] = {}
        self.marks: Mapping[str, str] = {}
        self.at = 0
        self.moved = False
        self._top = 0
        self._taking = False
        self.display = False

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Those from the clipboard, then those of the inbox."""
        return (*self.clips, *self.found.pictures)

    def on_mount(self) -> None:
        """Look into the inbox, beside the desk."""
        self.look()

    def on_unmount(self) -> None:
        """Nothing is waited for any more."""
        shell(self).gateway.forget(self)

    def look(self) -> None:
        """Look once more."""
        shell(self).gateway.beside(_look, self, "look")

    # Answers.

    def on_answered(self, event: messages.Answered) -> None:
        """The inbox, which of it was used before, or the clipboard's picture."""
        if event.slot == "look":
            self._show(event.answer)
        elif event.slot == "used":
            self.used = event.answer
            if not self.moved:
                self.at = self._first()
            self.repaint()
        elif event.slot == "clipboard":
            self._taking = False
            self.clips = (event.answer, *self.clips)
            self.at, self.moved = 0, True
            self.post_message(self.Told(""))
            self._resize()
            self.focus()

    def on_failed(self, event: messages.Failed) -> None:
        """The command gave no picture, or the store could not be asked."""
        if event.slot == "clipboard":
            self._taking = False
        self.post_message(self.Told(event.sentence))

    def _show(self, found: Found) -> None:
        first, before = not self.display, self.found.fault
        here = self.pictures[self.at].file if self.at < len(self.pictures) else ""
        self.found = found
        files = [one.file for one in self.pictures]
        self.at = files.index(here) if here in files else min(self.at, max(0, len(files) - 1))
        self._resize()
        if first and (found.inbox or found.clipboard):
            self.can_focus = self.display = True
            self.set_interval(LOOK_S, self.look)
        if found.fault != before:
            self.post_message(self.Told(found.fault))
        digests = frozenset(one.digest for one in self.pictures if one.digest)
        shell(self).gateway.ask(UsedPictures(digests), self, "used")

    def _first(self) -> int:
        """The first that no case has and nobody has marked."""
        free_ones = (
            n
            for n, one in enumerate(self.pictures)
            if one.digest not in self.used and one.file not in self.marks
        )
        return next(free_ones, 0)

    def _resize(self) -> None:
        self._shown = None
        self.refresh(layout=True)

    def mark(self, marks: Mapping[str, str]) -> None:
        """Show what each file is kept as."""
        self.marks = marks
        self.repaint()

    # Keys.

    def on_key(self, event: events.Key) -> None:
        """Digits say what it is, `*` and `/` go to the next and the one before, then out."""
        sign = narrow(event.character)
        if event.key == "enter":
            take(event)
            self.post_message(Confirm())
        elif by := step_of(event) or {"down": 1, "up": -1}.get(event.key, 0):
            take(event)
            self._step(by)
        elif sign == "0":
            take(event)
            self.take_clipboard()
        elif sign == "-" or event.key == "backspace":
            take(event)
            self.post_message(self.TakenBack())
        elif sign.isascii() and sign.isdigit():
            take(event)
            self._mark(int(sign))

    def on_paste(self, event: events.Paste) -> None:
        """A dropped file is added like one that was typed."""
        event.stop()
        self.post_message(self.Dropped(event))

    def on_click(self, event: events.Click) -> None:
        """A click highlights."""
        at = event.get_content_offset(self)
        if at is not None and 0 < at.y <= len(self.pictures) - self._top:
            self.at, self.moved = self._top + at.y - 1, True
            self.repaint()

    def take_clipboard(self) -> None:
        """Ask for the clipboard's picture; a second key waits for the first answer."""
        if not self._taking:
            self._taking = True
            self.post_message(self.Told(_("正在取剪贴板图片…")))
            shell(self).gateway.beside(_clipboard, self, "clipboard")

    def _mark(self, digit: int) -> None:
        if digit > len(ATTACHMENT_KINDS) or not self.pictures:
            return
        file, kind = self.pictures[self.at].file, ATTACHMENT_KINDS[digit - 1]
        again = self.marks.get(file) == kind
        self.moved = True
        self.post_message(self.Chosen(file, kind))
        if not again:
            self.at = min(self.at + 1, len(self.pictures) - 1)
        self.repaint()

    def _step(self, by: int) -> None:
        if 0 <= self.at + by < len(self.pictures):
            self.at, self.moved = self.at + by, True
            self.repaint()
        else:
            self.post_message(Step(by))

    # Drawing.

    def on_focus(self) -> None:
        """The ground shows where the keys go."""
        self.ground = "selected"
        self._resize()

    def on_blur(self) -> None:
        """The keys go elsewhere."""
        self.ground = "ground"
        self._resize()

    @property
    def _room(self) -> int:
        return IN_SIGHT_LOW if self.app.size.height < LOW else IN_SIGHT

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are pictures in sight, under those with the digits."""
        return len(self.lines(width, 99))

    def lines(self, width: int, height: int) -> list[Line]:
        """What the keys do, then the pictures; what the digits mean stands under the path."""
        said = _("数字标明这一张 · * 下一张 · - 去掉")
        if self.found.clipboard:
            said = _("{said} · 0 取剪贴板").format(said=said)
        found = [row(width, [Span(said, "faint")])]
        if not self.pictures:
            said = _("图片收件夹里没有图片") if self.found.inbox else _("0 取剪贴板里的图片")
            return [*found, row(width, [Span(said, "dim")])]
        self._top = max(0, min(self._top, self.at))
        self._top = max(self._top, self.at - self._room + 1)
        shown = list(enumerate(self.pictures))[self._top : self._top + self._room]
        return [*found, *(self._line(n, one, width) for n, one in shown)]

    def _line(self, place: int, one: Picture, width: int) -> Line:
        words, now = shell(self).gateway.words, shell(self).gateway.now
        here = place == self.at
        kind, case = self.marks.get(one.file), self.used.get(one.digest)
        if kind is not None:
            said = Span(f"✓ {self.labels[kind]}", "accent!")
        elif case is not None:
            said = Span(_("已用于 {case}").format(case=short(case, now)), "amber")
        else:
            said = Span("")
        return row(
            width,
            [
                Span("▌" if here else " ", "accent"),
                column(words.when(one.at, now), 12, "ink" if here else "dim"), blank(1),
                column(sized(one.size), 8, "dim"), blank(1),
                column(_("剪贴板") if one in self.clips else "", 7 if self.clips else 0, "dim"),
                free(one.name, "bright" if here else "ink"),
            ],
            [said],
        )  # fmt: skip


def _look(desk: Desk) -> Found:
    tools = desk.tools
    inbox, clipboard = tools.pictures is not None, bool(tools.clipboard)
    try:
        return Found(inbox, clipboard, tools.newest())
    except OutsideError as error:
        return Found(inbox, clipboard, (), error.message)


def _clipboard(desk: Desk) -> Picture:
    return desk.tools.clipboard_picture(desk.now())
