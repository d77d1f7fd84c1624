"""What is settled must stand: the one thing about a promise that only the journal knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from dutydesk.errors import Refused
from dutydesk.i18n import _
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.decide import first

if TYPE_CHECKING:
    from dutydesk.storage import Unit
    from dutydesk.views.labels import Words

T = TypeVar("T")


def judged(decide: Callable[[], T], beyond: Refused | None) -> T:
    """What the rules decide, with what only the store knows; raises the first refusal of both."""
    try:
        found = decide()
    except Refused as refused:
        raise (first([r for r in (refused, beyond) if r]) or refused) from None
    if beyond is not None:
        raise beyond
    return found


def not_standing(unit: Unit, area: str, words: Words, act: Act) -> Refused | None:
    """The refusal of a `settle` whose promise is none of this case, or of the desk, any more."""
    if act.verb != "settle":
        return None
    from dutydesk.storage.queries import promises  # slow import
    from dutydesk.views.promises import read, unsettled  # slow import

    meant = str(act.fields.get("promise", "")).strip()
    number = int(meant) if meant.isascii() and meant.isdigit() else 0
    rows = promises.of(unit.connection, area, act.case, number) if 0 < number < 1 << 62 else ()
    if number and any(row.id == number for row in unsettled(read(rows, words))):
        return None
    expected = _("一条还没有了结的答应")
    return Refused("bad_value", {"field": "promise", "value": meant, "expected": expected}, None)
