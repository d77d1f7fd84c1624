"""One pass of the clock over the store: alarms that have come, and the list before closing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dutydesk.desk.answers import Done
from dutydesk.desk.flooding import Floods
from dutydesk.desk.ground import Ground
from dutydesk.desk.lapsing import lapsed
from dutydesk.storage import Unit
from dutydesk.views.standing import standing_at, units_of
from dutydesk.workflow.alarms.model import Alarm, AlarmReason, Silence
from dutydesk.workflow.alarms.raising import LATE, due_alarms
from dutydesk.workflow.cases.facets import Facets
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.cases.summary import facets
from dutydesk.workflow.context import Context
from dutydesk.workflow.duty.resolving import Standing, resolve
from dutydesk.workflow.time.zone import iso, to_local

BEFORE_CLOSING = timedelta(minutes=60)
Rung = set[tuple[str, str, datetime]]
"""The batches that have rung in this pass: area, batch, and the moment that was due."""


def sweep_cases(
    unit: Unit, ground: Ground, now: datetime, limit: int, rung: Rung, ended: list[Done]
) -> tuple[list[Alarm], bool]:
    """The alarms of up to ``limit`` cases whose moment has come, and whether more are waiting.

    What is over by now is ended, and put into ``ended``.
    """
    cases = unit.due_cases(now, limit)
    contexts: dict[str, Context] = {}
    floods = Floods(unit)
    standings: dict[str, Standing] = {}
    alarms: list[Alarm] = []
    swept: list[tuple[Case, Facets]] = []
    for case in cases:
        if case.area not in contexts:
            contexts[case.area] = ground.rules(unit.duty(case.area), now)
        context = contexts[case.area]
        over = lapsed(unit, case, now, context)
        if over is not None:
            case = over.case
            ended.append(Done(case, over.events, over.changes))
        after, found = due_alarms(case, now, context)
        swept.append((after, facets(after, context)))
        together = [_once_a_batch(alarm, case.batch, rung) for alarm in found]
        urgent = case.course.track is not None
        urgent = urgent and case.course.track == ground.procedure.urgent_track
        heard = [floods.as_heard(alarm, urgent=urgent) for alarm in together]
        if heard and case.area not in standings:
            standings[case.area] = standing_at(ground.views(), unit.duty(case.area), now)
        alarms += [_told(alarm, case, standings[case.area]) for alarm in heard]
    floods.keep()
    unit.save_swept_many(swept)
    return unit.raise_alarms(alarms), len(cases) >= limit


def _told(alarm: Alarm, case: Case, standing: Standing) -> Alarm:
    """The alarm with the names of those on duty whom it reaches."""
    told = resolve(alarm.to, standing, units=units_of(case), party=alarm.party)
    return replace(alarm, told=told)


def _once_a_batch(alarm: Alarm, batch: str | None, rung: Rung) -> Alarm:
    """Of the cases of one import only the first rings for what falls due at one moment."""
    if batch is None or not alarm.rings:
        return alarm
    key = (alarm.area, batch, alarm.planned_at)
    if key in rung:
        return replace(alarm, rings=False, silence=Silence.TOGETHER)
    rung.add(key)
    return alarm


def next_leaving(ground: Ground, now: datetime) -> datetime | None:
    """The next moment, 60 minutes before closing, at which the leaving list is due."""
    closing = ground.hours(ground.area).next_closing(now)
    moment = closing - BEFORE_CLOSING
    if moment > now:
        return moment
    return ground.hours(ground.area).next_closing(closing) - BEFORE_CLOSING


def sweep_leaving(unit: Unit, ground: Ground, now: datetime) -> list[Alarm]:
    """One ring at closing − 60 min for all that falls due before the next opening (rule 4).

    The list is made once a day, by the first sweep after the moment.
    """
    hours = ground.hours(ground.area)
    window = hours.window(to_local(now).date())
    if window is None or not window.closes_at - BEFORE_CLOSING <= now < window.closes_at:
        return []
    mark, today = f"leaving:{ground.area}", window.closes_at.date().isoformat()
    if unit.text(mark) == today:
        return []
    unit.save_text(mark, today)
    opening = hours.next_opening(window.closes_at)
    clocks = ground.procedure.clocks
    at_night = tuple(
        n for n, kinds in clocks.items() if any(k.always_rings for k in kinds.values())
    )
    track = ground.procedure.urgent_track
    cases = unit.due_between(ground.area, now, opening, at_night, track)
    if not cases:
        return []
    planned_at = window.closes_at - BEFORE_CLOSING
    role = ground.duty(unit.duty(ground.area), now).holder_role
    alarm = Alarm(
        key=f"{ground.area}|leaving|{iso(planned_at)}",
        area=ground.area,
        case=None,
        clock="leaving",
        clock_id=None,
        party=None,
        light="yellow",
        rung=0,
        to=(role,),
        rings=True,
        reason=AlarmReason.LEAVING,
        silence=None,
        planned_at=planned_at,
        raised_at=now,
        late=now - planned_at > LATE,
        cases=cases,
    )
    return unit.raise_alarms([alarm])
