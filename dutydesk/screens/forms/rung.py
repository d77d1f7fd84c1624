"""What an ended call becomes: the acts that put it on the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from dutydesk.i18n import _
from dutydesk.screens.forms.options import Option, option
from dutydesk.screens.forms.ringing import CALL, HEAD, INSTRUCTION, Ring
from dutydesk.screens.forms.scene import Scene
from dutydesk.screens.forms.submit import AT, act
from dutydesk.views.people import Alternate
from dutydesk.workflow.cases.acts import Act

if TYPE_CHECKING:
    from dutydesk.desk import Done

REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Told:
    """How a call ended: the outcome, what was said, for when something was promised.

    `satisfaction` is a citizen's, `other` who was rung in the person's place; `at` is
    when the call was, None for now.
    """

    outcome: str
    said: str = ""
    promised_at: datetime | None = None
    satisfaction: str | None = None
    other: Alternate | None = None
    at: datetime | None = None


class Wanted(NamedTuple):
    """One act of an ended call, not yet at its moment."""

    verb: str
    fields: Mapping[str, object]


def outcomes(scene: Scene, ring: Ring) -> tuple[Option, ...]:
    """How a call may end, each one digit; with the citizen also how satisfied he is (T35)."""
    words, fields = scene.words, {f.name: f for f in scene.kind.fields}
    found = [option(c, words.choice("call", c)) for c in fields["outcome"].choices]
    if ring.citizen:
        kinds = scene.context.procedure.acts[ring.verb].field("satisfaction")
        for one in kinds.choices if kinds else ():
            found.append(option(f"{REACHED}/{one}", words.choice("satisfaction", one)))
    return tuple(found)


def acts_of(scene: Scene, ring: Ring, told: Told, now: datetime) -> tuple[Act, ...]:
    """The acts of one ended call, in their order.

    The deputy's answer is the instruction; the head's call is the report, answered or not (A-05);
    the citizen's is the contact; every other call is a call. What was promised in a call that is
    none of the last becomes a note with its time.
    """
    wanted = list(_wanted(scene, ring, told))
    if told.promised_at is not None and not any(one.verb == CALL for one in wanted):
        wanted.append(_promise(ring, told))
    return tuple(
        act(replace(scene, verb=one.verb), {AT: told.at, **one.fields}, now) for one in wanted
    )


def _wanted(scene: Scene, ring: Ring, told: Told) -> Iterator[Wanted]:
    heard = told.outcome == REACHED
    if ring.verb == INSTRUCTION and heard:
        yield Wanted(
            INSTRUCTION, {"giver": _giver(ring, told), "text": told.said, "channel": "phone"}
        )
        return
    if ring.verb == HEAD:
        label = scene.words.choice("call", told.outcome)
        if said := _reported(told):
            label = _("{outcome}：{said}").format(outcome=label, said=said)
        yield Wanted(HEAD, {"channel": "phone", "outcome": label})
        if heard:
            return
    if ring.citizen:
        fields = {"outcome": told.outcome, "said": told.said or None}
        rated = {"satisfaction": told.satisfaction} if told.satisfaction else {}
        yield Wanted(ring.verb, {**fields, **rated})
        return
    fields = {"party": ring.party, "outcome": told.outcome, "said": _said(told) or None}
    yield Wanted(CALL, {**fields, "promised_at": told.promised_at})


def _giver(ring: Ring, told: Told) -> str:
    """Role and name of whoever gave the instruction."""
    other = told.other
    name = other.name if other is not None and not other.own else ring.name
    return ring.party if name == ring.unit else f"{ring.party}:{name}"


def _said(told: Told) -> str:
    """What the other side said, and by whom where somebody else answered.

    Which number was rung is no word of theirs: the reason of showing it names that.
    """
    if told.other is None or told.other.own or not told.said:
        return told.said
    return _("{who}：{said}").format(who=told.other.name, said=told.said)


def _reported(told: Told) -> str:
    """What the report to the head says beside its outcome: our own words, the number included."""
    if told.other is None:
        return told.said
    who = _("备用号码") if told.other.own else told.other.name
    if not told.said:
        return _("改拨{who}").format(who=who)
    return _("改拨{who}：{said}").format(who=who, said=told.said)


def _promise(ring: Ring, told: Told) -> Wanted:
    text = told.said or _("与{who}通话时约定").format(who=ring.name)
    side = "promised_to" if ring.citizen else "promised_by"
    name = ring.unit if ring.citizen else ring.name
    return Wanted("note", {"text": text, side: name, "remind_at": told.promised_at})


def about(done: Done, ring: Ring) -> bool:
    """Whether an act was a call to the person."""
    said = {str(v).split(":")[0] for e in done.events for v in e.data.values()}
    verbs = {event.verb for event in done.events}
    return ring.party in said or (ring.verb != CALL and ring.verb in verbs)
