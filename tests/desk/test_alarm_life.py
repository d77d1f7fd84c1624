"""An alarm's life on a real store: acknowledged, returned, shelved, called back, all on record."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.desk import Desk, alarming
from dutydesk.errors import Refused
from dutydesk.storage import alarm_life
from dutydesk.storage.tables import alarm, event
from dutydesk.views.alarms import LiveAlarms, worded
from dutydesk.views.labels import Words
from dutydesk.views.meanwhile import Meanwhile
from dutydesk.workflow.alarms.states import AGAIN, AlarmState, Marks, state_of
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

NINE = datetime(2026, 11, 23, 9, tzinfo=ZONE)
BY = Actor("commander", "陈安")


@pytest.fixture
def desk() -> Desk:
    return memory_desk(ManualClock(NINE))


def do(desk: Desk, verb: str, no: str | None = None, by: Actor = BY, **given: object) -> str:
    done = desk.execute(Act(verb, by, desk.now(), desk.now(), no, given))
    assert done.case is not None
    return done.case.no


def linkage(desk: Desk, difficulty: str = "simple") -> str:
    given = {"channel": "dept_linkage", "place": "曹安公路", "description": "占道"}
    no = do(desk, "register", **given, category="占道")
    case = {"difficulty": difficulty, "lead": "城管", "parties": ["城管"]}
    return do(desk, "accept", no, **{"as": "linkage", "grid": "嘉乐"}, **case)


def passes(desk: Desk, minutes: float) -> None:
    assert isinstance(desk.clock, ManualClock)
    desk.clock.advance(minutes=minutes)
    desk.sweep()


def states(desk: Desk, no: str) -> list[str]:
    c = alarm.c
    names = (c.silence, c.acked_at, c.returned_at, c.ended_at, c.shelved_until)
    asked = select(*names).where(c.case_no == no, c.clock == "coordinate").order_by(c.rung)
    with desk.store.reading() as connection:
        rows = connection.execute(asked).all()
    return [state_of(Marks(*row), desk.now()).value for row in rows]


def history(desk: Desk, no: str, rung: int) -> list[tuple[str, str]]:
    with desk.store.reading() as connection:
        key = connection.execute(
            select(alarm.c.key).where(
                alarm.c.case_no == no, alarm.c.clock == "coordinate", alarm.c.rung == rung
            )
        ).scalar_one()
        return [(step.did, step.by) for step in alarm_life.steps(connection, key)]


def convene(desk: Desk, no: str) -> None:
    time = desk.now() + timedelta(hours=1)
    do(desk, "convene", no, parties=["城管"], time=time, location="路口", mode="offline")


def test_what_was_seen_is_over_with_its_clock_and_what_was_not_waits_to_be_seen(desk: Desk) -> None:
    no = linkage(desk)
    passes(desk, 10)
    desk.acknowledge(BY)
    passes(desk, 6)
    assert states(desk, no) == ["acknowledged", "unacknowledged"]
    convene(desk, no)
    assert states(desk, no) == ["normal", "returned"]
    desk.acknowledge(BY)
    assert states(desk, no) == ["normal", "normal"]
    assert history(desk, no, 1) == [("acknowledged", "commander:陈安")]


def test_shelved_comes_back_by_itself_and_calls_again(desk: Desk) -> None:
    no = linkage(desk)
    passes(desk, 16)
    (*_notice, key) = alarming.acknowledge(desk, BY)
    assert alarming.again(desk, BY, [key]) == (key,)
    assert states(desk, no)[1] == AlarmState.SHELVED
    assert desk.next_due_at() is not None
    passes(desk, AGAIN.total_seconds() / 60)
    assert states(desk, no)[1] == AlarmState.UNACKNOWLEDGED
    assert [did for did, _by in history(desk, no, 1)] == ["acknowledged", "shelved", "unshelved"]
    with desk.store.reading() as connection:
        rows = connection.execute(select(event.c.data).where(event.c.verb == "alarm")).scalars()
        assert [row["did"] for row in rows] == ["acknowledged", "shelved", "unshelved"]


def test_long_shelving_wants_a_reason_and_an_end_within_a_day(desk: Desk) -> None:
    linkage(desk)
    passes(desk, 10)
    (key,) = alarming.acknowledge(desk, BY)
    hour = desk.now() + timedelta(hours=1)
    for until, reason, code in (
        (hour, " ", "missing_field"),
        (desk.now(), "等回电", "bad_value"),
        (desk.now() + timedelta(hours=25), "等回电", "bad_value"),
    ):
        with pytest.raises(Refused) as refused:
            alarming.shelve(desk, BY, [key], until, reason)
        assert refused.value.code == code
    assert alarming.shelve(desk, BY, [key], hour, "等回电") == (key,)
    assert alarming.unshelve(desk, BY, [key]) == (key,)
    with pytest.raises(Refused):
        alarming.shelve(desk, BY, ["nobody|1|0"], hour, "等回电")


def test_acknowledged_and_left_alone_only_the_urgent_track_calls_again(desk: Desk) -> None:
    urgent, simple = linkage(desk, "urgent"), linkage(desk)
    passes(desk, 20)
    desk.acknowledge(BY)
    passes(desk, 4)
    assert set(states(desk, urgent)) >= {"unacknowledged"}
    assert ("unacknowledged", "system") in history(desk, urgent, len(states(desk, urgent)) - 1)
    assert states(desk, simple)[-1] == "acknowledged"
    passes(desk, 12)
    assert history(desk, simple, 2) == [("acknowledged", "commander:陈安"), ("reminded", "system")]
    passes(desk, 20)
    assert history(desk, simple, 2)[1:] == [("reminded", "system")]


def test_whoever_acts_after_acknowledging_is_not_reminded(desk: Desk) -> None:
    no = linkage(desk)
    passes(desk, 20)
    desk.acknowledge(BY)
    passes(desk, 1)
    do(desk, "call", no, party="城管", outcome="no_answer")
    passes(desk, 30)
    assert ("reminded", "system") not in history(desk, no, 2)


def test_an_empty_rung_is_skipped_at_once_and_the_next_is_told_why(desk: Desk) -> None:
    desk.execute(Act("presence", BY, NINE, NINE, None, {"post": "deputy_head", "status": "off"}))
    no = linkage(desk)
    passes(desk, 31)
    rows = [row for row in desk.read(LiveAlarms()) if row.case == no and "deputy_head" in row.to]
    assert [(one.role, bool(one.names), one.why) for one in rows[0].told] == [
        ("deputy_head", False, "empty"),
        ("area_head", True, "empty"),
    ]
    words = Words(desk.context.procedure)
    assert worded(rows[0], rows[0].raised_at, words, "commander").told == (
        "已告片区网格长、专职副网格长无人在岗"
    )


def test_who_comes_back_reads_what_was_done_not_every_stroke_at_an_alarm(desk: Desk) -> None:
    linkage(desk)
    passes(desk, 20)
    desk.acknowledge(BY)
    found = desk.read(Meanwhile(NINE - timedelta(seconds=1), "二号席"))
    assert {verb for row in found.elsewhere for verb in row.verbs} == {"登记", "受理"}
