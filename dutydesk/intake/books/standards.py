"""A case standards table (立结案标准) read: lines as standards, or refusals by row and column."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dutydesk.config.time_words import limit_message
from dutydesk.i18n import _
from dutydesk.intake.books.sheet import BookLine, RefusedLine, columns, read_book
from dutydesk.workflow.matters import FIELDS, Standard, identity
from dutydesk.workflow.time.limits import BadLimit, parse_given

KINDS = ("部件", "事件")
"""What the sheets of such a workbook are parted by."""
LONGEST = 500
"""Characters of one cell; more is no condition but a mistake."""


@dataclass(frozen=True, slots=True)
class StandardsRead:
    """A case standards table: rows = standards + refused. The standards have no codes yet.

    `unread` are those whose limit alone cannot be read: what the table has of them stays.
    """

    file: str
    sheets: tuple[str, ...]
    rows: int
    standards: tuple[Standard, ...]
    refused: tuple[RefusedLine, ...]
    unread: tuple[Standard, ...] = ()


def read_standards(path: str | Path) -> StandardsRead:
    """The standards of every sheet that has the columns; raises BadInput for a file refused whole.

    Codes of classes are written with two digits at least; a class without its code takes that of
    the line above if its name is the same. Where no column says the kind, the name of the sheet
    does if it names one (部件 or 事件).
    """
    book = read_book(path, columns("matters"))
    judge = _Judge()
    found = [one for line in book.lines if (one := judge.judged(line)) is not None]
    return StandardsRead(
        book.file,
        book.sheets,
        len(book.lines),
        tuple(found),
        tuple(judge.refused),
        tuple(judge.unread),
    )


class _Judge:
    """Turns lines into standards, or into refusals."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}
        self._seen: dict[tuple[str, str, str], BookLine] = {}
        self.refused: list[RefusedLine] = []
        self.unread: list[Standard] = []

    def judged(self, line: BookLine) -> Standard | None:
        if line.broken:
            self._refuse(line, None, line.broken)
            return None
        cells = self._whole(line)
        fault = _fault(cells)
        if fault is not None:
            self._refuse(line, *fault)
            if fault[0] == "limit":
                self.unread.append(Standard("", **cells))
            return None
        one = Standard("", **cells)
        first = self._seen.setdefault(identity(one), line)
        if first is not line:
            said = _("与{sheet}第 {row} 行同一小类、同一立案条件：只取先出现的一行")
            self._refuse(line, "filing", said.format(sheet=first.sheet, row=first.number))
            return None
        return one

    def _whole(self, line: BookLine) -> dict[str, str]:
        """The cells with the class codes in one form; a blank one is that of the class above."""
        cells = {name: line.cells.get(name, "") for name in FIELDS}
        cells["kind"] = cells["kind"] or next((k for k in KINDS if k in line.sheet), "")
        for name, code in (("big", "big_code"), ("small", "small_code")):
            cells[code] = cells[code].zfill(2) if cells[code].isdecimal() else cells[code]
            above = self._above if self._above.get("kind") == cells["kind"] else {}
            if not cells[code] and cells[name] and above.get(name) == cells[name]:
                cells[code] = above[code]
        self._above = cells
        return cells

    def _refuse(self, line: BookLine, field: str | None, reason: str) -> None:
        self.refused.append(line.refused(field, reason))


def _fault(cells: dict[str, str]) -> tuple[str, str] | None:
    """The first thing wrong with a line: its field, and why."""
    if not cells["small"]:
        return "small", _("没有小类名称")
    for name, text in cells.items():
        if len(text) > LONGEST:
            return name, _("超过 {most} 个字符：请核对这一列").format(most=LONGEST)
    try:
        parse_given(cells["limit"])
    except BadLimit as error:
        return "limit", limit_message(error)
    return None
