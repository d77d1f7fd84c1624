"""Text entry of a form: Enter confirms, `*` goes on, `/` back while nothing typed stands here."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, TextArea

from dutydesk.screens.keys import narrow
from dutydesk.screens.parts.inputs import CArea, CInput
from dutydesk.screens.parts.shell import shell
from dutydesk.text import clean, one_line


class Step(Message):
    """Go on to the next field (1) or back to the one before (-1); `arrow` says by which key."""

    def __init__(self, by: int, arrow: bool = False) -> None:
        super().__init__()
        self.by = by
        self.arrow = arrow


class Confirm(Message):
    """Enter was pressed in a field."""


class Edited(Message):
    """Somebody changed what a control holds; `done` says that nothing more is to come here."""

    def __init__(self, done: bool = False) -> None:
        super().__init__()
        self.done = done


class Entry(CInput):
    """One line; while nothing was typed the first key replaces what was proposed.

    In one for `paths` a stroke is always text, because most paths begin with one. `plain` says that
    digits are text here, and never choose.
    """

    DEFAULT_CSS = """
    Entry, Entry:focus, Entry.-textual-compact { background: $background; padding: 0 1; }
    Entry:focus { background: $selected; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    def __init__(
        self,
        value: str = "",
        placeholder: str = "",
        *,
        paths: bool = False,
        plain: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(value, placeholder, id=id, compact=True, select_on_focus=True)
        self.paths = paths
        self.plain = plain
        self.typed = False

    def on_focus(self) -> None:
        """What stands here counts as proposed until a key is typed."""
        self.typed = False

    def action_step(self, by: int) -> None:
        """Leave to the field after or before."""
        self.post_message(Step(by, arrow=True))

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            take(event)
            self.post_message(Confirm())
        elif by := stepping(event, bool(self.typed and self.value) or self.paths):
            take(event)
            self.post_message(Step(by))
        elif not self.value and asks_help(event):
            take(event)
            shell(self).open_help()
        elif event.is_printable or event.key in ("backspace", "delete"):
            self.typed = True

    def propose(self, text: str) -> None:
        """Show a proposed text, without what could move a cursor; nobody has typed it."""
        text = one_line(text)
        if self.value != text:
            with self.prevent(Input.Changed):
                self.value = text


class LongEntry(CArea):
    """Several lines; Enter confirms the form, Ctrl+J begins a new line, the arrows lead out.

    While nothing was typed the first key or paste replaces what was proposed. With `newline` Enter
    begins a new line instead, for long papers: nothing is replaced, and only `*` leads out.
    """

    plain = True
    """Digits are text here."""

    DEFAULT_CSS = """
    LongEntry, LongEntry:focus, LongEntry.-textual-compact {
        background: $background; height: auto; max-height: 6; padding: 0 1;
    }
    LongEntry:focus { background: $selected; }
    LongEntry .text-area--cursor-line { background: transparent; }
    """

    def __init__(self, text: str = "", *, newline: bool = False, id: str | None = None) -> None:
        super().__init__(text, soft_wrap=True, compact=True, tab_behavior="focus", id=id)
        self.newline = newline
        self.typed = False
        self.proposed = ""

    def on_focus(self) -> None:
        """What stands here counts as proposed until a key is typed."""
        self.typed = False
        if self.text and self.text == self.proposed and not self.newline:
            self.select_all()

    def on_blur(self) -> None:
        """What was marked to be replaced stands as it is."""
        if self.selected_text and not self.newline:
            self.move_cursor(self.document.end)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and not self.newline:
            take(event)
            self.post_message(Confirm())
        elif event.key == "ctrl+j":
            take(event)
            self.insert("\n")
        elif not self.newline and (by := stepping(event, bool(self.typed and self.text))):
            take(event)
            self.post_message(Step(by))
        elif self.newline and step_of(event) > 0:
            take(event)
            self.post_message(Step(1))
        elif not self.newline and (by := self._leaving(event.key)):
            take(event)
            self.post_message(Step(by, arrow=True))
        elif not self.text and asks_help(event):
            take(event)
            shell(self).open_help()
        elif event.is_printable or event.key in ("backspace", "delete"):
            self.typed = True

    def _leaving(self, key: str) -> int:
        """1 for down on the last line, -1 for up on the first, else 0."""
        here, navigator = self.cursor_location, self.navigator
        if key == "down" and navigator.is_last_wrapped_line(here):
            return 1
        return -1 if key == "up" and navigator.is_first_wrapped_line(here) else 0

    def propose(self, text: str) -> None:
        """Show a proposed text, without what could move a cursor; nobody has typed it."""
        self.proposed = text = clean(text).text
        if self.text != text:
            with self.prevent(TextArea.Changed):
                self.load_text(text)
                if self.has_focus:
                    self.on_focus()

    def keep(self, text: str) -> None:
        """Show what somebody typed before; no key replaces it."""
        self.propose(text)
        self.proposed = ""


def step_of(event: events.Key) -> int:
    """1 for `*`, -1 for `/`, full-width twins too; 0 for any other key."""
    return {"*": 1, "/": -1}.get(narrow(event.character), 0)


def stepping(event: events.Key, typed: bool) -> int:
    """Where a key leads from a text: `*` always on, `/` back unless a stroke may be text here.

    A stroke stands in dates and paths, a star in nothing that is typed at a desk.
    """
    by = step_of(event)
    return by if by > 0 or not typed else 0


def asks_help(event: events.Key) -> bool:
    """Whether the key is that of the help; it is one only where nothing stands yet."""
    return narrow(event.character) == "?"


def take(event: events.Key) -> None:
    """The key is dealt with: nobody else gets it."""
    event.stop()
    event.prevent_default()
