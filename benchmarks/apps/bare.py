"""The least that a Textual app can be: one text on the screen."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static

MARKER = "here it stands"


class Bare(App[None]):
    """One text."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static(MARKER)


if __name__ == "__main__":
    Bare().run()
