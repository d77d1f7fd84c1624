"""The posts of a desk, and what is asked of an act that concerns the desk itself, as data says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from dutydesk.workflow.label import Label, read_label

PER: Final = ("area", "unit", "grid", "all")
"""How often a post is held: once in each area, once for each unit in it, in each grid, or once."""
SHOWN: Final = ("always", "roomy", "listed")
"""When the desk's panel shows a post: always, where there is room, or in lists only."""
DOES: Final[Mapping[str, tuple[str, ...]]] = {
    "hand_over": ("to",),
    "take_over": ("red",),
    "presence": ("post", "status"),
    "standing": ("giver", "text", "channel", "difficulties", "until"),
}
"""What an act of the desk may do, with the fields that it needs for that."""


@dataclass(frozen=True, slots=True)
class Post:
    """One post of the roster: a role, and how often it is held.

    ``units`` are the bodies with one holder each. ``short`` are the names where two characters
    must do, by role or unit. ``stands_in`` is the post whose holder this one answers for.
    """

    role: str
    per: str = "area"
    units: tuple[str, ...] = ()
    shown: str = "listed"
    short: Mapping[str, Label] = field(default_factory=dict)
    stands_in: str | None = None


@dataclass(frozen=True, slots=True)
class HandOver:
    """Who may take the desk over from its operator, and the clause that says so."""

    to: tuple[str, ...] = ()
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class StandingRule:
    """Whose standing instruction holds for all cases, and how long at most."""

    giver: str
    longest: timedelta
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class PresenceRule:
    """Who may say who is there; empty means everybody."""

    by: tuple[str, ...] = ()
    clause: str | None = None


def build_post(table: Mapping[str, Any]) -> Post:
    """One ``[[desk.posts]]`` entry; KeyError without a role."""
    units = tuple(table.get("units", ()))
    short = {str(k): read_label(v) for k, v in table.get("short", {}).items()}
    return Post(
        role=str(table["role"]),
        per=str(table.get("per", "unit" if units else "area")),
        units=units,
        shown=str(table.get("shown", "listed")),
        short=short,
        stands_in=table.get("stands_in"),
    )


def build_hand_over(table: Mapping[str, Any]) -> HandOver:
    """``[desk.hand_over]``."""
    return HandOver(tuple(table.get("to", ())), table.get("clause"))


def build_presence(table: Mapping[str, Any]) -> PresenceRule:
    """``[desk.presence]``."""
    return PresenceRule(tuple(table.get("by", ())), table.get("clause"))


def build_standing(table: Mapping[str, Any], deputy: str | None) -> StandingRule | None:
    """``[desk.standing]``: without it nobody gives one."""
    giver = table.get("giver", deputy)
    if not table or giver is None:
        return None
    longest = timedelta(hours=int(table.get("longest_hours", 24)))
    return StandingRule(str(giver), longest, table.get("clause"))
