"""A procedure as data: states, acts, transitions and clocks, read from one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from dutydesk.workflow.time.counting import due
from dutydesk.workflow.time.limits import Limit
from dutydesk.workflow.time.limits import parse as parse_limit
from dutydesk.workflow.time.zone import ZONE

NO_CASE = "-"
ANY = "*any"
OPEN = "*open"


@dataclass(frozen=True, slots=True)
class Label:
    """One name in both languages of the desk."""

    zh: str
    en: str

    def in_(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class State:
    """One state of a case; ``keys`` are its acts by digit, ``main`` the one that moves it on."""

    name: str
    label: Label
    bay: Label | None
    hands: str | None
    main: str | None
    keys: tuple[str, ...]
    end: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an act; ``need`` names the values of other fields that make it mandatory."""

    name: str
    label: Label
    type: str
    choices: tuple[str, ...] = ()
    mandatory: bool = False
    need: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def needed(self, given: Mapping[str, object]) -> bool:
        """Whether the field is mandatory beside the values that are given."""
        if not self.mandatory:
            return False
        return all(_text(given.get(name)) in values for name, values in self.need)


@dataclass(frozen=True, slots=True)
class ActKind:
    """One verb with its fields; ``desk`` is "only", "also" or "" (needs a case)."""

    verb: str
    label: Label
    fields: tuple[Field, ...]
    desk: str = ""
    internal: bool = False
    undo: str | None = None

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

    Exactly one of after_s (since the limit began for a warning, since due for the ladder),
    before_s (before due), share (of the limit), every_s and opening is set.
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


@dataclass(frozen=True, slots=True)
class ClockKind:
    """One clock of the procedure in one variant."""

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
    runs_on_others: bool
    always_rings: bool
    above_at_opening: bool
    warnings: tuple[Rung, ...]
    ladder: tuple[Rung, ...]


@dataclass(frozen=True)
class Procedure:
    """The whole procedure; ``values`` holds its other named values as they were written."""

    name: str
    version: int
    label: Label
    states: Mapping[str, State]
    acts: Mapping[str, ActKind]
    transitions: tuple[Transition, ...]
    clocks: Mapping[str, Mapping[str, ClockKind]]
    fields: Mapping[str, Field]
    roles: Mapping[str, Label]
    mends: Mapping[str, Any]
    values: Mapping[str, Any]
    raw: Mapping[str, Any] = field(repr=False, default_factory=dict)

    @property
    def rule(self) -> str:
        """The name and version that are frozen on each clock (X-9.1)."""
        return f"{self.name}/{self.version}"

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


def _label(table: Mapping[str, Any]) -> Label:
    return Label(str(table["zh"]), str(table["en"]))


def _fields(defs: Mapping[str, Field], texts: Sequence[str]) -> tuple[Field, ...]:
    return tuple(_field_use(defs, text) for text in texts)


def _field_use(defs: Mapping[str, Field], text: str) -> Field:
    head, _, rest = text.partition(" ")
    base = defs[head.rstrip("*")]
    need = []
    for condition in rest.split():
        name, _, values = condition.partition("=")
        need.append((name, tuple(values.split("|"))))
    return Field(base.name, base.label, base.type, base.choices, head.endswith("*"), tuple(need))


def _effect(text: str) -> Effect:
    words = text.split()
    kind, name = words[0], words[1]
    rest = dict(zip(words[2::2], words[3::2], strict=True))
    return Effect(kind, name, rest.get("of"), rest.get("at"))


def _seconds(text: object) -> int:
    if str(text) == "0":
        return 0
    start = datetime(2000, 1, 1, tzinfo=ZONE)
    return int((due(parse_limit(str(text)), start).due_at - start).total_seconds())


def _rung(table: Mapping[str, Any], light: str) -> Rung:
    def span(key: str) -> int | None:
        return _seconds(table[key]) if key in table else None

    return Rung(
        light=light,
        to=tuple(table.get("to", ("commander",))),
        notice=bool(table.get("notice", False)),
        after_s=span("after"),
        before_s=span("before"),
        share=float(table["share"]) if "share" in table else None,
        every_s=span("every"),
        opening=bool(table.get("opening", False)),
        when=tuple(table.get("when", {}).items()),
    )


def _clock(name: str, table: Mapping[str, Any], variant: str) -> ClockKind:
    return ClockKind(
        name=name,
        code=str(table["code"]),
        label=_label(table),
        variant=variant,
        limit=parse_limit(str(table["limit"])) if "limit" in table else None,
        due=str(table["due"]),
        basis=str(table["basis"]),
        clause=table.get("clause"),
        note=table.get("note"),
        per_party=bool(table.get("per_party", False)),
        runs_on_others=table.get("runs_on") == "others",
        always_rings=bool(table.get("always_rings", False)),
        above_at_opening=bool(table.get("above_at_opening", False)),
        warnings=tuple(_rung(r, "yellow") for r in table.get("warnings", ())),
        ladder=tuple(_rung(r, "red") for r in table.get("ladder", ())),
    )


def _clocks(name: str, table: Mapping[str, Any]) -> dict[str, ClockKind]:
    base = {k: v for k, v in table.items() if k != "variants"}
    kinds = {"": _clock(name, base, "")}
    for variant, changes in table.get("variants", {}).items():
        kinds[variant] = _clock(name, {**base, **changes}, variant)
    return kinds


def _transition(table: Mapping[str, Any]) -> Transition:
    when = tuple(
        (name, tuple(value) if isinstance(value, list) else (value,))
        for name, value in table.get("when", {}).items()
    )
    return Transition(
        id=str(table["id"]),
        from_=tuple(table["from"]),
        verb=str(table["verb"]),
        when=when,
        by=tuple(table.get("by", ())),
        guards=tuple(table.get("guards", ())),
        effects=tuple(_effect(e) for e in table.get("effects", ())),
        clause=table.get("clause"),
    )


def _state(name: str, table: Mapping[str, Any]) -> State:
    return State(
        name=name,
        label=_label(table),
        bay=_label(table["bay"]) if "bay" in table else None,
        hands=table.get("hands"),
        main=table.get("main"),
        keys=tuple(table.get("keys", ())),
        end=bool(table.get("end", False)),
    )


def _act(verb: str, table: Mapping[str, Any], defs: Mapping[str, Field]) -> ActKind:
    desk = table.get("desk", "")
    return ActKind(
        verb=verb,
        label=_label(table),
        fields=_fields(defs, table.get("fields", ())),
        desk="only" if desk is True else str(desk),
        internal=bool(table.get("internal", False)),
        undo=table.get("undo"),
    )


def build(table: Mapping[str, Any]) -> Procedure:
    """The procedure that a parsed TOML table describes.

    Raises KeyError, ValueError or TypeError where the table is malformed; the loader words it.
    Whether it makes sense is the business of ``workflow.check``.
    """
    head = table["procedure"]
    defs = {
        name: Field(t.get("name", name), _label(t), str(t["type"]), tuple(t.get("choices", ())))
        for name, t in table["fields"].items()
    }
    return Procedure(
        name=str(head["name"]),
        version=int(head["version"]),
        label=_label(head),
        states={n: _state(n, t) for n, t in table["states"].items()},
        acts={v: _act(v, t, defs) for v, t in table["acts"].items()},
        transitions=tuple(_transition(t) for t in table["transitions"]),
        clocks={n: _clocks(n, t) for n, t in table["clocks"].items()},
        fields=defs,
        roles={n: _label(t) for n, t in table["roles"].items()},
        mends=dict(table.get("mends", {})),
        values=dict(head),
        raw=table,
    )
