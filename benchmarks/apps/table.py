"""As many rows in a bare Textual DataTable as the desk has in its queue.

Called as `python -m benchmarks.apps.table ROWS`.
"""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import DataTable

from benchmarks.apps.rows import COLUMNS, NOW, cells, rows
from dutydesk.views.queue import millis

MARKER = "嘉乐路0号"


class Table(App[None]):
    """One table with a row cursor."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """The table."""
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Fill it."""
        table = self.query_one(DataTable)
        table.add_columns(*COLUMNS)
        table.add_rows([cells(row, millis(NOW)) for row in rows(int(sys.argv[1]))])
        table.focus()


if __name__ == "__main__":
    Table().run()
