"""`dutydesk procedure`: the procedures, their states, transitions and clocks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutydesk.cli import outlet, procedure_place, procedure_writeback
from dutydesk.cli.procedure_diff import diff
from dutydesk.cli.procedure_fill import fill
from dutydesk.cli.redating import redate
from dutydesk.cli.tabular import columns
from dutydesk.cli.words import N_
from dutydesk.config import procedures
from dutydesk.config.extended import FOLDER, read_procedure
from dutydesk.config.toml_text import TomlText
from dutydesk.errors import BadInput
from dutydesk.i18n import _, language
from dutydesk.workflow.procedure import (
    ActKind,
    ClockKind,
    Procedure,
    Rung,
    State,
    Transition,
)

if TYPE_CHECKING:
    from dutydesk.views.labels import Words
    from dutydesk.workflow.check import Problem

__all__ = ["as_document", "check", "diff", "fill", "list_", "redate", "show"]

NAME = N_("规程名，或规程文件 .toml")
AS_JSON = N_("输出 JSON")


def list_(as_json: Annotated[bool, typer.Option("--json", help=AS_JSON)] = False) -> None:
    """The shipped procedures."""
    found = [procedures.load(name) for name in procedures.names()]
    if as_json:
        outlet.say_json([{"name": p.name, "version": p.version, "label": _label(p)} for p in found])
        return
    rows = [[p.name, str(p.version), _label(p), _governing(p)] for p in found]
    for line in columns(rows, widest=80):
        outlet.say(line)


def show(
    name: Annotated[str, typer.Argument(metavar="NAME|FILE", help=NAME)],
    mermaid: Annotated[bool, typer.Option("--mermaid", help=N_("画成 Mermaid 图"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=AS_JSON)] = False,
) -> None:
    """One procedure: states, transitions, clocks; or a drawing of it."""
    from dutydesk.views.labels import Words  # slow import

    procedure = procedures.load(name)
    words = Words(procedure)
    if mermaid:
        from dutydesk.views.mermaid import mermaid as drawn  # slow import

        drawing = drawn(procedure, words)
        if as_json:
            outlet.say_json({"name": procedure.name, "mermaid": drawing})
        else:
            outlet.say(drawing.rstrip("\n"))
    elif as_json:
        outlet.say_json(as_document(procedure, words))
    else:
        for line in _text(procedure, words):
            outlet.say(line)


def check(
    name: Annotated[str, typer.Argument(metavar="NAME|FILE", help=NAME)],
    as_json: Annotated[bool, typer.Option("--json", help=AS_JSON)] = False,
) -> None:
    """Prove a procedure: reachable, leavable, every clock stopped, nothing unknown."""
    from dutydesk.views.jsonable import plain  # slow import
    from dutydesk.views.problems import problem_words  # slow import

    toml, problems = _proved(name)
    rows = [
        {
            "code": problem.code,
            "where": problem.where,
            "line": toml.line_of(_path(problem, toml.data)),
            "params": plain(problem.params),
            "message": problem_words(problem),
        }
        for problem in problems
    ]
    if as_json:
        outlet.say_json({"name": name, "ok": not rows, "problems": rows})
    elif not rows:
        found = procedures.load(name)
        outlet.say(
            _("{name} 周全：{states} 个状态，{rows} 条步骤，{clocks} 个时限").format(
                name=found.name,
                states=len(found.states),
                rows=len(found.transitions),
                clocks=len(found.clocks),
            )
        )
    for row in rows:
        place = f"{toml.file}:{row['line']}" if row["line"] else toml.file
        outlet.tell(f"{place}: {row['message']}")
    if rows:
        raise typer.Exit(BadInput.exit_code)


def _proved(name: str) -> tuple[TomlText, tuple[Problem, ...]]:
    """The file of a procedure and what is wrong with it; BadInput where it cannot be read."""
    from dutydesk.workflow.check import check_table  # slow import

    path = FOLDER / f"{name}.toml" if name in procedures.names() else Path(name)
    if path.suffix != ".toml" or not path.is_file():
        procedures.load(name)
    toml = read_procedure(path)
    try:
        return toml, check_table(toml.data)
    except (LookupError, ValueError, TypeError, AttributeError):
        # A table so malformed that nothing can be proved: the loader says what is missing.
        procedures.load(name)
        raise


def _path(problem: Problem, table: Mapping[str, Any]) -> list[str | int]:
    """A dotted place as keys; a transition is found by its id, a clash by its second one."""
    parts: list[str | int] = [*problem.where.split(".")]
    clashing = problem.params.get("transitions")
    if isinstance(clashing, list):
        parts = ["transitions", clashing[-1]]
    if parts[:1] == ["transitions"] and len(parts) > 1:
        ids = [row.get("id") for row in table.get("transitions", ())]
        if parts[1] in ids:
            parts[1] = ids.index(parts[1])
    return parts


def as_document(procedure: Procedure, words: Words) -> dict[str, Any]:
    """States, transitions, clocks, acts, write-back and roles as JSON."""
    return {
        "name": procedure.name,
        "version": procedure.version,
        "label": _label(procedure),
        **procedure_place.as_document(procedure),
        "states": [_state(state, words) for state in procedure.states.values()],
        "transitions": [_transition(row) for row in procedure.transitions],
        "clocks": [
            _clock(kind, words) for kinds in procedure.clocks.values() for kind in kinds.values()
        ],
        "acts": [_act(act, words) for act in procedure.acts.values() if not act.internal],
        "writeback": procedure_writeback.as_document(procedure, words),
        "roles": [{"name": role, "label": words.role(role)} for role in procedure.roles],
    }


def _state(state: State, words: Words) -> dict[str, Any]:
    return {
        "name": state.name,
        "label": words.state(state.name),
        "bay": words.bay(state.bay.zh) if state.bay else None,
        "hands": state.hands,
        "main": state.main,
        "keys": list(state.keys),
        "end": state.end,
    }


def _transition(row: Transition) -> dict[str, Any]:
    return {
        "id": row.id,
        "from": list(row.from_),
        "verb": row.verb,
        "when": {name: list(values) for name, values in row.when},
        "by": list(row.by),
        "guards": list(row.guards),
        "to": row.to,
        "clause": row.clause,
    }


def _act(act: ActKind, words: Words) -> dict[str, Any]:
    fields = [
        {
            "name": field.name,
            "label": field.label.in_(words.lang),
            "type": field.type,
            "choices": list(field.choices),
            "mandatory": field.mandatory,
            "when": {name: list(values) for name, values in field.need},
        }
        for field in act.fields
    ]
    return {"verb": act.verb, "label": words.verb(act.verb), "fields": fields}


def _clock(kind: ClockKind, words: Words) -> dict[str, Any]:
    return {
        "name": kind.name,
        "code": kind.code,
        "variant": kind.variant,
        "label": words.clock(kind.name),
        "limit": str(kind.limit) if kind.limit is not None else None,
        "due": kind.due,
        "since": kind.since,
        "cap": str(kind.cap) if kind.cap is not None else None,
        "basis": kind.basis,
        "clause": kind.clause,
        "per_party": kind.per_party,
        "warnings": [_rung(rung) for rung in kind.warnings],
        "ladder": [_rung(rung) for rung in kind.ladder],
    }


def _rung(rung: Rung) -> dict[str, Any]:
    found: dict[str, Any] = {
        "light": rung.light,
        "to": list(rung.to),
        "notice": rung.notice,
        "after_s": rung.after_s,
        "before_s": rung.before_s,
        "before": rung.before_work.canonical if rung.before_work is not None else None,
        "share": rung.share,
        "near": list(rung.near) if rung.near is not None else None,
        "every_s": rung.every_s,
        "opening": rung.opening or None,
        "when": dict(rung.when) or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _text(procedure: Procedure, words: Words) -> list[str]:
    lines = [f"{procedure.name} {procedure.version}  {_label(procedure)}", "", _("状态")]
    lines += columns(
        [
            [s.name, words.state(s.name), words.bay(s.bay.zh) if s.bay else "", s.main or ""]
            for s in procedure.states.values()
        ]
    )
    lines += ["", _("步骤")]
    lines += columns(
        [
            [
                row.id,
                " ".join(row.from_),
                row.verb,
                row.to or "",
                " ".join(row.by),
                row.clause or "",
            ]
            for row in procedure.transitions
        ]
    )
    lines += ["", _("时限")]
    lines += columns(
        [
            [
                kind.code,
                kind.name,
                kind.variant,
                str(kind.limit) if kind.limit else kind.due,
                kind.basis,
                kind.clause or "",
            ]
            for kinds in procedure.clocks.values()
            for kind in kinds.values()
        ]
    )
    return [
        *lines,
        *procedure_writeback.lines(procedure, words),
        *procedure_place.lines(procedure),
    ]


def _label(procedure: Procedure) -> str:
    return procedure.label.in_(language())


def _governing(procedure: Procedure) -> str:
    return str(procedure.values.get("governing") or "")
