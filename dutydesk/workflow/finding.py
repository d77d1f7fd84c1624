"""Known names inside a free text: the longest name wins and no character is read twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

_ORDER = ("grid", "estate", "area", "outside", "road", "boundary", "ignored", "short")


class Find(NamedTuple):
    """One known name in the text: its kind, whose it is, and where it stands."""

    kind: str
    owners: tuple[str, ...]
    start: int
    end: int


@dataclass(slots=True)
class Names:
    """A dictionary of names; one name of one kind can have several owners."""

    entries: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    longest: int = 0

    def add(self, kind: str, name: str, owner: str | None = None) -> None:
        """Adds a name; of two kinds with one name the more telling one is kept."""
        if not name:
            return
        owners: tuple[str, ...] = () if owner is None else (owner,)
        held = self.entries.get(name)
        if held is not None and held[0] == kind:
            owners = tuple(dict.fromkeys(held[1] + owners))
        elif held is not None and _ORDER.index(held[0]) < _ORDER.index(kind):
            return
        self.entries[name] = (kind, owners)
        self.longest = max(self.longest, len(name))


def find_all(text: str, names: Names) -> tuple[Find, ...]:
    """All known names in the text, left to right, longest first at each position."""
    finds: list[Find] = []
    start = 0
    while start < len(text):
        for length in range(min(names.longest, len(text) - start), 0, -1):
            held = names.entries.get(text[start : start + length])
            if held is not None:
                finds.append(Find(held[0], held[1], start, start + length))
                start += length
                break
        else:
            start += 1
    return tuple(finds)
