"""An alarm after it was raised: acknowledged, returned, shelved, suppressed (ISA-18.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from dutydesk.errors import Refused
from dutydesk.workflow.alarms.model import Silence

AGAIN: Final = timedelta(minutes=10)
"""How long "again in 10 minutes" keeps an alarm away: the only shelving without a reason; house."""
LONGEST: Final = timedelta(hours=24)
"""How long an alarm is shelved at most; house."""
IDLE_URGENT: Final = timedelta(minutes=3)
"""Acknowledged on the urgent track and nothing done for so long: it calls again; house."""
IDLE: Final = timedelta(minutes=15)
"""Acknowledged elsewhere and nothing done for so long: a reminder without a sound; house."""
DAY: Final = timedelta(hours=24)
MANAGEABLE_HOUR: Final = 12
"""More alarms in an hour than one operator can manage (ISA-18.2)."""
STALE: Final = timedelta(hours=24)
"""An alarm that stands longer is stale (ISA-18.2)."""


class AlarmState(StrEnum):
    """Where an alarm stands. NORMAL has left the list; the record keeps it."""

    UNACKNOWLEDGED = "unacknowledged"
    ACKNOWLEDGED = "acknowledged"
    RETURNED = "returned"
    SHELVED = "shelved"
    SUPPRESSED = "suppressed"
    NORMAL = "normal"


class Priority(StrEnum):
    """How much an alarm presses; about 5, 15 and 80 in a hundred (ISA-18.2)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


SUPPRESSING: Final = frozenset(
    (Silence.NOTICE, Silence.RUNS_ON_OTHERS, Silence.CLOSED_HOURS, Silence.DIGEST)
)
"""Silences by which a rule keeps an alarm from the holder; the others spare a sound only."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What the record holds of an alarm's life."""

    silence: str | None = None
    acked_at: datetime | None = None
    returned_at: datetime | None = None
    ended_at: datetime | None = None
    shelved_until: datetime | None = None


def state_of(marks: Marks, now: datetime) -> AlarmState:
    """The state of an alarm at an instant; a shelf that is over counts no longer."""
    if marks.ended_at is not None:
        return AlarmState.NORMAL
    if marks.shelved_until is not None and now < marks.shelved_until:
        return AlarmState.SHELVED
    if marks.acked_at is not None:
        return AlarmState.ACKNOWLEDGED
    if marks.returned_at is not None:
        return AlarmState.RETURNED
    if marks.silence in SUPPRESSING:
        return AlarmState.SUPPRESSED
    return AlarmState.UNACKNOWLEDGED


def priority_of(light: str, *, urgent: bool) -> Priority:
    """High is red on the urgent track, medium any other red and its warnings, low the rest."""
    if light == "red":
        return Priority.HIGH if urgent else Priority.MEDIUM
    return Priority.MEDIUM if urgent else Priority.LOW


def check_shelf(now: datetime, until: datetime, reason: str) -> None:
    """Judge a shelving. Raises Refused: an end ahead, a reason above ten minutes, 24 h at most."""
    if not now < until <= now + LONGEST:
        raise Refused("bad_value", {"field": "until", "value": until, "expected": "≤ 24 h"})
    if until > now + AGAIN and not reason.strip():
        raise Refused("missing_field", {"field": "reason"})


def idle_after(*, urgent: bool) -> timedelta:
    """How long an acknowledged alarm may lie without an act."""
    return IDLE_URGENT if urgent else IDLE
