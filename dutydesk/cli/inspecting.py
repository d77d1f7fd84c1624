"""`dutydesk inspect`: a spot-check on site goes on the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.shown import shown
from dutydesk.cli.typed import read_when
from dutydesk.cli.words import N_
from dutydesk.config.toml_text import all_of, nearest
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.text import cleaned

if TYPE_CHECKING:
    from dutydesk.workflow.cases.model import Actor
    from dutydesk.workflow.procedure import Procedure

GridName = Annotated[str, typer.Option("--grid", metavar="G", help=N_("社区网格的编号或名称"))]
Verdict = Annotated[str, typer.Option("--verdict", metavar="V", help=N_("抽查结论"))]
CaseNo = Annotated[str | None, typer.Option("--case", metavar="NO", help=N_("抽查的案件"))]
NoneOpen = Annotated[bool, typer.Option("--none-open", help=N_("这个网格没有在办案件"))]
Reason = Annotated[str | None, typer.Option("--reason", metavar="R", help=N_("为什么抽查它"))]
At = Annotated[
    str | None, typer.Option("--at", metavar="T", help=N_("抽查的时间，如 -7、2210，缺省为现在"))
]
Place = Annotated[str | None, typer.Option("--place", metavar="TEXT", help=N_("到了哪里"))]
By = Annotated[
    str | None, typer.Option("--by", metavar="ROLE[:NAME]", help=N_("谁抽查，缺省规程里的督查员"))
]
AsJson = Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))]


def inspect(
    grid: GridName,
    verdict: Verdict,
    case: CaseNo = None,
    none_open: NoneOpen = False,
    reason: Reason = None,
    at: At = None,
    place: Place = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Record a spot-check of a grid: a case, or that none is open there (X-4.2.2.4)."""
    if (case is None) == (not none_open):
        raise BadInput(_("--case 案件编号 和 --none-open 要写一个，也只能写一个"))
    with here.desk() as desk:
        places = desk.context.places
        found = places.grid(cleaned(grid))
        if found is None:
            names = [each.short for each in places.grids]
            message = _("没有网格“{grid}”；{hint}").format(
                grid=shown(grid), hint=nearest(grid, names)
            )
            raise BadInput(message, expected=all_of(grid, names))
        record = desk.inspect(
            found.name,
            _inspector(cleaned(by), desk.context.procedure),
            case=desk.resolve(cleaned(case)) if case is not None else None,
            none_open=none_open,
            reason=cleaned(reason),
            verdict=cleaned(verdict),
            at=read_when(at, desk.now()) if at is not None else None,
            place=cleaned(place),
        )
        document = as_document(record)
    if outlet.answers_json(as_json):
        outlet.say_json(document)
    else:
        outlet.say(_("已记下：{grid} {verdict}").format(grid=found.name, verdict=verdict))


def _inspector(text: str | None, procedure: Procedure) -> Actor:
    """Whoever is named, else the procedure's inspector; BadInput where it has none."""
    role = text or procedure.parts.inspector
    if role is None:
        raise BadInput(_("这个规程没有督查员：用 --by 写明谁抽查"))
    return here.actor(role, procedure)


def as_document(record: Any) -> dict[str, Any]:
    """The record as JSON."""
    from dutydesk.views.jsonable import plain  # slow import

    if hasattr(record, "_asdict"):
        found = record._asdict()
    elif hasattr(record, "__dataclass_fields__"):
        found = {name: getattr(record, name) for name in record.__dataclass_fields__}
    else:
        found = record
    document: dict[str, Any] = plain(found)
    return document
