"""The name of a field in a form: a star where it must be filled, a bar where the keys go."""

from __future__ import annotations

from dutydesk.screens.parts.paint import Line, Span, column
from dutydesk.screens.parts.painted import Painted
from dutydesk.text import headed

LABEL = 12


class Label(Painted):
    """The field's name; a star where it must be filled, a bar where the keys go."""

    DEFAULT_CSS = f"Label {{ width: {LABEL + 3}; height: 1; }}"
    ground = "panel"

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.needed = False
        self.here = False

    def lines(self, width: int, height: int) -> list[Line]:
        """One line."""
        bar = Span("▌" if self.here else " ", "accent")
        ink = "bright" if self.here else "dim"
        return [
            (
                bar,
                column(headed(self.text), LABEL, ink),
                Span("* " if self.needed else "  ", "accent"),
            )
        ]
