"""Whom a case must ring, in which order, and who else answers where he does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dutydesk.i18n import _
from dutydesk.screens.forms.scene import Scene
from dutydesk.text import mask_phone
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.contacts import PersonRow
from dutydesk.views.people import Alternate, alternates
from dutydesk.workflow.cases.reaching import unanswered
from dutydesk.workflow.procedure import Procedure

INSTRUCTION, HEAD, CALL = ("record_instruction", "report_to_head", "call")
CALLER = "caller"


@dataclass(frozen=True, slots=True)
class Ring:
    """One person to ring; `verb` is the act that an answered call becomes.

    `missed` are the calls in a row that nobody heard, `others` who else may be rung instead,
    `contact` the number in the list of contacts, None for everybody else.
    """

    party: str
    verb: str
    name: str
    unit: str
    number: str | None
    line: str
    waiting: bool
    heard: str = ""
    missed: int = 0
    others: tuple[Alternate, ...] = ()
    contact: int | None = None

    @property
    def citizen(self) -> bool:
        """Whether it is the citizen, told by the act of the procedure that says so."""
        return self.party == CALLER and self.verb != CALL

    @property
    def words(self) -> str:
        """What an answered call most likely brings: it stands in the field, to be changed."""
        return _("同意发起协调") if self.verb == INSTRUCTION else ""


def contact_verb(procedure: Procedure) -> str:
    """The act by which a citizen is contacted; a mere call where the procedure has none."""
    found = (
        verb
        for verb, kind in procedure.acts.items()
        if procedure.sets(verb, "citizen_contacted") and kind.field("outcome")
    )
    return next(found, CALL)


def covered(number: str | None) -> str:
    """A number as it may stand on a screen before the act that shows it."""
    return number or "" if "*" in (number or "") else mask_phone(number or "")


def rings(scene: Scene) -> tuple[Ring, ...]:
    """Everybody of the case, those who must be rung first; each once (X-5.2.3.5–10).

    Without a case: the heads and the leads on duty.
    """
    found: dict[str, Ring] = {}
    everybody = _everybody(scene, scene.card) if scene.card else _of_the_desk(scene)
    for ring in everybody:
        found.setdefault(ring.party, ring)
    return tuple(sorted(found.values(), key=lambda ring: not ring.waiting))


def _everybody(scene: Scene, card: CaseCard) -> Iterator[Ring]:
    parts = scene.context.procedure.parts
    for check in card.pending:
        if check.done:
            continue
        if check.name == "instruction":
            role = scene.givers[0] if scene.givers else parts.deputy or parts.operator
            yield _post(scene, role, INSTRUCTION, _("请示：是否发起协调"), check.detail)
        elif check.name == "head":
            head = parts.head or parts.operator
            yield _post(scene, head, HEAD, _("报告：紧急案件，正在致电和推送"), check.detail)
        elif check.name in ("call", "response", "result") and check.party:
            yield _party(scene, check.party, True, check.detail)
    for party in card.parties:
        silent = unanswered(card.calls, party.name) > 0
        yield _party(scene, party.name, silent, party.last_word or party.state_label)
    if card.station:
        yield _party(scene, card.station, False, "")
    yield _caller(scene, card)
    yield from _above(scene)


def _of_the_desk(scene: Scene) -> Iterator[Ring]:
    for department in scene.context.procedure.parts.units:
        yield _party(scene, department, False, "")
    yield from _above(scene)


def _above(scene: Scene) -> Iterator[Ring]:
    """Whoever decides above the operator."""
    parts = scene.context.procedure.parts
    for role in (parts.deputy, parts.head):
        if role is not None:
            yield _post(scene, role, CALL, "", "")


def _post(scene: Scene, role: str, verb: str, line: str, heard: str) -> Ring:
    name = scene.holder(role)
    number = scene.context.number(name) if name else None
    unit = scene.words.role(role)
    missed = unanswered(scene.card.calls if scene.card else (), role)
    return Ring(
        role,
        verb,
        name or unit,
        unit,
        number,
        line,
        verb != CALL or missed > 0,
        heard,
        missed,
        alternates(scene.context, name),
    )


def _party(scene: Scene, party: str, waiting: bool, heard: str) -> Ring:
    name = scene.lead(party) or party
    number = scene.context.number(name) or scene.context.number(party)
    missed = unanswered(scene.card.calls if scene.card else (), party)
    others = alternates(scene.context, name)
    return Ring(party, CALL, name, party, number, _line(scene), waiting, heard, missed, others)


def _follow_up(procedure: Procedure, name: str) -> bool:
    """Whether the citizen is rung here before anybody else who need not be (T35): where the case
    is closed, or has ended and he can be told."""
    state = procedure.states[name]
    closing = state.main is not None and procedure.sets(state.main, "closed")
    told = any(procedure.sets(verb, "citizen_contacted") for verb in state.keys)
    return told and (closing or state.end)


def _caller(scene: Scene, card: CaseCard) -> Ring:
    """The citizen: after the case is worked he is told, unless he was reached already (T35)."""
    name, verb = card.caller_name or _("来电人"), contact_verb(scene.context.procedure)
    told = [event.data.get("outcome") for event in card.events if event.verb == verb]
    known = bool(card.caller_phone or card.caller_name)
    follow_up = _follow_up(scene.context.procedure, card.state)
    waiting = known and follow_up and "reached" not in told
    line = _("案件办得怎样，是否满意") if follow_up else ""
    phone = card.caller_phone or None
    return Ring(CALLER, verb, name, _("来电人"), phone, line, waiting)


def person(scene: Scene, row: PersonRow) -> Ring:
    """Somebody who was found in the roster or the contacts."""
    if row.contact is None:
        number = scene.context.number(row.name)
        others = alternates(scene.context, row.name)
    else:
        number, others = row.phone or None, ()
        if row.alternate:
            others = (Alternate(row.name or row.unit, row.alternate, True),)
    name, unit = row.name or row.unit, row.unit or row.name
    missed = unanswered(scene.card.calls if scene.card else (), row.party)
    line = _line(scene)
    return Ring(
        row.party, CALL, name, unit, number, line, False, row.note, missed, others, row.contact
    )


def listed(ring: Ring, found: Iterable[PersonRow]) -> PersonRow | None:
    """The one of those found who is the party that is rung, and has a number; None where none."""
    asked = {ring.party, ring.name}
    return next((one for one in found if one.phone and {one.party, one.unit} & asked), None)


def numbered(scene: Scene, ring: Ring, row: PersonRow | None) -> Ring:
    """The party of a case with the number it has in the list of contacts, where it has no other."""
    if row is None or ring.number:
        return ring
    same = person(scene, row)
    return replace(ring, number=same.number, others=same.others, contact=same.contact)


def _line(scene: Scene) -> str:
    card = scene.card
    if card is None:
        return ""
    procedure = scene.context.procedure
    main = procedure.states[card.state].main
    if main is not None and procedure.sets(main, "convened"):
        return _("{place}有{level}案件，请准备到场，时间地点随后推送").format(
            place=card.place, level=card.difficulty_label or ""
        )
    if procedure.states[card.state].waits_for == "responses" and card.coordination_at is not None:
        when = scene.words.when(card.coordination_at, scene.now)
        return _("{when} 在{location}协调，能否按时到场").format(
            when=when, location=card.location or card.place
        )
    return _("{place}的案件办得怎样，何时反馈").format(place=card.place)


def groups(number: str) -> list[str]:
    """A number in groups that can be read aloud: 139 0000 0001."""
    if len(number) != 11 or not number.isdigit():
        return [number]
    return [number[:3], number[3:7], number[7:]]
