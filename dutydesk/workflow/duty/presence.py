"""Who is on duty now: the plan, and what people said since (present, out, off)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from dutydesk.workflow.duty.model import DutyState
from dutydesk.workflow.parts import Parts
from dutydesk.workflow.time.zone import day_start


class Status(StrEnum):
    """The state of one post: said by an event, UNKNOWN while planned only, VACANT without either.

    OUT is out on a case, which counts as on duty (A-09).
    """

    PRESENT = "present"
    OUT = "out"
    OFF = "off"
    UNKNOWN = "unknown"
    VACANT = "vacant"


class Slot(NamedTuple):
    """One post of the desk; `area` is None for a post of all areas, `department` is its unit."""

    area: str | None
    post: str
    department: str | None = None


class Planned(NamedTuple):
    """Who is planned at a post, from when to when (the end is outside)."""

    slot: Slot
    name: str
    from_at: datetime
    to_at: datetime


class Said(NamedTuple):
    """One presence event: which post is present, out or off since when, a relief until when."""

    slot: Slot
    status: Status
    at: datetime
    name: str | None = None
    until_at: datetime | None = None


class OnDuty(NamedTuple):
    """One post as it stands now; `others` are further names planned at the same time (X-3.3.3)."""

    slot: Slot
    name: str | None
    status: Status
    since_at: datetime | None
    until_at: datetime | None
    others: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the post counts as manned: there, out on a case, or on call by the plan."""
        return self.status in (Status.PRESENT, Status.OUT, Status.UNKNOWN)


def slots_of(areas: Iterable[str], parts: Parts) -> tuple[Slot, ...]:
    """The posts of these areas, then those of all areas, in the order of the procedure."""
    slots: list[Slot] = []
    for area in areas:
        for post in parts.posts:
            if post.per == "unit":
                slots += [Slot(area, post.role, unit) for unit in post.units]
            elif post.per == "area":
                slots.append(Slot(area, post.role))
    return (*slots, *(Slot(None, post.role) for post in parts.posts if post.per == "all"))


def on_duty(
    slots: Iterable[Slot], planned: Iterable[Planned], said: Iterable[Said], at: datetime
) -> tuple[OnDuty, ...]:
    """Each slot with who holds it at the instant.

    A presence event overrides the plan from its moment until the planned turn ends;
    at a post without a turn, until midnight. The latest event counts.
    """
    plan: dict[Slot, list[Planned]] = {}
    for entry in planned:
        if entry.from_at <= at < entry.to_at:
            plan.setdefault(entry.slot, []).append(entry)
    latest: dict[Slot, Said] = {}
    for event in sorted(said, key=lambda event: event.at):
        if event.at <= at and (event.until_at is None or at < event.until_at):
            latest[event.slot] = event
    return tuple(_now(slot, plan.get(slot, []), latest.get(slot), at) for slot in slots)


def said_in(state: DutyState, parts: Parts) -> tuple[Said, ...]:
    """The presence that is stored of an area's desk; a lead is stored under his unit.

    A post of all areas is said at one desk and holds there.
    """
    shared = {post.role for post in parts.posts if post.per == "all"}
    lead, units = parts.lead, parts.units
    return tuple(
        Said(
            Slot(state.area, lead, entry.post)
            if lead and entry.post in units
            else Slot(None if entry.post in shared else state.area, entry.post),
            Status(entry.status),
            entry.since_at,
            entry.name,
            entry.until_at,
        )
        for entry in state.presence
    )


def _now(slot: Slot, turns: list[Planned], said: Said | None, at: datetime) -> OnDuty:
    turn = turns[0] if turns else None
    name = turn.name if turn else None
    until_at = turn.to_at if turn else None
    others = tuple(dict.fromkeys(other.name for other in turns[1:] if other.name != name))
    holds_from = turn.from_at if turn else day_start(at)
    if said is not None and said.at >= holds_from:
        return OnDuty(
            slot, said.name or name, said.status, said.at, said.until_at or until_at, others
        )
    status = Status.UNKNOWN if turn else Status.VACANT
    return OnDuty(slot, name, status, turn.from_at if turn else None, until_at, others)
