"""Whose turn it is on the call card: the list, the one who is rung, who is offered in his place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dutydesk.screens.forms.ringing import (
    CALL,
    CALLER,
    Ring,
    listed,
    numbered,
    person,
    rings,
)
from dutydesk.screens.forms.scene import Scene
from dutydesk.screens.forms.showing import Shown
from dutydesk.views.contacts import PersonRow
from dutydesk.views.people import Alternate
from dutydesk.workflow.cases.reaching import UNANSWERED, unanswered

Offer = tuple[str, Alternate]
"""A party that was not reached, and who may be rung for it."""


class Turns:
    """The people of one card in order, and where the card stands among them.

    `other` is who is rung in the place of the one it stands at.
    """

    def __init__(self, scene: Scene, given: Mapping[str, object]) -> None:
        self.scene = scene
        self.rings = rings(scene)
        self.other: Alternate | None = None
        self._offers: dict[str, Alternate] = {}
        self._found: list[Ring] = []
        self._listed: dict[str, PersonRow] = {}
        self._tried: set[tuple[str, Alternate]] = set()
        self.at = self._first(given)

    @property
    def ring(self) -> Ring:
        """Whoever is being rung."""
        return self.rings[self.at]

    @property
    def number(self) -> str | None:
        """The number that is rung, perhaps covered; None where there is none."""
        return (self.other.number if self.other is not None else self.ring.number) or None

    def _first(self, given: Mapping[str, object]) -> int:
        """Whoever was asked for; instruction and report come before a party that was."""
        row, party = given.get("person"), given.get("party")
        if isinstance(row, PersonRow):
            return self._place(row)
        if (
            party != CALLER
            and self.rings
            and not (self.rings[0].citizen or self.rings[0].verb == CALL)
        ):
            return 0
        return next((n for n, ring in enumerate(self.rings) if ring.party == party), 0)

    def _place(self, row: PersonRow) -> int:
        """Where somebody who was found stands; at the end where he was not in the list."""
        asked = person(self.scene, row)
        for place, ring in enumerate(self.rings):
            if ring.party == asked.party or (row.contact is None and ring.name == row.name):
                return place
        self._found.append(asked)
        self.rings = (*self.rings, asked)
        return len(self.rings) - 1

    def turn(self, by: int) -> None:
        """To the person after or before, round the list."""
        self.at, self.other = (self.at + by) % len(self.rings), None

    def turn_to(self, row: PersonRow) -> None:
        """To somebody who was found."""
        self.at, self.other = self._place(row), None

    def take_offer(self) -> None:
        """To who else may be rung for the one who was not reached."""
        assert self.offer is not None
        party, self.other = self.offer
        self._offers.pop(party, None)
        self.at = next(n for n, ring in enumerate(self.rings) if ring.party == party)

    def identify(self, found: tuple[PersonRow, ...]) -> bool:
        """Whether one of those found is the party that is rung: then its number is known now."""
        row = listed(self.ring, found)
        if row is None:
            return False
        self._listed[self.ring.party] = row
        self.rings = self._numbered(self.rings)
        return True

    def _numbered(self, found: tuple[Ring, ...]) -> tuple[Ring, ...]:
        """Parties of the case that stand in the list of contacts, with their numbers."""
        known = self._listed
        return tuple(numbered(self.scene, ring, known.get(ring.party)) for ring in found)

    def learn(self, seen: Shown) -> None:
        """A contact's other number came with the first."""
        if seen.others and seen.other is None:
            self._found = [_fuller(ring, seen) for ring in self._found]
            self.rings = tuple(_fuller(ring, seen) for ring in self.rings)

    def ended(self, scene: Scene, outcome: str, rung: Callable[[Ring], bool]) -> bool:
        """The call has ended, and the case stands as in `scene`: to the next who must be rung.

        Where nobody is left, to who may be rung in the place of one who was not reached; False
        where nobody is.
        """
        before, self.scene = self.ring, scene
        self._offers.pop(before.party, None)
        if (other := self._other_for(before, outcome)) is not None:
            self._offers[before.party] = other
        self.rings = (*self._numbered(rings(scene)), *map(self._counted, self._found))
        waiting = (
            place
            for place, ring in enumerate(self.rings)
            if ring.waiting and ring.party != before.party and not rung(ring)
        )
        place = next(waiting, None)
        if place is not None:
            self.at, self.other = place, None
        elif self._offers:
            self.take_offer()
        else:
            return False
        return True

    def _other_for(self, before: Ring, outcome: str) -> Alternate | None:
        """Who may be rung for somebody who was not reached, each once."""
        if self.other is not None:
            self._tried.add((before.party, self.other))
        if outcome not in UNANSWERED:
            return None
        left = [one for one in before.others if (before.party, one) not in self._tried]
        return left[0] if left else None

    @property
    def offer(self) -> Offer | None:
        """Who may be rung by one key: for the last one who was not reached in this card and has
        somebody left, else for the one it stands at, where he was not reached before."""
        if self._offers:
            return list(self._offers.items())[-1]
        ring = self.ring
        if self.other is not None or not ring.missed:
            return None
        left = [one for one in ring.others if (ring.party, one) not in self._tried]
        return (ring.party, left[0]) if left else None

    def _counted(self, ring: Ring) -> Ring:
        calls = self.scene.card.calls if self.scene.card else ()
        return replace(ring, missed=unanswered(calls, ring.party))


def _fuller(ring: Ring, seen: Shown) -> Ring:
    return replace(ring, others=seen.others) if ring.party == seen.party else ring
