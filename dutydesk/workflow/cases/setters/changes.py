"""The small changes that the setters share."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dutydesk.workflow.cases.model import Case, Course
from dutydesk.workflow.cases.work import Work


def in_course(work: Work, **changes: Any) -> Case:
    return replace(work.case, course=replace(work.case.course, **changes))


def in_party(work: Work, **changes: Any) -> Case:
    name = work.asked.party_name
    parties = tuple(
        replace(p, **changes) if p.name == name else p for p in work.case.course.parties
    )
    return in_course(work, parties=parties)


def propose(course: Course, proposal: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*course.proposals, proposal)))


def mark(case: Case, mark: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*case.marks, mark)))
