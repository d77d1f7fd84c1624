"""What disposal changes: the outcome, duties, results, rework, submission."""

from __future__ import annotations

from dataclasses import replace

from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.cases.setters.changes import in_course, in_party, propose
from dutydesk.workflow.cases.starting import completed_at
from dutydesk.workflow.cases.work import Work


def agreed(work: Work) -> Case:
    basis = work.asked.get("basis") or work.case.course.basis
    return in_course(work, agreed=True, outcome_at=work.at, basis=basis)


def not_agreed(work: Work) -> Case:
    """Coordination without result; submitting is proposed, never done by itself (A-13)."""
    proposals = propose(work.case.course, "no_result")
    return in_course(work, agreed=False, outcome_at=work.at, proposals=proposals)


def duties(work: Work) -> Case:
    """Each party's duty and limit; who has none is not required to file (X-5.2.5.1)."""
    given = {d.party: d for d in work.asked.get("duties") or ()}
    fresh = tuple(
        replace(
            p,
            duty=given[p.name].duty if p.name in given else None,
            limit=str(given[p.name].limit) if p.name in given else None,
            required=p.name in given,
            state="working" if p.name in given else p.state,
            completed_at=None,
            filed_at=None,
            given_at=work.at if p.name in given else None,
        )
        for p in work.case.course.parties
    )
    lead = next((d.party for d in given.values() if d.lead), work.case.course.lead)
    return in_course(work, parties=fresh, lead=lead, outcome_at=work.at, street_final=False)


def done(work: Work) -> Case:
    """Completed, its result still to come; photos taken then are kept with it."""
    return _with_files(work, in_party(work, state="done_claimed", completed_at=completed_at(work)))


def filed(work: Work) -> Case:
    """Text and typed attachments of one party; filing alone completes too (A-07)."""
    changed = in_party(
        work,
        state="result_filed",
        completed_at=completed_at(work),
        filed_at=work.at,
        result=work.asked.get("text"),
    )
    return _with_files(work, changed)


def _with_files(work: Work, case: Case) -> Case:
    """The case with the files of the act, each that of the party which acts."""
    asked = work.asked
    files = tuple(replace(a, party=asked.party_name) for a in asked.get("attachments") or ())
    return replace(case, attachments=(*case.attachments, *files))


def result_reported(work: Work) -> Case:
    return in_course(work, result_reported_at=work.at)


def returned(work: Work) -> Case:
    """Back to one party; at the second return submitting is proposed (A-22).

    After a final street result, which asks for nobody's result, the returned party alone owes one.
    """
    if work.case.course.street_final:
        free = tuple(replace(p, required=False) for p in work.case.course.parties)
        work.case = in_course(work, parties=free, street_final=False)
    course = work.case.course
    count = course.returns + 1
    most = work.asked.context.procedure.values.get("max_returns_before_proposal", count + 1)
    changed = in_party(
        work,
        state="returned",
        required=True,
        completed_at=None,
        filed_at=None,
        given_at=work.at,
        limit=str(work.asked.get("limit")),
        returns=(work.asked.party.returns if work.asked.party else 0) + 1,
    )
    proposals = propose(course, "poor_response") if count >= most else course.proposals
    return replace(changed, course=replace(changed.course, returns=count, proposals=proposals))


def submitted(work: Work) -> Case:
    """Laid before a head who has not spoken yet."""
    return in_course(work, head_result_at=None)


def head_result(work: Work) -> Case:
    return in_course(work, head_result_at=work.at)


def street_result(work: Work) -> Case:
    return in_course(work, street_final=work.asked.get("final") is True)
