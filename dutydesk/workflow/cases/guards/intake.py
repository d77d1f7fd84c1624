"""Guards of taking in: register, accept, refuse, merge, dispatch (steps 1 and 2)."""

from __future__ import annotations

from dutydesk.errors import Refused
from dutydesk.workflow.cases.asked import Asked
from dutydesk.workflow.cases.guards.between import between
from dutydesk.workflow.cases.model import Actor


def no_police_incident(asked: Asked) -> Refused | None:
    """An incident stays with the number that is for it (`incident_channels` of the procedure)."""
    channel = asked.get("channel")
    known = asked.context.procedure.values.get("incident_channels", ())
    if channel in known and asked.get("police_incident") is True:
        return Refused("police_incident", {"channel": channel})
    return None


def no_emergency_channel(asked: Asked) -> Refused | None:
    """What belongs to an emergency number stays with it (`emergency_channels` of the procedure)."""
    channel = asked.get("channel")
    if channel in asked.context.procedure.values.get("emergency_channels", ()):
        return Refused("police_incident", {"channel": channel})
    return None


def category_known(asked: Asked) -> Refused | None:
    if asked.get("category") or asked.case.category or asked.probing:
        return None
    return Refused("missing_field", {"field": "category"})


def grid_in_area(asked: Asked) -> Refused | None:
    grid = asked.grid
    if grid is not None and grid.area != asked.case.area:
        params = {"grid": grid.name, "area": asked.case.area, "belongs_to": grid.area}
        return Refused("not_in_area", params)
    return None


def outside_area(asked: Asked) -> Refused | None:
    grid = asked.grid
    if grid is not None and grid.area == asked.case.area:
        return Refused("inside_area", {"grid": grid.name, "area": grid.area})
    return None


def urgent_instructed(asked: Asked) -> Refused | None:
    """An urgent case stays at community level only by the deputy's reason on record (A-42)."""
    if not asked.case.urgent or asked.probing:
        return None
    giver: Actor | None = asked.get("giver")
    deputy = asked.context.procedure.parts.deputy
    if giver is None or giver.role != deputy or not asked.get("reason"):
        return Refused("instruction_missing", {"giver": [deputy]})
    return None


def linkage_origin(asked: Asked) -> Refused | None:
    """A linkage case comes from a department or a station, else the commander says why."""
    origin = asked.case.channel in asked.context.procedure.values["linkage_channels"]
    if origin or asked.case.course.origin_linkage or asked.get("reason") or asked.probing:
        return None
    return Refused("missing_field", {"field": "reason"})


def lead_among_parties(asked: Asked) -> Refused | None:
    lead = asked.get("lead") or asked.case.course.lead
    parties = asked.get("parties")
    if lead is None or parties is None or lead in parties:
        return None
    params = {"field": "lead", "value": lead, "expected": list(parties)}
    return Refused("bad_value", params)


def fed_back_after_receipt(asked: Asked) -> Refused | None:
    return between(asked, "fed_back_at", asked.case.since_at)


def merge_target_open(asked: Asked) -> Refused | None:
    if asked.get("into") == asked.case.no:
        params = {"field": "into", "value": asked.case.no, "expected": "another open case"}
        return Refused("bad_value", params)
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
    return Refused("bad_value", params)


def station_due(asked: Asked) -> Refused | None:
    if "station" not in asked.values:
        return None
    due, _ = asked.station_due()
    if due is None and asked.standard is not None:
        return None
    if due is None:
        return Refused("missing_field", {"field": "due"})
    if due <= asked.at:
        params = {"field": "due", "value": due, "expected": "later than the act"}
        return Refused("bad_value", params)
    return None
