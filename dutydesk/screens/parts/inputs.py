"""Text fields that lose nothing: a paste of several lines, the cursor of an input method."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset
from textual.widgets import Input, TextArea
from textual.widgets.input import Selection

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

    def _on_paste(self, event: events.Paste) -> None:
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

    async def _on_paste(self, event: events.Paste) -> None:
        if not self.read_only:
            result = self._replace_via_keyboard(clean(event.text).text, *self.selection)
            if result:
                self.move_cursor(result.end_location)
        event.prevent_default()
        event.stop()
