"""`dutydesk verify`: the chain of the journal, row by row."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.words import N_
from dutydesk.errors import StoreError
from dutydesk.i18n import _

REASONS = {
    "changed": N_("内容被改过"),
    "missing": N_("少了这一条"),
    "reordered": N_("次序被改过"),
    "personal": N_("个人信息与留底不符"),
    "state": N_("案件的状态与这一条不符"),
}


def verify(
    as_json: Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))] = False,
) -> None:
    """Walk the chain and name the first broken row; exit 3 where one is found."""
    with here.desk() as desk:
        from dutydesk.storage import verify as chain  # slow import

        found = as_document(chain.verify(desk.store))
    if as_json:
        outlet.say_json(found)
    elif found["ok"]:
        outlet.say(_("事件链完整，共 {rows} 条").format(rows=found["rows"]))
    if not found["ok"]:
        outlet.tell(
            _("事件链在第 {row} 条断开（{case}）：{why}；请先留底，再与最近的备份核对").format(
                row=found["first_broken"],
                case=found["case"] or "-",
                why=_(REASONS.get(found["reason"], found["reason"])),
            )
        )
        raise typer.Exit(StoreError.exit_code)


def as_document(verified: Any) -> dict[str, Any]:
    """How many rows were walked and where the chain first breaks, as JSON."""
    return {
        "ok": verified.broken is None,
        "rows": verified.rows,
        "first_broken": verified.broken,
        "reason": verified.reason.value if verified.reason is not None else None,
        "case": verified.case,
    }
