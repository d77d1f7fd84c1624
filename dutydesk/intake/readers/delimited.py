"""Comma, tab, semicolon and bar separated text in UTF-8, GB18030 or UTF-16, line by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from dutydesk.i18n import _
from dutydesk.intake.readers.encoding import LONE, encoding_of
from dutydesk.intake.readers.lines import HEAD_LINES, Broken, NumberedLine, Table
from dutydesk.intake.readers.sniff import refuse
from dutydesk.intake.reasons import Reason
from dutydesk.intake.values import cleaned

DELIMITERS = (",", "\t", ";", "|")
LONGEST_CELL = 1 << 24
"""Characters of one cell that are read at all; a longer one is a file gone wrong."""
SHOWN = 200
"""Characters of a broken line that are shown."""
_MOST_RESTARTS = 500


def tables(path: Path) -> Iterator[Table]:
    """The text as a table, once for each delimiter, the likelier ones first."""
    encoding = encoding_of(path)
    likely = _likely(path, encoding)
    for delimiter in likely:
        reading = _Reading(path, encoding, delimiter)
        head = _head(reading)
        yield Table(
            name=delimiter,
            head=head,
            lines=reading.lines,
            fraction=reading.fraction,
            typed=False,
            strict_width=True,
        )


def _likely(path: Path, encoding: str) -> list[str]:
    with path.open(encoding=encoding, errors=LONE, newline="") as file:
        start = file.read(4096)
    return sorted(DELIMITERS, key=lambda sign: -start.count(sign))


def _head(reading: _Reading) -> tuple[tuple[int, tuple[str, ...]], ...]:
    head = []
    for number, cells in reading.lines():
        if not isinstance(cells, Broken) and any(str(cell).strip() for cell in cells):
            head.append((number, tuple(cleaned(str(cell))[0] for cell in cells)))
        if len(head) == HEAD_LINES:
            break
    return tuple(head)


class _Reading:
    """One way to read the text: an encoding and a delimiter."""

    def __init__(self, path: Path, encoding: str, delimiter: str) -> None:
        self._path = path
        self._encoding = encoding
        self._delimiter = delimiter
        self._size = max(1, path.stat().st_size)
        self._raw: BinaryIO | None = None
        self._done = False

    def fraction(self) -> float | None:
        """How much of the file has been read."""
        if self._raw is None:
            return 1.0 if self._done else 0.0
        return min(1.0, self._raw.tell() / self._size)

    def lines(self) -> Iterator[NumberedLine]:
        """Every record with the number of the line on which it begins.

        A quote that does not close, or closes in the middle of a cell lines below, costs its own
        line only: what it had swallowed is read again from the next line on.
        """
        csv.field_size_limit(LONGEST_CELL)
        with self._path.open("rb") as raw:
            self._raw = raw
            text = io.TextIOWrapper(raw, encoding=self._encoding, errors=LONE, newline="")
            try:
                yield from self._records(text)
            finally:
                self._raw, self._done = None, True
                text.detach()

    def _records(self, text: Iterator[str]) -> Iterator[NumberedLine]:
        source = _Kept(text)
        before = 0
        for _restart in range(_MOST_RESTARTS):
            again: list[str] | None = None
            reader = csv.reader(source, delimiter=self._delimiter)
            while True:
                source.kept.clear()
                start = before + reader.line_num + 1
                try:
                    cells = next(reader, None)
                except csv.Error:
                    again = source.kept[:]
                    break
                if cells is None:
                    return
                if len(source.kept) > 1 and not self._is_whole(source.kept):
                    again = source.kept[:]
                    break
                yield start, cells
            yield start, Broken(again[0].rstrip("\r\n")[:SHOWN], Reason("quote_open"))
            before = start
            source.restart(again[1:])
        raise refuse(
            self._path,
            _("太多行的引号没有闭合：这个文件不是完好的表格文本"),
            line=before,
            expected=_("每个以引号开头的格子也以引号结尾"),
        )

    def _is_whole(self, lines: list[str]) -> bool:
        """Whether a record of several lines is one by the strict rules of quoting, too."""
        try:
            records = list(csv.reader(lines, delimiter=self._delimiter, strict=True))
        except csv.Error:
            return False
        return len(records) == 1


class _Kept:
    """Lines that remember what was taken since the record's start, and can be given back."""

    def __init__(self, text: Iterator[str]) -> None:
        self._text = text
        self._back: list[str] = []
        self.kept: list[str] = []

    def __iter__(self) -> _Kept:
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else next(self._text)
        self.kept.append(line)
        return line

    def restart(self, lines: list[str]) -> None:
        """Give these lines back, to be read first."""
        self._back.extend(reversed(lines))
