"""Which values of two procedures differ: path, old value, new value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dutydesk.workflow.extending import IDENTIFIED_BY

COUNTED = ("local",)
"""What a file does not say itself: it follows from the rest."""


class Change(NamedTuple):
    """One value that differs; `old` or `new` is None where it is only in one of them."""

    path: str
    old: Any
    new: Any


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """Every value that differs between two procedure files, in the order of the old one."""
    return tuple(_tables("", old, new))


def _tables(path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    found: list[Change] = []
    for key in [*old, *(name for name in new if name not in old)]:
        if key in COUNTED and not path:
            continue
        inner = f"{path}.{key}" if path else str(key)
        before, after = old.get(key), new.get(key)
        if key in IDENTIFIED_BY and _listed(before) and _listed(after):
            before, after = _by_id(before, key), _by_id(after, key)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            found += _tables(inner, before, after)
        elif before != after:
            found.append(Change(inner, before, after))
    return found


def _listed(value: Any) -> bool:
    """Whether this is a list of tables; a list of plain names is one value."""
    plain = isinstance(value, str) or not isinstance(value, Sequence)
    return not plain and all(isinstance(entry, Mapping) for entry in value)


def _by_id(rows: Any, key: str) -> dict[str, Any]:
    return {str(row.get(IDENTIFIED_BY[key], index)): row for index, row in enumerate(rows)}
