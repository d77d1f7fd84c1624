"""`dutydesk leaving`: what is left before the next opening, and the night sheet as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.words import N_
from dutydesk.errors import OutsideError
from dutydesk.i18n import _
from dutydesk.workflow.time.zone import iso

if TYPE_CHECKING:
    from dutydesk.views.leaving import LeavingList

Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help=N_("把夜间单写到这个文件"))]
AsJson = Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))]


def leaving(out: Out = None, as_json: AsJson = False) -> None:
    """List everything due before the next opening, closings first; then what is owed, promised."""
    with here.desk() as desk:
        from dutydesk.reports.night_sheet import night_sheet  # slow import
        from dutydesk.views.leaving import Leaving  # slow import

        found = desk.read(Leaving())
        area = desk.context.places.area(desk.context.area)
        title = f"{area.name} {desk.context.area}" if area else desk.context.area
        text = night_sheet(found, title, drill=desk.context.drill)
    if out is not None:
        try:
            out.write_text(text, encoding="utf-8")
        except OSError as error:
            said = _("文件写不了：{error}").format(error=error.strerror or error)
            raise OutsideError(said) from error
    if as_json:
        outlet.say_json(as_document(found))
    elif out is None:
        outlet.say(text.rstrip("\n"))
    else:
        outlet.say(_("夜间单已写到 {file}").format(file=out))


def as_document(found: LeavingList) -> dict[str, Any]:
    """The list as JSON, its rows in the order in which they are worked."""
    return {
        "at": iso(found.at),
        "until": iso(found.until) if found.until else None,
        "holder": found.holder,
        "kept_by": found.kept_by,
        "due": found.due,
        "red": found.red,
        "rows": [
            {
                "kind": row.kind,
                "case": row.case,
                "at": iso(row.at) if row.at else None,
                "light": row.light,
                "what": row.what,
                "place": row.place,
                "summary": row.summary,
            }
            for row in found.rows
        ],
    }
