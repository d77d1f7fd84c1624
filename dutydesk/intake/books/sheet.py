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
from dutydesk.intake.readers.lines import Broken, Shared, Table
from dutydesk.intake.readers.sniff import Form, refuse, sniff
from dutydesk.intake.reading import held, tables
from dutydesk.intake.reasons import word
from dutydesk.intake.recognise import Match, recognise
from dutydesk.intake.values import cleaned, text_of, unescaped
from dutydesk.text import one_line


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """One refused line: sheet, its own number there, column and value as the file has them, why."""

    sheet: str
    row: int
    column: str | None
    value: str | None
    reason: str


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

    def refused(self, field: str | None, reason: str) -> RefusedLine:
        """This line refused, for one of its fields or as a whole."""
        column = self.names.get(field) if field else None
        value = self.cells.get(field) if field else None
        return RefusedLine(self.sheet, self.number, column, value or None, reason)


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
        for table in tables(path, form):
            match = recognise(table.head, (layout,))
            if match is None or not match.fits:
                best = match if best is None else best
                continue
            sheet = table.name if form is Form.WORKBOOK else ""
            sheets.append(sheet)
            lines += _lines(sheet, table, match)
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


def _lines(sheet: str, table: Table, match: Match) -> Iterator[BookLine]:
    names = {field: match.names[at] for field, at in match.at.items()}
    shared = Shared(table.merges())
    for number, cells in table.lines():
        if isinstance(cells, Broken):
            if number > match.last_line:
                yield BookLine(sheet, number, {}, names, word(cells.reason))
            continue
        if number > match.last_line and any(cells):
            yield BookLine(sheet, number, _said(shared.filled(number, cells), match, table), names)


def _said(cells: Sequence[object], match: Match, table: Table) -> dict[str, str]:
    texts = {}
    for field, at in match.at.items():
        raw = text_of(cells[at]) if at < len(cells) else ""
        plain, _lost = cleaned(unescaped(raw) if table.escapes else raw)
        text = one_line(plain).strip()
        texts[field] = "" if text in match.layout.nulls else text
    return texts
