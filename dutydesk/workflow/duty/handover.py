"""Acts that concern the desk and no case: handover, presence, standing instruction (T30, A-41)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dutydesk.errors import Refused
from dutydesk.workflow.cases.acts import Act, Event
from dutydesk.workflow.cases.decide import LATE_ENTRY, UnknownVerb, first, plain
from dutydesk.workflow.cases.fields import typed
from dutydesk.workflow.cases.guards.convening import not_before
from dutydesk.workflow.cases.model import NIGHT_DESK, SUB_CENTRE, Actor
from dutydesk.workflow.context import Context
from dutydesk.workflow.duty.model import DutyState, Presence, Standing
from dutydesk.workflow.parts import Parts


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
    if kind is None or kind.desk not in ("only", "also"):
        known = (verb for verb, each in context.procedure.acts.items() if each.desk)
        raise UnknownVerb(act.verb, expected=", ".join(known))
    values, wrong = typed(kind, act.fields, context.procedure, context.places)
    asked = _Asked(act, values, context, kind.does, red, seq)
    refusals = list(wrong)
    if act.at > act.recorded_at:
        refusals.append(Refused("time_order", {"field": "at", "latest": act.recorded_at}))
    judge, change = _RULES[kind.does]
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
    does: str | None
    red: int
    seq: int

    @property
    def role(self) -> str:
        return self.act.by.role

    @property
    def behalf(self) -> str | None:
        return self.act.on_behalf.role if self.act.on_behalf else None

    @property
    def parts(self) -> Parts:
        return self.context.procedure.parts

    @property
    def clause(self) -> str | None:
        """The clause of what the act does to the desk, as the procedure says it."""
        given = {
            "hand_over": self.parts.hand_over.clause,
            "take_over": self.parts.hand_over.clause,
            "presence": self.parts.presence.clause,
            "standing": self.parts.standing.clause if self.parts.standing else None,
        }
        return given.get(self.does or "")

    @property
    def relief(self) -> bool:
        """Whether the desk goes from one operator to the next: only the person changes."""
        state = self.context.duty.state
        return state.holder == SUB_CENTRE and state.handed_to == self.parts.operator

    @property
    def takers(self) -> tuple[str, ...]:
        """Who may take the desk over now: whoever holds it out of hours gives it back."""
        return (self.parts.operator,) if self.context.duty.night else self.parts.hand_over.to


def _event(asked: _Asked) -> Event:
    act = asked.act
    data = {name: plain(value) for name, value in asked.values.items()}
    if act.bundle is not None:
        data["bundle"] = act.bundle
    if asked.does == "take_over":
        data["holder"] = _taken(asked).holder
        if asked.relief:
            data["name"] = act.by.name
    behalf = act.on_behalf
    rule = asked.parts.standing
    if behalf is None and asked.does == "standing" and rule and act.by.role != rule.giver:
        behalf = Actor(rule.giver)
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
        clause=asked.clause,
        late_entry=act.recorded_at - act.at > LATE_ENTRY,
    )


def _not_your_role(asked: _Asked, *allowed: str) -> list[Refused]:
    params = {"role": asked.role, "allowed": list(allowed)}
    return [Refused("not_your_role", params, asked.clause)]


def _not_open(asked: _Asked, why: str) -> list[Refused]:
    return [Refused("handover_not_open", {"why": why}, asked.clause)]


def _judge_hand_over(asked: _Asked) -> list[Refused]:
    """Outside planned hours the operator, when the force is too small; inside the deputy.

    To the next operator the desk is handed at any time: nothing but the person changes.
    """
    duty, parts, to = asked.context.duty, asked.parts, asked.values.get("to")
    if duty.night and asked.role != parts.night:
        return _not_your_role(asked, *(r for r in (parts.night,) if r))
    givers = tuple(role for role in (parts.operator, parts.deputy) if role)
    if not duty.night and asked.role not in givers:
        return _not_your_role(asked, *givers)
    wrong = [] if to in (None, *asked.takers) else _bad_to(asked)
    if duty.night:
        here = parts.operator in duty.present
        return wrong if here else _not_open(asked, "no_operator")
    if to == parts.operator and not wrong:
        return []
    return [*wrong, *_given_away(asked)]


def _given_away(asked: _Asked) -> list[Refused]:
    """The deputy gives the desk away in hours; out of hours too few people are reason enough."""
    parts = asked.parts
    if asked.context.hours.is_open(asked.act.at):
        deputy = parts.deputy is not None and parts.deputy in (asked.role, asked.behalf)
        return [] if deputy else _not_open(asked, "planned_hours")
    return [] if asked.context.duty.insufficient() else _not_open(asked, "force_sufficient")


def _bad_to(asked: _Asked) -> list[Refused]:
    params = {"field": "to", "value": asked.values.get("to"), "expected": list(asked.takers)}
    return [Refused("bad_value", params, asked.clause)]


def _judge_take_over(asked: _Asked) -> list[Refused]:
    duty = asked.context.duty
    refusals: list[Refused] = []
    if duty.state.handed_to is None:
        refusals.append(
            Refused("wrong_state", {"state": duty.state.holder, "verb": asked.act.verb})
        )
    if asked.role not in asked.takers:
        refusals += _not_your_role(asked, *asked.takers)
    if asked.relief and not asked.act.by.name:
        refusals.append(Refused("missing_field", {"field": "name"}, asked.clause))
    read = asked.values.get("red")
    if read is not None and read != asked.red:
        params = {"red": read, "expected": asked.red}
        refusals.append(Refused("readback_wrong", params, asked.clause))
    return refusals


def _judge_standing(asked: _Asked) -> list[Refused]:
    refusals: list[Refused] = []
    rule, giver = asked.parts.standing, asked.values.get("giver")
    if rule is None:
        return _not_your_role(asked)
    if asked.role not in (rule.giver, asked.context.duty.holder_role):
        refusals += _not_your_role(asked, rule.giver, asked.context.duty.holder_role)
    if giver is not None and giver.role != rule.giver:
        params = {"field": "giver", "value": giver.role, "expected": [rule.giver]}
        refusals.append(Refused("bad_value", params, asked.clause))
    until = asked.values.get("until")
    if until is not None and not asked.act.at < until <= asked.act.at + rule.longest:
        expected = f"within {int(rule.longest.total_seconds() // 3600)} h after the act"
        params = {"field": "until", "value": until, "expected": expected}
        refusals.append(Refused("bad_value", params, asked.clause))
    return refusals


def _judge_presence(asked: _Asked) -> list[Refused]:
    """Whoever may, of a post that the roster has."""
    allowed = asked.parts.presence.by
    if allowed and asked.role not in allowed:
        return _not_your_role(asked, *allowed)
    parts, post = asked.parts, asked.values.get("post")
    lead, grids = parts.lead, parts.in_grids
    known = (*(p.role for p in parts.posts if p.role not in grids and p.role != lead), *parts.units)
    if post is None or post in known:
        return []
    params = {"field": "post", "value": post, "expected": list(known)}
    return [Refused("bad_value", params, asked.clause)]


def _judge_remark(asked: _Asked) -> list[Refused]:
    """A note, a call or a settled promise on no case: what it promises lies ahead."""
    moments = ("promised_at", "remind_at")
    answers = [not_before(asked.values.get(name), name, asked.act.at) for name in moments]
    return [refused for refused in answers if refused]


def _handed(asked: _Asked) -> DutyState:
    to = asked.parts.operator if asked.context.duty.night else str(asked.values["to"])
    return replace(asked.context.duty.state, handed_to=to, handed_at=asked.act.at)


def _taken(asked: _Asked) -> DutyState:
    """The holder changes; no due time does (A-08).

    From one operator to the next the person does: who sits there now is on the record and shown.
    """
    state, operator = asked.context.duty.state, asked.parts.operator
    if asked.relief:
        entry = Presence(operator, "present", asked.act.at, asked.act.by.name)
        others = tuple(p for p in state.presence if p.post != operator)
        state = replace(state, presence=(*others, entry))
    holder = SUB_CENTRE if asked.role == asked.parts.operator else NIGHT_DESK
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


_RULES: dict[
    str | None, tuple[Callable[[_Asked], list[Refused]], Callable[[_Asked], DutyState]]
] = {
    "hand_over": (_judge_hand_over, _handed),
    "take_over": (_judge_take_over, _taken),
    "standing": (_judge_standing, _stand),
    "presence": (_judge_presence, _present),
    None: (_judge_remark, _same),
}
