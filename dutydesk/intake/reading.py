"""A file opened, recognised and read: its rows and refusals one by one, or all together."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

from dutydesk.errors import BadInput, DeskError
from dutydesk.i18n import _, listed
from dutydesk.intake.layout import Layout, find_layout
from dutydesk.intake.making import RowMaker
from dutydesk.intake.readers import delimited, jsonfile, workbook
from dutydesk.intake.readers.lines import Broken, NumberedLine, Table
from dutydesk.intake.readers.sniff import Form, refuse, sniff
from dutydesk.intake.recognise import Match, recognise
from dutydesk.intake.rows import Rejected, Row
from dutydesk.text import clean

CHUNK = 250
"""Lines taken from the file at a time."""
PROGRESS_EVERY = 500
"""Rows between two calls of `progress` and two looks at `cancelled`."""

Progress = Callable[[int, float | None], None]
"""Told the rows so far, and how much of the file is read (0 to 1) where that is known."""
Cancelled = Callable[[], bool]


class Cancellation(DeskError):
    """The reading was cancelled by whoever asked for it; what was given before stays given."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file read whole; rows and rejected together are every line that holds anything."""

    file: str
    layout: Layout
    rows: list[Row]
    rejected: list[Rejected]
    dropped_controls: int
    newest_at: datetime | None
    table: str = ""


class OpenReading:
    """A recognised file, read as it is iterated: gives a Row or a Rejected per line.

    `header` are the file's own column names, `table` the sheet chosen. `dropped_controls` and
    `newest_at` grow as it goes. Iterate once; `close` (or `with`) lets go of the file.
    """

    def __init__(
        self,
        path: Path,
        table: Table,
        match: Match,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> None:
        self.file = str(path)
        self.layout = match.layout
        self.header = match.names
        self.table = table.name
        self._table = table
        self._maker = RowMaker(
            match, typed=table.typed, strict_width=table.strict_width, escapes=table.escapes
        )
        self._progress = progress
        self._cancelled = cancelled
        self._count = 0
        self._source = table.lines()
        self._lines = self._below(path, self._source, match)

    @property
    def dropped_controls(self) -> int:
        """Control characters dropped so far."""
        return self._maker.dropped

    @property
    def newest_at(self) -> datetime | None:
        """The latest reported time of the rows so far."""
        return self._maker.newest_at

    def _below(
        self, path: Path, lines: Iterator[NumberedLine], match: Match
    ) -> Iterator[NumberedLine]:
        """The lines under the header; a file without any is refused."""
        with held(path):
            for number, cells in lines:
                if number > match.last_line and (isinstance(cells, Broken) or any(cells)):
                    return chain(((number, cells),), lines)
        raise refuse(
            path,
            _("只有表头，没有数据行：请核对导出的条件"),
            line=match.line or None,
            expected=_("表头下面至少一行"),
        )

    def __iter__(self) -> Iterator[Row | Rejected]:
        lines = iter(self._lines)
        while True:
            # Only the reading is guarded: what the taker of a row does wrong is its own.
            with held(Path(self.file)):
                chunk = list(islice(lines, CHUNK))
            if not chunk:
                break
            yield from self._made(chunk)
        self._report(self._count, done=True)

    def _made(self, chunk: list[NumberedLine]) -> Iterator[Row | Rejected]:
        make = self._maker.make
        for number, cells in chunk:
            if isinstance(cells, Broken):
                shown = clean(cells.text).text
                made: Row | Rejected | None = Rejected(number, None, shown, cells.reason)
            else:
                made = make(number, cells)
            if made is None:
                continue
            self._count += 1
            if self._count % PROGRESS_EVERY == 0:
                self._report(self._count)
            yield made

    def _report(self, count: int, *, done: bool = False) -> None:
        if self._progress is not None:
            self._progress(count, 1.0 if done else self._table.fraction())
        if not done and self._cancelled is not None and self._cancelled():
            self.close()
            raise Cancellation(_("已取消读取 {file}").format(file=self.file))

    def close(self) -> None:
        """Let go of the file before its end."""
        self._lines = iter(())
        if isinstance(self._source, Generator):
            self._source.close()

    def __enter__(self) -> OpenReading:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


def open_reading(
    path: str | Path,
    layouts: Sequence[Layout],
    *,
    layout: str | Path | Layout | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> OpenReading:
    """Open a file and recognise it; raises BadInput when no layout fits, or it is no table.

    `layout` forces one: its name, its TOML file, or itself. Of several sheets the first that fits
    is taken. Row numbers are the file's own lines, header = 1; in a JSON list the place from 1.
    """
    path = Path(path)
    given = layout if layout is None or isinstance(layout, Layout) else find_layout(layout, layouts)
    choice: Sequence[Layout] = layouts if given is None else (given,)
    form = sniff(path)
    best: Match | None = None
    with held(path):
        for table in tables(path, form):
            match = recognise(table.head, choice)
            if match is None:
                continue
            if match.fits:
                return OpenReading(path, table, match, progress=progress, cancelled=cancelled)
            if best is None or match.matched > best.matched:
                best = match
    raise _unrecognised(path, form, best)


def read_file(
    path: str | Path,
    layouts: Sequence[Layout],
    *,
    layout: str | Path | Layout | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Reading:
    """The whole file at once, as `open_reading` gives it; raises BadInput, or Cancellation."""
    rows: list[Row] = []
    rejected: list[Rejected] = []
    with open_reading(
        path, layouts, layout=layout, progress=progress, cancelled=cancelled
    ) as reading:
        for made in reading:
            if isinstance(made, Row):
                rows.append(made)
            else:
                rejected.append(made)
    return Reading(
        reading.file,
        reading.layout,
        rows,
        rejected,
        reading.dropped_controls,
        reading.newest_at,
        reading.table,
    )


@contextmanager
def held(path: Path) -> Iterator[None]:
    """A file may go away while it is read, such as one on a stick or a share."""
    try:
        yield
    except OSError as error:
        raise refuse(
            path,
            _("读到一半读不下去了：{why}。请把文件复制到本机再导入").format(
                why=error.strerror or str(error)
            ),
        ) from error


def tables(path: Path, form: Form) -> Iterator[Table]:
    """The tables of a file of that form, one after the other."""
    if form is Form.WORKBOOK:
        yield from workbook.tables(path)
    elif form is Form.JSON:
        yield jsonfile.document(path)
    elif form is Form.JSON_LINES:
        yield jsonfile.json_lines(path)
    else:
        yield from delimited.tables(path)


def _unrecognised(path: Path, form: Form, best: Match | None) -> BadInput:
    """No layout fits: the nearest one and what it misses, or that the file is no table at all."""
    if form is Form.TEXT and path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".et"):
        return refuse(
            path, _("名字像工作簿，内容却是文字，也不是认得的表：请用 Excel 或 WPS 另存为 .xlsx")
        )
    if best is None or not any(best.names):
        return refuse(path, _("没有找到表头：前 10 行里没有列名"))
    missing = listed(best.layout.column_for(field) for field in best.missing)
    return refuse(
        path,
        _("列名认不出：最接近的版式是 {layout}（{title}），缺少 {missing}").format(
            layout=best.layout.name, title=best.layout.label, missing=missing
        ),
        line=best.line or None,
        expected=_("补上缺少的列，或用 --layout 指定版式名，或给出自己的版式文件（.toml）"),
    )
