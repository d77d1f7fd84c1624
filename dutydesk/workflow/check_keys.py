"""Keys of a procedure file that nothing reads: a misspelt `guards` would be no guard at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dutydesk.workflow.check_problem import Problem
from dutydesk.workflow.procedure import build


class _Noted(dict[str, Any]):
    """A table that remembers which of its keys were asked for."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        super().__init__(table)
        self.asked: set[str] = set()
        self.where = ""
        self.trail: list[tuple[str, str]] = []

    def __getitem__(self, key: str) -> Any:
        self._ask(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._ask(str(key))
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self._ask(key)
        return super().get(key, default)

    def _ask(self, key: str) -> None:
        self.asked.add(key)
        self.trail.append((self.where, key))


_Places = list[tuple[str, _Noted]]


def last_asked(table: Mapping[str, Any]) -> str | None:
    """Where building a malformed table stopped, dotted, the key last; None where it does not say.

    For a table that ``build`` refuses: the piece that was read last holds what it broke on.
    """
    places: _Places = []
    try:
        noted = _noting(table, places)
        noted["procedure"] = _note("procedure", table["procedure"], places)
    except (LookupError, ValueError, TypeError, AttributeError):
        return None
    trail: list[tuple[str, str]] = []
    for where, piece in places:
        piece.trail, piece.where = trail, where
    try:
        build(noted)
    except (LookupError, ValueError, TypeError, AttributeError):
        return f"{trail[-1][0]}.{trail[-1][1]}" if trail else None
    return None


def key_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Each key of a state, act, field, clock, rung or transition that building it never asks for.

    The table must be one that ``build`` takes.
    """
    places: _Places = []
    build(_noting(table, places))
    for where, noted in places:
        # A piece that was copied before it was read says nothing about its keys.
        if not noted.asked:
            continue
        for key in noted:
            if key not in noted.asked:
                yield Problem("unknown_key", where, {"name": key, "known": sorted(noted.asked)})


def _noting(table: Mapping[str, Any], places: _Places) -> dict[str, Any]:
    told = dict(table)
    for part in ("states", "acts", "fields"):
        told[part] = {n: _note(f"{part}.{n}", t, places) for n, t in table[part].items()}
    told["transitions"] = [
        _note(f"transitions.{t.get('id')}", t, places) for t in table["transitions"]
    ]
    told["clocks"] = {n: _clock(f"clocks.{n}", t, places) for n, t in table["clocks"].items()}
    return told


def _clock(where: str, table: Mapping[str, Any], places: _Places) -> _Noted:
    told = dict(table)
    for part in ("warnings", "ladder"):
        if part in table:
            told[part] = [_note(f"{where}.{part}", rung, places) for rung in table[part]]
    if "variants" in table:
        told["variants"] = {
            name: _clock(f"{where}.variants.{name}", changes, places)
            for name, changes in table["variants"].items()
        }
    return _note(where, told, places)


def _note(where: str, table: Mapping[str, Any], places: _Places) -> _Noted:
    noted = _Noted(table)
    places.append((where, noted))
    return noted
