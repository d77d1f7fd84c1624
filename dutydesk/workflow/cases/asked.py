"""One act being judged: the case, the typed values and the facts that choose a transition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.by_table import standard_of
from dutydesk.workflow.cases.model import Actor, Case, Party
from dutydesk.workflow.cases.pending import appeals_pending, deferral_step, wait_on
from dutydesk.workflow.cases.reserve import reserved_due
from dutydesk.workflow.context import Context
from dutydesk.workflow.matters import Standard
from dutydesk.workflow.places import Grid


@dataclass(frozen=True, slots=True)
class Asked:
    """An act beside the case it asks about; ``values`` are the typed fields that were given."""

    case: Case
    act: Act
    values: Mapping[str, Any]
    context: Context
    actor: Actor = field(default_factory=lambda: Actor("system"))
    """Who acts, read as the role he fills: the night desk is the commander while it holds."""
    probing: bool = False
    """Whether only the question is asked if the act is open: fields are not looked at."""

    @property
    def at(self) -> datetime:
        return self.act.at

    def get(self, name: str) -> Any:
        return self.values.get(name)

    def does(self, setter: str) -> bool:
        """Whether the act does this to the case, whatever the procedure calls it."""
        return self.context.procedure.sets(self.act.verb, setter)

    @property
    def difficulty(self) -> str | None:
        return self.values.get("difficulty") or self.case.course.difficulty

    @property
    def track(self) -> str | None:
        """The track that the given (or the recorded) difficulty and the marks lead to (A-06)."""
        values = self.context.procedure.values
        difficulty = self.difficulty
        if difficulty is None:
            return None
        track = values.get("track_of", {}).get(difficulty)
        forced = values.get("forced_track", {})
        if track == forced.get("from") and set(forced.get("marks", ())) & set(self.case.marks):
            return str(forced["to"])
        return None if track is None else str(track)

    @property
    def grid(self) -> Grid | None:
        name = self.values.get("grid") or self.case.grid
        return self.context.places.grid(name) if name else None

    @property
    def party_name(self) -> str | None:
        """The party the act is about; at a station the station itself unless another is named.

        A station may be named by any of its names.
        """
        given = self.values.get("party")
        station = self.case.course.station
        if given is None:
            return station
        if self.case.course.party(given) is None:
            grid = self.context.places.station(given)
            if grid is not None and self.case.course.party(grid.name) is not None:
                return grid.name
        return str(given)

    @property
    def party(self) -> Party | None:
        return self.case.course.party(self.party_name)

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties named by the act, else those of the case."""
        given = self.values.get("parties")
        return given or tuple(p.name for p in self.case.course.parties)

    @property
    def standard(self) -> Standard | None:
        """What the matter table says of the case, where it says one limit."""
        return standard_of(self.context.matters, self.values, self.case)

    def station_due(self) -> tuple[datetime | None, str]:
        """The disposal due of a community case, and the clock's variant (A-15).

        None where neither the upstream due nor the act gives one.
        """
        given: datetime | None = self.values.get("due")
        upstream = self.case.upstream_due
        due, variant = (None, "") if upstream is None else reserved_due(upstream, self.at)
        return (given, "") if due is None else (due, variant)


def _lead_present(asked: Asked) -> bool:
    """Whether the lead is there once this confirmation counts (A-21)."""
    lead = asked.case.course.party(asked.case.course.lead)
    if lead is not None and lead.arrived_at is not None:
        return True
    here = asked.get("outcome") in ("arrived", "late")
    return here and asked.party_name == asked.case.course.lead


def _all_filed(asked: Asked) -> bool:
    """Whether every required party has filed once this act counts."""
    required = asked.case.course.required
    name = asked.party_name
    if asked.does("released"):
        required = tuple(p for p in required if p.name != name)
    if asked.does("filed"):
        required = tuple(replace(p, filed_at=asked.at) if p.name == name else p for p in required)
    return bool(required) and all(p.filed_at is not None for p in required)


FACTS: dict[str, Callable[[Asked], object]] = {
    "track": lambda a: a.case.course.track,
    "class": lambda a: a.case.course.class_,
    "urgent": lambda a: a.case.urgent,
    "assigned": lambda a: bool(a.case.course.required),
    "final": lambda a: a.get("final") is True,
    "duties_given": lambda a: bool(a.get("duties")),
    "lead_present": _lead_present,
    "all_filed": _all_filed,
    "history": lambda a: a.get("history") is True,
    "deferral_step": lambda a: deferral_step(a.case),
    "suspended": lambda a: wait_on(a.case) is not None,
    "appealed": lambda a: bool(appeals_pending(a.case)),
}
"""The closed list of facts by which a procedure may choose among transitions.

Besides them the name of a mandatory field of the act, a choice or a yes or no, is a fact of it.
"""

STATE_FACTS = frozenset(
    {"track", "class", "urgent", "assigned", "deferral_step", "suspended", "appealed"}
)
"""The facts that no field of the act decides: where none fits, the act is not open."""


def fact(asked: Asked, name: str) -> object:
    """A fact of the closed list, else what a field of the act says, else what the case keeps."""
    known = FACTS.get(name)
    if known is not None:
        return known(asked)
    given = asked.get(name)
    return asked.case.kept(name) if given is None else given


def settled(asked: Asked, name: str) -> bool:
    """Whether a fact is there before the fields of the act are looked at.

    What a case keeps is, unless the act itself says it anew.
    """
    procedure = asked.context.procedure
    kept = name in procedure.values.get("kept", ())
    own = procedure.acts[asked.act.verb].field(name) is not None
    return name in STATE_FACTS or name == "history" or (kept and not own)
