"""The named ``set`` effects of the procedures: what an act changes in the record of a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.cases.setters.adjusting import (
    appeal_reviewed,
    appealed,
    deferral_approved,
    deferral_asked,
    deferral_granted,
    deferral_refused,
    redated,
    resumed,
    suspended,
)
from dutydesk.workflow.cases.setters.afterwards import (
    attached,
    changed_upstream,
    citizen_contacted,
    closed,
    corrected,
    reopened,
    returned_upstream,
    supervised,
    urged,
    urged_upstream,
    written_back,
)
from dutydesk.workflow.cases.setters.convening import (
    called,
    convened,
    head_reported,
    instructed,
    instruction_asked,
    invited,
    reclassified,
    released,
    rescheduled,
    responded,
)
from dutydesk.workflow.cases.setters.disposal import (
    agreed,
    done,
    duties,
    filed,
    head_result,
    not_agreed,
    result_reported,
    returned,
    street_result,
    submitted,
)
from dutydesk.workflow.cases.setters.intake import (
    classified,
    dispatched,
    linkage_requested,
    linked,
    merged,
    parties,
    refused,
    registered,
    split,
    taken_back,
    wrong_station,
)
from dutydesk.workflow.cases.setters.plain import (
    again,
    assigned,
    did,
    forgotten,
    joined,
    kept,
    unassigned,
)
from dutydesk.workflow.cases.work import Work

Setter = Callable[[Work], Case]

SETTERS: dict[str, Setter] = {
    setter.__name__: setter
    for setter in (
        registered,
        classified,
        parties,
        refused,
        merged,
        taken_back,
        split,
        linked,
        dispatched,
        wrong_station,
        linkage_requested,
        instruction_asked,
        instructed,
        head_reported,
        called,
        reclassified,
        convened,
        rescheduled,
        responded,
        invited,
        released,
        agreed,
        not_agreed,
        duties,
        done,
        filed,
        result_reported,
        returned,
        submitted,
        head_result,
        street_result,
        closed,
        reopened,
        urged,
        supervised,
        attached,
        citizen_contacted,
        corrected,
        written_back,
        returned_upstream,
        changed_upstream,
        urged_upstream,
        did,
        kept,
        assigned,
        again,
        joined,
        forgotten,
        unassigned,
        deferral_asked,
        deferral_approved,
        deferral_granted,
        deferral_refused,
        suspended,
        resumed,
        appealed,
        appeal_reviewed,
        redated,
    )
}
"""Every ``set`` effect a procedure can name."""


def follow_acts(act: Act, case: Case) -> tuple[Act, ...]:
    """The acts that a merge asks of the case it was merged into (A-19)."""
    if act.verb != "merge" or case.merged_into is None:
        return ()
    fields: dict[str, object] = {"case": case.no}
    if case.upstream_due is not None:
        fields["upstream_due"] = case.upstream_due
    return (
        replace(
            act,
            verb="linked",
            case=case.merged_into,
            fields=fields,
            by=type(act.by)("system"),
            on_behalf=None,
            key=None,
            version=None,
        ),
    )
