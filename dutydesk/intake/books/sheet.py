"""A list read from a workbook or a text: every sheet that fits, merged cells filled, lines raw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dutydesk.config.toml_text import read_toml
from dutydesk.errors import BadInput
from dutydesk.i18n import _, listed
from dutydesk.intake.layout import Layout
from dutydesk.intake.readers.lines import Broken, Table
from dutydesk.intake.readers.sniff import Form, refuse, sniff
from dutydesk.intake.reading import held, tables
from dutydesk.intake.reasons import word
from dutydesk.intake.recognise import MOST_COLUMNS, Match, recognise
from dutydesk.intake.values import cleaned, text_of, unescaped
from dutydesk.text import one_line

Range = tuple[tuple[int, int], tuple[int, int]]
"""A merged rectangle: its first and its last cell as (row, column), both from 0."""


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line of a list: its own number in its sheet, what it says by field, the columns' names.

    `broken` says why a line cannot be taken apart.
    """

    sheet: str
    number: int
    cells: Mapping[str, str]
    names: Mapping[str, str]
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """A file read whole: the names of the sheets that were taken, and their lines in order."""

    file: str
    sheets: tuple[str, ...]
    lines: tuple[BookLine, ...]


@cache
def columns(name: str) -> Layout:
    """The columns of a list and the names they go by, from `books/NAME.toml`."""
    file = Path(__file__).with_name(f"{name}.toml")
    data = read_toml(file).data
    return Layout(
        name=data["name"],
        title=data["title"],
        title_en=data["title_en"],
        file=str(file),
        fields={field: tuple(names) for field, names in data["fields"].items()},
        required=tuple(data["required"]),
        columns=tuple(data["columns"]),
        nulls=frozenset(data["nulls"]),
    )


def read_book(path: str | Path, layout: Layout) -> Book:
    """The lines under the header of each sheet that has the columns; other sheets are left out.

    A merged cell counts for every line it covers. Raises BadInput for what is no table, has no
    known columns, or holds nothing below them.
    """
    path = Path(path)
    form = sniff(path)
    lines: list[BookLine] = []
    sheets: list[str] = []
    best: Match | None = None
    with held(path):
        merged = _merged(path) if form is Form.WORKBOOK else {}
        for table in tables(path, form):
            match = recognise(table.head, (layout,))
            if match is None or not match.fits:
                best = match if best is None else best
                continue
            sheet = table.name if form is Form.WORKBOOK else ""
            sheets.append(sheet)
            lines += _lines(sheet, table, match, merged.get(sheet, ()))
    if not sheets:
        raise _unrecognised(path, layout, best)
    if not lines:
        raise refuse(path, _("只有表头，没有数据行：请核对导出的条件"))
    return Book(str(path), tuple(sheets), tuple(lines))


def _unrecognised(path: Path, layout: Layout, best: Match | None) -> BadInput:
    missing = best.missing if best is not None else layout.required
    return refuse(
        path,
        _("认不出{title}的列名：缺少 {missing}").format(
            title=layout.label, missing=listed(layout.column_for(name) for name in missing)
        ),
        line=best.line if best is not None else None,
        expected=listed(layout.columns),
    )


def _merged(path: Path) -> dict[str, Sequence[Range]]:
    """The merged rectangles of each sheet."""
    import python_calamine  # slow import

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return {
        name: sorted(book.get_sheet_by_name(name).merged_cell_ranges or ())
        for name in book.sheet_names
    }


def _lines(sheet: str, table: Table, match: Match, merged: Sequence[Range]) -> Iterator[BookLine]:
    names = {field: match.names[at] for field, at in match.at.items()}
    filling = _Filling(merged)
    for number, cells in table.lines():
        if isinstance(cells, Broken):
            if number > match.last_line:
                yield BookLine(sheet, number, {}, names, word(cells.reason))
            continue
        filled = filling.filled(number - 1, list(cells))
        if number > match.last_line and any(cells):
            yield BookLine(sheet, number, _said(filled, match, table), names)


class _Filling:
    """Puts the value of a merged cell into every cell that it covers, line after line."""

    def __init__(self, ranges: Sequence[Range]) -> None:
        self._waiting = list(reversed(ranges))
        self._covering: list[tuple[Range, object]] = []

    def filled(self, row: int, cells: list[object]) -> list[object]:
        """The line with what was merged into it; lines come in their order."""
        while self._waiting and self._waiting[-1][0][0] <= row:
            one = self._waiting.pop()
            (top, left), _last = one
            value = cells[left] if top == row and left < len(cells) else None
            self._covering.append((one, value))
        self._covering = [(one, value) for one, value in self._covering if one[1][0] >= row]
        for ((_top, left), (_bottom, right)), value in self._covering:
            last = min(right, MOST_COLUMNS - 1)
            cells += [None] * (last + 1 - len(cells))
            cells[left : last + 1] = [value] * (last + 1 - left)
        return cells


def _said(cells: Sequence[object], match: Match, table: Table) -> dict[str, str]:
    texts = {}
    for field, at in match.at.items():
        raw = text_of(cells[at]) if at < len(cells) else ""
        plain, _lost = cleaned(unescaped(raw) if table.escapes else raw)
        text = one_line(plain).strip()
        texts[field] = "" if text in match.layout.nulls else text
    return texts
