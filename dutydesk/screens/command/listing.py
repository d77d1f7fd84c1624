"""A list under an entry: one line per item, a cursor that sticks to its item."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from textual import events
from textual.message import Message

from dutydesk.screens.parts.paint import Line, Span, row
from dutydesk.screens.parts.painted import Painted

T = TypeVar("T")


class Listing(Painted, Generic[T]):
    """Items drawn by `draw(item, width)`; `key` tells which item is which after other ones came."""

    DEFAULT_CSS = "Listing { height: 1fr; width: 1fr; }"

    class Picked(Message):
        """An item was clicked a second time."""

    def __init__(
        self,
        draw: Callable[[T, int], Sequence[Span]],
        key: Callable[[T], object],
        *,
        ground: str = "panel",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.ground = ground
        self._draw = draw
        self._key = key
        self.items: tuple[T, ...] = ()
        self.cursor = 0
        self.top = 0
        self.empty: Line = ()
        self.active = True

    @property
    def item(self) -> T | None:
        """The item under the cursor."""
        return self.items[self.cursor] if 0 <= self.cursor < len(self.items) else None

    @property
    def at_top(self) -> bool:
        """Whether the cursor stands on the first item, or on none."""
        return not self.active or self.cursor == 0

    def show(self, items: Sequence[T], *, first: bool = False) -> None:
        """Show other items; the cursor stays with its item, or goes to the first one."""
        held = self.item
        self.items = tuple(items)
        wanted = None if first or held is None else self._key(held)
        places = [at for at, one in enumerate(self.items) if self._key(one) == wanted]
        if first:
            self.cursor = self.top = 0
        elif places:
            self.top += places[0] - self.cursor
            self.cursor = places[0]
        self._bound()
        self.repaint()

    def move(self, steps: int) -> None:
        """Move the cursor; at the ends it stays."""
        self.cursor += steps
        self._bound()
        self.repaint()

    def _bound(self) -> None:
        height = max(1, self.size.height)
        self.cursor = max(0, min(self.cursor, len(self.items) - 1))
        if self.cursor < self.top:
            self.top = self.cursor
        elif self.cursor >= self.top + height:
            self.top = self.cursor - height + 1
        self.top = max(0, min(self.top, len(self.items) - height))

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        self._bound()
        super().on_resize()

    def lines(self, width: int, height: int) -> list[Line]:
        """The visible items, a bar before the one under the cursor."""
        if not self.items:
            return [row(width, self.empty)] if self.empty else []
        found = []
        for at in range(self.top, min(self.top + height, len(self.items))):
            bar = Span("▌" if self.active and at == self.cursor else " ", "accent")
            found.append(row(width, [bar, *self._draw(self.items[at], width - 1)]))
        return found

    def ground_of(self, y: int) -> str:
        """The item under the cursor stands on its own ground."""
        here = self.active and self.items and self.top + y == self.cursor
        return "selected" if here else self.ground

    def activate(self, active: bool) -> None:
        """Whether Enter would take the item under the cursor: only then it is marked."""
        if self.active != active:
            self.active = active
            self.repaint()

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a second one takes the item."""
        at = self.top + event.y
        if 0 <= at < len(self.items):
            again = at == self.cursor
            self.move(at - self.cursor)
            if again:
                self.post_message(self.Picked())
