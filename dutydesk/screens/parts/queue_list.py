"""Which rows stand where: two parts with a line between, a selection that sticks to its case."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Set as AbstractSet

from dutydesk.views.queue import Parts, QueueRow, light


class QueueList:
    """Rows by index, the line between the parts at `rule_at`, the first visible index `top`.

    Every move gives the cursor and top from before, or None where nothing moved.
    """

    def __init__(self) -> None:
        self.parts = Parts((), ())
        self.cursor = 0
        self.top = 0
        self._index: dict[str, int] = {}
        self._reds: list[int] = []
        self._now_ms = 0
        self._walked: dict[str, tuple[int, bool]] = {}
        """The cases that `next_mine` has passed, as they stood then."""
        self._reached: str | None = None
        """The case that `next_mine` went to; None once a hand has moved the selection."""

    @property
    def rule_at(self) -> int:
        """The index of the line between the two parts."""
        return len(self.parts.mine)

    def __len__(self) -> int:
        return len(self.parts.mine) + 1 + len(self.parts.theirs)

    def at(self, index: int) -> QueueRow | None:
        """The row at an index; None on the line and outside."""
        first = len(self.parts.mine)
        if 0 <= index < first:
            return self.parts.mine[index]
        if first < index < len(self):
            return self.parts.theirs[index - first - 1]
        return None

    def is_mine(self, index: int) -> bool:
        """Whether the index is in the first part."""
        return index < len(self.parts.mine)

    @property
    def row(self) -> QueueRow | None:
        """The selected row."""
        return self.at(self.cursor)

    @property
    def selected(self) -> str | None:
        """The number of the selected case."""
        found = self.row
        return found.no if found is not None else None

    def show(self, parts: Parts, now_ms: int, height: int) -> None:
        """Other rows: the selected case keeps its place on the screen; one that left, its place."""
        before, place = self.selected, self.cursor - self.top
        self.parts, self._now_ms = parts, now_ms
        self._reds = [i for i, found in enumerate(parts.mine) if light(found, now_ms) == "red"]
        self._index = {found.no: i for i, found in enumerate(parts.mine)}
        first = len(parts.mine) + 1
        self._index |= {found.no: first + i for i, found in enumerate(parts.theirs)}
        if before is None or before not in self._index:
            self.cursor = self._real(min(self.cursor, len(self) - 1), 1)
        else:
            self.cursor = self._index[before]
            self.top = self.cursor - place
        self.keep_in_sight(height)

    def keep_in_sight(self, height: int) -> None:
        """Scroll as little as needed, so that the cursor is visible and no space is lost."""
        if self.cursor < self.top:
            self.top = self.cursor
        elif self.cursor >= self.top + height:
            self.top = self.cursor - height + 1
        self.top = max(0, min(self.top, len(self) - height))

    def _real(self, index: int, step: int) -> int:
        """The nearest index with a row, looking in the direction of `step` first."""
        for found in (index, index + step, index - step):
            if self.at(found) is not None:
                return found
        return 0

    def go(self, index: int, height: int) -> tuple[int, int] | None:
        """Move the cursor to an index; a walk of `next_mine` ends with it."""
        self._reached = None
        return self._go(index, height)

    def _go(self, index: int, height: int) -> tuple[int, int] | None:
        old = (self.cursor, self.top)
        bounded = max(0, min(index, len(self) - 1))
        self.cursor = self._real(bounded, 1 if bounded >= self.cursor else -1)
        self.keep_in_sight(height)
        return old if (self.cursor, self.top) != old else None

    def move(self, steps: int, height: int) -> tuple[int, int] | None:
        """Move the cursor by rows."""
        return self.go(self.cursor + steps, height)

    def edge(self, last: bool, height: int) -> tuple[int, int] | None:
        """Move the cursor to the first or last row."""
        return self.go(len(self) - 1 if last else 0, height)

    def select(self, no: str, height: int) -> tuple[int, int] | None:
        """Move the cursor to a case."""
        index = self._index.get(no)
        return None if index is None else self.go(index, height)

    def holds(self, no: str) -> bool:
        """Whether the queue holds the case."""
        return no in self._index

    def next_mine(
        self, height: int, held: AbstractSet[str] = frozenset()
    ) -> tuple[int, int] | None:
        """The first case of 该我办 that this walk has not passed; after the last one the first.

        A case passed that has changed since, or turned red, is not passed any more. Cases `held` by
        other seats are left out unless all are. Moving by hand begins another walk.
        """
        rows = self.parts.mine
        free = [i for i, row in enumerate(rows) if row.no not in held] or list(range(len(rows)))
        if not free:
            return None
        if self._reached is None:
            self._walked.clear()
        here = self.row if self.is_mine(self.cursor) else None
        passed = here is not None and (
            here.no == self._reached or (self._reached is None and self.cursor == free[0])
        )
        fresh = self._fresh(free, here if passed else None)
        if not fresh:
            self._walked.clear()
            fresh = [i for i in free if i != self.cursor] or free
        moved = self._go(fresh[0], height)
        self._reached = self.selected
        return moved

    def _fresh(self, free: list[int], here: QueueRow | None) -> list[int]:
        """Which of these the walk has not passed, the case it stands on now passed as well."""
        rows = self.parts.mine
        if here is not None:
            self._walked[here.no] = self._stands(here)
        return [i for i in free if self._walked.get(rows[i].no) != self._stands(rows[i])]

    def _stands(self, row: QueueRow) -> tuple[int, bool]:
        return row.version, light(row, self._now_ms) == "red"

    def hidden(self, height: int) -> tuple[int, int, bool, bool]:
        """How many rows are out of sight above and below, and whether a red one is among them."""
        below_from, line = self.top + height, self.rule_at
        above = self.top - (1 if line < self.top else 0)
        below = max(0, len(self) - below_from - (1 if line >= below_from else 0))
        red_above = bisect_left(self._reds, self.top) > 0
        return above, below, red_above, bisect_left(self._reds, below_from) < len(self._reds)
