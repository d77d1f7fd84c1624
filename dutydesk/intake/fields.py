"""A layout laid over one header: how each field is taken out of a line of cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dutydesk.intake.recognise import Match
from dutydesk.text import one_line

_NO_WORDS: Mapping[str, str] = {}


class Part(NamedTuple):
    """One column of a field: where it stands, what is cut off its end, how its words are read."""

    column: int
    suffixes: tuple[str, ...]
    words: Mapping[str, str]


class _Plan(NamedTuple):
    """How a field is put together: all of `joined`, else the first of `picked`, else `fallen`."""

    own: Part | None
    joined: tuple[Part, ...]
    picked: tuple[Part, ...]
    fallen: tuple[Part, ...]


class FieldPlan:
    """Gives a field's text from a line of cells; null words and absent columns give ""."""

    def __init__(self, match: Match) -> None:
        layout = match.layout
        self.layout = layout
        self.at = match.at
        self.names = distinct(match.names)
        self._nulls = layout.nulls | {""}
        names = {*layout.fields, *layout.join, *layout.pick, *layout.fallback}
        self._plans = {name: self._plan(name) for name in names}

    def _plan(self, name: str) -> _Plan:
        def parts(names: Sequence[str]) -> tuple[Part, ...]:
            found = (self.part(part) for part in names)
            return tuple(part for part in found if part is not None)

        layout = self.layout
        return _Plan(
            self.part(name),
            parts(layout.join.get(name, ())),
            parts(layout.pick.get(name, ())),
            parts(layout.fallback.get(name, ())),
        )

    def part(self, name: str) -> Part | None:
        """The field's own column, None where the header lacks it."""
        index = self.at.get(name)
        if index is None:
            return None
        words = _NO_WORDS if name == "channel" else self.layout.values.get(name, _NO_WORDS)
        return Part(index, self.layout.strip_suffixes.get(name, ()), words)

    def own(self, name: str, texts: Sequence[str]) -> str:
        """The field's own column, trimmed, otherwise as the file has it."""
        index = self.at.get(name)
        if index is None:
            return ""
        value = texts[index].strip()
        return "" if value in self._nulls else value

    def text(self, name: str, texts: Sequence[str]) -> str:
        """The field as the layout puts it together, without suffixes and through its words."""
        plan = self._plans.get(name)
        if plan is None:
            return ""
        if plan.joined:
            value = "\n".join(self._each(plan.joined, texts))
        else:
            value = self.read(plan.own, texts) if plan.own is not None else ""
        if not value and plan.picked:
            value = self._first(plan.picked, texts)
        if not value and plan.fallen:
            value = " ".join(self._each(plan.fallen, texts))
        return value

    def _each(self, parts: Sequence[Part], texts: Sequence[str]) -> dict[str, None]:
        """The parts that say something, in order and without repeats."""
        return {value: None for part in parts if (value := self.read(part, texts))}

    def _first(self, parts: Sequence[Part], texts: Sequence[str]) -> str:
        for part in parts:
            if value := self.read(part, texts):
                return value
        return ""

    def read(self, part: Part, texts: Sequence[str]) -> str:
        """One part of a field: trimmed, without suffix, through its words; "" for a null word."""
        column, suffixes, words = part
        value = texts[column].strip()
        if value in self._nulls:
            return ""
        if suffixes and value.endswith(suffixes):
            # The first suffix of the list that fits is cut off, and only one.
            suffix = next(suffix for suffix in suffixes if value.endswith(suffix))
            value = value.removesuffix(suffix).rstrip() or value
        return words.get(value, value) if words else value

    def parts_of(self, name: str) -> tuple[str, ...]:
        """The field, and the fields it may be put together from."""
        layout = self.layout
        return (name, *layout.pick.get(name, ()), *layout.fallback.get(name, ()))

    def column(self, name: str) -> int | None:
        """Where the field, or the first part of it, stands."""
        return next((self.at[part] for part in self.parts_of(name) if part in self.at), None)


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Column names as keys: an empty one is its position, a repeated one carries it."""
    result: dict[str, None] = {}
    for index, name in enumerate(names, start=1):
        plain = one_line(name) or f"#{index}"
        result[plain if plain not in result else f"{plain}#{index}"] = None
    return tuple(result)
