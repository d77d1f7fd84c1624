"""Notice or ring: an alarm rings only if the holder can act on it now (procedures.md 3.3)."""

from __future__ import annotations

from datetime import datetime, timedelta

from dutydesk.workflow.alarms.model import Silence
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.context import Context
from dutydesk.workflow.procedure import ClockKind, Rung

JUST_ACTED = timedelta(minutes=2)


def silence(
    case: Case, kind: ClockKind, rung: Rung, now: datetime, context: Context
) -> Silence | None:
    """Why a rung makes no sound at the holder's desk, or None when it rings."""
    if rung.notice:
        return Silence.NOTICE
    if kind.runs_on_others and rung.light == "yellow":
        return Silence.RUNS_ON_OTHERS
    if kind.above_at_opening and context.procedure.parts.operator not in rung.to:
        return Silence.DIGEST
    track = case.course.track
    urgent = kind.always_rings or (track is not None and track == context.procedure.urgent_track)
    if not urgent and not context.hours.is_open(now):
        return Silence.CLOSED_HOURS
    acted = case.last_act_at
    if rung.light == "yellow" and acted is not None and now - acted <= JUST_ACTED:
        return Silence.JUST_ACTED
    return None
