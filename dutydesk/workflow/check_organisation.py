"""What a procedure says of the place it is for: levels, grids, duties, lists that are not supplied.

Each entry is marked `text` with its clause, or `house`. A slot is a list that the source names and
does not give: it stays empty, or is filled whole, with the counts of the text (A-36).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dutydesk.workflow.check_problem import Problem
from dutydesk.workflow.slots import faults

ENTRIES = ("levels", "grid_kinds", "domains", "routine", "measures", "powers", "slots")
"""The lists of entries that a procedure may carry."""


def organisation_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Entries that are not marked, codes used twice, slots that are filled by halves."""
    for name in ENTRIES:
        seen: set[str] = set()
        for number, entry in enumerate(table.get(name, ())):
            code = str(entry.get("code", ""))
            where = f"{name}.{code or number}"
            basis, clause = entry.get("basis"), entry.get("clause")
            if basis not in ("text", "house") or (basis == "text" and not clause):
                yield Problem("value_not_marked", where, {"basis": basis, "clause": clause})
            missing = [key for key in ("code", "zh", "en") if not entry.get(key)]
            for key in missing:
                yield Problem("unknown_field", where, {"name": key, "known": ["code", "zh", "en"]})
            if code in seen:
                yield Problem("unknown_value", where, {"name": code, "known": sorted(seen)})
            seen.add(code)
            if name == "slots":
                yield from _slot(where, entry)
            if "ratio" in entry:
                yield from _sample(where, entry, table.get("roles", {}))


def _sample(where: str, duty: Mapping[str, Any], roles: Mapping[str, Any]) -> Iterator[Problem]:
    """A share lies above 0 and is 1 at most, somebody of the procedure judges (A-18)."""
    ratio = duty["ratio"]
    if isinstance(ratio, bool) or not isinstance(ratio, (int, float)) or not 0 < ratio <= 1:
        yield Problem("not_a_share", where, {"name": "ratio", "value": ratio})
    if duty.get("by") not in roles:
        yield Problem("unknown_role", where, {"name": duty.get("by"), "known": sorted(roles)})
    for name, most in (("settle_workdays", 60), ("warn_day", 28)):
        value = duty.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            yield Problem("not_within", where, {"name": name, "value": value, "most": most})


def _slot(where: str, slot: Mapping[str, Any]) -> Iterator[Problem]:
    """A slot is empty, or holds as many classes and prescribed items as the text counts."""
    entries: Sequence[Mapping[str, Any]] = slot.get("entries", ())
    for fault in faults(slot, entries) if entries else ():
        expected, found = fault.expected, fault.found
        params = {"of": fault.of, "expected": f"{expected} {fault.of}"}
        yield Problem("slot_count", where, params | {"count": f"{found} {fault.of}"})


def supplied(slot: Mapping[str, Any]) -> bool:
    """Whether the list is there; what is not says so wherever it is shown."""
    return bool(slot.get("entries"))
