"""Frozen dataclasses as plain documents and back, exactly; defaults are left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from dutydesk.storage.types import from_ms, to_ms

Turn = Callable[[Any], Any]
_UNSET = object()
_PLAIN = (str, int, bool, float, NoneType)


class Codec:
    """Turns one dataclass into a map of plain values and back.

    Instants become milliseconds, tuples lists, nested dataclasses maps. A field that a later
    version adds with a default reads from an older document; one that it drops is passed over.
    """

    __slots__ = ("_kind", "_reading", "_writing")

    def __init__(self, kind: type, *, without: frozenset[str] = frozenset()) -> None:
        hints = get_type_hints(kind)
        steps = [(f, *_turns(hints[f.name])) for f in fields(kind) if f.name not in without]
        self._kind = kind
        self._writing = tuple((f.name, _default(f), write) for f, write, _read in steps)
        self._reading = {f.name: read for f, _write, read in steps}

    def write(self, value: object) -> dict[str, Any]:
        """The fields that are not at their default, as plain values."""
        found: dict[str, Any] = {}
        for name, default, turn in self._writing:
            held = getattr(value, name)
            if held is default or held == default:
                continue
            found[name] = held if turn is None else turn(held)
        return found

    def arguments(self, document: dict[str, Any]) -> dict[str, Any]:
        """What the dataclass is made from, of those fields that the document holds."""
        reading = self._reading
        found: dict[str, Any] = {}
        for name, held in document.items():
            if name in reading:
                turn = reading[name]
                found[name] = held if turn is None else turn(held)
        return found

    def read(self, document: dict[str, Any]) -> Any:
        """The dataclass again; raises TypeError where a field without default is missing."""
        return self._kind(**self.arguments(document))


@cache
def codec(kind: type) -> Codec:
    """The one codec of a dataclass."""
    return Codec(kind)


def _default(field: Field[Any]) -> object:
    if field.default is not MISSING:
        return field.default
    if field.default_factory is not MISSING:
        return field.default_factory()
    return _UNSET


def _turns(hint: Any) -> tuple[Turn | None, Turn | None]:
    """How a value of this type is written and read; None where it stays as it is."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        inner = [part for part in get_args(hint) if part is not NoneType]
        if len(inner) != 1:
            raise TypeError(f"no codec for {hint}")
        return _unless_none(_turns(inner[0]))
    if origin is tuple:
        return _tuple(get_args(hint))
    if hint in _PLAIN:
        return None, None
    if hint is datetime:
        return to_ms, from_ms
    if isinstance(hint, type) and issubclass(hint, Enum):
        return (lambda value: value.value), hint
    if is_dataclass(hint) and isinstance(hint, type):
        return codec(hint).write, codec(hint).read
    raise TypeError(f"no codec for {hint}")


def _unless_none(turns: tuple[Turn | None, Turn | None]) -> tuple[Turn | None, Turn | None]:
    def guarded(turn: Turn | None) -> Turn | None:
        return None if turn is None else (lambda value: None if value is None else turn(value))

    return guarded(turns[0]), guarded(turns[1])


def _tuple(parts: tuple[Any, ...]) -> tuple[Turn, Turn]:
    if len(parts) == 2 and parts[1] is Ellipsis:
        write, read = _turns(parts[0])
        return (
            (lambda held: list(held) if write is None else [write(v) for v in held]),
            (lambda held: tuple(held) if read is None else tuple(read(v) for v in held)),
        )
    turns = [_turns(part) for part in parts]

    def each(which: int) -> Turn:
        steps = [turn[which] for turn in turns]

        def apply(held: Any) -> list[Any]:
            return [v if s is None else s(v) for v, s in zip(held, steps, strict=True)]

        return apply

    back = each(1)
    return each(0), lambda held: tuple(back(held))
