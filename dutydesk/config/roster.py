"""The simple roster of the settings: who is planned at which post at an instant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from dutydesk.config.model import Person, Rota, Settings
from dutydesk.config.rota import Rotation
from dutydesk.workflow.duty.presence import Planned, Slot, slots_of
from dutydesk.workflow.parts import Parts
from dutydesk.workflow.time.zone import day_start, next_midnight


class Roster:
    """The people and rota lines of the settings over a set of areas."""

    def __init__(
        self,
        people: tuple[Person, ...],
        lines: tuple[Rota, ...],
        areas: Iterable[str],
        parts: Parts,
    ) -> None:
        self.slots = slots_of(areas, parts)
        self.people = people
        self._turns = [
            (line, Rotation(line.names, line.rule, line.start, line.open, line.close))
            for line in lines
        ]

    def planned(self, at: datetime) -> tuple[Planned, ...]:
        """Everybody planned at the instant, slot by slot; a double booking gives two entries."""
        return tuple(entry for slot in self.slots for entry in self._at(slot, at))

    def planned_between(self, from_at: datetime, to_at: datetime) -> tuple[Planned, ...]:
        """Every turn that shares time with the stretch; standing holders day by day."""
        found: list[Planned] = []
        for slot in self.slots:
            rotations = self._rotations(slot)
            for rotation in rotations:
                turns = rotation.between(from_at, to_at)
                found += [Planned(slot, turn.name, turn.from_at, turn.to_at) for turn in turns]
            day = day_start(from_at)
            while not rotations and day < to_at:
                found += self._standing(slot, day)
                day += timedelta(days=1)
        return tuple(found)

    def person(self, name: str) -> Person | None:
        """The person of that name, for numbers and office; None for a name without an entry."""
        return next((person for person in self.people if person.name == name), None)

    def holders(self, slot: Slot) -> tuple[Person, ...]:
        """The people who hold this post, in the order of the settings."""
        return tuple(
            person
            for person in self.people
            if slot.post in person.posts
            and person.area in (None, slot.area)
            and (slot.department is None or person.department == slot.department)
        )

    def _at(self, slot: Slot, at: datetime) -> list[Planned]:
        rotations = self._rotations(slot)
        if not rotations:
            return self._standing(slot, at)
        turns = (rotation.at(at) for rotation in rotations)
        return [Planned(slot, turn.name, turn.from_at, turn.to_at) for turn in turns if turn]

    def _rotations(self, slot: Slot) -> list[Rotation]:
        return [
            rotation
            for line, rotation in self._turns
            if line.post == slot.post
            and line.area in (None, slot.area)
            and (slot.department is None or line.department == slot.department)
        ]

    def _standing(self, slot: Slot, at: datetime) -> list[Planned]:
        """A post without a rota line is held by the first person named for it, day by day."""
        holders = self.holders(slot)[:1]
        return [Planned(slot, person.name, day_start(at), next_midnight(at)) for person in holders]


def roster_of(settings: Settings, areas: Iterable[str], parts: Parts) -> Roster:
    """The roster that the settings describe, over these area codes and a procedure's posts."""
    return Roster(settings.person, settings.rota, areas, parts)
