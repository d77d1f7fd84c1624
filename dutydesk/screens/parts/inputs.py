"""Text fields that lose nothing: a paste of several lines, the cursor of an input method."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset
from textual.widget import Widget
from textual.widgets import Input, TextArea
from textual.widgets.input import Selection

from dutydesk.errors import BadInput
from dutydesk.screens.keys import narrow
from dutydesk.screens.parts.shell import shell
from dutydesk.text import clean


class CInput(Input):
    """A one-line field; a paste of several lines becomes one line, all of it kept.

    The terminal's cursor, where an input method opens its candidates, stands where the text does,
    also at the end and when the text is scrolled.
    """

    DEFAULT_CSS = """
    CInput, CInput:focus {
        height: 1; border: none; padding: 0 1; background: $panel; color: $foreground;
    }
    CInput:focus { background: $selected; }
    """

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Every printable key, but the screen may look at a stroke and its twins before."""
        return narrow(character) != "/" and super().check_consume_key(key, character)

    def _on_paste(self, event: events.Paste) -> None:
        if too_much(self, event):
            return
        if a_message(event.text) and getattr(self.screen, "recognises", False):
            # It goes up to the screen, which reads what it says.
            event.prevent_default()
            return
        pasted = " ".join(part.strip() for part in clean(event.text).text.splitlines())
        if pasted.strip():
            self.replace(pasted.strip(), *self.selection)
        event.prevent_default()
        event.stop()

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the cursor stands on the screen."""
        x, y, _width, _height = self.content_region
        return Offset(
            x + self._position_to_cell(self.cursor_position) - round(self.scroll_offset.x), y
        )

    def _watch_selection(self, selection: Selection) -> None:
        super()._watch_selection(selection)
        # The field scrolls inside that call; the cursor's place is right only afterwards.
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset


class CArea(TextArea):
    """A field of several lines; a paste is kept whole, without what could move a cursor."""

    DEFAULT_CSS = """
    CArea, CArea:focus { border: none; padding: 0 1; background: $panel; color: $foreground; }
    CArea:focus { background: $selected; }
    """

    def on_mount(self) -> None:
        """A bracket is a sign like any other: nothing marks its partner as in a program text."""
        self.match_cursor_bracket = False

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """As in a field of one line."""
        return narrow(character) != "/" and super().check_consume_key(key, character)

    async def _on_paste(self, event: events.Paste) -> None:
        if not self.read_only and not too_much(self, event):
            result = self._replace_via_keyboard(clean(event.text).text, *self.selection)
            if result:
                self.move_cursor(result.end_location)
        event.prevent_default()
        event.stop()


def a_message(text: str) -> bool:
    """Whether a paste is longer than a place or a name in two lines: a message (house)."""
    return sum(1 for line in text.splitlines() if line.strip()) > 2


def too_much(field: Widget, event: events.Paste) -> bool:
    """Whether a paste is no text or too large for a field: said, and the field stays as it is."""
    from dutydesk.intake.pasting import refuse_unfit  # slow import

    try:
        refuse_unfit(event.text)
    except BadInput as error:
        event.prevent_default()
        event.stop()
        shell(field).say(str(error), "red")
        return True
    return False
