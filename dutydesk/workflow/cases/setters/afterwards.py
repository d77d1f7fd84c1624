"""What closing, side acts, corrections and the upstream platform change."""

from __future__ import annotations

from dataclasses import replace

from dutydesk.workflow.cases.corrections import corrected_case, corrected_clock
from dutydesk.workflow.cases.model import Attachment, Case, Course
from dutydesk.workflow.cases.setters.changes import in_course, mark
from dutydesk.workflow.cases.work import Work


def closed(work: Work) -> Case:
    asked = work.asked
    changed = in_course(
        work,
        checks=tuple(sorted((asked.get("checks") or {}).items())),
        check_notes=tuple(sorted((asked.get("notes") or {}).items())),
        report=asked.get("report"),
    )
    return replace(changed, closed_at=work.at)


def reopened(work: Work) -> Case:
    return replace(work.case, closed_at=None)


def urged(work: Work) -> Case:
    return replace(work.case, urged=work.case.urged + 1)


def supervised(work: Work) -> Case:
    return replace(work.case, marks=mark(work.case, "督办"))


def attached(work: Work) -> Case:
    asked = work.asked
    file = Attachment(
        asked.get("kind"), asked.get("file"), asked.get("digest") or "", asked.get("party")
    )
    return replace(work.case, attachments=(*work.case.attachments, file))


def citizen_contacted(work: Work) -> Case:
    satisfaction = work.asked.get("satisfaction") or work.case.satisfaction
    return replace(work.case, satisfaction=satisfaction)


def corrected(work: Work) -> Case:
    """The case and its clocks as the corrected event would have made them."""
    asked = work.asked
    event, name, value = asked.get("event"), asked.get("field"), asked.values["value"]
    for clock in work.case.clocks:
        due = asked.context.procedure.clock(clock.name, clock.variant).due
        mended = corrected_clock(work.case, clock, due, event, name, value, work.at)
        if mended is not clock and mended != clock:
            if mended.due_at != clock.due_at and clock.held:
                mended = work.waited(replace(mended, held=()))
            work.put(mended)
            work.tell("moved", mended)
    grid = asked.context.places.grid(str(value))
    return corrected_case(work.case, name, value, grid.name if grid else None)


def written_back(work: Work) -> Case:
    return work.case


def returned_upstream(work: Work) -> Case:
    """A new run of the same case; both episodes count in the figures (A-38)."""
    due = work.asked.get("upstream_due") or work.case.upstream_due
    return replace(
        work.case,
        run=work.case.run + 1,
        upstream_due=due,
        marks=mark(work.case, "回"),
        closed_at=None,
        merged_into=None,
        course=Course(),
        received_at=work.at,
    )


def changed_upstream(work: Work) -> Case:
    """Fields that the upstream platform changed, and nothing else."""
    case = work.case
    for name, value in work.asked.get("changes").items():
        case = corrected_case(case, name, value, None)
        if name == "urgent":
            case = replace(case, urgent=value is True)
    return replace(case, caller=work.asked.get("caller") or case.caller)


def urged_upstream(work: Work) -> Case:
    return replace(work.case, urged=work.case.urged + 1, marks=mark(work.case, "催"))
