"""One-line and long text entry that keeps every pasted line and the cursor of an input method."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import Input, TextArea
from textual.widgets.input import Selection

from dutydesk.screens.keys import narrow
from dutydesk.text import clean


class Step(Message):
    """Go on to the next field (1) or back to the one before (-1)."""

    def __init__(self, by: int) -> None:
        super().__init__()
        self.by = by


class Confirm(Message):
    """Enter was pressed in a field."""


class Edited(Message):
    """Somebody changed what a control holds."""


class Entry(Input):
    """An Input in which a paste of several lines becomes one line, nothing lost.

    `*` and `/` step to the next and the previous field as long as nothing was typed here; while
    nothing was typed the first key replaces what was proposed.
    """

    DEFAULT_CSS = """
    Entry { border: none; height: 1; padding: 0 1; background: $background; color: $foreground; }
    Entry:focus { border: none; background: $selected; }
    Entry.-invalid, Entry.-invalid:focus { border: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    def __init__(self, value: str = "", placeholder: str = "", *, id: str | None = None) -> None:
        super().__init__(value, placeholder, id=id, compact=True, select_on_focus=True)
        self.typed = False

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where an input method opens: on the cursor, also at the end and when scrolled."""
        x, y, _width, _height = self.content_region
        at = self._position_to_cell(self.cursor_position) - self.scroll_offset.x
        return Offset(x + at, y)

    def _watch_selection(self, selection: Selection) -> None:
        super()._watch_selection(selection)
        self.app.cursor_position = self.cursor_screen_offset

    def _on_focus(self, event: events.Focus) -> None:
        self.typed = False
        super()._on_focus(event)

    def action_step(self, by: int) -> None:
        """Leave to the field after or before."""
        self.post_message(Step(by))

    async def _on_key(self, event: events.Key) -> None:
        sign = narrow(event.character)
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(Confirm())
        elif sign in ("*", "/") and not self.typed:
            event.stop()
            event.prevent_default()
            self.post_message(Step(1 if sign == "*" else -1))
        else:
            if event.is_printable or event.key in ("backspace", "delete"):
                self.typed = True
            await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        lines = (line.strip() for line in clean(event.text).text.splitlines())
        text = " ".join(line for line in lines if line)
        if text:
            self.typed = True
            self.replace(text, *self.selection)
        event.prevent_default()
        event.stop()

    def propose(self, text: str) -> None:
        """Show a proposed text; it counts as nobody's typing."""
        if self.value != text:
            with self.prevent(Input.Changed):
                self.value = text


class LongEntry(TextArea):
    """Several lines of text; Enter confirms the form, Ctrl+J begins a new line.

    With `newline` Enter begins a new line and Esc leaves to the form: for long papers.
    """

    DEFAULT_CSS = """
    LongEntry { border: none; height: auto; min-height: 1; max-height: 6; padding: 0 1;
        background: $background; }
    LongEntry:focus { border: none; background: $selected; }
    LongEntry .text-area--cursor-line { background: transparent; }
    """

    def __init__(self, text: str = "", *, newline: bool = False, id: str | None = None) -> None:
        super().__init__(
            text, soft_wrap=True, compact=True, tab_behavior="focus", show_line_numbers=False, id=id
        )
        self.newline = newline
        self.typed = False

    def _on_focus(self, event: events.Focus) -> None:
        self.typed = False
        super()._on_focus(event)

    async def _on_key(self, event: events.Key) -> None:
        sign = narrow(event.character)
        if event.key == "enter" and not self.newline:
            event.stop()
            event.prevent_default()
            self.post_message(Confirm())
        elif event.key == "ctrl+j":
            event.stop()
            event.prevent_default()
            self.insert("\n")
        elif sign in ("*", "/") and not self.typed and not self.newline:
            event.stop()
            event.prevent_default()
            self.post_message(Step(1 if sign == "*" else -1))
        else:
            if event.is_printable or event.key in ("backspace", "delete"):
                self.typed = True
            await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        self.typed = True
        event.text = clean(event.text).text
        await super()._on_paste(event)

    def propose(self, text: str) -> None:
        """Show a proposed text; it counts as nobody's typing."""
        if self.text != text:
            with self.prevent(TextArea.Changed):
                self.load_text(text)
