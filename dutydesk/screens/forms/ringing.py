"""Whom a case must ring, in which order, and what an answered call then says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dutydesk.i18n import _
from dutydesk.screens.forms.scene import Scene
from dutydesk.text import mask_phone
from dutydesk.views.card_rows import CaseCard

INSTRUCTION, HEAD, CALL = "record_instruction", "report_to_head", "call"


@dataclass(frozen=True, slots=True)
class Ring:
    """One person to ring; `verb` is the act that an answered call becomes."""

    party: str
    verb: str
    name: str
    unit: str
    number: str | None
    line: str
    waiting: bool
    heard: str = ""

    @property
    def words(self) -> str:
        """What an answered call most likely brings: it stands in the field, to be changed."""
        return _("同意发起协调") if self.verb == INSTRUCTION else ""

    @property
    def covered(self) -> str:
        """The number as it may stand on a screen before the act that shows it."""
        number = self.number or ""
        return number if "*" in number else mask_phone(number)


def rings(scene: Scene) -> tuple[Ring, ...]:
    """Everybody of the case, those who must be rung first; each once (X-5.2.3.5–10)."""
    card = scene.card
    if card is None:
        return ()
    found: dict[str, Ring] = {}
    for ring in _everybody(scene, card):
        found.setdefault(ring.party, ring)
    return tuple(sorted(found.values(), key=lambda ring: not ring.waiting))


def _everybody(scene: Scene, card: CaseCard) -> Iterator[Ring]:
    for check in card.pending:
        if check.done:
            continue
        if check.name == "instruction":
            role = scene.givers[0] if scene.givers else "deputy_head"
            yield _post(scene, role, INSTRUCTION, _("请示：是否发起协调"), check.detail)
        elif check.name == "head":
            yield _post(scene, "area_head", HEAD, _("报告：紧急案件，正在致电和推送"), check.detail)
        elif check.name in ("call", "response", "result") and check.party:
            yield _party(scene, check.party, True, check.detail)
    for party in card.parties:
        unanswered = party.calls > 0 and party.missed == party.calls
        yield _party(scene, party.name, unanswered, party.last_word or party.state_label)
    if card.station:
        yield _party(scene, card.station, False, "")
    yield _caller(card)
    yield _post(scene, "deputy_head", CALL, "", "")
    yield _post(scene, "area_head", CALL, "", "")


def _post(scene: Scene, role: str, verb: str, line: str, heard: str) -> Ring:
    name = scene.holder(role)
    number = scene.context.number(name) if name else None
    unit = scene.words.role(role)
    return Ring(role, verb, name or unit, unit, number, line, verb != CALL, heard)


def _party(scene: Scene, party: str, waiting: bool, heard: str) -> Ring:
    name = scene.holder("line_lead", party) or party
    number = scene.context.number(name) or scene.context.number(party)
    return Ring(party, CALL, name, party, number, _line(scene), waiting, heard)


def _caller(card: CaseCard) -> Ring:
    waiting = False
    name = card.caller_name or _("来电人")
    return Ring("caller", CALL, name, _("来电人"), card.caller_phone or None, "", waiting)


def _line(scene: Scene) -> str:
    card = scene.card
    if card is None:
        return ""
    if card.state == "to_coordinate":
        return _("{place}有{level}案件，请准备到场，时间地点随后推送").format(
            place=card.place, level=card.difficulty_label or ""
        )
    if card.state == "awaiting_response" and card.coordination_at is not None:
        when = scene.words.when(card.coordination_at, scene.now)
        return _("{when} 在{location}协调，能否按时到场").format(
            when=when, location=card.location or card.place
        )
    return _("{place}的案件办得怎样，何时反馈").format(place=card.place)


def fields(ring: Ring, outcome: str, label: str, said: str) -> tuple[str, dict[str, object]]:
    """The act of one ended call and its fields.

    The deputy's answer is the instruction; the head's call is the report, answered or not (A-05);
    every other call is a call.
    """
    if ring.verb == INSTRUCTION and outcome == "reached":
        giver = ring.party if ring.name == ring.unit else f"{ring.party}:{ring.name}"
        return INSTRUCTION, {"giver": giver, "text": said, "channel": "phone"}
    if ring.verb == HEAD:
        told = _("{outcome}：{said}").format(outcome=label, said=said) if said else label
        return HEAD, {"channel": "phone", "outcome": told}
    return CALL, {"party": ring.party, "outcome": outcome, "said": said or None}


def groups(number: str) -> list[str]:
    """A number in groups that can be read aloud: 139 0000 0001."""
    if len(number) != 11 or not number.isdigit():
        return [number]
    return [number[:3], number[3:7], number[7:]]
