"""Words for what a file or a paste says that happened to a case, and for its standing there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dutydesk.i18n import _, listed
from dutydesk.views.labels import N_

HAPPENED: Mapping[str, str] = {
    "fields": N_("内容"),
    "urged": N_("催办"),
    "due_moved": N_("时限"),
    "withdrawn": N_("撤回"),
    "returned": N_("退回重办"),
    "standing": N_("状态"),
    "open": N_("在办"),
}


def happened(kinds: Iterable[object]) -> str:
    """The kinds in words, one after the other; a kind without words stands as it is."""
    return listed(_(HAPPENED.get(str(kind), str(kind))) for kind in kinds)
