"""Repairs Rich's SVG of a screen: every character stands in its own cell, no font is fetched.

Rich gives each run of text the length of its characters, not of its cells, so that Chinese comes
out squeezed to half width; and it asks a server for its font.
"""

from __future__ import annotations

import html
import math
import re
from typing import NamedTuple

from dutydesk.text import width as cells

CELL, LINE = 12.2, 24.4
"""Rich's cell in SVG units."""
MARGIN = 10
LATIN, HAN = 20.2, 22.0
"""Font sizes at which a letter fills one cell and a Han character two."""

_STYLE = re.compile(r"\.[\w-]*?(r\d+) \{([^}]*)\}")
_BACK = re.compile(r'<rect fill="(#[0-9a-f]{6})" x="[\d.]+" y="[\d.]+"[^>]*rx=')
_RECT = re.compile(
    r'<rect fill="(#[0-9a-f]{6})" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"'
    r' shape-rendering="crispEdges"/>'
)
_TEXT = re.compile(
    r'<text class="[\w-]*?(r\d+)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+"[^>]*>([^<]*)</text>'
)


class Picture(NamedTuple):
    """A drawing and its size in pixels."""

    svg: str
    width: int
    height: int


def picture(svg: str, size: tuple[int, int]) -> Picture:
    """The screen of so many columns and lines as a drawing of its own, without a window's frame."""
    width = math.ceil(size[0] * CELL + 2 * MARGIN)
    height = math.ceil(size[1] * LINE + 2 * MARGIN)
    back = _BACK.search(svg)
    ground = back[1] if back else "#101418"
    styles = "".join(f".{name}{{{rules}}}" for name, rules in _STYLE.findall(svg))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">',
        "<style>text{white-space:pre;"
        'font-family:"DejaVu Sans Mono","Noto Sans Mono CJK SC","Noto Sans CJK SC",monospace}'
        f"{styles}</style>",
        f'<rect width="{width}" height="{height}" fill="{ground}"/>',
        f'<g transform="translate({MARGIN},{MARGIN})">',
    ]
    for fill, x, y, wide, high in _RECT.findall(svg):
        parts.append(
            f'<rect fill="{fill}" x="{x}" y="{float(y) - 1.5:g}" width="{wide}" '
            f'height="{high}" shape-rendering="crispEdges"/>'
        )
    for name, x, y, text in _TEXT.findall(svg):
        parts += _runs(name, float(x), float(y), html.unescape(text))
    return Picture("".join(parts) + "</g></svg>", width, height)


def _runs(name: str, x: float, y: float, text: str) -> list[str]:
    """A text in runs of letters and of Han characters, each character at the left of its cell."""
    found: list[str] = []
    run, kind = "", 0
    places: list[float] = []
    for sign in text + "\0":
        size = cells(sign) if sign != "\0" else -1
        if size != kind and size != 0:
            if run.strip("\xa0 "):
                found.append(_text(name, run, places, y, kind))
            run, places, kind = "", [], size
        run += sign
        places.append(x + (1.2 if size == 2 else 0))
        x += max(size, 0) * CELL
    return found


def _text(name: str, run: str, places: list[float], y: float, kind: int) -> str:
    at = " ".join(f"{place:.1f}" for place in places)
    size = HAN if kind == 2 else LATIN
    head = f'<text class="{name}" x="{at}" y="{y - 1:.1f}" font-size="{size}">'
    return f"{head}{html.escape(run)}</text>"
