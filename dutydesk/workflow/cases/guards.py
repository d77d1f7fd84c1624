"""The named guards of the procedures: each a small pure question, answered by a refusal or None.

A guard tolerates absent fields, so that the same answer serves the act itself and the question
which acts are open now.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from dutydesk.errors import Refused
from dutydesk.workflow.cases.asked import Asked
from dutydesk.workflow.cases.corrections import correction_fits
from dutydesk.workflow.cases.model import Actor

Guard = Callable[[Asked], Refused | None]
TRACK_RANK = {"S": 0, "C": 1, "U": 2}


def no_police_incident(asked: Asked) -> Refused | None:
    if asked.get("channel") == "police_110" and asked.get("police_incident") is True:
        return Refused("police_incident", {"channel": "police_110"}, "X-2.4")
    return None


def category_known(asked: Asked) -> Refused | None:
    if asked.get("category") or asked.case.category or asked.probing:
        return None
    return Refused("missing_field", {"field": "category"}, "X-5.2.1.1")


def grid_in_area(asked: Asked) -> Refused | None:
    grid = asked.grid
    if grid is not None and grid.area != asked.case.area:
        params = {"grid": grid.name, "area": asked.case.area, "belongs_to": grid.area}
        return Refused("not_in_area", params, "X-5.2.1.2")
    return None


def outside_area(asked: Asked) -> Refused | None:
    grid = asked.grid
    if grid is not None and grid.area == asked.case.area:
        return Refused("inside_area", {"grid": grid.name, "area": grid.area}, "X-5.2.1.2")
    return None


def urgent_instructed(asked: Asked) -> Refused | None:
    """An urgent case stays at community level only by the deputy's reason on record (A-42)."""
    if not asked.case.urgent or asked.probing:
        return None
    giver: Actor | None = asked.get("giver")
    if giver is None or giver.role != "deputy_head" or not asked.get("reason"):
        return Refused("instruction_missing", {"giver": ["deputy_head"]}, "X-2.10")
    return None


def linkage_origin(asked: Asked) -> Refused | None:
    """A linkage case comes from a department or a station, else the commander says why."""
    origin = asked.case.channel in asked.context.procedure.values["linkage_channels"]
    if origin or asked.case.course.origin_linkage or asked.get("reason") or asked.probing:
        return None
    return Refused("missing_field", {"field": "reason"}, "X-5.2.1.1")


def lead_among_parties(asked: Asked) -> Refused | None:
    lead = asked.get("lead") or asked.case.course.lead
    parties = asked.get("parties")
    if lead is None or parties is None or lead in parties:
        return None
    params = {"field": "lead", "value": lead, "expected": list(parties)}
    return Refused("bad_value", params, "X-4.2.3.5")


def fed_back_after_receipt(asked: Asked) -> Refused | None:
    return _between(asked, "fed_back_at", asked.case.since_at)


def _between(asked: Asked, name: str, earliest: datetime | None) -> Refused | None:
    """The fact in a field lies between the fact it follows and the act's own time."""
    value: datetime | None = asked.get(name)
    if value is None:
        return None
    if value > asked.at or (earliest is not None and value < earliest):
        params = {"field": name, "value": value, "earliest": earliest, "latest": asked.at}
        return Refused("time_order", params, None)
    return None


def merge_target_open(asked: Asked) -> Refused | None:
    if asked.get("into") == asked.case.no:
        params = {"field": "into", "value": asked.case.no, "expected": "another open case"}
        return Refused("bad_value", params, "A-19")
    return None


def station_of_grid(asked: Asked) -> Refused | None:
    """The station of the case's own grid; after a wrong-station return any of the area (A-20)."""
    name: str | None = asked.get("station")
    if name is None:
        return None
    station = asked.context.places.station(name)
    grid = asked.grid
    if station is None or grid is None or station.name == grid.name:
        return None
    if asked.case.course.wrong_station and station.area == asked.case.area:
        return None
    params = {"field": "station", "value": name, "expected": grid.name}
    return Refused("bad_value", params, "X-5.2.2")


def station_due(asked: Asked) -> Refused | None:
    if "station" not in asked.values:
        return None
    due, _ = asked.station_due()
    if due is None:
        return Refused("missing_field", {"field": "due"}, "A-15")
    if due <= asked.at:
        params = {"field": "due", "value": due, "expected": "later than the act"}
        return Refused("bad_value", params, "A-15")
    return None


def asked_may_instruct(asked: Asked) -> Refused | None:
    return _may_instruct(asked, asked.get("of"), "of")


def giver_may_instruct(asked: Asked) -> Refused | None:
    giver: Actor | None = asked.get("giver")
    refused = _may_instruct(asked, giver, "giver")
    if refused is None and giver is not None and asked.actor.role not in ("commander", giver.role):
        return Refused("not_your_role", {"role": asked.actor.role, "allowed": [giver.role]})
    return refused


def _may_instruct(asked: Asked, giver: Actor | None, name: str) -> Refused | None:
    allowed = asked.context.procedure.values["instruction_givers"].get(asked.case.course.track, [])
    if giver is None or giver.role in allowed:
        return None
    params = {"field": name, "value": giver.role, "expected": list(allowed)}
    return Refused("bad_value", params, "X-5.2.3.5")


def time_ahead(asked: Asked) -> Refused | None:
    time: datetime | None = asked.get("time")
    if time is not None and time <= asked.at:
        params = {"field": "time", "value": time, "expected": "later than the act"}
        return Refused("bad_value", params, "X-5.2.3.3")
    return None


def promise_ahead(asked: Asked) -> Refused | None:
    promised: datetime | None = asked.get("promised_at")
    if promised is not None and promised < asked.at:
        params = {"field": "promised_at", "value": promised, "expected": "not before the call"}
        return Refused("bad_value", params)
    return None


def instructed(asked: Asked) -> Refused | None:
    """An instruction of a person who may give one is on record, or a standing one runs (A-41)."""
    track = asked.case.course.track
    allowed = asked.context.procedure.values["instruction_givers"].get(track, [])
    if any(i.giver.split(":")[0] in allowed for i in asked.case.course.instructions):
        return None
    if asked.context.duty.standing_for(asked.case.course.difficulty, asked.at) is not None:
        return None
    clause = "X-5.2.3.8" if track == "U" else "X-5.2.3.5"
    return Refused("instruction_missing", {"giver": list(allowed)}, clause)


def head_informed(asked: Asked) -> Refused | None:
    if asked.case.course.head_reported_at is None:
        return Refused("head_not_reported", {"act": "report_to_head"}, "X-5.2.3.9")
    return None


def every_party_called(asked: Asked) -> Refused | None:
    """Each party has at least one logged call, reached or not (A-05)."""
    called = {c.party for c in asked.case.course.calls if c.at <= asked.at}
    waiting = [name for name in asked.parties if name not in called]
    if waiting:
        clause = "X-5.2.3.10" if asked.case.course.track == "U" else "X-5.2.3.6"
        return Refused("call_first", {"parties": waiting}, clause)
    return None


def offline(asked: Asked) -> Refused | None:
    if asked.get("mode") == "online":
        return Refused("offline_required", {"mode": "online"}, "X-5.2.3.10")
    return None


def downgrade_by_deputy(asked: Asked) -> Refused | None:
    new, old = asked.track, asked.case.course.track
    if "difficulty" not in asked.values or new is None or old is None:
        return None
    down = TRACK_RANK[new] < TRACK_RANK[old]
    by_deputy = asked.actor.role == "deputy_head" or (
        asked.act.on_behalf is not None and asked.act.on_behalf.role == "deputy_head"
    )
    if down and not by_deputy:
        params = {"role": asked.actor.role, "allowed": ["deputy_head"]}
        return Refused("not_your_role", params, "A-06")
    return None


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
    return None if party is None else _between(asked, "completed_at", party.given_at)


def arrived_after_convening(asked: Asked) -> Refused | None:
    return _between(asked, "arrived_at", asked.case.course.convened_at)


def not_the_lead(asked: Asked) -> Refused | None:
    if asked.party is not None and asked.party.name == asked.case.course.lead:
        params = {"field": "party", "value": asked.party.name, "expected": "not the lead"}
        return Refused("bad_value", params, "X-4.2.3.5")
    return None


def duties_fit(asked: Asked) -> Refused | None:
    """Each duty is for a party of the case, once, and exactly one of them leads."""
    duties = asked.get("duties")
    if not duties:
        return None
    names = [d.party for d in duties]
    known = [p.name for p in asked.case.course.parties]
    for name in names:
        if name not in known:
            return Refused("bad_value", {"field": "duties", "value": name, "expected": known})
    if len(set(names)) != len(names):
        params = {"field": "duties", "value": names, "expected": "each party once"}
        return Refused("bad_value", params)
    leads = [d.party for d in duties if d.lead]
    if len(leads) != 1:
        params = {"field": "duties", "value": leads, "expected": "exactly one lead"}
        return Refused("bad_value", params, "X-4.2.3.5")
    return None


def basis_known(asked: Asked) -> Refused | None:
    if asked.get("basis") or asked.case.course.basis or asked.probing:
        return None
    return Refused("missing_field", {"field": "basis"}, "X-5.2.3.1")


def head_recorded(asked: Asked) -> Refused | None:
    """The head's coordination is on record, or both heads are unavailable (A-12)."""
    if asked.case.course.head_result_at or asked.get("reason") == "heads_unavailable":
        return None
    return Refused("head_record_missing", {"act": "record_head_result"}, "X-5.2.6.3")


def result_told_to_head(asked: Asked) -> Refused | None:
    course = asked.case.course
    if course.track == "U" and course.result_reported_at is None:
        return Refused("head_not_reported", {"act": "report_result"}, "X-4.1.8")
    return None


def results_filed(asked: Asked) -> Refused | None:
    waiting = asked.case.course.open_results
    if waiting:
        return Refused("results_missing", {"parties": list(waiting)}, "X-5.2.5.4")
    return None


def checks_given(asked: Asked) -> Refused | None:
    if asked.probing:
        return None
    checks, notes = asked.get("checks") or {}, asked.get("notes") or {}
    items = asked.context.procedure.fields["checks"].choices
    open_items = [
        item
        for item in items
        if item not in checks or (checks[item] == "na" and not notes.get(item))
    ]
    if open_items:
        return Refused("checks_missing", {"items": open_items}, "X-5.2.7.1")
    return None


def checks_passed(asked: Asked) -> Refused | None:
    failed = [item for item, value in (asked.get("checks") or {}).items() if value == "fail"]
    if failed:
        return Refused("checks_failed", {"items": failed}, "X-5.2.7.1")
    return None


def report_written(asked: Asked) -> Refused | None:
    if not asked.probing and not asked.get("report"):
        return Refused("report_missing", {"field": "report"}, "X-5.2.7.8")
    return None


def verifier_did_not_dispose(asked: Asked) -> Refused | None:
    """Who disposed of a case does not verify it (T36)."""
    disposers = {p.name for p in asked.case.course.parties if p.completed_at or p.filed_at}
    names = {asked.get("by_whom"), asked.actor.name}
    if asked.actor.role == "station" and asked.case.course.station:
        names.add(asked.case.course.station)
    if asked.act.on_behalf is not None:
        names.add(asked.act.on_behalf.name)
    same = sorted(n for n in names if n and n in disposers)
    if same:
        return Refused("independence", {"who": same[0]}, "X-4.2.3.3")
    return None


GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        no_police_incident,
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
        promise_ahead,
        instructed,
        head_informed,
        every_party_called,
        offline,
        downgrade_by_deputy,
        party_known,
        party_not_done,
        party_not_filed,
        completed_after_duty,
        arrived_after_convening,
        not_the_lead,
        duties_fit,
        basis_known,
        head_recorded,
        result_told_to_head,
        results_filed,
        checks_given,
        checks_passed,
        report_written,
        verifier_did_not_dispose,
        correction_fits,
    )
}
"""Every guard a procedure can name."""
