"""Shows rows in the queue or in a DataTable and lets seconds pass; writes what a second costs.

Called as `python -m benchmarks.apps.ticking queue|table ROWS TICKS FILE`.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from textual.app import App, ComposeResult
from textual.coordinate import Coordinate
from textual.widget import Widget
from textual.widgets import DataTable

from benchmarks.apps.rows import COLUMNS, NOW, cells, countdown, rows
from dutydesk.config.places import load_places
from dutydesk.config.procedures import load
from dutydesk.screens.parts.queue import QueueView
from dutydesk.screens.theme import THEME
from dutydesk.views.labels import Words
from dutydesk.views.queue import Parts, grid_shorts, millis

PAUSE_S = 0.1
"""Long enough for a repaint to be done."""
VISIBLE = 50
COUNTDOWN = COLUMNS.index("剩余")


class Ticking(App[None]):
    """One widget with many rows, 50 of them in sight."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "DataTable { height: 1fr; scrollbar-size: 0 0; }"

    def __init__(self, kind: str, count: int, ticks: int, file: Path) -> None:
        super().__init__()
        self.found = rows(count)
        self.ticks = ticks
        self.file = file
        self.shown: Widget
        self.tick: Callable[[int], None]
        if kind == "queue":
            self.queue = QueueView()
            self.shown, self.tick = self.queue, self.tick_queue
        else:
            self.table: DataTable[str] = DataTable(cursor_type="row")
            self.shown, self.tick = self.table, self.tick_table

    def compose(self) -> ComposeResult:
        """The one widget."""
        yield self.shown

    def on_mount(self) -> None:
        """Fill it, then let time pass."""
        self.register_theme(THEME)
        self.theme = THEME.name
        self.call_after_refresh(self.fill)

    async def fill(self) -> None:
        """Show the rows."""
        if self.tick == self.tick_queue:
            self.queue.use(Words(load("xinchenglu")), grid_shorts(load_places(None)), "commander")
            self.queue.show(Parts(tuple(self.found), ()), NOW)
        else:
            self.table.add_columns(*COLUMNS)
            self.table.add_rows([cells(row, millis(NOW)) for row in self.found])
        self.run_worker(self.measure())

    def tick_queue(self, second: int) -> None:
        """One second in the queue."""
        self.queue.tick(NOW + timedelta(seconds=second))

    def tick_table(self, second: int) -> None:
        """The same second in the table: the countdown of each row in sight."""
        now_ms = millis(NOW) + second * 1000
        for number in range(VISIBLE):
            said = countdown(self.found[number], now_ms)
            self.table.update_cell_at(Coordinate(number, COUNTDOWN), said)

    async def measure(self) -> None:
        """CPU seconds of each tick, and of the same pause without one, in turn."""
        await asyncio.sleep(0.5)
        gc.collect()
        gc.disable()
        busy: list[float] = []
        idle: list[float] = []
        for second in range(1, self.ticks + 1):
            idle.append(await self.pause(None))
            busy.append(await self.pause(second))
        self.file.write_text(json.dumps({"busy": busy, "idle": idle}))
        self.exit()

    async def pause(self, second: int | None) -> float:
        """What one pause costs, with a tick at its beginning or none."""
        start = time.process_time()
        if second is not None:
            self.tick(second)
        await asyncio.sleep(PAUSE_S)
        return time.process_time() - start


if __name__ == "__main__":
    kind, count, ticks, file = sys.argv[1:]
    Ticking(kind, int(count), int(ticks), Path(file)).run()
