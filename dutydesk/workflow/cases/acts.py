"""What people and time may ask of a case, and what they are told then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dutydesk.workflow.cases.model import Actor, Case


@dataclass(frozen=True, slots=True)
class Act:
    """One verb of the procedure, asked by someone; ``case`` is a number or None.

    ``at`` is when it was true, ``recorded_at`` when it was entered; ``version`` is the case
    version the asker saw (None = whatever is current); ``key`` makes a repetition harmless;
    ``bundle`` names the acts that were one act of the hand, done to several cases at once.
    """

    verb: str
    by: Actor
    at: datetime
    recorded_at: datetime
    case: str | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    on_behalf: Actor | None = None
    channel: str | None = None
    key: str | None = None
    version: int | None = None
    seat: str | None = None
    bundle: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One fact of the journal: who did what, when, for whom and by which channel."""

    verb: str
    at: datetime
    recorded_at: datetime
    by: Actor
    case: str | None
    state: str | None
    seq: int
    data: Mapping[str, object]
    on_behalf: Actor | None = None
    channel: str | None = None
    clause: str | None = None
    late_entry: bool = False
    personal: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class ClockChange:
    """What happened to one clock: started, moved, stopped or ended, as it stood then."""

    change: str
    at: datetime
    clock: str
    clock_id: int
    party: str | None
    due_at: datetime | None
    on_time: bool | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to an act: the case as it is now, its events and its clock changes.

    ``follow`` are acts that the rules ask of other cases in the same transaction
    (a merge tells the case it was merged into).
    """

    case: Case
    events: tuple[Event, ...]
    changes: tuple[ClockChange, ...]
    follow: tuple[Act, ...] = ()
