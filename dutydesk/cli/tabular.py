"""Plain columns for a person: padded by terminal cells, without markup."""

from __future__ import annotations

from collections.abc import Sequence

from dutydesk.text import cut, one_line, pad, width


def columns(rows: Sequence[Sequence[str]], *, widest: int = 32) -> list[str]:
    """The rows as lines, each column as wide as its longest cell but at most `widest` cells."""
    if not rows:
        return []
    cells = [[_short(cell, widest) for cell in row] for row in rows]
    sizes = [max(width(row[index]) for row in cells) for index in range(len(cells[0]))]
    return [
        "  ".join(pad(cell, size) for cell, size in zip(row, sizes, strict=True)).rstrip()
        for row in cells
    ]


def _short(text: str, widest: int) -> str:
    line = one_line(text)
    return line if width(line) <= widest else cut(line, widest - 1)[0] + "…"
