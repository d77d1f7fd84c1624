"""May this act be done to this case now, and what then is true: the one decision of the desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from dutydesk.errors import BadInput, Refused
from dutydesk.workflow.cases.acts import Act, Event, Outcome
from dutydesk.workflow.cases.asked import Asked, fact, settled
from dutydesk.workflow.cases.by_table import supplied
from dutydesk.workflow.cases.fields import DutyGiven, absent, typed
from dutydesk.workflow.cases.guards import judged, own_instruction
from dutydesk.workflow.cases.guards.adjusting import standing_still
from dutydesk.workflow.cases.model import Actor, Attachment, Caller, Case
from dutydesk.workflow.cases.not_open import not_open
from dutydesk.workflow.cases.pending import DATING, moved_runs, settled_case
from dutydesk.workflow.cases.roles import acting, implied, may
from dutydesk.workflow.cases.setters import SETTERS, follow_acts
from dutydesk.workflow.cases.work import Work
from dutydesk.workflow.categories import filed_under
from dutydesk.workflow.context import Context
from dutydesk.workflow.procedure import NO_CASE, Transition
from dutydesk.workflow.time.limits import Limit
from dutydesk.workflow.time.zone import iso, next_midnight

REFUSAL_ORDER = (
    *("stale", "duplicate", "wrong_state", "not_your_role", "missing_field", "bad_value"),
    *("time_order", "instruction_missing", "head_not_reported", "call_first"),
    *("offline_required", "head_record_missing", "results_missing", "checks_missing"),
    *("checks_failed", "report_missing", "not_in_area", "inside_area", "police_incident"),
    *("independence", "handover_not_open", "readback_wrong", "act_missing"),
    *("suspended", "pending", "no_clock", "not_overdue", "used_up", "cases_stranded"),
)
"""Where several refusals apply, the first of this order is given."""

LATE_ENTRY = timedelta(minutes=5)
CHANNELS = ("phone", "wechat", "in_person", "paper")
PERSONAL = ("caller",)


class UnknownVerb(BadInput):
    """A verb that the procedure does not have."""


def first(refusals: Iterable[Refused]) -> Refused | None:
    """The refusal that is given where several apply."""
    return min(refusals, key=lambda r: REFUSAL_ORDER.index(r.code), default=None)


def decide(case: Case | None, act: Act, context: Context, *, new_no: str = "") -> Outcome:
    """The case after an act with its events and clock changes (X-1.5).

    ``case`` is None for register, which then opens a case under ``new_no``. Raises Refused with
    the first reason of REFUSAL_ORDER, and BadInput for an unknown verb or field.
    """
    kind = context.procedure.acts.get(act.verb)
    if kind is None or kind.desk == "only":
        raise UnknownVerb(act.verb, expected=", ".join(context.procedure.acts))
    values, wrong = typed(kind, act.fields, context.procedure, context.places, context.matters)
    start = case if case is not None else _blank(act, values, context, new_no)
    state = case.state if case is not None else NO_CASE
    values, wrong = supplied(kind, values, wrong, start, context)
    asked = Asked(start, act, values, context, acting(act.by, context.duty))
    row = _judge(asked, state, wrong)
    return _carry_out(asked, row, start)


def _blank(act: Act, values: Mapping[str, Any], context: Context, no: str) -> Case:
    """The empty record a register fills; its area is as given, else the grid's, else the desk's."""
    grid = context.places.grid(values["grid"]) if "grid" in values else None
    area = values.get("area") or (grid.area if grid is not None else context.duty.area)
    return Case(
        no=no,
        area=area,
        channel="",
        state=NO_CASE,
        description="",
        place="",
        received_at=act.at,
        since_at=None,
        holder=context.duty.state.holder,
    )


def _judge(asked: Asked, state: str, wrong: Sequence[Refused]) -> Transition:
    """The one transition that the act takes; raises the first refusal of all that apply."""
    rows = candidates(asked, state)
    if not rows:
        raise not_open(asked, state)
    row = choose(asked, rows)
    likely = row or rows[0]
    role = may(asked.act, likely, asked.context.duty, asked.party_name)
    refusals = [r for r in [role] if r]
    refusals += [replace_clause(r, likely.clause) for r in wrong]
    refusals += _channel(asked)
    if row is not None:
        refusals += _times(asked, row)
        refusals += _guarded(asked, row, wrong)
    refusal = first(refusals)
    if refusal is not None or row is None:
        raise refusal or Refused("wrong_state", {"state": state, "verb": asked.act.verb})
    return row


def _guarded(asked: Asked, row: Transition, wrong: Sequence[Refused]) -> list[Refused]:
    """What the guards refuse; a field that is given but bad is not missing as well."""
    bad = {r.params.get("field") for r in wrong if r.code == "bad_value"}
    return [
        r
        for r in guarded(asked, row)
        if not (r.code == "missing_field" and r.params.get("field") in bad)
    ]


def guarded(asked: Asked, row: Transition) -> list[Refused]:
    """What the guards of a transition refuse, each with the clause that the procedure cites."""
    still = standing_still(asked, row)
    found = [replace_clause(still, row.clause)] if still else []
    for guard in row.guards:
        refusal = judged(asked, guard)
        if refusal is not None:
            found.append(replace_clause(refusal, asked.context.procedure.cites(guard, row)))
    return found


def replace_clause(refusal: Refused, clause: str | None) -> Refused:
    """The refusal with the transition's clause where the guard named none."""
    return refusal if refusal.clause else Refused(refusal.code, refusal.params, clause)


def candidates(asked: Asked, state: str) -> tuple[Transition, ...]:
    """The transitions of the verb that the case itself allows, whatever the fields say."""
    rows = asked.context.procedure.steps(state, asked.act.verb)
    facts = _facts(asked, rows)
    return tuple(
        row
        for row in rows
        if all(facts[name] in values for name, values in row.when if settled(asked, name))
    )


def _facts(asked: Asked, rows: tuple[Transition, ...]) -> dict[str, object]:
    """The facts that these transitions name, and no others."""
    return {name: fact(asked, name) for row in rows for name, _ in row.when}


def choose(asked: Asked, rows: tuple[Transition, ...]) -> Transition | None:
    """The one candidate whose facts hold; None where a fact is missing or bad."""
    facts = _facts(asked, rows)
    fitting = [row for row in rows if row.fits(facts)]
    return fitting[0] if len(fitting) == 1 else None


def _channel(asked: Asked) -> list[Refused]:
    channel = asked.act.channel
    if channel is None or channel in CHANNELS:
        return []
    params = {"field": "channel", "value": channel, "expected": list(CHANNELS)}
    return [Refused("bad_value", params)]


def _times(asked: Asked, row: Transition) -> list[Refused]:
    """`at` lies between the fact it follows and the moment of entry."""
    act, earliest = asked.act, _followed(asked, row)
    if act.at > act.recorded_at or (earliest is not None and act.at < earliest):
        params = {"field": "at", "value": act.at, "earliest": earliest, "latest": act.recorded_at}
        return [Refused("time_order", params, row.clause)]
    return []


def _followed(asked: Asked, row: Transition) -> datetime | None:
    """When the fact was that an act follows: of a party's act his notice or duty, else the state.

    A party's own arrival or result does not follow what another party did meanwhile.
    """
    case, party = asked.case, asked.party
    if case.state == NO_CASE:
        return None
    if any(name.startswith("*") for name in row.from_):
        return case.received_at
    if asked.does("responded"):
        return case.course.convened_at or case.since_at
    if (asked.does("done") or asked.does("filed")) and party is not None:
        return party.given_at or case.since_at
    return case.since_at


def _carry_out(asked: Asked, row: Transition, start: Case) -> Outcome:
    act = asked.act
    work = Work(asked, start, start.last_seq + 1)
    for effect in row.effects:
        if effect.kind == "set":
            work.case = SETTERS[effect.name](work)
        elif effect.kind == "go":
            work.case = replace(work.case, state=effect.name, since_at=act.at)
        else:
            work.apply(effect)
    ended = asked.context.procedure.states[work.case.state].end
    case = replace(
        filed_under(settled_case(work.case, act.at, ended=ended), start, asked.context.categories),
        version=start.version + 1,
        last_seq=work.seq,
        last_act_at=act.recorded_at,
    )
    event = _event(asked, row, case)
    return Outcome(case, (event,), tuple(work.changes), follow_acts(act, case))


def _event(asked: Asked, row: Transition, case: Case) -> Event:
    act = asked.act
    behalf = act.on_behalf
    operator = asked.context.procedure.parts.operator
    if acting(act.by, asked.context.duty).role == operator and operator not in row.by:
        station = asked.case.course.station
        behalf = implied(act, row, asked.context.duty, asked.party_name, station)
    channel = act.channel or ("phone" if behalf is not None else None)
    data = {n: plain(v) for n, v in asked.values.items() if n not in PERSONAL}
    personal = {n: plain(asked.values[n]) for n in PERSONAL if n in asked.values}
    data.update(_derived(asked, case))
    return Event(
        verb=act.verb,
        at=act.at,
        recorded_at=act.recorded_at,
        by=act.by,
        case=case.no,
        state=case.state,
        seq=case.last_seq,
        data=data,
        on_behalf=behalf,
        channel=channel,
        clause=row.clause,
        late_entry=act.recorded_at - act.at > LATE_ENTRY,
        personal=personal or None,
    )


def _derived(asked: Asked, case: Case) -> dict[str, object]:
    """What an event must say beyond its fields."""
    data: dict[str, object] = {}
    if asked.act.bundle is not None:
        data["bundle"] = asked.act.bundle
    if asked.does("convened"):
        standing = asked.context.duty.standing_for(case.course.difficulty, asked.at)
        if standing is not None and not own_instruction(asked):
            data["standing_instruction"] = standing.seq
    if (asked.does("classified") or asked.does("reclassified")) and case.course.track:
        data["track"] = case.course.track
    if asked.does("filed"):
        party = case.course.party(asked.party_name)
        if party and party.completed_at and asked.at > next_midnight(party.completed_at):
            data["next_day"] = True
    if asked.does("rescheduled"):
        data["parties"] = [p.name for p in case.course.parties]
    if any(asked.does(setter) for setter in DATING):
        data["moved"] = moved_runs(asked.case, case)
    return data


def plain(value: object) -> object:
    """A typed value as JSON can carry it: instants as ISO 8601, records as tables."""
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, (Actor, Limit)):
        return str(value)
    if isinstance(value, Caller):
        return {"name": value.name, "phone": value.phone}
    if isinstance(value, Attachment):
        return {"kind": value.kind, "file": value.file, "digest": value.digest}
    if isinstance(value, DutyGiven):
        table = {"party": value.party, "duty": value.duty, "limit": str(value.limit)}
        start = {} if value.start is None else {"start": iso(value.start)}
        return {**table, **start, "lead": value.lead}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    return value


def given(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields of an act without those that count as absent."""
    return {name: value for name, value in fields.items() if not absent(value)}
