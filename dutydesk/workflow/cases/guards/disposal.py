"""Guards of disposal and submission: parties, duties, results, the head's record (steps 5, 6)."""

from __future__ import annotations

from dutydesk.errors import Refused
from dutydesk.workflow.cases.asked import Asked
from dutydesk.workflow.cases.guards.between import between


def party_known(asked: Asked) -> Refused | None:
    name = asked.party_name
    if name is None and "party" not in asked.values:
        return None if asked.probing else Refused("missing_field", {"field": "party"})
    if asked.party is None:
        expected = [p.name for p in asked.case.course.parties]
        return Refused("bad_value", {"field": "party", "value": name, "expected": expected})
    return None


def party_not_done(asked: Asked) -> Refused | None:
    if asked.party is not None and not asked.probing and asked.party.completed_at is not None:
        params = {"field": "party", "value": asked.party.name, "expected": "not yet done"}
        return Refused("bad_value", params)
    return None


def party_not_filed(asked: Asked) -> Refused | None:
    if asked.party is not None and not asked.probing and asked.party.filed_at is not None:
        params = {"field": "party", "value": asked.party.name, "expected": "not yet filed"}
        return Refused("bad_value", params)
    return None


def completed_after_duty(asked: Asked) -> Refused | None:
    party = asked.party
    return None if party is None else between(asked, "completed_at", party.given_at)


def not_the_lead(asked: Asked) -> Refused | None:
    if asked.party is not None and asked.party.name == asked.case.course.lead:
        params = {"field": "party", "value": asked.party.name, "expected": "not the lead"}
        return Refused("bad_value", params)
    return None


def duties_fit(asked: Asked) -> Refused | None:
    """Each duty is for a party of the case, and for each once."""
    duties = asked.get("duties")
    if not duties:
        return None
    known = [p.name for p in asked.case.course.parties]
    for name in (d.party for d in duties):
        if name not in known:
            return Refused("bad_value", {"field": "duties", "value": name, "expected": known})
    return duties_once(asked)


def duties_once(asked: Asked) -> Refused | None:
    """Each duty is for another party, who may be new to the case."""
    names = [d.party for d in asked.get("duties") or ()]
    if len(set(names)) != len(names):
        params = {"field": "duties", "value": names, "expected": "each party once"}
        return Refused("bad_value", params)
    return None


def one_lead(asked: Asked) -> Refused | None:
    """Exactly one of those who get a duty leads."""
    duties = asked.get("duties")
    if not duties:
        return None
    leads = [d.party for d in duties if d.lead]
    if len(leads) != 1:
        params = {"field": "duties", "value": leads, "expected": "exactly one lead"}
        return Refused("bad_value", params)
    return None


def basis_known(asked: Asked) -> Refused | None:
    if asked.get("basis") or asked.case.course.basis or asked.probing:
        return None
    return Refused("missing_field", {"field": "basis"})


def head_recorded(asked: Asked) -> Refused | None:
    """The head's coordination is on record, or both heads are unavailable (A-12)."""
    if asked.case.course.head_result_at or asked.get("reason") == "heads_unavailable":
        return None
    return Refused("head_record_missing", {"act": "record_head_result"})
