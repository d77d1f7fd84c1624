"""What a procedure says that the form of an act holds at first: its values, or words for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from dutydesk.screens.forms.scene import Scene
from dutydesk.workflow.procedure import Field
from dutydesk.workflow.time.zone import to_local

STEP = timedelta(minutes=5)
DAY = timedelta(hours=24)


def proposed(scene: Scene) -> dict[str, object]:
    """The values that the procedure proposes, by field; a word of PROPOSED is looked up."""
    found = {name: _value(scene, name, value) for name, value in scene.kind.proposed.items()}
    return {name: value for name, value in found.items() if value is not None}


def fitting(fields: Mapping[str, Field], values: Mapping[str, object]) -> dict[str, object]:
    """Without a choice that its field does not have: no desk is offered another one's words."""
    return {
        name: value
        for name, value in values.items()
        if value is None
        or name not in fields
        or fields[name].type != "choice"
        or value in fields[name].choices
    }


def rounded(moment: datetime) -> datetime:
    """A moment rounded up to five minutes, as one says it."""
    at = to_local(moment)
    over = timedelta(minutes=at.minute % 5, seconds=at.second)
    return at - over + (STEP if over else timedelta(0))


def departments(scene: Scene, text: str) -> tuple[str, ...]:
    """The departments that a matter names, the most often named first.

    House: `departments` of the procedure gives for each its words.
    """
    table: Mapping[str, list[str]] = scene.context.procedure.values.get("departments", {})
    counts = {name: sum(text.count(word) for word in words) for name, words in table.items()}
    found = [name for name, count in counts.items() if count]
    return tuple(sorted(found, key=lambda name: -counts[name]))


def open_party(scene: Scene) -> str | None:
    """The lead where its result is still open, else the first whose result is."""
    card = scene.card
    if card is None:
        return None
    waiting = [p for p in card.parties if p.filed_at is None and (p.required or p.duty)]
    waiting = waiting or [p for p in card.parties if p.filed_at is None]
    leads = [p.name for p in waiting if p.lead]
    names = leads or [p.name for p in waiting]
    return names[0] if names else card.station


def waited_for(scene: Scene) -> str | None:
    """Those whose result is still awaited, else the role that is, else the station or the lead."""
    card = scene.card
    if card is None:
        return None
    waiting = [p.name for p in card.parties if p.required and p.filed_at is None]
    procedure = scene.context.procedure
    role = procedure.states[card.state].waits_for
    named = scene.words.role(role) if role is not None and role in procedure.roles else None
    return "、".join(waiting) or named or card.station or card.lead


def phrases(scene: Scene, name: str) -> tuple[str, ...]:
    """What the digits stand for in a field, where the procedure says so."""
    return tuple(text.in_(scene.words.lang) for text in scene.kind.phrases.get(name, ()))


def _value(scene: Scene, name: str, value: object) -> object:
    if value == "=phrase":
        return phrases(scene, name)[0]
    if isinstance(value, str) and value in WORDS:
        return WORDS[value](scene)
    return value


def _lead(scene: Scene) -> str | None:
    card = scene.card
    found = departments(scene, f"{card.category or ''} {card.description}") if card else ()
    return found[0] if found else None


def _parties(scene: Scene) -> list[str] | None:
    return [party.name for party in scene.card.parties] or None if scene.card else None


def _put_off(scene: Scene) -> datetime | None:
    """To when a deferral is asked for; a day more where the application does not say (house)."""
    card = scene.card
    asked = next((row for row in card.deferrals if row.state == "pending"), None) if card else None
    if card is None or asked is None or asked.limit:
        return None
    dues = [c.due_at for c in card.clocks if c.id in asked.clocks and c.due_at is not None]
    return asked.due or (min(dues) + DAY if dues else None)


WORDS: Mapping[str, Callable[[Scene], object]] = {
    "=now": lambda scene: scene.now,
    "=tomorrow": lambda scene: rounded(scene.now + DAY),
    "=put_off": _put_off,
    "=place": lambda scene: scene.card.place if scene.card else None,
    "=category": lambda scene: scene.card.category if scene.card else None,
    "=lead": _lead,
    "=party": lambda scene: open_party(scene) or (scene.card.lead if scene.card else None),
    "=parties": _parties,
    "=waited_for": waited_for,
}
"""The words of `proposed` in a procedure: what each stands for as the form opens."""
