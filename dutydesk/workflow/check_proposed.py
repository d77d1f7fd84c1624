"""What the forms of a procedure propose: a field of the act with a value or word that is known."""

from __future__ import annotations

from collections.abc import Iterator

from dutydesk.workflow.check_problem import Problem
from dutydesk.workflow.procedure_model import ActKind, Procedure

PROPOSED = frozenset(
    (
        *("=now", "=tomorrow", "=put_off", "=place", "=category"),
        *("=lead", "=party", "=parties", "=waited_for", "=phrase"),
    )
)
"""The words that stand for what the form finds when it opens."""


def proposal_problems(procedure: Procedure) -> Iterator[Problem]:
    """Every proposal of every act that its form could not hold."""
    for verb, kind in procedure.acts.items():
        for name, value in kind.proposed.items():
            yield from _one(kind, f"acts.{verb}.proposed", name, value)
        for name in kind.phrases:
            yield from _known(kind, f"acts.{verb}.phrases", name)


def _known(kind: ActKind, where: str, name: str) -> Iterator[Problem]:
    if kind.field(name) is None:
        known = sorted({found.name for found in kind.fields})
        yield Problem("unknown_field", where, {"name": name, "known": known})


def _one(kind: ActKind, where: str, name: str, value: object) -> Iterator[Problem]:
    field = kind.field(name)
    if field is None:
        yield from _known(kind, where, name)
    elif value == "=phrase" and name not in kind.phrases:
        yield Problem("unknown_value", where, {"name": value, "known": sorted(kind.phrases)})
    elif isinstance(value, str) and value.startswith("="):
        if value not in PROPOSED:
            yield Problem("unknown_value", where, {"name": value, "known": sorted(PROPOSED)})
    elif field.choices and value not in field.choices:
        yield Problem("unknown_value", where, {"name": value, "known": list(field.choices)})
