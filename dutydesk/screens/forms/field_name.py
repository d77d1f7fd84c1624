"""The name of a field in a form: a star where it must be filled, ? at a guess, a bar for keys."""

from __future__ import annotations

from dutydesk.screens.parts.paint import Line, Span, column
from dutydesk.screens.parts.painted import Painted
from dutydesk.text import headed
from dutydesk.text import width as cells

LABEL = 12


class FieldName(Painted):
    """The field's name; a star where it must be filled, ? where it was guessed, a bar for keys."""

    DEFAULT_CSS = f"FieldName {{ width: {LABEL + 3}; height: 1; }}"
    ground = "panel"

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.needed = False
        self.here = False
        self.doubtful = False

    def doubt(self, doubtful: bool) -> None:
        """Whether what the field holds was guessed."""
        if self.doubtful != doubtful:
            self.doubtful = doubtful
            self.repaint()

    def lines(self, width: int, height: int) -> list[Line]:
        """One line."""
        bar = Span("▌" if self.here else " ", "accent")
        ink = "bright" if self.here else "dim"
        name = headed(self.text)
        # A name that fills its column keeps a cell from its mark.
        full = cells(name) >= LABEL
        mark = "?" if self.doubtful else "*" if self.needed else " "
        return [
            (
                bar,
                column(name, LABEL, ink),
                Span(f" {mark}" if full else f"{mark} ", "amber!" if self.doubtful else "accent"),
            )
        ]
