"""A widget that shows lines of exactly its width and repaints only those that changed."""

from __future__ import annotations

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from dutydesk.screens.parts.paint import Line, Span, rule, strip


class Painted(Widget):
    """Shows `lines(width, height)`, made anew by `repaint`; what is missing is empty ground."""

    DEFAULT_CSS = "Painted { width: 1fr; height: 1fr; }"
    ground = "ground"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._shown: list[Line] | None = None

    def lines(self, width: int, height: int) -> list[Line]:
        """The lines to show; a shorter list leaves the rest empty."""
        raise NotImplementedError

    def ground_of(self, y: int) -> str:
        """What line `y` is written on."""
        return self.ground

    @property
    def at_top(self) -> bool:
        """Whether nothing comes before what the keys stand on: so unless a list says otherwise."""
        return True

    def repaint(self) -> None:
        """Make the lines anew and paint the changed ones."""
        if not self.is_mounted or self.size.width <= 0:
            return
        before, width, height = self._shown, self.size.width, self.size.height
        self._shown = now = self.lines(width, height)[:height]
        if before is None or len(before) != len(now):
            self.refresh()
            return
        changed = [y for y, pair in enumerate(zip(before, now, strict=True)) if pair[0] != pair[1]]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def on_resize(self) -> None:
        """Another width makes other lines."""
        self._shown = None
        self.repaint()

    def render_line(self, y: int) -> Strip:
        """Line `y`, exactly as wide as the widget."""
        width = self.size.width
        if self._shown is None and width > 0:
            self._shown = self.lines(width, self.size.height)[: self.size.height]
        line = self._shown[y] if self._shown and y < len(self._shown) else ()
        return strip(line, width, self.ground_of(y))


class Rule(Painted):
    """A thin line across."""

    DEFAULT_CSS = "Rule { height: 1; width: 1fr; }"

    def lines(self, width: int, height: int) -> list[Line]:
        """One line."""
        return [rule(width)]


class Wall(Painted):
    """A thin line down."""

    DEFAULT_CSS = "Wall { width: 1; height: 1fr; }"

    def lines(self, width: int, height: int) -> list[Line]:
        """One sign per line."""
        return [(Span("│", "rule"),) for _y in range(height)]
