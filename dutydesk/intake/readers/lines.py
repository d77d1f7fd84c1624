"""What every reader gives: tables of numbered lines, whatever the file form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dutydesk.intake.reasons import Reason

HEAD_LINES = 10
"""How many non-blank lines are shown to recognition: exports put titles above the header."""


class Broken(NamedTuple):
    """A line that cannot be taken apart, as far as it can be shown."""

    text: str
    reason: Reason


class Merge(NamedTuple):
    """Cells of one column that stand as one: its first and last line, numbered as in the file,
    and the column from 0. The value stands in the first line."""

    first: int
    last: int
    column: int


Cells = Sequence[object]
NumberedLine = tuple[int, "Cells | Broken"]


class Shared:
    """What stands in merged cells counts for every line that they span: a unit of several people.

    Lines come in their order, each once, the header and what stands above it left out.
    """

    def __init__(self, merges: Sequence[Merge]) -> None:
        self._merges = merges
        self._values: dict[Merge, object] = {}

    def filled(self, number: int, cells: Sequence[object]) -> list[object]:
        """The cells of a line, with what it shares with the lines above."""
        found = list(cells)
        for merge in self._merges:
            if not merge.first <= number <= merge.last:
                continue
            found += [""] * (merge.column + 1 - len(found))
            if number == merge.first:
                self._values[merge] = found[merge.column]
            elif not found[merge.column]:
                found[merge.column] = self._values.get(merge, "")
        return found


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file: a sheet, a text read with one delimiter, a JSON list.

    `lines` gives all lines from the start, numbered as in the file, each time it is called;
    `fraction` says how much of the file has been read (0 to 1), where that is known.
    `typed` cells may be other than texts; `escapes` tells of a workbook's `_x000D_` spellings;
    `merges` are its cells that stand as one over several lines.
    """

    name: str
    head: tuple[tuple[int, tuple[str, ...]], ...]
    lines: Callable[[], Iterator[NumberedLine]]
    fraction: Callable[[], float | None]
    typed: bool = True
    strict_width: bool = False
    escapes: bool = False
    merges: Callable[[], Sequence[Merge]] = tuple
