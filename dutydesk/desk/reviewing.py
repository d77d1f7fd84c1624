"""Who reviews an appeal has not handled the case: what only the journal knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dutydesk.errors import Refused
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.guards.adjusting import same
from dutydesk.workflow.procedure import Procedure

if TYPE_CHECKING:
    from dutydesk.storage import Unit


def not_independent(unit: Unit, procedure: Procedure, act: Act) -> Refused | None:
    """The refusal of a review by somebody who did, or recorded, any act that changed the case.

    Reviews count not, nor acts that change nothing, such as a note.
    """
    if act.case is None or not procedure.sets(act.verb, "appeal_reviewed"):
        return None
    from dutydesk.storage.queries import doers  # slow import

    changing = {row.verb for row in procedure.transitions if row.effects} - {act.verb}
    who = str(act.on_behalf or act.by)
    found = doers.of(unit.connection, act.case, changing)
    if not any(same(who, other) for other in found):
        return None
    return Refused("independence", {"who": who.partition(":")[2] or who})
