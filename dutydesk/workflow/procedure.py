"""A procedure as data: states, acts, transitions and clocks, read from one table."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from dutydesk.workflow.adjusting import adjusting_of, expanded
from dutydesk.workflow.deciding import deciding
from dutydesk.workflow.label import Label, read_label
from dutydesk.workflow.parts import build_parts
from dutydesk.workflow.procedure_model import (
    ANY,
    CITED,
    NO_CASE,
    OPEN,
    ActKind,
    ClockKind,
    Effect,
    Field,
    Procedure,
    Rung,
    State,
    Transition,
)
from dutydesk.workflow.time.counting import NEEDS_CALENDAR, due_at
from dutydesk.workflow.time.limits import Limit
from dutydesk.workflow.time.limits import parse as parse_limit
from dutydesk.workflow.time.zone import ZONE
from dutydesk.workflow.writeback import build_writeback

__all__ = [
    "ANY",
    "CITED",
    "NO_CASE",
    "OPEN",
    "ActKind",
    "ClockKind",
    "Effect",
    "Field",
    "Label",
    "Procedure",
    "Rung",
    "State",
    "Transition",
    "build",
]


def _fields(defs: Mapping[str, Field], texts: Sequence[str]) -> tuple[Field, ...]:
    return tuple(_field_use(defs, text) for text in texts)


def _field(name: str, table: Mapping[str, Any]) -> Field:
    """One definition; `choices` are values, or a table of values with their names."""
    given = table.get("choices", ())
    named = given.items() if isinstance(given, Mapping) else ()
    names = tuple((value, Label(*both)) for value, both in named)
    head = str(table.get("name", name))
    return Field(head, read_label(table), str(table["type"]), tuple(given), names=names)


def _field_use(defs: Mapping[str, Field], text: str) -> Field:
    head, _, rest = text.partition(" ")
    base = defs[head.rstrip("*")]
    need = []
    for condition in rest.split():
        name, _, values = condition.partition("=")
        need.append((name, tuple(values.split("|"))))
    return replace(base, mandatory=head.endswith("*"), need=tuple(need))


def _effect(text: str) -> Effect:
    words = text.split()
    kind, name = words[0], words[1]
    rest = dict(zip(words[2::2], words[3::2], strict=True))
    return Effect(kind, name, rest.get("of"), rest.get("at"))


def _seconds(text: object) -> int:
    if str(text) == "0":
        return 0
    start = datetime(2000, 1, 1, tzinfo=ZONE)
    return int((due_at(parse_limit(str(text)), start) - start).total_seconds())


def _working(text: object) -> Limit | None:
    """A span that only a calendar can count; None for any other."""
    limit = None if str(text) == "0" else parse_limit(str(text))
    return limit if limit is not None and limit.kind in NEEDS_CALENDAR else None


def _rung(table: Mapping[str, Any], light: str, to: tuple[str, ...]) -> Rung:
    def span(key: str) -> int | None:
        return _seconds(table[key]) if key in table else None

    working = _working(table["before"]) if "before" in table else None
    return Rung(
        light=light,
        to=tuple(table.get("to", to)),
        notice=bool(table.get("notice", False)),
        after_s=span("after"),
        before_s=span("before") if working is None else None,
        before_work=working,
        share=float(table["share"]) if "share" in table else None,
        every_s=span("every"),
        opening=bool(table.get("opening", False)),
        when=tuple(table.get("when", {}).items()),
        near=_near(table["near"]) if "near" in table else None,
    )


def _near(table: Mapping[str, Any]) -> tuple[float, int, float]:
    return float(table["share"]), _seconds(table["before"]), float(table["least"])


def _clock(name: str, table: Mapping[str, Any], variant: str, to: tuple[str, ...]) -> ClockKind:
    return ClockKind(
        name=name,
        code=str(table["code"]),
        label=read_label(table),
        variant=variant,
        limit=parse_limit(str(table["limit"])) if "limit" in table else None,
        due=str(table["due"]),
        basis=str(table["basis"]),
        clause=table.get("clause"),
        note=table.get("note"),
        per_party=bool(table.get("per_party", False)),
        vary=tuple(table.get("vary", ())),
        since=table.get("since"),
        cap=parse_limit(str(table["cap"])) if "cap" in table else None,
        cap_from=str(table.get("cap_from", "received_at")),
        runs_on_others=table.get("runs_on") == "others",
        always_rings=bool(table.get("always_rings", False)),
        above_at_opening=bool(table.get("above_at_opening", False)),
        warnings=tuple(_rung(r, "yellow", to) for r in table.get("warnings", ())),
        ladder=tuple(_rung(r, "red", to) for r in table.get("ladder", ())),
    )


def _clocks(name: str, table: Mapping[str, Any], to: tuple[str, ...]) -> dict[str, ClockKind]:
    kinds = {"": _clock(name, table, "", to)}
    for variant, changes in table.get("variants", {}).items():
        kinds[variant] = _clock(name, ChainMap(changes, cast(dict[str, Any], table)), variant, to)
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
        label=read_label(table),
        bay=read_label(table["bay"]) if "bay" in table else None,
        hands=table.get("hands"),
        main=table.get("main"),
        keys=tuple(table.get("keys", ())),
        end=bool(table.get("end", False)),
        waits_for=table.get("waits_for"),
        then=table.get("then"),
        checklist=table.get("checklist"),
    )


def _act(verb: str, table: Mapping[str, Any], defs: Mapping[str, Field]) -> ActKind:
    desk = table.get("desk", "")
    return ActKind(
        verb=verb,
        label=read_label(table),
        fields=_fields(defs, table.get("fields", ())),
        desk="only" if desk is True else str(desk),
        internal=bool(table.get("internal", False)),
        undo=table.get("undo"),
        does=table.get("does"),
        bundle=bool(table.get("bundle", False)),
        proposed=dict(table.get("proposed", {})),
        words=tuple(table.get("words", ())),
        phrases={n: tuple(Label(*t) for t in said) for n, said in table.get("phrases", {}).items()},
    )


def build(table: Mapping[str, Any]) -> Procedure:
    """The procedure that a parsed TOML table describes.

    Raises KeyError, ValueError or TypeError where the table is malformed; the loader words it.
    Whether it makes sense is the business of ``workflow.check``.
    """
    written, table = table, deciding(expanded(table))
    head = table["procedure"]
    defs = {name: _field(name, t) for name, t in table["fields"].items()}
    parts = build_parts(table["desk"])
    return Procedure(
        name=str(head["name"]),
        version=int(head["version"]),
        label=read_label(head),
        states={n: _state(n, t) for n, t in table["states"].items()},
        acts={v: _act(v, t, defs) for v, t in table["acts"].items()},
        transitions=tuple(_transition(t) for t in table["transitions"]),
        clocks={n: _clocks(n, t, (parts.operator,)) for n, t in table["clocks"].items()},
        fields=defs,
        roles={n: read_label(t) for n, t in table["roles"].items()},
        parts=parts,
        mends=dict(table.get("mends", {})),
        values=dict(head),
        clauses=dict(table.get("clauses", {})),
        writeback=build_writeback(table.get("writeback", {})),
        raw=written,
        adjusting=adjusting_of(table),
    )
