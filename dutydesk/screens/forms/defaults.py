"""What each act most likely says, so that the usual case needs only Enter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from dutydesk.i18n import _, listed
from dutydesk.reports.evaluation import evaluation
from dutydesk.reports.notice import marked
from dutydesk.screens.forms.by_table import by_table, standard
from dutydesk.screens.forms.proposed import (
    DAY,
    departments,
    fitting,
    open_party,
    proposed,
    rounded,
    waited_for,
)
from dutydesk.screens.forms.scene import Scene, Values
from dutydesk.screens.forms.timed_text import noted
from dutydesk.views.labels import N_
from dutydesk.workflow.places import Certainty

Defaults = dict[str, object]
AHEAD = timedelta(minutes=30)
AT_ONCE = timedelta(minutes=10)
SHORT = timedelta(hours=2)
HEARD = "head_result"
"""The thing to do that is done once the head's coordination is on record."""
LIMIT = N_("2 小时")
"""House: what a party gets when nobody has said otherwise; it stands in the form to be changed."""


def defaults(scene: Scene, given: Values) -> Defaults:
    """The values proposed beside those that somebody has `given`, by field."""
    make = PROPOSALS.get(scene.verb)
    found = make(scene, given) if make else {}
    fields = {field.name: field for field in scene.kind.fields}
    own = proposed(scene)
    seen = {n: v for n, v in fitting(fields, found).items() if n not in own or v is not None}
    return {**own, **seen, **by_table(scene, {**own, **seen, **given})}


def meeting_time(now: datetime, *, urgent: bool = False) -> datetime:
    """Half an hour from now, of an urgent case ten minutes, rounded up to five minutes."""
    return rounded(now + (AT_ONCE if urgent else AHEAD))


def station_due(scene: Scene) -> datetime | None:
    """The disposal due that the upstream limit leaves (A-15); None where an entry must say it."""
    upstream = scene.card.upstream_due if scene.card else None
    left = upstream - scene.now if upstream else timedelta(0)
    if upstream is None or left <= timedelta(0):
        return None
    return upstream if left <= SHORT else (upstream - min(DAY, left / 4)).replace(microsecond=0)


def _accept(scene: Scene, given: Values) -> Defaults:
    card = scene.card
    assert card is not None
    grid = scene.grid
    said = f"{card.category or ''} {card.description}"
    linkage = card.channel in scene.context.procedure.values["linkage_channels"]
    linkage = linkage or _asked_for_linkage(scene)
    found: Defaults = {
        "as": "linkage" if linkage or (card.urgent and not card.category) else "community",
        "grid": grid.name if grid else None,
        "category": card.category,
        "difficulty": _difficulty(scene),
        "parties": list(departments(scene, said)) or None,
        "basis": card.basis,
        "dispatch": grid is not None,
        **_dispatch(scene, given),
    }
    chosen = given.get("parties") or found["parties"]
    if isinstance(chosen, (list, tuple)) and chosen:
        found["lead"] = str(chosen[0])
    if card.urgent:
        found["giver"] = _giver(scene)
    station = given.get("grid") or found["grid"]
    found["station"] = station
    return found


def _asked_for_linkage(scene: Scene) -> bool:
    """Whether a station asked for linkage since the case was last accepted."""
    events = scene.card.events if scene.card else ()
    turning = [e.verb for e in events if e.verb in ("accept", "request_linkage")]
    return bool(turning) and turning[-1] == "request_linkage"


def _difficulty(scene: Scene) -> str:
    card = scene.card
    assert card is not None
    if card.urgent:
        return "urgent"
    marks = {"督办": "supervised", "重复": "repeat"}
    return next((name for mark, name in marks.items() if mark in card.marks), "simple")


def _dispatch(scene: Scene, given: Values) -> Defaults:
    grid = scene.grid
    known = station_due(scene) or standard(scene, given)
    due = None if known else rounded(scene.now + DAY)
    return {"station": grid.name if grid else None, "due": due}


def _refuse(scene: Scene, given: Values) -> Defaults:
    place = scene.context.places.locate(scene.card.place) if scene.card else None
    elsewhere = place.grid.name if place and place.grid else None
    if place and place.certainty is Certainty.OUTSIDE:
        elsewhere = _("本街道以外")
    return {"reason": "not_in_area", "fed_back_at": scene.now, "belongs_to": elsewhere}


def _convene(scene: Scene, given: Values) -> Defaults:
    card = scene.card
    assert card is not None
    return {
        "parties": [party.name for party in card.parties] or None,
        "time": meeting_time(scene.now, urgent=scene.track == "U"),
        "location": card.location or card.place,
        "mode": "offline",
    }


def _reschedule(scene: Scene, given: Values) -> Defaults:
    found = _convene(scene, given)
    return {"time": found["time"], "location": found["location"]}


def _giver(scene: Scene, role: str = "") -> str:
    parts = scene.context.procedure.parts
    role = role or (scene.givers[0] if scene.givers else parts.deputy or parts.operator)
    name = scene.holder(role)
    return f"{role}:{name}" if name else role


def _instruction(scene: Scene, given: Values) -> Defaults:
    return {"giver": _giver(scene), "text": _("同意发起协调"), "channel": "phone"}


def _standing(scene: Scene, given: Values) -> Defaults:
    until = rounded(scene.now + timedelta(hours=12))
    standing = scene.context.procedure.parts.standing
    giver = _giver(scene, standing.giver if standing else "")
    return {**_instruction(scene, given), "giver": giver, "until": until}


def _told(scene: Scene, given: Values) -> Defaults:
    return {"channel": "phone", "outcome": _("已告知")}


def _outcome(scene: Scene, given: Values) -> Defaults:
    card = scene.card
    assert card is not None
    return {"agreed": True, "duties": _duties(scene), "basis": card.basis}


def _duties(scene: Scene) -> list[dict[str, object]]:
    card = scene.card
    assert card is not None
    return [
        {"party": p.name, "duty": p.duty or "", "limit": p.limit or _(LIMIT), "lead": p.lead}
        for p in card.parties
    ]


def _done(scene: Scene, given: Values) -> Defaults:
    name = given.get("party") or open_party(scene)
    party = scene.party(str(name)) if name else None
    claimed = party.completed_at if party else None
    return {"party": name, "completed_at": claimed or scene.now}


def _rework(scene: Scene, given: Values) -> Defaults:
    card = scene.card
    assert card is not None
    failed = [scene.words.choice("checks", name) for name, said in card.checks if said == "fail"]
    lead = card.lead or (card.parties[0].name if card.parties else card.station)
    items = given.get("items") or failed
    named = items if isinstance(items, (list, tuple)) else [items] if items else []
    # What failed is the reason, unless somebody says more: nobody types it twice.
    said = listed(str(item) for item in named) or None
    return {"party": lead, "limit": _(LIMIT), "items": failed or None, "reason": said}


def _submit(scene: Scene, given: Values) -> Defaults:
    proposed = scene.card.proposals if scene.card else ()
    if any(row.done for row in (scene.card.pending if scene.card else ()) if row.name == HEARD):
        proposed = ("no_result",)
    return {"reason": proposed[-1] if proposed else None}


def _result_above(scene: Scene, given: Values) -> Defaults:
    # No duties are proposed: filling them in is what says that the parties start anew.
    return {"progress": True, "final": False if scene.verb == "record_street_result" else None}


def _target(scene: Scene, given: Values) -> Defaults:
    found: Defaults = {"target": waited_for(scene)}
    if scene.verb == "supervise":
        found["due"] = rounded(scene.now + DAY)
    return found


def _invite(scene: Scene, given: Values) -> Defaults:
    at = scene.card.coordination_at if scene.card else None
    return {"time": at if at and at > scene.now else meeting_time(scene.now)}


def _register(scene: Scene, given: Values) -> Defaults:
    place = str(given.get("place") or "")
    located = scene.context.places.locate(place) if place.strip() else None
    return {
        "grid": located.grid.name if located and located.grid else None,
        "area": located.area.code if located and located.area else None,
    }


def _write_back(scene: Scene, given: Values) -> Defaults:
    card = scene.card
    assert card is not None
    procedure, lang = scene.context.procedure, scene.words.lang
    told = procedure.writeback.acts.get("accept")
    open_ = told is not None and not procedure.states[card.state].end
    what = told.label.in_(lang) if told is not None and open_ else card.state_label
    return {"system": card.channel_label, "what": what}


def _report(scene: Scene) -> str:
    if scene.card is None:
        return ""
    return marked(evaluation(scene.card, scene.now, scene.words), scene.context.drill)


def _correct(scene: Scene, given: Values) -> Defaults:
    events = [e.seq for e in scene.card.events if e.verb != "correct"] if scene.card else []
    return {"event": str(events[-1]) if events else None}


PROPOSALS: dict[str, Callable[[Scene, Values], Defaults]] = {
    "note": noted,
    "register": _register,
    "accept": _accept,
    "dispatch": _dispatch,
    "refuse": _refuse,
    "convene": _convene,
    "reschedule": _reschedule,
    "invite": _invite,
    "request_instruction": lambda scene, given: {"of": _giver(scene)},
    "record_instruction": _instruction,
    "standing_instruction": _standing,
    "report_to_head": _told,
    "report_result": _told,
    "record_outcome": _outcome,
    "mark_done": _done,
    "file_result": _done,
    "return_for_rework": _rework,
    "submit_to_head": _submit,
    "submit_to_street": _submit,
    "record_head_result": _result_above,
    "record_street_result": _result_above,
    "urge": _target,
    "supervise": _target,
    "request_verification": _target,
    "request_guidance": _target,
    "write_back": _write_back,
    "correct": _correct,
    "close": lambda scene, given: {"report": _report(scene)},
    "hand_over": lambda scene, given: {"to": "night_desk"},
}
"""The proposals of each act that has any; the others begin empty."""
