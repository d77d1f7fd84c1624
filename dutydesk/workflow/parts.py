"""Which role of a procedure plays which part at the desk: the engine knows parts, never roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dutydesk.workflow.duty.posts import (
    HandOver,
    Post,
    PresenceRule,
    StandingRule,
    build_hand_over,
    build_post,
    build_presence,
    build_standing,
)
from dutydesk.workflow.label import Label, read_label


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that the engine asks for, each a role of the procedure.

    ``operator`` sits at the desk. ``night`` takes it over out of hours; None where nobody does,
    and ``left`` are the acts that stay with the operator then. ``records_for`` are those whose acts
    the operator may record on behalf; ``handlers`` act as a party of a case, the first of them
    stands for any party. ``deputy`` decides what is above the operator, ``head`` is above him,
    ``inspector`` looks at what others did. ``posts`` is the roster in the order in which it is
    shown; ``label`` and ``night_label`` are what the desk is called while each holds.
    """

    operator: str
    night: str | None = None
    left: frozenset[str] = frozenset()
    records_for: frozenset[str] = frozenset()
    handlers: tuple[str, ...] = ()
    deputy: str | None = None
    head: str | None = None
    inspector: str | None = None
    posts: tuple[Post, ...] = ()
    label: Label | None = None
    night_label: Label | None = None
    hand_over: HandOver = field(default_factory=HandOver)
    presence: PresenceRule = field(default_factory=PresenceRule)
    standing: StandingRule | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """Every role that plays a part."""
        single = (self.operator, self.night, self.deputy, self.head, self.inspector)
        standing = (self.standing.giver,) if self.standing else ()
        posts = (role for post in self.posts for role in (post.role, post.stands_in) if role)
        lists = (*self.handlers, *self.hand_over.to, *self.presence.by, *standing, *posts)
        return (*(r for r in single if r), *sorted(self.records_for), *lists)

    @property
    def lead(self) -> str | None:
        """The post that is held once for each unit; None where there is none."""
        return next((post.role for post in self.posts if post.per == "unit"), None)

    @property
    def units(self) -> tuple[str, ...]:
        """The bodies with a lead each."""
        return tuple(unit for post in self.posts if post.per == "unit" for unit in post.units)

    @property
    def in_grids(self) -> frozenset[str]:
        """The posts that are held in each grid: people to ring, never a place at the desk."""
        return frozenset(post.role for post in self.posts if post.per == "grid")

    def post(self, role: str) -> Post | None:
        """The post of a role."""
        return next((post for post in self.posts if post.role == role), None)

    def short(self, name: str) -> Label | None:
        """What a post or a unit is called where two characters must do."""
        return next((post.short[name] for post in self.posts if name in post.short), None)


def build_parts(table: Mapping[str, Any]) -> Parts:
    """The parts of a procedure's ``[desk]`` table; KeyError without an operator.

    A procedure that lists no posts has those that its parts name.
    """
    operator, deputy = str(table["operator"]), table.get("deputy")
    posts = tuple(build_post(entry) for entry in table.get("posts", ()))
    return Parts(
        operator=operator,
        night=table.get("night"),
        left=frozenset(table.get("left_to_operator", ())),
        records_for=frozenset(table.get("records_for", ())),
        handlers=tuple(table.get("handlers", ())),
        deputy=deputy,
        head=table.get("head"),
        inspector=table.get("inspector"),
        posts=posts or _plain_posts(operator, deputy, table.get("night")),
        label=read_label(table["label"]) if "label" in table else None,
        night_label=read_label(table["night_label"]) if "night_label" in table else None,
        hand_over=build_hand_over(table.get("hand_over", {})),
        presence=build_presence(table.get("presence", {})),
        standing=build_standing(table.get("standing", {}), deputy),
    )


def _plain_posts(operator: str, deputy: str | None, night: str | None) -> tuple[Post, ...]:
    found = [Post(operator, shown="always")]
    found += [Post(deputy, shown="always")] if deputy else []
    found += [Post(night, per="all")] if night else []
    return tuple(found)
