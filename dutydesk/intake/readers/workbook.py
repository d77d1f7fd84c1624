"""Sheets of an xlsx workbook, line by line: fast where that is safe, streamed where it is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from dutydesk.errors import DeskError
from dutydesk.i18n import _
from dutydesk.intake.readers.archive import Contents, inspect
from dutydesk.intake.readers.lines import HEAD_LINES, Cells, Merge, Table
from dutydesk.intake.readers.sniff import refuse
from dutydesk.intake.recognise import MOST_COLUMNS
from dutydesk.intake.values import cleaned, text_of, unescaped

MOST_DENSE_CELLS = 8_000_000
"""The fast reader holds the whole rectangle in memory (about 30 bytes a cell, and the texts)."""

HEAD_ROWS = 1000
"""A header stands among the first rows; a million empty ones below it are not read twice."""

SheetLine = tuple[int, Cells]
Lines = Callable[[int | None], Iterator[SheetLine]]
"""The lines with anything in them among the first so many rows, or among all."""
Merges = Callable[[], Sequence[Merge]]
MOST_MERGES_BYTES = 64 * 1024 * 1024
"""The part of a streamed sheet in which merged cells are looked for; a list of people is small."""
_MERGE = re.compile(rb"""<(?:\w+:)?mergeCell\s+ref=["']([A-Z]{1,3}[0-9]+:[A-Z]{1,3}[0-9]+)["']""")


def tables(path: Path) -> Iterator[Table]:
    """The workbook's sheets in order, hidden ones last; raises BadInput for what is no workbook.

    A formula comes as its own text and is never computed; dates come as dates. The fast reader
    knows no formulas and holds a sheet densely, so a workbook with a formula, or with a stray
    cell far out, is streamed instead.
    """
    contents = inspect(path)
    dense = not contents.formulas and contents.cells <= MOST_DENSE_CELLS
    sheets = _dense(path) if dense else _streamed(path)
    while True:
        try:
            found = next(sheets, None)
        except DeskError:
            raise
        except BaseException as error:
            raise _unreadable(path, error) from error
        if found is None:
            return
        name, lines, merges = found
        guarded = _guarded(path, lines)
        yield _table(name, guarded, merges, contents)


def _table(name: str, lines: Lines, merges: Merges, contents: Contents) -> Table:
    reached = [0]

    def counted() -> Iterator[SheetLine]:
        for number, cells in lines(None):
            reached[0] = number
            yield number, cells

    return Table(
        name=name,
        head=_head(lines),
        lines=counted,
        fraction=lambda: min(1.0, reached[0] / contents.last_row),
        escapes=True,
        merges=merges,
    )


def _head(lines: Lines) -> tuple[tuple[int, tuple[str, ...]], ...]:
    head: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in lines(HEAD_ROWS):
        head.append((number, tuple(cleaned(unescaped(text_of(cell)))[0] for cell in cells)))
        if len(head) == HEAD_LINES:
            break
    return tuple(head)


def _dense(path: Path) -> Iterator[tuple[str, Lines, Merges]]:
    import python_calamine  # slow import

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    visible = python_calamine.SheetVisibleEnum.Visible
    metadata = [
        sheet
        for sheet in book.sheets_metadata
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    for about in sorted(metadata, key=lambda sheet: sheet.visible != visible):
        sheet = book.get_sheet_by_name(about.name)

        def lines(most: int | None, sheet: Any = sheet) -> Iterator[SheetLine]:
            yield from _filled(islice(sheet.iter_rows(), most))

        def merges(sheet: Any = sheet) -> list[Merge]:
            ranges = sheet.merged_cell_ranges or ()
            return [Merge(a + 1, b + 1, column) for (a, column), (b, _right) in ranges if b > a]

        yield about.name, lines, merges


def _streamed(path: Path) -> Iterator[tuple[str, Lines, Merges]]:
    import openpyxl  # slow import

    book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    for sheet in sorted(book.worksheets, key=lambda sheet: sheet.sheet_state != "visible"):
        # The sheet's own claim about its extent is not trusted: rows end where their cells do.
        sheet.reset_dimensions()

        def lines(most: int | None, sheet: Any = sheet) -> Iterator[SheetLine]:
            rows = islice(sheet.iter_rows(values_only=True), most)
            yield from _filled([_plain(cell) for cell in row[:MOST_COLUMNS]] for row in rows)

        def merges(sheet: Any = sheet) -> list[Merge]:
            # A streamed sheet knows no merged cells: they are read from its own XML.
            with sheet._get_source() as source:
                return _merges_in(source.read(MOST_MERGES_BYTES))

        yield sheet.title, lines, merges


def _merges_in(xml: bytes) -> list[Merge]:
    from openpyxl.utils import range_boundaries  # slow import

    ranges: list[Any] = [range_boundaries(ref.decode("ascii")) for ref in _MERGE.findall(xml)]
    return [Merge(top, low, left - 1) for left, top, _right, low in ranges if low > top]


def _plain(cell: object) -> object:
    """An array formula as its text; any other cell as it is."""
    return getattr(cell, "text", cell)


def _filled(rows: Iterator[Any] | Any) -> Iterator[SheetLine]:
    """The rows with anything in them, under their own numbers: a million empty ones cost little."""
    for number, row in enumerate(rows, start=1):
        if any(row):
            yield number, row[:MOST_COLUMNS]


def _guarded(path: Path, lines: Lines) -> Lines:
    """Lines whose reader may fail on a damaged part: told as such, never as a traceback."""

    def told(most: int | None) -> Iterator[SheetLine]:
        rows = lines(most)
        while True:
            try:
                line = next(rows, None)
            except BaseException as error:
                raise _unreadable(path, error) from error
            if line is None:
                return
            yield line

    return told


def _unreadable(path: Path, error: BaseException) -> BaseException:
    """A reader's failure in plain words; what is no failure of the file goes on as it is."""
    # A panic of the fast reader derives from BaseException only.
    if isinstance(error, Exception) or type(error).__name__ == "PanicException":
        return refuse(
            path,
            _("工作簿读不了，可能已损坏（{why}）：请在 Excel 或 WPS 中打开，另存后再导入").format(
                why=" ".join(str(error).split())[:120] or type(error).__name__
            ),
        )
    return error
