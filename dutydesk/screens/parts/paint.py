"""Lines as spans of text and ink, always exactly as wide as asked: no markup, nothing wraps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from dutydesk.screens import theme
from dutydesk.text import cut, fit, one_line, wrap
from dutydesk.text import width as cells


class Span(NamedTuple):
    """A piece of a line and the ink it is written with (see `theme.style`)."""

    text: str
    ink: str = "ink"


Line = tuple[Span, ...]
LIGHTS = {"red": ("■", "red!"), "yellow": ("▲", "amber!"), "green": ("·", "faint")}
"""Shape and ink of each light, the same everywhere."""


def lamp(light: str) -> Span:
    """The sign of a light."""
    return Span(*LIGHTS.get(light, LIGHTS["green"]))


def free(text: str, ink: str = "ink") -> Span:
    """Text that somebody typed: on one line, without what could move a cursor."""
    return Span(one_line(text), ink)


def blank(count: int) -> Span:
    """So many empty cells."""
    return Span(" " * max(0, count))


def length(spans: Iterable[Span]) -> int:
    """How many cells the spans take."""
    return sum(cells(span.text) for span in spans)


def trim(spans: Sequence[Span], width: int) -> list[Span]:
    """The spans in at most `width` cells; what is cut ends in …."""
    kept: list[Span] = []
    left = width
    for span in spans:
        text = span.text if span.text.isprintable() else one_line(span.text)
        size = cells(text)
        if size <= left:
            kept.append(Span(text, span.ink))
            left -= size
            continue
        if left <= 0 and kept:
            last = kept.pop()
            text, left = last.text + "…", cells(last.text)
            kept.append(Span(fit(text, left) if left else "", last.ink))
        elif left > 0:
            kept.append(Span(_cut(text, left), span.ink))
        break
    return kept


def _cut(text: str, width: int) -> str:
    head = cut(text, width - 1)[0].rstrip()
    return head + "…" + " " * (width - 1 - cells(head))


def row(width: int, left: Sequence[Span], right: Sequence[Span] = ()) -> Line:
    """A line of exactly `width` cells: `left` cut where needed, `right` at the end."""
    room = width - length(right)
    if right and room < 8:
        right, room = (), width
    shown = trim(left, room - (1 if right else 0))
    return (*shown, blank(room - length(shown)), *right)


def rule(width: int, said: Sequence[Span] = ()) -> Line:
    """A thin line across, with words in it where some are given: `─ 等对方 43 ───`."""
    if not said:
        return (Span("─" * width, "rule"),)
    head = [Span("─ ", "rule"), *trim(said, max(0, width - 6)), Span(" ", "rule")]
    return (*head, Span("─" * max(0, width - length(head)), "rule"))


def column(text: str, width: int, ink: str = "ink") -> Span:
    """Text in a column of exactly `width` cells, cut with … where it is too long."""
    return Span(fit(text, width), ink)


def flow(text: str, width: int, ink: str = "ink", most: int = 99) -> list[Line]:
    """Free text in lines of `width` cells, at most so many, the last ending in … when cut."""
    wrapped = wrap(one_line(text), width)
    shown = wrapped[:most]
    if len(wrapped) > most and shown:
        shown[-1] = fit(shown[-1] + "…" if cells(shown[-1]) < width else shown[-1] + "……", width)
    return [row(width, [Span(part, ink)]) for part in shown]


def flow_spans(spans: Sequence[Span], width: int, gap: int = 2, most: int = 99) -> list[Line]:
    """Items side by side, `gap` cells between them, on as many lines as they need."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        used = length(lines[-1])
        if lines[-1] and used + gap + cells(span.text) > width:
            lines.append([])
            used = 0
        if lines[-1]:
            lines[-1].append(blank(gap))
        lines[-1].append(span)
    return [row(width, line) for line in lines[:most]]


def strip(line: Line, width: int, ground: str = "ground") -> Strip:
    """The line as Textual paints it."""
    segments = [Segment(span.text, theme.style(span.ink, ground)) for span in line if span.text]
    found = length(line)
    if found < width:
        segments.append(Segment(" " * (width - found), theme.style("ink", ground)))
    made = Strip(segments, max(found, width))
    return made if found <= width else made.crop(0, width)


def cut_out(line: Line, start: int, width: int) -> Line:
    """The part of a line from a cell on; a wide character on the edge becomes blanks."""
    found: list[Span] = []
    x = 0
    for span in line:
        text = ""
        for character in span.text:
            size = cells(character)
            if start <= x and x + size <= start + width:
                text += character
            elif x < start + width and x + size > start:
                text += " " * (min(x + size, start + width) - max(x, start))
            x += size
        if text:
            found.append(Span(text, span.ink))
    return (*found, blank(width - length(found)))


def plain(line: Line) -> str:
    """The line's text alone: for tests, and for a screen reader."""
    return "".join(span.text for span in line)
