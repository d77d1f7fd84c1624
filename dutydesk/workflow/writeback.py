"""What the platform of a numbered case is told, and in which order its page asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dutydesk.workflow.label import Label

COPIED = (
    *("external_no", "state", "at", "unit", "grid", "category", "party", "result", "report"),
    *("reason", "belongs_to", "satisfaction", "attachments", "by"),
)
"""What of a case and its act can be copied; the views know the value of each."""


class Copied(NamedTuple):
    """One field of a platform's page: what goes into it, and what the page calls it."""

    name: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An act that the platform has to be told.

    Entering it covers the acts in `covers`; it takes back an act in `recalls` that was not entered
    yet, else it is owed itself; `clears` leaves nothing earlier to be entered; `linked` is told of
    the cases merged into this one as well.
    """

    label: Label
    fields: tuple[Copied, ...]
    covers: tuple[str, ...] = ()
    recalls: tuple[str, ...] = ()
    clears: bool = False
    linked: bool = False


@dataclass(frozen=True, slots=True)
class WriteBack:
    """Everything a procedure says of it; one that says nothing owes nothing.

    `voids` names acts after which another is not to be entered any more, of the same party where
    the act names one; `moves_on` names those with which the platform itself goes on.
    """

    acts: Mapping[str, Told] = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)
    channels: Mapping[str, Mapping[str, tuple[Copied, ...]]] = field(default_factory=dict)
    voids: Mapping[str, str] = field(default_factory=dict)
    moves_on: tuple[str, ...] = ()
    basis: str = "house"
    clause: str | None = None

    @property
    def concerns(self) -> frozenset[str]:
        """The verbs after which something is owed, or no longer owed."""
        return frozenset((*self.acts, *self.voids, *self.moves_on)) if self.acts else frozenset()

    def order(self, channel: str, verb: str) -> tuple[Copied, ...]:
        """The fields in the order of a platform's page."""
        own = self.channels.get(channel, {}).get(verb)
        return own if own is not None else self.acts[verb].fields


def build_writeback(table: Mapping[str, Any]) -> WriteBack:
    """The `[writeback]` table of a procedure file.

    Raises KeyError, ValueError or TypeError where it is malformed.
    """
    return WriteBack(
        acts={verb: _told(told) for verb, told in table.get("acts", {}).items()},
        labels={n: Label(str(t["zh"]), str(t["en"])) for n, t in table.get("fields", {}).items()},
        channels={
            channel: {verb: _copied(fields) for verb, fields in orders.items()}
            for channel, orders in table.get("channels", {}).items()
        },
        voids=dict(table.get("voids", {})),
        moves_on=tuple(table.get("moves_on", ())),
        basis=str(table.get("basis", "house")),
        clause=table.get("clause"),
    )


def _told(table: Mapping[str, Any]) -> Told:
    return Told(
        label=Label(str(table["zh"]), str(table["en"])),
        fields=_copied(table["fields"]),
        covers=tuple(table.get("covers", ())),
        recalls=tuple(table.get("recalls", ())),
        clears=bool(table.get("clears", False)),
        linked=bool(table.get("linked", False)),
    )


def _copied(texts: list[str]) -> tuple[Copied, ...]:
    """`name` or `name LABEL ON THE PAGE`."""
    if not isinstance(texts, list):
        raise TypeError(f"a list of fields, not {texts!r}")
    parts = (str(text).partition(" ") for text in texts)
    return tuple(Copied(name, label.strip() or None) for name, _blank, label in parts)
