"""A list that a source names and does not give: what may fill it, and how it is counted (A-36)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Entry = Mapping[str, Any]
"""One entry: `class`, `item`, `own` for a local addition (自选), `limit` as text, `note`."""


class Counts(NamedTuple):
    """What a list holds: prescribed classes and items, and local additions apart (M-4.1.1.4)."""

    classes: int
    items: int
    own: int


class SlotFault(NamedTuple):
    """Why entries do not fill a slot: `of` is classes, items, named, twice or prescribed.

    `expected` and `found` are counts, or the words that are missing, double or prescribed.
    """

    of: str
    expected: object
    found: object


def counts(entries: Sequence[Entry]) -> Counts:
    """How many prescribed classes and items there are, and how many additions."""
    prescribed = [entry for entry in entries if not entry.get("own", False)]
    classes = {entry.get("class") for entry in prescribed if entry.get("class")}
    return Counts(len(classes), len(prescribed), len(entries) - len(prescribed))


def faults(slot: Mapping[str, Any], entries: Sequence[Entry]) -> tuple[SlotFault, ...]:
    """Why these entries may not stand in the slot; empty where they fill it whole.

    Prescribed entries must be as many as the text counts, and hold the words that it does name;
    local additions are not counted. What a source gave itself stays prescribed.
    """
    found = counts(entries)
    wrong = [
        SlotFault(name, slot[name], getattr(found, name))
        for name in ("classes", "items")
        if slot.get(name) is not None and slot[name] != getattr(found, name)
    ]
    items = [str(entry.get("item", "")) for entry in entries]
    lost = [word for word in slot.get("named", ()) if not any(word in item for item in items)]
    twice = sorted({item for item in items if items.count(item) > 1})
    wrong += [SlotFault("named", tuple(lost), ())] if lost else []
    wrong += [SlotFault("twice", (), tuple(twice))] if twice else []
    return tuple(wrong)


def prescribed_kept(
    given: Sequence[Entry], entries: Sequence[Entry]
) -> tuple[SlotFault, tuple[Entry, ...]] | tuple[None, tuple[Entry, ...]]:
    """The entries that a source gives with the local additions among `entries` behind them.

    A prescribed one among these that the source does not have is a fault: nobody adds to the text.
    """
    known = {str(entry["item"]) for entry in given}
    foreign = [e for e in entries if not e.get("own", False) and str(e["item"]) not in known]
    if foreign:
        names = tuple(str(entry["item"]) for entry in foreign)
        return SlotFault("prescribed", tuple(sorted(known)), names), ()
    own = [e for e in entries if e.get("own", False) and str(e["item"]) not in known]
    return None, (*given, *own)
