"""Whom several cases must ring: each person once, with the cases of which he hears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dutydesk.screens.forms.opening import scene_of
from dutydesk.screens.forms.ringing import CALL, CALLER, Ring, rings
from dutydesk.screens.gateway import Gateway
from dutydesk.views.card_rows import CaseCard


@dataclass(frozen=True, slots=True)
class Shared:
    """One person, and the cases of which he hears in one call."""

    ring: Ring
    cards: tuple[CaseCard, ...]


def shared(gateway: Gateway, cards: Sequence[CaseCard]) -> tuple[Shared, ...]:
    """Everybody of several cases once, those who must be rung first.

    Whoever must be rung for some of them hears of these; else of all that know him. Citizens are
    left out: each has a call of his own.
    """
    found: dict[str, list[tuple[Ring, CaseCard]]] = {}
    for card in cards:
        for ring in rings(scene_of(gateway, CALL, card)):
            if ring.party != CALLER:
                found.setdefault(ring.party, []).append((ring, card))
    people = []
    for pairs in found.values():
        wanted = [pair for pair in pairs if pair[0].verb != CALL and pair[0].waiting]
        wanted = wanted or [pair for pair in pairs if pair[0].waiting] or pairs
        people.append(Shared(wanted[0][0], tuple(card for _ring, card in wanted)))
    return tuple(sorted(people, key=lambda one: (not one.ring.waiting, one.ring.verb == CALL)))
