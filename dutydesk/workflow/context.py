"""What the rules may look at besides the case: procedure, ground, planned hours, who is present."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from dutydesk.workflow.cases.model import NIGHT_DESK, SUB_CENTRE
from dutydesk.workflow.categories import NO_CATEGORIES, Categories
from dutydesk.workflow.duty.hours import Hours
from dutydesk.workflow.duty.model import DutyState, Standing
from dutydesk.workflow.matters import NO_MATTERS, Matters
from dutydesk.workflow.parts import Parts
from dutydesk.workflow.places import Places
from dutydesk.workflow.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Fallback:
    """How many operators and leads of units must be on duty out of hours (A-09); house values."""

    min_operators: int = 1
    min_leads: int = 1


@dataclass(frozen=True, slots=True)
class Duty:
    """One area's desk at this moment: the stored state and the posts that are on duty.

    ``present`` holds the names of posts and the departments of leads; ``parts`` says which role
    of the procedure is which.
    """

    state: DutyState
    present: frozenset[str] = frozenset()
    fallback: Fallback = field(default_factory=Fallback)
    parts: Parts = field(kw_only=True)

    @property
    def area(self) -> str:
        return self.state.area

    @property
    def night(self) -> bool:
        return self.state.holder == NIGHT_DESK

    @property
    def holder_role(self) -> str:
        """The role that answers for the desk now."""
        at_night = self.state.holder != SUB_CENTRE
        return self.parts.night if at_night and self.parts.night else self.parts.operator

    def insufficient(self) -> bool:
        """Whether the force on duty is too small for the desk (X-5.1.3, A-09).

        Asked only where somebody takes the desk over for want of people.
        """
        if self.parts.night is None:
            return False
        operators = 1 if self.parts.operator in self.present else 0
        here = sum(1 for unit in self.parts.units if unit in self.present)
        wanted = min(self.fallback.min_leads, len(self.parts.units))
        return operators < self.fallback.min_operators or here < wanted

    def standing_for(self, difficulty: str | None, at: datetime) -> Standing | None:
        return next((s for s in self.state.standing if s.covers(difficulty, at)), None)


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a rule may ask about; built anew for each act by the desk."""

    procedure: Procedure
    places: Places
    hours: Hours
    duty: Duty
    matters: Matters = NO_MATTERS
    categories: Categories = NO_CATEGORIES
