"""One alarm: a warning or ladder step of one clock run that has come (decision 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AlarmReason(StrEnum):
    """Why an alarm was raised."""

    FIRST = "FIRST"
    NEXT_RUNG = "NEXT_RUNG"
    REPEAT = "REPEAT"
    LEAVING = "LEAVING"
    STOPPED = "STOPPED"


class Silence(StrEnum):
    """Why an alarm does not ring (procedures.md 3.3, notice and alarm)."""

    NOTICE = "notice"
    SAME_STEP = "same_step"
    RUNS_ON_OTHERS = "runs_on_others"
    CLOSED_HOURS = "closed_hours"
    DIGEST = "digest"
    JUST_ACTED = "just_acted"
    SUPERSEDED = "superseded"
    TOGETHER = "together"
    GROUPED = "grouped"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Told:
    """Who stood behind a role at the moment of an alarm; nobody on duty: empty `names`.

    ``why`` says why he was told although the rung does not name him: a word of `resolving.WHY`.
    """

    role: str
    names: tuple[str, ...] = ()
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm; ``key`` is unique in a store: case, clock run and rung.

    ``planned_at`` is the moment the procedure names, ``raised_at`` when a sweep saw it; ``late``
    marks one that a sweep saw later than a clock that is kept sees it (`raising.LATE`).
    ``urgent`` is one of the urgent track; ``told`` are those on duty to whom it went by name.
    """

    key: str
    area: str
    case: str | None
    clock: str
    clock_id: int | None
    party: str | None
    light: str
    rung: int
    to: tuple[str, ...]
    rings: bool
    reason: AlarmReason
    silence: Silence | None
    planned_at: datetime
    raised_at: datetime
    late: bool = False
    cases: tuple[str, ...] = ()
    priority: str = "low"
    urgent: bool = False
    told: tuple[Told, ...] = ()
