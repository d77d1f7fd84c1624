"""The night sheet 夜间单: what falls due before the next opening, as a page anybody can print."""

from __future__ import annotations

from collections.abc import Iterator

from dutydesk.i18n import _
from dutydesk.reports.notice import marked
from dutydesk.text import fit, one_line
from dutydesk.views.leaving import KINDS, OWED, PROMISED, UNREACHED, LeavingList, LeavingRow
from dutydesk.workflow.time.zone import to_local

SIGNS = {"red": "■", "yellow": "▲", "green": "·"}
"""The light's shape, legible without colour."""


NUMBER = 16
"""The cells of a case's whole number: on paper there is no queue to tell two tails apart."""


def night_sheet(found: LeavingList, title: str, *, drill: bool = False) -> str:
    """The whole sheet as text, ending in a newline; numbers are covered, a drill says so."""
    until = f"{to_local(found.until):%m-%d %H:%M}" if found.until else "—"
    lines = [
        _("夜间单 {title}").format(title=title),
        _("写于 {now}　由 {holder} 值守　下次开班 {until}").format(
            now=f"{to_local(found.at):%Y-%m-%d %H:%M:%S}", holder=found.holder_label, until=until
        ),
        counted(found),
    ]
    for kind, label in KINDS.items():
        rows = [row for row in found.rows if row.kind == kind]
        if rows:
            heading = _("{part} {count} 件").format(part=_(label), count=len(rows))
            lines += ["", heading, *_rows(rows)]
    if not found.rows:
        lines += ["", _("没有留下要办的")]
    return marked("\n".join(line.rstrip() for line in lines) + "\n", drill)


def _rows(rows: list[LeavingRow]) -> Iterator[str]:
    for row in rows:
        when = f"{to_local(row.at):%m-%d %H:%M}" if row.at else ""
        sign = SIGNS.get(row.light, "·")
        parts = [sign, fit(row.case or "", NUMBER), fit(when, 11), one_line(row.what)]
        yield "□ " + " ".join(parts) + _about(row)


def _about(row: LeavingRow) -> str:
    """Where and what, behind what is to be done."""
    said = f"{row.place} {row.summary}".strip()
    return f"  {one_line(said)}" if said else ""


def counted(found: LeavingList) -> str:
    """The list in one sentence of numbers."""
    said = _(
        "开班前到期 {due} 件，现已超时 {red} 件，待回填 {owed}，答应的 {promised}，没联系上 {again}"
    )
    return said.format(
        due=found.due,
        red=found.red,
        owed=found.count(OWED),
        promised=found.count(PROMISED),
        again=found.count(UNREACHED),
    )
