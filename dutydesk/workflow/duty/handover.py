"""Acts that concern the desk and no case: handover, presence, standing instruction (T30, A-41)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from dutydesk.errors import Refused
from dutydesk.workflow.cases.acts import Act, Event
from dutydesk.workflow.cases.decide import LATE_ENTRY, UnknownVerb, first, plain
from dutydesk.workflow.cases.fields import typed
from dutydesk.workflow.cases.guards.convening import not_before
from dutydesk.workflow.cases.model import NIGHT_DESK, SUB_CENTRE, Actor
from dutydesk.workflow.context import Context
from dutydesk.workflow.duty.model import DutyState, Presence, Standing

NIGHT_TAKERS = ("night_desk", "street_centre")
LONGEST_STANDING = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class DeskOutcome:
    """The desk after an act, and the event that says so."""

    state: DutyState
    event: Event


def decide_desk(act: Act, context: Context, *, red: int, seq: int) -> DeskOutcome:
    """Judge an act that concerns the desk; ``red`` is the number of red cases now.

    Raises Refused with the first reason that applies; BadInput for an unknown verb or field.
    """
    kind = context.procedure.acts.get(act.verb)
    if kind is None or kind.desk not in ("only", "also") or act.verb not in _RULES:
        raise UnknownVerb(act.verb, expected=", ".join(_RULES))
    values, wrong = typed(kind, act.fields, context.procedure, context.places)
    asked = _Asked(act, values, context, red, seq)
    refusals = list(wrong)
    if act.at > act.recorded_at:
        refusals.append(Refused("time_order", {"field": "at", "latest": act.recorded_at}))
    judge, change = _RULES[act.verb]
    refusals += judge(asked)
    refusal = first(refusals)
    if refusal is not None:
        raise refusal
    state = replace(change(asked), version=context.duty.state.version + 1)
    return DeskOutcome(state, _event(asked))


@dataclass(frozen=True, slots=True)
class _Asked:
    act: Act
    values: Mapping[str, Any]
    context: Context
    red: int
    seq: int

    @property
    def role(self) -> str:
        return self.act.by.role

    @property
    def behalf(self) -> str | None:
        return self.act.on_behalf.role if self.act.on_behalf else None

    @property
    def leads(self) -> tuple[str, ...]:
        return tuple(self.context.procedure.values["line_leads"])


def _event(asked: _Asked) -> Event:
    act = asked.act
    data = {name: plain(value) for name, value in asked.values.items()}
    if act.bundle is not None:
        data["bundle"] = act.bundle
    if act.verb == "take_over":
        data["holder"] = _taken(asked).holder
    behalf = act.on_behalf
    if behalf is None and act.verb == "standing_instruction" and act.by.role != "deputy_head":
        behalf = Actor("deputy_head")
    return Event(
        verb=act.verb,
        at=act.at,
        recorded_at=act.recorded_at,
        by=act.by,
        case=None,
        state=None,
        seq=asked.seq,
        data=data,
        on_behalf=behalf,
        channel=act.channel or ("phone" if behalf else None),
        clause=_CLAUSES.get(act.verb),
        late_entry=act.recorded_at - act.at > LATE_ENTRY,
    )


def _not_your_role(asked: _Asked, *allowed: str) -> list[Refused]:
    params = {"role": asked.role, "allowed": list(allowed)}
    return [Refused("not_your_role", params, _CLAUSES.get(asked.act.verb))]


def _not_open(asked: _Asked, why: str) -> list[Refused]:
    return [Refused("handover_not_open", {"why": why}, "X-5.1.3")]


def _judge_hand_over(asked: _Asked) -> list[Refused]:
    """Outside planned hours the commander, when the force is too small; inside the deputy."""
    duty, to = asked.context.duty, asked.values.get("to")
    if duty.night:
        if asked.role != "night_desk":
            return _not_your_role(asked, "night_desk")
        if "commander" not in duty.present:
            return _not_open(asked, "no_commander")
        return [] if to in (None, "commander") else _bad_to(asked, ["commander"])
    deputy = asked.role == "deputy_head" or (
        asked.role == "commander" and asked.behalf == "deputy_head"
    )
    if asked.role not in ("commander", "deputy_head"):
        return _not_your_role(asked, "commander", "deputy_head")
    wrong = [] if to in (None, *NIGHT_TAKERS) else _bad_to(asked, list(NIGHT_TAKERS))
    if asked.context.hours.is_open(asked.act.at):
        return wrong if deputy else [*wrong, *_not_open(asked, "planned_hours")]
    if not duty.insufficient(asked.leads):
        return [*wrong, *_not_open(asked, "force_sufficient")]
    return wrong


def _bad_to(asked: _Asked, expected: list[str]) -> list[Refused]:
    params = {"field": "to", "value": asked.values.get("to"), "expected": expected}
    return [Refused("bad_value", params, "X-5.1.3")]


def _judge_take_over(asked: _Asked) -> list[Refused]:
    duty = asked.context.duty
    takers = ("commander",) if duty.night else NIGHT_TAKERS
    refusals: list[Refused] = []
    if duty.state.handed_to is None:
        refusals.append(Refused("wrong_state", {"state": duty.state.holder, "verb": "take_over"}))
    if asked.role not in takers:
        refusals += _not_your_role(asked, *takers)
    read = asked.values.get("red")
    if read is not None and read != asked.red:
        refusals.append(Refused("readback_wrong", {"red": read, "expected": asked.red}, "X-5.1.3"))
    return refusals


def _judge_standing(asked: _Asked) -> list[Refused]:
    refusals: list[Refused] = []
    giver: Actor | None = asked.values.get("giver")
    if asked.role != "deputy_head" and asked.role != asked.context.duty.holder_role:
        refusals += _not_your_role(asked, "deputy_head", asked.context.duty.holder_role)
    if giver is not None and giver.role != "deputy_head":
        params = {"field": "giver", "value": giver.role, "expected": ["deputy_head"]}
        refusals.append(Refused("bad_value", params, "A-41"))
    until = asked.values.get("until")
    if until is not None and not asked.act.at < until <= asked.act.at + LONGEST_STANDING:
        params = {"field": "until", "value": until, "expected": "within 24 h after the act"}
        refusals.append(Refused("bad_value", params, "A-41"))
    return refusals


def _judge_presence(asked: _Asked) -> list[Refused]:
    allowed = ("commander", "night_desk", "deputy_head", "street_centre", "inspector", "line_lead")
    return [] if asked.role in allowed else _not_your_role(asked, *allowed)


def _judge_remark(asked: _Asked) -> list[Refused]:
    """A note, a call or a settled promise on no case: what it promises lies ahead."""
    moments = ("promised_at", "remind_at")
    answers = [not_before(asked.values.get(name), name, asked.act.at) for name in moments]
    return [refused for refused in answers if refused]


def _handed(asked: _Asked) -> DutyState:
    to = "commander" if asked.context.duty.night else str(asked.values["to"])
    return replace(asked.context.duty.state, handed_to=to, handed_at=asked.act.at)


def _taken(asked: _Asked) -> DutyState:
    """The holder changes; no due time does (A-08)."""
    state = asked.context.duty.state
    holder = SUB_CENTRE if state.holder != SUB_CENTRE else NIGHT_DESK
    return replace(state, holder=holder, handed_to=None, handed_at=None)


def _stand(asked: _Asked) -> DutyState:
    values, state = asked.values, asked.context.duty.state
    standing = Standing(
        giver=str(values["giver"]),
        text=values["text"],
        channel=values["channel"],
        difficulties=tuple(values["difficulties"]),
        from_at=asked.act.at,
        until_at=values["until"],
        seq=asked.seq,
    )
    return replace(state, standing=(*state.standing, standing))


def _present(asked: _Asked) -> DutyState:
    values, state = asked.values, asked.context.duty.state
    entry = Presence(
        post=values["post"],
        status=values["status"],
        since_at=asked.act.at,
        name=values.get("name"),
        until_at=values.get("until"),
    )
    others = tuple(p for p in state.presence if p.post != entry.post)
    return replace(state, presence=(*others, entry))


def _same(asked: _Asked) -> DutyState:
    return asked.context.duty.state


_CLAUSES = {
    "hand_over": "X-5.1.3",
    "take_over": "X-5.1.3",
    "standing_instruction": "A-41",
    "presence": "X-3.4.1.2",
}
_RULES: dict[str, tuple[Callable[[_Asked], list[Refused]], Callable[[_Asked], DutyState]]] = {
    "hand_over": (_judge_hand_over, _handed),
    "take_over": (_judge_take_over, _taken),
    "standing_instruction": (_judge_standing, _stand),
    "presence": (_judge_presence, _present),
    "note": (_judge_remark, _same),
    "call": (_judge_remark, _same),
    "settle": (_judge_remark, _same),
    "reveal": (_judge_remark, _same),
}
