"""Which role of a procedure plays which part at the desk: the engine knows parts, never roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that the engine asks for, each a role of the procedure.

    ``operator`` sits at the desk. ``night`` takes it over out of hours; None where nobody does,
    and ``left`` are the acts that stay with the operator then. ``records_for`` are those whose acts
    the operator may record on behalf; ``handlers`` act as a party of a case, the first of them
    stands for any party. ``deputy`` decides what is above the operator.
    """

    operator: str
    night: str | None = None
    left: frozenset[str] = frozenset()
    records_for: frozenset[str] = frozenset()
    handlers: tuple[str, ...] = ()
    deputy: str | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """Every role that plays a part."""
        single = (self.operator, self.night, self.deputy)
        return (*(r for r in single if r), *sorted(self.records_for), *self.handlers)


def build_parts(table: Mapping[str, Any]) -> Parts:
    """The parts of a procedure's ``[desk]`` table; KeyError without an operator."""
    return Parts(
        operator=str(table["operator"]),
        night=table.get("night"),
        left=frozenset(table.get("left_to_operator", ())),
        records_for=frozenset(table.get("records_for", ())),
        handlers=tuple(table.get("handlers", ())),
        deputy=table.get("deputy"),
    )
