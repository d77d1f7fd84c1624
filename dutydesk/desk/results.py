"""What became of a case in the words and columns of a layout."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import datetime

from dutydesk.i18n import _
from dutydesk.intake import Layout
from dutydesk.views.answers import result_of, why_refused
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.time.zone import to_local

YES, NO = "是", "否"


def column_of(layout: Layout, name: str) -> str:
    """The column into which a result is written."""
    return layout.returns[name]


def outcome_of(
    case: Case, layout: Layout, refusal: Mapping[str, object] | None, wanted: Set[str]
) -> dict[str, str]:
    """The results of a closed or refused case that the layout asks for, by their name.

    `refusal` is what its refusal said, None for a case that was closed.
    """
    closed = refusal is None
    ended_at = case.closed_at or case.since_at
    reason = "" if refusal is None else why_refused(refusal)
    word = layout.returns.get("closed" if closed else "refused")
    found = {
        "closed_at": _moment(ended_at),
        "status": word or (_("已结案") if closed else _("不予受理")),
        "reason": reason,
        "result": result_of(case) if closed else ("" if "reason" in wanted else reason),
    }
    return {name: text for name, text in found.items() if name in wanted}


def value_of(case: Case, layout: Layout, column: str) -> str:
    """What a case says in a column of a layout that it did not come in with."""
    name = next((field for field, keys in layout.wanted.items() if column in keys), None)
    if name is None:
        return ""
    if name in layout.pick.get("category", ()):
        first = next((f for f in layout.pick["category"] if f in layout.wanted), None)
        return case.category or "" if name == first else ""
    if name == "reported_at":
        return _moment(case.reported_at or case.received_at)
    if name == "external_no":
        # Without a number from above our own is the key under which the row comes back.
        return case.external_no or case.no
    if name.startswith("caller."):
        return str(getattr(case.caller, name.removeprefix("caller."), None) or "")
    return _text(getattr(case, name, None))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, (tuple, list)):
        return "、".join(str(item) for item in value)
    return "" if value is None else str(value)


def _moment(at: datetime | None) -> str:
    return "" if at is None else f"{to_local(at):%Y-%m-%d %H:%M:%S}"
