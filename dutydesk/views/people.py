"""Who holds a post now, and who else answers where he does not."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from dutydesk.views.question import Context


class Alternate(NamedTuple):
    """Another way to reach somebody: `own` is his second number, else a colleague's first.

    The number is in full.
    """

    name: str
    number: str
    own: bool


def holder(context: Context, at: datetime, post: str, department: str | None = None) -> str:
    """The name of whoever is planned at a post of the area, empty without one."""
    for entry in context.plan.planned(at):
        slot = entry.slot
        here = slot.area in (None, context.area)
        fits = (slot.post, slot.department) == (post, department)
        if here and fits and entry.name not in (post, department):
            return entry.name
    return ""


def unit_lead(context: Context, at: datetime, unit: str) -> str:
    """The name of whoever leads a unit at the desk, empty without one."""
    lead = context.procedure.parts.lead
    return holder(context, at, lead, unit) if lead else ""


def alternates(context: Context, name: str) -> tuple[Alternate, ...]:
    """The second number of a person of the roster, then whoever holds the same post besides him,
    then whoever answers for him (X-4.1.1)."""
    people = getattr(context.plan, "people", ())
    person = next((one for one in people if one.name == name), None)
    if person is None:
        return ()
    found = [Alternate(name, person.alternate, True)] if person.alternate else []
    posts = set(person.posts)
    beside = [one for one in people if one is not person and _beside(one, person, posts)]
    under = {post.role for post in context.procedure.parts.posts if post.stands_in in posts}
    beside += [one for one in people if one is not person and _beside(one, person, under)]
    found += [Alternate(one.name, one.phone, False) for one in beside if one.phone]
    return tuple(dict.fromkeys(found))


def _beside(one: Any, person: Any, posts: set[str]) -> bool:
    same = (one.department, one.grid) == (person.department, person.grid)
    here = one.area is None or person.area is None or one.area == person.area
    return bool(posts & set(one.posts)) and same and here


def party_person(context: Context, at: datetime, party: str) -> str:
    """The name of the person behind a party, a role or a department; the party itself else."""
    return unit_lead(context, at, party) or holder(context, at, party) or party
