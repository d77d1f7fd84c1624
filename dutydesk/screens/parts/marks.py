"""Marked rows: which cases the next act is for, drawn as a shape at the row's left edge."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from dutydesk.screens.keys import KeyHint
from dutydesk.screens.parts.paint import Line, Span
from dutydesk.views.labels import N_

SHAPE = "✓"
EDGE = 2
"""The span of a row's left part that is blank: behind the bar and the light."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What a search gives when several cases were named: their full numbers, as they were named."""

    numbers: tuple[str, ...]


def with_shape(line: Line) -> Line:
    """The left part of a row with the mark in the blank behind its light."""
    return (*line[:EDGE], Span(SHAPE, "accent!"), *line[EDGE + 1 :])


def count_of(marks: Collection[str]) -> list[Span]:
    """How many are marked; nothing where none is."""
    return [Span(f"{SHAPE}{len(marks)} ", "accent!")] if marks else []


def hints(marks: Collection[str]) -> tuple[KeyHint, ...]:
    """What the keys do while cases are marked."""
    return (
        KeyHint(f"{SHAPE}{len(marks)}", N_("件捆办")),
        KeyHint("Enter", N_("选一步")),
        KeyHint("*", N_("一通电话")),
        KeyHint("-", N_("便签")),
        KeyHint("1-9", N_("办理")),
        KeyHint("Ins", N_("勾选")),
        KeyHint("Esc", N_("放开")),
        KeyHint("?", N_("帮助")),
    )
