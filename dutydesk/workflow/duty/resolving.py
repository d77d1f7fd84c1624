"""Who stands behind a role at a moment: the one answer for screen, alarm and message.

An empty rung is passed over at once, and whoever is told in its place is told why (A-12).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from dutydesk.workflow.alarms.model import Told
from dutydesk.workflow.duty.presence import OnDuty
from dutydesk.workflow.parts import Parts

STANDS_IN, EMPTY, OWN_UNIT = "stands_in", "empty", "own_unit"
WHY: Final = (STANDS_IN, EMPTY, OWN_UNIT)
"""Why somebody is told whom the rung does not name: he answers for an absent holder, the level
below him has nobody on duty, or the deputy told is of the very unit that is the subject (A-31)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The posts of one area as they are manned at a moment.

    ``own_units`` says of which units a person is, beside his post at the desk.
    """

    area: str
    posts: tuple[OnDuty, ...]
    parts: Parts
    holder_role: str
    own_units: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def names(self, role: str, unit: str | None = None) -> tuple[str, ...] | None:
        """Who is on duty at a post, or leads a unit; None where the desk has no such post."""
        mine = [entry for entry in self.posts if entry.slot.area in (None, self.area)]
        if unit is not None:
            mine = [entry for entry in mine if entry.slot.department == unit]
        else:
            mine = [entry for entry in mine if role in (entry.slot.post, entry.slot.department)]
        if not mine:
            return None
        return tuple(entry.name or role for entry in mine if entry.counts)

    @property
    def upward(self) -> tuple[str, ...]:
        """The levels from the desk upwards: operator, deputy, head, whoever is above the area."""
        parts = self.parts
        above = (
            post.role for post in parts.posts if post.per == "all" and post.role != parts.night
        )
        found = (self.holder_role, parts.deputy, parts.head, *above)
        return tuple(dict.fromkeys(role for role in found if role))


def resolve(
    roles: Iterable[str], standing: Standing, *, units: Sequence[str] = (), party: str | None = None
) -> tuple[Told, ...]:
    """The persons whom a rung reaches, each once; ``units`` are those that the case is about.

    A role that is no post of the desk (a grid's station) is told as it is.
    """
    parts = standing.parts
    found: list[Told] = []
    for role in roles:
        here = standing.holder_role if role == parts.operator else role
        found += _reached(here, standing, party)
    deputy = next((one for one in found if one.role == parts.deputy), None)
    if deputy is not None and _of_own(deputy, standing, units):
        others = (standing.holder_role, parts.head)
        known = {one.role for one in found}
        for role in (r for r in others if r and r not in known):
            found += [
                Told(one.role, one.names, OWN_UNIT) for one in _reached(role, standing, party)
            ]
    return tuple({one.role: one for one in reversed(found)}.values())[::-1]


def _reached(role: str, standing: Standing, party: str | None) -> list[Told]:
    if role in standing.parts.handlers and party is not None:
        names = standing.names(role, party)
        if names is None:
            return [Told(role, (party,))]
        return [Told(role, names)] if names else _above(role, standing)
    names = standing.names(role)
    if names is None:
        return [Told(role)]
    return [Told(role, names)] if names else _above(role, standing)


def _above(role: str, standing: Standing) -> list[Told]:
    """In the place of an empty post: whoever stands in for it, else the next level that is manned.

    The empty post itself comes first, without a name: it is on the record that it was skipped.
    """
    skipped = Told(role, (), EMPTY)
    for post in standing.parts.posts:
        names = standing.names(post.role) if post.stands_in == role else None
        if names:
            return [skipped, Told(post.role, names, STANDS_IN)]
    order = standing.upward
    start = order.index(role) + 1 if role in order else 0
    for above in order[start:]:
        names = standing.names(above)
        if names:
            return [skipped, Told(above, names, EMPTY)]
    return [skipped]


def _of_own(deputy: Told, standing: Standing, units: Sequence[str]) -> bool:
    own = frozenset[str]().union(*(standing.own_units.get(n, frozenset()) for n in deputy.names))
    return bool(own & set(units))
