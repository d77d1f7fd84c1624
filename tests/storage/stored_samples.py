"""Invented cases, outcomes and acts for the tests of the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from dutydesk.clock import ZONE
from dutydesk.workflow.alarms.model import Alarm, AlarmReason
from dutydesk.workflow.cases.acts import Act, Event, Outcome
from dutydesk.workflow.cases.facets import Facets
from dutydesk.workflow.cases.model import Actor, Case, Clock

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=ZONE)
AREA = "140901"
COMMANDER = Actor("commander", "陈一鸣")

Saved = tuple[Outcome, Facets, Act]


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def triage(started_at: datetime = NOON, number: int = 1) -> Clock:
    """A run of the triage clock, 24 hours long."""
    return Clock(
        id=number,
        name="triage",
        party=None,
        variant="",
        started_at=started_at,
        limit_s=86400,
        due_at=started_at + timedelta(days=1),
        fresh_at=started_at,
        rule="xinchenglu/1",
        started_by=1,
    )


def facets_of(case: Case) -> Facets:
    """What the queue shows of a sample: its first running clock."""
    running = case.running()
    first = running[0] if running else None
    due_at = first.due_at if first else None
    return Facets(
        clock=first.name if first else None,
        clock_party=first.party if first else None,
        started_at=first.started_at if first else None,
        due_at=due_at,
        yellow_at=due_at - minutes(720) if due_at else None,
        red_at=due_at,
        next_due_at=due_at - minutes(720) if due_at else None,
        hands="mine" if first else "",
        waiting_for=("commander",) if first else (),
        waiting_since=case.since_at,
    )


def act_of(verb: str, case: str | None, at: datetime = NOON, key: str | None = None) -> Act:
    return Act(verb, COMMANDER, at, at, case, {"reason": "演练"}, key=key, seat="甲")


def event_of(
    case: Case, verb: str, at: datetime, personal: Mapping[str, object] | None = None
) -> Event:
    return Event(
        verb=verb,
        at=at,
        recorded_at=at,
        by=COMMANDER,
        case=case.no,
        state=case.state,
        seq=case.last_seq,
        data={"说明": "第一句", "at": at.isoformat()},
        clause="X-5.2.1.1",
        personal=personal,
    )


def registered(
    no: str,
    *,
    at: datetime = NOON,
    key: str | None = None,
    personal: Mapping[str, object] | None = None,
    **fields: object,
) -> Saved:
    """A case that has just come in, its triage clock running."""
    given: dict[str, object] = {
        "channel": "grid",
        "state": "received",
        "description": "绿化带暴露垃圾",
        "place": "嘉乐路20号",
        "received_at": at,
        "since_at": at,
        "last_act_at": at,
        "clocks": (triage(at),),
        **fields,
    }
    case = Case(no=no, area=AREA, version=1, last_seq=1, **given)  # type: ignore[arg-type]
    outcome = Outcome(case, (event_of(case, "register", at, personal),), ())
    return outcome, facets_of(case), act_of("register", None, at, key)


def acted(
    before: Case, verb: str = "note", *, at: datetime = NOON, key: str | None = None, **to: object
) -> Saved:
    """The outcome of one more act on a case, `to` what it changes."""
    case = replace(
        before,
        version=before.version + 1,
        last_seq=before.last_seq + 1,
        last_act_at=at,
        **to,  # type: ignore[arg-type]
    )
    outcome = Outcome(case, (event_of(case, verb, at),), ())
    return outcome, facets_of(case), act_of(verb, case.no, at, key)


def closed(before: Case, *, at: datetime = NOON) -> Saved:
    """The case closed, its clocks stopped."""
    clocks = tuple(
        replace(c, stopped_at=at, stopped_by=before.last_seq + 1, on_time=True)
        for c in before.clocks
    )
    return acted(before, "close", at=at, state="closed", closed_at=at, clocks=clocks)


def alarm_of(case: str | None, rung: int = 0, *, at: datetime = NOON) -> Alarm:
    return Alarm(
        key=f"{case}|1|{rung}",
        area=AREA,
        case=case,
        clock="triage",
        clock_id=1,
        party=None,
        light="yellow",
        rung=rung,
        to=("commander",),
        rings=True,
        reason=AlarmReason.FIRST,
        silence=None,
        planned_at=at,
        raised_at=at,
    )
