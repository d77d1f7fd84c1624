"""The two-part queue on the line API: only visible rows exist, a tick paints the countdown only."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from dutydesk.i18n import _
from dutydesk.screens.parts.marks import count_of, with_shape
from dutydesk.screens.parts.paint import Line, Span, blank, cut_out, row, rule, strip
from dutydesk.screens.parts.queue_list import QueueList
from dutydesk.screens.parts.queue_rows import NOTHING, Beside, Columns, Painter, columns, countdown
from dutydesk.text import width as cells
from dutydesk.views.labels import Words
from dutydesk.views.queue import Parts, QueueRow, millis


class Part(Widget):
    """One strip of columns of the queue: it draws what the queue tells it."""

    DEFAULT_CSS = "Part { height: 1fr; width: 1fr; }"

    def __init__(self, queue: QueueView, name: str) -> None:
        super().__init__(id=f"queue-{name}")
        self.queue = queue
        self.part = name
        self.painted: dict[int, tuple[str, Line]] = {}

    def render_line(self, y: int) -> Strip:
        """Line `y` of this strip."""
        width = self.size.width
        line, ground = self.queue.line(self.part, y, width)
        self.painted[y] = (ground, line)
        return strip(line, width, ground)

    def tick(self) -> None:
        """Paint the lines whose text is another one by now."""
        width, changed = self.size.width, []
        for y, before in list(self.painted.items()):
            line, ground = self.queue.line(self.part, y, width)
            if (ground, line) != before:
                changed.append(y)
        if len(changed) > self.size.height * 2 // 3:
            self.refresh()
        elif changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))


class QueueView(Horizontal):
    """The queue; `show` gives it rows, `tick` the moment. Keys are the screen's."""

    DEFAULT_CSS = """
    QueueView { height: 1fr; width: 1fr; }
    QueueView > #queue-count { width: 11; }
    """

    class Selected(Message):
        """Another case is selected; `no` is None where there is none."""

        def __init__(self, no: str | None) -> None:
            super().__init__()
            self.no = no

    class Entered(Message):
        """The selected case was clicked twice."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.list = QueueList()
        self.now: datetime | None = None
        self._now_ms = 0
        self._tonight = 0
        self._painter: Painter | None = None
        self._columns: Columns = columns(80, "zh_CN")
        self._lines: dict[tuple[str, int, bool, int], Line] = {}
        self._beside: Mapping[str, Beside] = {}
        self._marks: AbstractSet[str] = frozenset()
        self._left, self._count, self._right = (
            Part(self, name) for name in ("left", "count", "right")
        )

    def compose(self) -> ComposeResult:
        """Three strips; the middle one alone is painted by a tick."""
        yield self._left
        yield self._count
        yield self._right

    def use(self, words: Words, shorts: Mapping[str, str], holder_role: str) -> None:
        """What to draw with: the words, short names of grids, and which role is `me`."""
        self._painter = Painter(words, shorts, holder_role)
        self._fit()

    # What it shows.

    def mark(self, marks: AbstractSet[str]) -> None:
        """Which cases are marked, by their numbers; the selection stays where it is."""
        self._marks = marks
        self._repaint()

    def show(self, parts: Parts, now: datetime, beside: Mapping[str, Beside] | None = None) -> None:
        """Show other rows; the selected case keeps its line of the screen where it can.

        `beside` is what is known of some of them beside their rows, by their numbers.
        """
        before, self._beside = self.selected, beside or {}
        self._set_now(now)
        self.list.show(parts, self._now_ms, self._height)
        self._tonight = self._before_midnight(parts.theirs)
        self._repaint()
        if self.selected != before:
            self.post_message(self.Selected(self.selected))

    def tick(self, now: datetime) -> None:
        """A second has passed: only the countdown is painted, all of it on another day."""
        another_day = self.now is None or self.now.date() != now.date()
        self._set_now(now)
        if another_day:
            self._tonight = self._before_midnight(self.list.parts.theirs)
            self._repaint()
        else:
            self._count.tick()

    def _set_now(self, now: datetime) -> None:
        self.now, self._now_ms = now, millis(now)

    @property
    def selected(self) -> str | None:
        """The number of the selected case."""
        return self.list.selected

    @property
    def row(self) -> QueueRow | None:
        """The row of the selected case."""
        return self.list.row

    # Moving.

    def select(self, no: str) -> bool:
        """Select a case by its number; False where the queue does not hold it."""
        return self._moved(self.list.select(no, self._height))

    def move(self, steps: int) -> None:
        """Move the selection by rows."""
        self._moved(self.list.move(steps, self._height))

    def page(self, pages: int) -> None:
        """Move the selection by screens."""
        self._moved(self.list.move(pages * max(1, self._height - 1), self._height))

    def edge(self, last: bool) -> None:
        """Move the selection to the first or the last row."""
        self._moved(self.list.edge(last, self._height))

    def next_mine(self, held: AbstractSet[str] = frozenset()) -> bool:
        """Select the next case of 该我办, from the top again after the last; False: it is here."""
        return self._moved(self.list.next_mine(self._height, held))

    def _moved(self, old: tuple[int, int] | None) -> bool:
        if old is None:
            return False
        if old[1] != self.list.top:
            self._repaint()
        else:
            lines = [index - self.list.top + 1 for index in (old[0], self.list.cursor)]
            for part in (self._left, self._count, self._right):
                part.refresh(*(Region(0, y, part.size.width, 1) for y in lines))
        self.post_message(self.Selected(self.selected))
        return True

    # Painting.

    @property
    def _height(self) -> int:
        return max(1, self.size.height - 1)

    def _fit(self) -> None:
        if self._painter is None or self.size.width == 0:
            return
        self._columns = columns(self.size.width, self._painter.words.lang)
        self._left.styles.width = self._columns.left
        self._repaint()

    def on_resize(self, event: events.Resize) -> None:
        """Another size: other columns, and the selection stays in sight."""
        self.list.keep_in_sight(self._height)
        self._fit()

    def _repaint(self) -> None:
        self._lines.clear()
        for part in (self._left, self._count, self._right):
            part.painted.clear()
            part.refresh()

    def line(self, part: str, y: int, width: int) -> tuple[Line, str]:
        """Line `y` of one strip, and the ground it stands on."""
        painter = self._painter
        if painter is None or self.now is None:
            return ((), "ground")
        if y == 0:
            return (self._heading(part, painter, width), "ground")
        index = self.list.top + y - 1
        found = self.list.at(index)
        if found is None:
            line = self._between(part, width) if index == self.list.rule_at else ()
            return (line, "ground")
        selected = index == self.list.cursor
        ground = "selected" if selected else "ground"
        beside = self._beside.get(found.no, NOTHING)
        mine = self.list.is_mine(index) and not beside.seat
        if part == "count":
            lang = painter.words.lang
            return (countdown(found, self._now_ms, lang, width, mine), ground)
        key = (part, index, selected, width)
        if key not in self._lines:
            if len(self._lines) > 512:
                self._lines.clear()
            self._lines[key] = (
                painter.left(found, self._now_ms, self._columns, selected, mine)
                if part == "left"
                else painter.right(found, self.now, self._columns, width, mine, beside)
            )
        line = self._lines[key]
        if part == "left" and found.no in self._marks:
            line = with_shape(line)
        return (line, ground)

    def _heading(self, part: str, painter: Painter, width: int) -> Line:
        if part == "count":
            said = _("剩余")
            return (blank(width - 1 - cells(said)), Span(said, "faint"), blank(1))
        left, right = painter.heading(self._columns)
        if part == "left":
            return row(width, left)
        return row(width, right, self._hidden())

    def _hidden(self) -> list[Span]:
        """What is out of sight above and below; red where something red hides."""
        above, below, red_above, red_below = self.list.hidden(self._height)
        spans: list[Span] = []
        for sign, count, red in (("↑", above, red_above), ("↓", below, red_below)):
            if count:
                spans += [blank(1), Span(f"{sign}{count}", "red!" if red else "dim")]
        spans = [*count_of(self._marks), *spans]
        return [*spans, blank(1)] if spans else []

    def _between(self, part: str, width: int) -> Line:
        """The line between the two parts, in one text across the three strips."""
        said = _("等对方 {count} · 24:00 前到期 {tonight}").format(
            count=len(self.list.parts.theirs), tonight=self._tonight
        )
        total = self.size.width
        whole = rule(total, [Span(said, "dim")])
        start = {"left": 0, "count": self._columns.left}.get(
            part, self._columns.left + self._columns.left_over
        )
        return cut_out(whole, start, width)

    def _before_midnight(self, rows: tuple[QueueRow, ...]) -> int:
        if self.now is None:
            return 0
        left = 86400 - (self.now.hour * 3600 + self.now.minute * 60 + self.now.second)
        until = self._now_ms + left * 1000
        return sum(1 for found in rows if found.due_at is not None and found.due_at <= until)

    # The mouse.

    def on_click(self, event: events.Click) -> None:
        """A click selects, a second one enters."""
        index = self.list.top + event.screen_y - self.region.y - 1
        if event.screen_y == self.region.y or self.list.at(index) is None:
            return
        if index == self.list.cursor:
            self.post_message(self.Entered())
        else:
            self._moved(self.list.go(index, self._height))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the selection."""
        self.move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the selection."""
        self.move(-3)
