"""The nouns of a procedure: states, acts, transitions, clocks, and the steps they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dutydesk.workflow.adjusting import Adjusting
from dutydesk.workflow.label import Label
from dutydesk.workflow.parts import Parts
from dutydesk.workflow.time.limits import Limit

if TYPE_CHECKING:
    from dutydesk.workflow.writeback import WriteBack

NO_CASE = "-"
CITED = (
    "duplicate",
    "import_undone",
    "cases_stranded",
    "redate",
    "inspection",
    "inspection_reason",
)
"""What is refused or recorded outside a transition and cites a clause of `[clauses]`."""
ANY = "*any"
OPEN = "*open"


@dataclass(frozen=True, slots=True)
class State:
    """One state of a case; ``keys`` are its acts by digit, ``main`` the one that moves it on.

    ``waits_for`` is a role, or one of WAITS; after the word of a head has come, ``then``.
    ``checklist`` names what is shown to be done before the next step.
    """

    name: str
    label: Label
    bay: Label | None
    hands: str | None
    main: str | None
    keys: tuple[str, ...]
    end: bool
    waits_for: str | None = None
    then: str | None = None
    checklist: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an act; ``need`` names the values of other fields that make it mandatory.

    ``names`` says what its choices are called, where the desk has no word for them.
    """

    name: str
    label: Label
    type: str
    choices: tuple[str, ...] = ()
    mandatory: bool = False
    need: tuple[tuple[str, tuple[str, ...]], ...] = ()
    names: tuple[tuple[str, Label], ...] = ()

    def needed(self, given: Mapping[str, object]) -> bool:
        """Whether the field is mandatory beside the values that are given."""
        if not self.mandatory:
            return False
        return all(_text(given.get(name)) in values for name, values in self.need)


@dataclass(frozen=True, slots=True)
class ActKind:
    """One verb with its fields; ``desk`` is "only", "also" or "" (needs a case).

    ``does`` says what an act of the desk does to it (`duty.posts.DOES`), whatever it is called.
    ``bundle`` says that it may be done to several cases at once. ``proposed`` is what its form
    says until somebody says otherwise: a value, or a word of PROPOSED;
    ``phrases`` are the commonest texts of a field, for which a digit stands; ``words`` name the act
    in the command bar beside its label: one that leads nowhere in a state gives way.
    """

    verb: str
    label: Label
    fields: tuple[Field, ...]
    desk: str = ""
    internal: bool = False
    undo: str | None = None
    bundle: bool = False
    does: str | None = None
    proposed: Mapping[str, Any] = field(default_factory=dict)
    phrases: Mapping[str, tuple[Label, ...]] = field(default_factory=dict)
    words: tuple[str, ...] = ()

    def field(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)


@dataclass(frozen=True, slots=True)
class Effect:
    """One consequence: set, go, or start / stop / end / move of a clock."""

    kind: str
    name: str
    target: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the procedure's table: from these states, by these roles, under these guards."""

    id: str
    from_: tuple[str, ...]
    verb: str
    when: tuple[tuple[str, tuple[object, ...]], ...]
    by: tuple[str, ...]
    guards: tuple[str, ...]
    effects: tuple[Effect, ...]
    clause: str | None

    def fits(self, facts: Mapping[str, object]) -> bool:
        return all(facts.get(name) in values for name, values in self.when)

    @property
    def to(self) -> str | None:
        return next((e.name for e in self.effects if e.kind == "go"), None)


@dataclass(frozen=True, slots=True)
class Rung:
    """One warning or ladder step of a clock, as the procedure states it.

    ``near`` is (share, seconds before due, least share): the earlier of the first two, but not
    before the third (A-28). Exactly one of after_s (since the limit began for a warning, since due
    for the ladder), before_s (before due), before_work (the same in working days or hours), share
    (of the limit), every_s, near and opening is set.
    """

    light: str
    to: tuple[str, ...]
    notice: bool = False
    after_s: int | None = None
    before_s: int | None = None
    share: float | None = None
    every_s: int | None = None
    opening: bool = False
    when: tuple[tuple[str, object], ...] = ()
    before_work: Limit | None = None
    near: tuple[float, int, float] | None = None


@dataclass(frozen=True, slots=True)
class ClockKind:
    """One clock of the procedure in one variant.

    ``since`` names the moment of the case from which it counts, else it counts from the act.
    ``vary`` names the facts of the case by whose value a variant is taken; with ``cap`` it is
    never due later than that limit counted from the case's ``cap_from``.
    """

    name: str
    code: str
    label: Label
    variant: str
    limit: Limit | None
    due: str
    basis: str
    clause: str | None
    note: str | None
    per_party: bool
    vary: tuple[str, ...]
    since: str | None
    cap: Limit | None
    cap_from: str
    runs_on_others: bool
    always_rings: bool
    above_at_opening: bool
    warnings: tuple[Rung, ...]
    ladder: tuple[Rung, ...]


@dataclass(frozen=True)
class Procedure:
    """The whole procedure; ``values`` holds its other named values as they were written.

    ``clauses`` says what a guard or a thing of the desk (`CITED`) cites where that is not the
    clause of the transition: a clause, or one for each transition by its id.
    """

    name: str
    version: int
    label: Label
    states: Mapping[str, State]
    acts: Mapping[str, ActKind]
    transitions: tuple[Transition, ...]
    clocks: Mapping[str, Mapping[str, ClockKind]]
    fields: Mapping[str, Field]
    roles: Mapping[str, Label]
    parts: Parts
    mends: Mapping[str, Any]
    values: Mapping[str, Any]
    writeback: WriteBack
    clauses: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    raw: Mapping[str, Any] = field(repr=False, default_factory=dict)
    adjusting: Adjusting = field(default_factory=Adjusting)

    @property
    def rule(self) -> str:
        """The name and version that are frozen on each clock (X-9.1)."""
        return f"{self.name}/{self.version}"

    @property
    def urgent_track(self) -> str | None:
        """The track that rings at any hour and stands on top; None without tracks."""
        return self.values.get("urgent_track")

    @cached_property
    def _sets(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for row in self.transitions:
            names = {e.name for e in row.effects if e.kind == "set"}
            found.setdefault(row.verb, set()).update(names)
        return {verb: frozenset(names) for verb, names in found.items()}

    def sets(self, verb: str, setter: str) -> bool:
        """Whether an act does this to a case: what it does is known, whatever it is called."""
        return setter in self._sets.get(verb, ())

    def led_to(self, setter: str) -> frozenset[str]:
        """The end states to which a step leads that does this to a case."""
        rows = (row for row in self.transitions if row.to and self.states[row.to].end)
        wanted = (row for row in rows if any(e.name == setter for e in row.effects))
        return frozenset(row.to for row in wanted if row.to)

    def doing_to_case(self, setter: str) -> tuple[str, ...]:
        """The acts that do this to a case."""
        return tuple(verb for verb, names in self._sets.items() if setter in names)

    def doing(self, what: str) -> str | None:
        """The act that does this to the desk; None where the procedure has none."""
        return next((verb for verb, kind in self.acts.items() if kind.does == what), None)

    def opens(self, verb: str) -> bool:
        """Whether an act opens a new case."""
        return bool(self.steps(NO_CASE, verb))

    def cites(self, what: str, row: Transition | None = None) -> str | None:
        """The clause that a refusal of this guard, or of this thing of the desk, cites."""
        said = self.clauses.get(what.partition(" ")[0])
        own = None if row is None else row.clause
        if isinstance(said, Mapping):
            return own if row is None else said.get(row.id, own)
        return said or own

    def clock(self, name: str, variant: str = "") -> ClockKind:
        kinds = self.clocks[name]
        return kinds.get(variant) or kinds[""]

    @cached_property
    def _by_step(self) -> dict[tuple[str, str], tuple[Transition, ...]]:
        table: dict[tuple[str, str], list[Transition]] = {}
        for row in self.transitions:
            for state in self.expand(row.from_):
                table.setdefault((state, row.verb), []).append(row)
        return {step: tuple(rows) for step, rows in table.items()}

    def expand(self, names: Sequence[str]) -> tuple[str, ...]:
        """States behind ``*any`` and ``*open``; other names as they are."""
        found: list[str] = []
        for name in names:
            if name == ANY:
                found.extend(self.states)
            elif name == OPEN:
                found.extend(s.name for s in self.states.values() if not s.end)
            else:
                found.append(name)
        return tuple(found)

    def steps(self, state: str, verb: str) -> tuple[Transition, ...]:
        """All transitions of a verb from a state (``-`` = no case), before facts choose one."""
        return self._by_step.get((state, verb), ())

    def verbs_from(self, state: str) -> tuple[str, ...]:
        """Every verb that some transition allows from this state, by key first."""
        keys = self.states[state].keys if state in self.states else ()
        rest = [v for (s, v) in self._by_step if s == state and v not in keys]
        return tuple(v for v in (*keys, *rest) if self.steps(state, v))


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
