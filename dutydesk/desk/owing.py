"""The ledger of what platforms do not know yet follows every act, in the act's own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dutydesk.storage import Unit
from dutydesk.workflow.cases.acts import Outcome
from dutydesk.workflow.cases.model import Actor, Case
from dutydesk.workflow.procedure import Procedure

ALSO = frozenset(("write_back", "take_back"))
"""What concerns the ledger in every procedure: entering, and taking an import back."""


def owe(
    unit: Unit, procedure: Procedure, outcomes: Sequence[Outcome], batch: str | None = None
) -> None:
    """Write what these outcomes, of an import's batch or of nobody's, owe and end."""
    concerns = procedure.writeback.concerns
    if not concerns:
        return
    concerns |= ALSO
    mine = [o for o in outcomes if any(event.verb in concerns for event in o.events)]
    if mine:
        from dutydesk.workflow.cases.owing import changes  # slow import

        unit.owe([change for o in mine for change in changes(o, procedure, unit.case, batch)])


def carried(unit: Unit, batch: str, cases: Sequence[Case], by: Actor, at: datetime) -> None:
    """Everything of these episodes was entered by the file of a batch."""
    from dutydesk.workflow.cases.owing import Tick  # slow import

    unit.owe([Tick(case.no, at, str(by), batch=batch, run=case.run) for case in cases])
