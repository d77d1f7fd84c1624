"""What a question to the desk is, and what it may look at while it is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from dutydesk.workflow.categories import NO_CATEGORIES, Categories
from dutydesk.workflow.context import Duty
from dutydesk.workflow.duty.hours import Hours
from dutydesk.workflow.duty.model import DutyState
from dutydesk.workflow.duty.presence import Planned, Slot
from dutydesk.workflow.matters import NO_MATTERS, Matters
from dutydesk.workflow.places import Places
from dutydesk.workflow.procedure import Procedure

if TYPE_CHECKING:
    from sqlalchemy import Connection

Answer = TypeVar("Answer", covariant=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the store: a connection that only reads, and the moment it stands for."""

    connection: Connection
    now: datetime


class Plan(Protocol):
    """Who is planned at which post; `config.roster.Roster` is one."""

    slots: tuple[Slot, ...]

    def planned(self, at: datetime) -> tuple[Planned, ...]:
        """Everybody planned at the instant."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What stays the same between questions: procedure, ground, hours, plan, language.

    `duty` makes the rules' view of one area's desk from its stored state at an instant; the desk
    gives the same function to its acts, so that a question and an act judge alike. `number` gives
    the telephone number of a planned person, as the settings hold it, or None. In a `drill` every
    message and paper says so. `matters` and `categories` give the matter table and the category
    tree as they were last seen.
    """

    procedure: Procedure
    places: Places
    hours: Hours
    area: str
    plan: Plan
    duty: Callable[[DutyState, datetime], Duty]
    number: Callable[[str], str | None]
    language: str = "zh_CN"
    drill: bool = False
    carries: Mapping[str, str] = field(default_factory=dict)
    matters: Callable[[], Matters] = lambda: NO_MATTERS
    categories: Callable[[], Categories] = lambda: NO_CATEGORIES


class Question(Protocol[Answer]):
    """A frozen question; `desk.read` answers it inside one read transaction."""

    def answer(self, reading: Reading, context: Context) -> Answer:
        """The answer, as frozen rows."""
        ...
