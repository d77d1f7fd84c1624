"""Lines of a form that only speak: labels, readings, hints and what was refused."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Size

from dutydesk.screens.parts.paint import Line, Span, flow, row
from dutydesk.screens.parts.painted import Painted


class Saying(Painted):
    """Words that wrap; nothing said takes no room."""

    DEFAULT_CSS = "Saying { height: auto; width: 1fr; }"
    ground = "panel"

    def __init__(self, text: str = "", ink: str = "dim", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text = text
        self.ink = ink
        self.display = bool(text)

    def say(self, text: str, ink: str = "dim") -> None:
        """Say something else."""
        if (text, ink) == (self.text, self.ink):
            return
        self.text, self.ink = text, ink
        self.display = bool(text)
        self._shown = None
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the words need."""
        return len(self.lines(width, 99))

    def lines(self, width: int, height: int) -> list[Line]:
        """The words, each line of the text wrapped by itself."""
        found: list[Line] = []
        for line in self.text.split("\n"):
            found += flow(line, width, self.ink) if line.strip() else [()]
        return found


class Spoken(Painted):
    """Lines of spans, as they are given."""

    DEFAULT_CSS = "Spoken { height: auto; width: 1fr; }"
    ground = "panel"

    def __init__(self, lines: Sequence[Sequence[Span]] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.given = tuple(tuple(line) for line in lines)
        self.display = bool(self.given)

    def show(self, lines: Sequence[Sequence[Span]]) -> None:
        """Show other lines."""
        now = tuple(tuple(line) for line in lines)
        if now != self.given:
            self.given = now
            self.display = bool(now)
            self._shown = None
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as were given."""
        return len(self.given)

    def lines(self, width: int, height: int) -> list[Line]:
        """The given lines, cut to the width."""
        return [row(width, line) for line in self.given]
