"""The named guards of the procedures: each a small pure question, answered by a refusal or None.

A guard tolerates absent fields, so that the same answer serves the act itself and the question
which acts are open now.
"""

from __future__ import annotations

from collections.abc import Callable

from dutydesk.errors import Refused
from dutydesk.workflow.cases.asked import Asked
from dutydesk.workflow.cases.corrections import correction_fits
from dutydesk.workflow.cases.guards import recorded
from dutydesk.workflow.cases.guards.adjusting import (
    appeal_named,
    deferral_dated,
    deferral_open,
    not_the_appellant,
    not_the_applicant,
    overdue_named,
    redating_fits,
    suspension_open,
)
from dutydesk.workflow.cases.guards.closing import (
    checks_given,
    checks_passed,
    report_written,
    result_told_to_head,
    results_filed,
    verifier_did_not_dispose,
)
from dutydesk.workflow.cases.guards.convening import (
    arrived_after_convening,
    asked_may_instruct,
    downgrade_by_deputy,
    due_ahead,
    every_party_called,
    giver_may_instruct,
    head_informed,
    instructed,
    offline,
    own_instruction,
    promise_ahead,
    reminder_ahead,
    time_ahead,
)
from dutydesk.workflow.cases.guards.disposal import (
    basis_known,
    completed_after_duty,
    duties_fit,
    duties_once,
    head_recorded,
    not_the_lead,
    one_lead,
    party_known,
    party_not_done,
    party_not_filed,
)
from dutydesk.workflow.cases.guards.intake import (
    category_known,
    fed_back_after_receipt,
    grid_in_area,
    lead_among_parties,
    linkage_origin,
    merge_target_open,
    no_emergency_channel,
    no_police_incident,
    outside_area,
    station_due,
    station_of_grid,
    urgent_instructed,
)

__all__ = ["GUARDS", "GUARDS_OF", "Guard", "instructed", "judged", "own_instruction"]

Guard = Callable[[Asked], Refused | None]

GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        no_police_incident,
        no_emergency_channel,
        category_known,
        grid_in_area,
        outside_area,
        urgent_instructed,
        linkage_origin,
        lead_among_parties,
        fed_back_after_receipt,
        merge_target_open,
        station_of_grid,
        station_due,
        asked_may_instruct,
        giver_may_instruct,
        time_ahead,
        due_ahead,
        promise_ahead,
        reminder_ahead,
        instructed,
        head_informed,
        every_party_called,
        offline,
        downgrade_by_deputy,
        arrived_after_convening,
        party_known,
        party_not_done,
        party_not_filed,
        completed_after_duty,
        not_the_lead,
        duties_fit,
        duties_once,
        one_lead,
        basis_known,
        head_recorded,
        result_told_to_head,
        results_filed,
        checks_given,
        checks_passed,
        report_written,
        verifier_did_not_dispose,
        correction_fits,
        deferral_open,
        deferral_dated,
        not_the_applicant,
        suspension_open,
        overdue_named,
        appeal_named,
        not_the_appellant,
        redating_fits,
    )
}
"""Every guard a procedure can name."""

GUARDS_OF: dict[str, Callable[[Asked, str], Refused | None]] = {
    guard.__name__: guard
    for guard in (
        recorded.did,
        recorded.kept,
        recorded.another,
        recorded.ended,
        recorded.awaited,
        recorded.in_time,
    )
}
"""The guards that a procedure names with an argument: `did VERB`, `kept FIELD`,
`another VERB`, `ended CLOCK`, `awaited CLOCK`,
`in_time CLOCK`."""


def judged(asked: Asked, guard: str) -> Refused | None:
    """What a guard says, named as a procedure names it: with its argument where it has one."""
    name, _, argument = guard.partition(" ")
    return GUARDS_OF[name](asked, argument) if argument else GUARDS[name](asked)
