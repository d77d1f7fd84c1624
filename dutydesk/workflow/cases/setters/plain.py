"""What any procedure may ask to be remembered: acts done, fields of its own, who handles a case."""

from __future__ import annotations

from dataclasses import replace

from dutydesk.workflow.cases.guards.recorded import doer
from dutydesk.workflow.cases.model import Case, Party
from dutydesk.workflow.cases.setters.changes import in_course
from dutydesk.workflow.cases.work import Work


def did(work: Work) -> Case:
    """The act and who did it; the guards `did` and `another` ask for it."""
    verb = work.asked.act.verb
    done = (*work.case.course.did, verb, f"{verb}:{doer(work.asked)}")
    return in_course(work, did=tuple(dict.fromkeys(done)))


def forgotten(work: Work) -> Case:
    """A new round: what was done before is no longer what its guards ask for."""
    return in_course(work, did=())


def kept(work: Work) -> Case:
    """The fields that the procedure names in `kept`, as text beside the case."""
    names = work.asked.context.procedure.values.get("kept", ())
    given = {n: str(work.asked.values[n]) for n in names if n in work.asked.values}
    return replace(work.case, extra=tuple(sorted((dict(work.case.extra) | given).items())))


def again(work: Work) -> Case:
    """Whoever owed a result owes it once more."""
    parties = tuple(
        replace(p, state="returned", completed_at=None, filed_at=None, given_at=work.at)
        if p.required
        else p
        for p in work.case.course.parties
    )
    return in_course(work, parties=parties)


def unassigned(work: Work) -> Case:
    """Nobody handles the case any more."""
    return in_course(work, parties=(), lead=None, station=None)


def joined(work: Work) -> Case:
    """Whoever is given a duty becomes a party of the case."""
    course = work.case.course
    given = dict.fromkeys(d.party for d in work.asked.get("duties") or ())
    fresh = tuple(Party(name) for name in given if course.party(name) is None)
    return in_course(work, parties=(*course.parties, *fresh))


def assigned(work: Work) -> Case:
    """The lead and the co-handlers named by the act: each owes a result from now on."""
    asked = work.asked
    lead = asked.get("lead") or asked.get("party")
    names = dict.fromkeys((*((lead,) if lead else ()), *(asked.get("parties") or ())))
    parties = tuple(Party(n, state="working", required=True, given_at=work.at) for n in names)
    return in_course(work, parties=parties, lead=lead, station=None)
