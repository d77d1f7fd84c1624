"""A paper as plain text, and as a page that prints well on A4."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from dutydesk.i18n import _, language
from dutydesk.reports.notice import marked
from dutydesk.reports.papers import Paper
from dutydesk.reports.writing import Row

STYLE = """
@page { size: A4; margin: 20mm 18mm; }
body { font: 12pt/1.6 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; color: #000;
  max-width: 174mm; margin: 0 auto; }
h1 { font-size: 20pt; text-align: center; letter-spacing: .2em; margin: 0 0 8mm; }
h2 { font-size: 13pt; margin: 6mm 0 2mm; }
table { width: 100%; border-collapse: collapse; page-break-inside: auto; }
tr { page-break-inside: avoid; }
th, td { border: 1px solid #000; padding: 2mm 3mm; text-align: left; vertical-align: top; }
th { width: 26mm; font-weight: normal; white-space: nowrap; }
td { overflow-wrap: anywhere; }
.drill { border: 2px solid #000; text-align: center; font-size: 16pt; margin: 0 0 6mm; }
footer { margin-top: 8mm; font-size: 9pt; }
"""


def as_text(paper: Paper) -> str:
    """The paper as lines; in a drill the first says that it is one."""
    lines = [paper.title, *_lines(paper.rows)]
    for part in paper.parts:
        lines += ["", f"— {part.title} —", *_lines(part.rows)]
    return marked("\n".join([*lines, "", *paper.foot]), paper.drill)


def _lines(rows: Iterable[Row]) -> Iterable[str]:
    said = _("{label}：{value}")
    return (said.format(label=one.label, value=one.value) for one in rows)


def as_page(paper: Paper) -> str:
    """The paper as one HTML file without anything from elsewhere; everything in it is text."""
    drill = _("演练")
    parts = [
        f'<div class="drill">{escape(drill)}</div>' if paper.drill else "",
        f"<h1>{escape(paper.title)}</h1>",
        _table(paper.rows),
    ]
    for part in paper.parts:
        parts += [f"<h2>{escape(part.title)}</h2>", _table(part.rows)]
    foot = "<br>".join(escape(line) for line in paper.foot)
    lang = "zh-CN" if language() == "zh_CN" else "en"
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f"<title>{escape(paper.title)} {escape(paper.no)}</title><style>{STYLE}</style></head>"
        f"<body>{''.join(parts)}<footer>{foot}</footer></body></html>\n"
    )


def _table(rows: Iterable[Row]) -> str:
    cells = (f"<tr><th>{escape(o.label)}</th><td>{escape(o.value)}</td></tr>" for o in rows)
    return f"<table>{''.join(cells)}</table>"
