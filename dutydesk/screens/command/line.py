"""The entry of a screen that is typed into all the time, with the keypad's signs for its list."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from dutydesk.screens.forms.entry import Confirm, Step, asks_help, step_of, take
from dutydesk.screens.forms.field_name import FieldName
from dutydesk.screens.keys import narrow
from dutydesk.screens.parts.inputs import CInput
from dutydesk.screens.parts.shell import shell


class Lines(Message):
    """Several lines were pasted."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


def point(screen: Screen[Any]) -> None:
    """A bar before the name of the field that has the keys; name and field share a line."""
    for label in screen.query(FieldName):
        line = label.parent
        here = line is not None and screen.focused in line.children
        if label.here != here:
            label.here = here
            label.repaint()


class LineEntry(CInput):
    """One line: Enter confirms, `*` and `/` step through the list below, `.` in an empty line
    acknowledges; a paste of several lines is told, not squeezed into one."""

    DEFAULT_CSS = """
    LineEntry, LineEntry:focus {
        background: $background; color: $foreground; height: 1; padding: 0 1 !important;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "step(-8)", show=False),
        Binding("pagedown", "step(8)", show=False),
    ]

    def __init__(self, value: str = "", placeholder: str = "", *, id: str | None = None) -> None:
        super().__init__(value, placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_position = len(value)

    def action_step(self, by: int) -> None:
        """Through the list below."""
        self.post_message(Step(by, arrow=True))

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            take(event)
            self.post_message(Confirm())
        elif by := step_of(event):
            take(event)
            self.post_message(Step(by))
        elif not self.value and narrow(event.character) == ".":
            take(event)
            shell(self).acknowledge()
        elif not self.value and asks_help(event):
            take(event)
            shell(self).open_help()

    def _on_paste(self, event: events.Paste) -> None:
        if len([line for line in event.text.splitlines() if line.strip()]) > 1:
            event.prevent_default()
            event.stop()
            self.post_message(Lines(event.text))
        else:
            super()._on_paste(event)
