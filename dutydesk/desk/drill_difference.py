"""Where the output of a drill is not what was expected: the first line that differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]
WHO = ("kind", "case", "party", "clock", "event", "do")
"""What makes two lines speak of the same thing."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One expected line that did not come, or one that came and was not expected.

    `number` is the expected line (from 1), None for one that was not expected; `expected` and
    `got` are lines, `got` the nearest one of the same thing or None; `names` are the fields that
    differ between the two.
    """

    number: int | None
    expected: Json | None
    got: Json | None
    names: tuple[str, ...] = ()


def difference(output: Sequence[Json], expected: Sequence[tuple[int, Json]]) -> Difference | None:
    """The first difference between an output and numbered expected lines; None without any.

    An expected line names as many fields as it likes, and lines come in the order of the output;
    what lies between them is nobody's concern. Where the last expected line is a summary it is a
    whole output: then a line that nobody expected is a difference too.
    """
    whole = bool(expected) and expected[-1][1].get("kind") == "summary"
    at = 0
    for number, line in expected:
        found = next((k for k in range(at, len(output)) if _fits(output[k], line)), None)
        if found is None:
            return _missing(number, line, output[at:])
        if whole and found > at:
            return Difference(None, None, output[at])
        at = found + 1
    return None


def _fits(line: Json, expected: Json) -> bool:
    return all(name in line and line[name] == value for name, value in expected.items())


def _missing(number: int, expected: Json, rest: Sequence[Json]) -> Difference:
    """The nearest line of the same thing: as many fields alike as can be, the first of them."""
    same = [line for line in rest if all(line.get(n) == expected[n] for n in WHO if n in expected)]
    if not same:
        return Difference(number, expected, None)
    got = min(same, key=lambda line: len(_names(line, expected)))
    return Difference(number, expected, got, _names(got, expected))


def _names(line: Json, expected: Json) -> tuple[str, ...]:
    return tuple(name for name, value in expected.items() if line.get(name) != value)
