"""A procedure as a drawing: its states and transitions in the Mermaid language."""

from __future__ import annotations

from collections.abc import Iterable

from dutydesk.i18n import _
from dutydesk.views.labels import Words
from dutydesk.workflow.procedure import ANY, NO_CASE, OPEN, Procedure, Transition

START = "[*]"
EVERYWHERE = {ANY: "any_state", OPEN: "open_state"}
"""The box from which the acts of every state, and of every open state, are drawn."""


def mermaid(procedure: Procedure, words: Words | None = None) -> str:
    """The state diagram: each state by its name, each way between two states with its acts
    and their clauses.

    An act that leaves a case where it stands is not drawn; those allowed in every state lead from
    a box of their own, so that the drawing shows the road.
    """
    words = words or Words(procedure)
    lines = ["stateDiagram-v2", "    direction TB"]
    lines += [f"    {name}: {words.state(name)}" for name in procedure.states]
    ways: dict[tuple[str, str], list[str]] = {}
    for row in procedure.transitions:
        for source, target in _ways(row):
            said = ways.setdefault((source, target), [])
            act = _act(row, words)
            if act not in said:
                said.append(act)
    names = {"any_state": _("任何状态"), "open_state": _("任何在办状态")}
    drawn = {source for source, _target in ways}
    lines += [f"    {name}: {said}" for name, said in names.items() if name in drawn]
    for (source, target), acts in ways.items():
        lines.append(f"    {source} --> {target}: {_joined(acts)}")
    lines += [f"    {name} --> {START}" for name, state in procedure.states.items() if state.end]
    return "\n".join(lines) + "\n"


def _ways(row: Transition) -> Iterable[tuple[str, str]]:
    """From where to where the transition leads; nothing for one that changes no state."""
    target = row.to
    if target is None:
        return ()
    known = {NO_CASE: START, **EVERYWHERE}
    sources = [known.get(name, name) for name in row.from_]
    return [(source, target) for source in sources if source != target]


def _act(row: Transition, words: Words) -> str:
    """Number, act and clause of a transition."""
    said = f"{row.id} {words.verb(row.verb)}"
    return f"{said} {row.clause}" if row.clause else said


def _joined(acts: list[str]) -> str:
    """Acts as one label; a colon or a semicolon would end it."""
    return ", ".join(acts).replace(":", "-").replace(";", ",")
