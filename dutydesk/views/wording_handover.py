"""Refusals of a handover as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from dutydesk.i18n import _
from dutydesk.views.labels import N_, Words

Params = Mapping[str, object]

HANDOVER: Mapping[str, str] = {
    "no_operator": N_("还不能交回：没有{operator}在岗"),
    "planned_hours": N_("工作时间内由{deputy}注明理由后才能交班"),
    "force_sufficient": N_("在岗的人够数，不能交班：下班的先点名离岗；工作时间外力量不足才交"),
}
"""Why the desk cannot be handed over now."""


def handover_not_open(params: Params, words: Words | None) -> str:
    """Who must be there, or say why, before the desk changes hands."""
    said = _(HANDOVER.get(str(params.get("why")), N_("现在还不能交班")))
    parts = words.procedure.parts if words is not None else None
    operator = words.role(parts.operator) if words and parts else _("坐班的人")
    deputy = words.role(parts.deputy) if words and parts and parts.deputy else _("上级")
    return said.format(operator=operator, deputy=deputy)


def readback_wrong(params: Params, words: Words | None) -> str:
    """The number that was read back is not that of the list."""
    return _("复述的超时件数 {said} 与清单的 {expected} 件不符，请看清单再复述").format(
        said=params.get("red", ""), expected=params.get("expected", "")
    )
