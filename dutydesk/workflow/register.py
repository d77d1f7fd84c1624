"""A list that is kept and never deleted: what a new edition of it adds, changes and leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Body = Mapping[str, str]
"""What one entry says, by field; every value a text, blank where the list says nothing."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one entry that a new edition says otherwise."""

    code: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What a file does to a list: codes by what becomes of them, and each changed field.

    `absent` are the entries that the file does not name: they stay as they are.
    """

    added: tuple[str, ...]
    changes: tuple[Change, ...]
    unchanged: tuple[str, ...]
    absent: tuple[str, ...]

    @property
    def changed(self) -> tuple[str, ...]:
        """The codes of which anything changes, each once."""
        return tuple(dict.fromkeys(change.code for change in self.changes))

    @property
    def nothing(self) -> bool:
        """Whether the list stays as it is."""
        return not self.added and not self.changes


def difference(known: Mapping[str, Body], given: Mapping[str, Body]) -> Difference:
    """What becomes of the `known` entries when those `given` are put into them, by code."""
    changes = [
        Change(code, field, known[code].get(field, ""), body.get(field, ""))
        for code, body in given.items()
        if code in known
        for field in dict.fromkeys((*known[code], *body))
        if known[code].get(field, "") != body.get(field, "")
    ]
    touched = {change.code for change in changes}
    return Difference(
        added=tuple(code for code in given if code not in known),
        changes=tuple(changes),
        unchanged=tuple(code for code in given if code in known and code not in touched),
        absent=tuple(code for code in known if code not in given),
    )
