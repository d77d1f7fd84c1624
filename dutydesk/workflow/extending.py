"""A procedure that extends a higher one: the prescribed part stands, local items come beside it.

What is prescribed is said by the higher file, in `[prescribed] lock`, as dotted paths
(K-2.2.1, M-4.1.1.5, M-5.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

IDENTIFIED_BY: Final[Mapping[str, str]] = {
    "transitions": "id",
    "posts": "role",
    **dict.fromkeys(
        ("levels", "grid_kinds", "domains", "routine", "measures", "powers", "slots"), "code"
    ),
    "entries": "code",
}
"""Lists whose entries are told apart by a key of their own: a lower file adds to them."""
NAMED: Final = ("roles", "states", "clocks", "fields", "acts", *IDENTIFIED_BY)
"""Collections to which entries may be added even where those that stand are prescribed."""
OWN: Final = ("name", "version", "zh", "en", "governing", "extends", "rollout")
"""What each procedure says of itself, whatever it extends."""
ROLLOUT: Final = ("pilot", "following", "live")
"""How far a procedure is rolled out at its desk: tried, to come, in force (K-2.2.3)."""


class Locked(NamedTuple):
    """A value that the higher procedure prescribes and the lower one changes."""

    path: str
    lock: str


def extend(higher: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The table of the lower procedure: the higher one with its own values laid over.

    Named lists are joined entry by entry; nothing of the higher one can be taken away.
    """
    table = _merged(higher, own)
    head = {name: value for name, value in own.get("procedure", {}).items() if name in OWN}
    table["procedure"] = {**_without_own(table.get("procedure", {})), **head}
    locks = [*_locks(higher), *(lock for lock in _locks(own) if lock not in _locks(higher))]
    table["prescribed"] = {"lock": locks}
    table["local"] = [*higher.get("local", ()), *_differing("", higher, own)]
    return table


def locked_changes(higher: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[Locked]:
    """Every prescribed value that the lower table gives differently, with the lock it touches."""
    for path in _differing("", higher, own):
        for lock in _locks(higher):
            if _touches(path, lock, higher):
                yield Locked(path, lock)
                break


def unknown_locks(table: Mapping[str, Any]) -> Iterator[str]:
    """Locks that name nothing in the table: they would hold nothing."""
    yield from (lock for lock in _locks(table) if _at(table, lock) is None)


def _locks(table: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(lock) for lock in table.get("prescribed", {}).get("lock", ()))


def _without_own(head: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in head.items() if name not in OWN}


def _merged(higher: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(higher)
    for name, value in own.items():
        before = found.get(name)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            found[name] = _merged(before, value)
        elif name in IDENTIFIED_BY and _listed(before) and _listed(value):
            found[name] = _joined(name, before, value)
        else:
            found[name] = value
    return found


def _joined(name: str, higher: Any, own: Any) -> list[Any]:
    """Entries of one name stand where they stood; new ones come behind.

    Entries without a name cannot be told apart: the lower list stands for the whole.
    """
    key = IDENTIFIED_BY[name]
    if not all(key in entry for entry in (*higher, *own)):
        return list(own)
    changes = {entry.get(key): entry for entry in own}
    known = [entry.get(key) for entry in higher]
    found = [_merged(entry, changes.get(entry.get(key), {})) for entry in higher]
    return [*found, *(entry for entry in own if entry.get(key) not in known)]


def _differing(path: str, higher: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[str]:
    """The dotted path of each value of the lower table that is new or other than the higher's."""
    for name, value in own.items():
        if (path == "" and name in ("prescribed", "local")) or (
            path == "procedure" and name in OWN
        ):
            continue
        inner = f"{path}.{name}" if path else str(name)
        before = higher.get(name)
        if name in IDENTIFIED_BY and _listed(value):
            yield from _differing(inner, _by_name(name, before or ()), _by_name(name, value))
        elif isinstance(before, Mapping) and isinstance(value, Mapping):
            yield from _differing(inner, before, value)
        elif before != value:
            yield inner


def _by_name(name: str, entries: Any) -> dict[str, Any]:
    key = IDENTIFIED_BY[name]
    return {str(entry.get(key, number)): entry for number, entry in enumerate(entries)}


def _touches(path: str, lock: str, higher: Mapping[str, Any]) -> bool:
    """Whether a change lies in what is locked; a new entry of a named collection does not."""
    if not (path == lock or path.startswith(f"{lock}.") or lock.startswith(f"{path}.")):
        return False
    parts = path.split(".")
    for length in range(1, len(parts)):
        collection = parts[length - 1] in NAMED
        if collection and _at(higher, ".".join(parts[: length + 1])) is None:
            return False
    return True


def _at(table: Mapping[str, Any], path: str) -> Any:
    """What stands at a dotted path; None where nothing does."""
    found: Any = table
    for name in path.split("."):
        if isinstance(found, Mapping) and name in found:
            found = found[name]
        else:
            return None
        if name in IDENTIFIED_BY and _listed(found):
            found = _by_name(name, found)
    return found


def _listed(value: Any) -> bool:
    """Whether this is a list of tables; a list of plain names is one value."""
    plain = isinstance(value, str) or not isinstance(value, Sequence)
    return not plain and all(isinstance(entry, Mapping) for entry in value)
