"""`dutydesk procedure diff`: which values differ, and which open cases they touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.words import N_
from dutydesk.config import procedures
from dutydesk.i18n import _

if TYPE_CHECKING:
    from dutydesk.views.stranded import Touched

NAME = N_("规程名，或规程文件 .toml")
AS_JSON = N_("输出 JSON")


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=NAME)],
    new: Annotated[str, typer.Argument(metavar="NEW", help=NAME)],
    cases: Annotated[
        bool, typer.Option("--cases", help=N_("再看在办案件：状态没有了的，时限不同的"))
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=AS_JSON)] = False,
) -> None:
    """The values that differ between two procedures; with --cases the open cases they touch."""
    from dutydesk.views.jsonable import plain  # slow import
    from dutydesk.views.procedure_diff import differences  # slow import

    before, after = procedures.load(old), procedures.load(new)
    changes = differences(before.raw, after.raw)
    touched: tuple[Touched, ...] = ()
    if cases:
        from dutydesk.views.stranded import Stranded  # slow import

        with here.desk() as desk:
            touched = desk.read(Stranded(before, after))
    if as_json:
        found = [plain(change._asdict()) for change in changes]
        told = [plain(one._asdict()) for one in touched]
        outlet.say_json({"changes": found, "cases": told} if cases else found)
        return
    for change in changes:
        outlet.say(f"{change.path}: {_shown(change.old)} → {_shown(change.new)}")
    if not changes:
        outlet.say(_("没有不同"))
    for one in touched:
        outlet.say(_told(one))
    if cases and not touched:
        outlet.say(_("在办案件都不受影响"))


def _told(one: Touched) -> str:
    if one.kind == "state_gone":
        said = _("{count} 件在办案件所在的状态 {name} 没有了，先办到别的状态再换规程")
    elif one.kind == "clock_gone":
        said = _("{count} 件在办案件的时限 {name} 没有了，已起算的照旧")
    else:
        said = _("{count} 件在办案件的时限 {name} 由 {old} 改为 {new}，已起算的不改期")
    old, new = _shown(one.old), _shown(one.new)
    return said.format(count=one.cases, name=one.name, old=old, new=new)


def _shown(value: object) -> str:
    text = "–" if value is None else str(value)
    return text if len(text) <= 120 else text[:119] + "…"
