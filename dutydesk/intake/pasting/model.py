"""What a pasted text gives: one order after the other, each field with how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Certainty(StrEnum):
    """Whether a label said it, or the text was searched for it."""

    READ = "read"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class Pasted:
    """One order of a pasted text.

    `fields` are those of a `register` act, typed; `certainty` says of each how it was found.
    `standing` is what the text says of an order that is known (open, returned, urged, withdrawn,
    due_moved), `word` its own words for it. `unreadable` tells why nothing can be made of it: a
    named reason, empty where something can. `text` is the part of the paste that it was read from.
    """

    fields: Mapping[str, object]
    certainty: Mapping[str, Certainty]
    standing: str = "open"
    word: str = ""
    unreadable: str = ""
    text: str = ""

    @property
    def guessed(self) -> frozenset[str]:
        """The fields that were guessed; the matter is the text itself and no guess."""
        found = (n for n, sure in self.certainty.items() if sure is Certainty.GUESSED)
        return frozenset(found) - {"description"}

    @property
    def number(self) -> str:
        """The number from above, empty without one."""
        return str(self.fields.get("external_no") or "")


@dataclass(slots=True)
class Finds:
    """The fields found so far; what was read stands before what is guessed."""

    fields: dict[str, object] = field(default_factory=dict)
    certainty: dict[str, Certainty] = field(default_factory=dict)

    def read(self, name: str, value: object) -> None:
        """A label said it; the first label counts."""
        self._put(name, value, Certainty.READ)

    def guess(self, name: str, value: object) -> None:
        """The text was searched for it."""
        self._put(name, value, Certainty.GUESSED)

    def _put(self, name: str, value: object, sure: Certainty) -> None:
        if name not in self.fields and value not in (None, "", {}):
            self.fields[name] = value
            self.certainty[name] = sure
