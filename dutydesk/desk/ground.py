"""What the rules may look at, put together for one area and one moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from dutydesk.desk.books import Books
from dutydesk.views.question import Context as ViewContext
from dutydesk.views.question import Plan
from dutydesk.workflow.categories import Categories
from dutydesk.workflow.context import Context, Duty, Fallback
from dutydesk.workflow.duty.hours import Hours
from dutydesk.workflow.duty.model import DutyState
from dutydesk.workflow.duty.presence import on_duty, said_in
from dutydesk.workflow.places import Places
from dutydesk.workflow.procedure import Procedure


def _no_number(name: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Ground:
    """Procedure, places, hours and roster of a desk; the same for rules and views.

    What leaves the desk in a `drill` says so. `carries` names the channel that carries a kind of
    message; all others are sent and confirmed by hand.
    """

    procedure: Procedure
    places: Places
    hours: Callable[[str], Hours]
    area: str
    plan: Plan
    fallback: Fallback = field(default_factory=Fallback)
    number: Callable[[str], str | None] = _no_number
    language: str = "zh_CN"
    drill: bool = False
    carries: Mapping[str, str] = field(default_factory=dict)
    books: Books = field(default_factory=Books, compare=False)

    def __post_init__(self) -> None:
        places = replace(self.places, mapped=self.books.belongs)
        object.__setattr__(self, "places", places)

    def duty(self, state: DutyState, at: datetime) -> Duty:
        """The area's desk as the rules see it: who holds it, which posts are manned."""
        parts = self.procedure.parts
        posts = on_duty(self.plan.slots, self.plan.planned(at), said_in(state, parts), at)
        present = {
            entry.slot.department or entry.slot.post
            for entry in posts
            if entry.counts and entry.slot.area in (None, state.area)
        }
        return Duty(state, frozenset(present), self.fallback, parts=parts)

    def person(self, party: str, at: datetime) -> str:
        """Who stands behind a party at a moment; the party itself where nobody is planned."""
        from dutydesk.views.people import party_person  # slow import

        return party_person(self.views(), at, party)

    def rules(self, state: DutyState, at: datetime) -> Context:
        """What ``decide`` needs for an act in this area."""
        return Context(
            self.procedure,
            self.places,
            self.hours(state.area),
            self.duty(state, at),
            matters=self.books.matters,
            categories=self.categories(),
        )

    def categories(self) -> Categories:
        """The tree: what the procedure names, and what was loaded."""
        return self.books.tree(self.procedure)

    def views(self) -> ViewContext:
        """What questions look at besides the store."""
        return ViewContext(
            procedure=self.procedure,
            places=self.places,
            hours=self.hours(self.area),
            area=self.area,
            plan=self.plan,
            duty=self.duty,
            number=self.number,
            language=self.language,
            drill=self.drill,
            carries=self.carries,
            matters=lambda: self.books.matters,
            categories=self.categories,
        )
