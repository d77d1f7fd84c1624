"""Which layout a file has, and where its columns stand: found by the column names alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from dutydesk.intake.headings import normal
from dutydesk.intake.layout import Layout

HEADER_LINES = 10
"""How many non-blank lines are searched for the header: exports put titles and dates above it."""
MOST_COLUMNS = 512

Line = tuple[int, Sequence[str]]


class Match(NamedTuple):
    """A header read as a layout: `at` is each field's column (from 0), `missing` what it lacks.

    `line` is the header's own line in the file, `depth` how many lines it takes (1 or 2).
    """

    layout: Layout
    line: int
    depth: int
    names: tuple[str, ...]
    at: Mapping[str, int]
    matched: int
    missing: tuple[str, ...]

    @property
    def fits(self) -> bool:
        return not self.missing

    @property
    def last_line(self) -> int:
        return self.line + self.depth - 1


def recognise(head: Sequence[Line], layouts: Iterable[Layout]) -> Match | None:
    """The best match among the first lines: fitting before not, then most matched columns.

    Ties go to the layout that stands first, then to the earlier line and the shallower header.
    None only when there is no line or no layout.
    """
    best: Match | None = None
    for layout in layouts:
        for names, line, depth in _headers(head):
            match = _match(layout, names, line, depth)
            if best is None or _rank(match) > _rank(best):
                best = match
    return best


def _rank(match: Match) -> tuple[bool, int, int]:
    return (match.fits, match.matched if match.fits else -len(match.missing), match.matched)


def _headers(head: Sequence[Line]) -> Iterable[tuple[tuple[tuple[str, ...], ...], int, int]]:
    """Each line as a header of its own, then each with the next one as a two-line header."""
    lines = list(head[:HEADER_LINES])
    for number, cells in lines:
        yield tuple((cell.strip(),) for cell in cells[:MOST_COLUMNS]), number, 1
    for (number, upper), (below, lower) in pairwise(lines):
        if below == number + 1:
            yield _stacked(upper, lower), number, 2


def _stacked(upper: Sequence[str], lower: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Two lines as one header; a merged upper cell is carried over the columns it covers.

    A column answers to its lower name, its upper name, or both written together.
    """
    names: list[tuple[str, ...]] = []
    above = ""
    for index in range(min(max(len(upper), len(lower)), MOST_COLUMNS)):
        own = upper[index].strip() if index < len(upper) else ""
        under = lower[index].strip() if index < len(lower) else ""
        above = own or (above if under else "")
        both = (under, own, above + under) if under else (own,)
        names.append(tuple(dict.fromkeys(name for name in both if name)) or ("",))
    return tuple(names)


def _match(layout: Layout, names: tuple[tuple[str, ...], ...], line: int, depth: int) -> Match:
    where: dict[str, int] = {}
    matched = 0
    for index, choices in enumerate(names):
        known = [key for name in choices if (key := normal(name)) in layout.known]
        matched += bool(known)
        for key in known[:1]:
            where.setdefault(key, index)
    at = {
        field: where[found]
        for field, keys in layout.wanted.items()
        if (found := next((key for key in keys if key in where), None)) is not None
    }
    missing = tuple(field for field in layout.required if not layout.has(field, at))
    shown = tuple(choices[0] for choices in names)
    return Match(layout, line, depth, shown, at, matched, missing)
