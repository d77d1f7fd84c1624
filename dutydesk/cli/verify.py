"""`dutydesk verify`: the chain of the journal, row by row."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.words import N_
from dutydesk.errors import StoreError
from dutydesk.i18n import _


def verify(
    as_json: Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))] = False,
) -> None:
    """Walk the chain and name the first broken row; exit 3 where one is found."""
    with here.desk() as desk:
        found = as_document(desk.store.verify())
    if as_json:
        outlet.say_json(found)
    elif found["ok"]:
        outlet.say(_("事件链完整，共 {rows} 条").format(rows=found["rows"]))
    if not found["ok"]:
        outlet.tell(
            _("事件链在第 {row} 条断开：{why}；请留底，并从最近的备份核对").format(
                row=found["first_broken"], why=found["why"]
            )
        )
        raise typer.Exit(StoreError.exit_code)


def as_document(verified: Any) -> dict[str, Any]:
    """What was walked and where it first breaks, as JSON."""
    return dict(verified)
