"""Guards of convening: instruction, report, calls, notice, response (steps 3 and 4)."""

from __future__ import annotations

from datetime import datetime

from dutydesk.errors import Refused
from dutydesk.workflow.cases.asked import Asked
from dutydesk.workflow.cases.guards.between import between
from dutydesk.workflow.cases.model import Actor


def asked_may_instruct(asked: Asked) -> Refused | None:
    return _may_instruct(asked, asked.get("of"), "of")


def giver_may_instruct(asked: Asked) -> Refused | None:
    giver: Actor | None = asked.get("giver")
    refused = _may_instruct(asked, giver, "giver")
    operator = asked.context.procedure.parts.operator
    if refused is None and giver is not None and asked.actor.role not in (operator, giver.role):
        return Refused("not_your_role", {"role": asked.actor.role, "allowed": [giver.role]})
    return refused


def _may_instruct(asked: Asked, giver: Actor | None, name: str) -> Refused | None:
    allowed = _givers(asked)
    if giver is None or giver.role in allowed:
        return None
    params = {"field": name, "value": giver.role, "expected": list(allowed)}
    return Refused("bad_value", params)


def _givers(asked: Asked) -> list[str]:
    """The roles that may instruct on the track of the case."""
    table = asked.context.procedure.values.get("instruction_givers", {})
    found: list[str] = table.get(asked.case.course.track, [])
    return found


def time_ahead(asked: Asked) -> Refused | None:
    time: datetime | None = asked.get("time")
    if time is not None and time <= asked.at:
        params = {"field": "time", "value": time, "expected": "later than the act"}
        return Refused("bad_value", params)
    return None


def promise_ahead(asked: Asked) -> Refused | None:
    return not_before(asked.get("promised_at"), "promised_at", asked.at)


def reminder_ahead(asked: Asked) -> Refused | None:
    return not_before(asked.get("remind_at"), "remind_at", asked.at)


def due_ahead(asked: Asked) -> Refused | None:
    return not_before(asked.get("due"), "due", asked.at)


def not_before(moment: datetime | None, field: str, at: datetime) -> Refused | None:
    """What is promised or to be remembered lies ahead of the act that says so."""
    if moment is None or moment >= at:
        return None
    return Refused("bad_value", {"field": field, "value": moment, "expected": "not before the act"})


def instructed(asked: Asked) -> Refused | None:
    """An instruction of a person who may give one is on record, or a standing one runs (A-41)."""
    if own_instruction(asked):
        return None
    if asked.context.duty.standing_for(asked.case.course.difficulty, asked.at) is not None:
        return None
    return Refused("instruction_missing", {"giver": list(_givers(asked))})


def own_instruction(asked: Asked) -> bool:
    """Whether an instruction for this case itself is on record, by one who may give it."""
    course = asked.case.course
    allowed = _givers(asked)
    return any(i.giver.split(":")[0] in allowed for i in course.instructions)


def head_informed(asked: Asked) -> Refused | None:
    if asked.case.course.head_reported_at is None:
        return Refused("head_not_reported", {"act": "report_to_head"})
    return None


def every_party_called(asked: Asked) -> Refused | None:
    """Each party has at least one logged call, reached or not (A-05)."""
    called = {c.party for c in asked.case.course.calls if c.at <= asked.at}
    waiting = [name for name in asked.parties if name not in called]
    if waiting:
        return Refused("call_first", {"parties": waiting})
    return None


def offline(asked: Asked) -> Refused | None:
    if asked.get("mode") == "online":
        return Refused("offline_required", {"mode": "online"})
    return None


def downgrade_by_deputy(asked: Asked) -> Refused | None:
    new, old = asked.track, asked.case.course.track
    if "difficulty" not in asked.values or new is None or old is None:
        return None
    procedure = asked.context.procedure
    # The list begins with the track that goes before all others.
    order, deputy = procedure.values.get("track_precedence", ()), procedure.parts.deputy
    down = order.index(new) > order.index(old)
    by_deputy = asked.actor.role == deputy or (
        asked.act.on_behalf is not None and asked.act.on_behalf.role == deputy
    )
    if down and not by_deputy:
        params = {"role": asked.actor.role, "allowed": [deputy]}
        return Refused("not_your_role", params)
    return None


def arrived_after_convening(asked: Asked) -> Refused | None:
    return between(asked, "arrived_at", asked.case.course.convened_at)
