"""Others are told by one digest a person every ten minutes, at once on the urgent track."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.desk import Desk
from dutydesk.desk.outboxing import confirm
from dutydesk.views.outbox import Outbox, OutboxRow
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

NINE = datetime(2026, 11, 23, 9, tzinfo=ZONE)
BY = Actor("commander", "陈安")


@pytest.fixture
def desk() -> Desk:
    return memory_desk(ManualClock(NINE))


def linkage(desk: Desk, difficulty: str = "simple") -> str:
    def do(verb: str, no: str | None = None, **given: object) -> str:
        done = desk.execute(Act(verb, BY, desk.now(), desk.now(), no, given))
        assert done.case is not None
        return done.case.no

    given = {"channel": "dept_linkage", "place": "曹安公路", "description": "占道"}
    no = do("register", **given, category="占道")
    case = {"difficulty": difficulty, "lead": "城管", "parties": ["城管"]}
    return do("accept", no, **{"as": "linkage", "grid": "嘉乐"}, **case)


def until(desk: Desk, minute: int, hour: int = 9) -> list[OutboxRow]:
    assert isinstance(desk.clock, ManualClock)
    end = NINE.replace(hour=hour, minute=minute)
    while desk.now() < end:
        desk.clock.advance(seconds=60)
        desk.sweep()
    return [row for row in desk.read(Outbox()).rows if row.kind == "escalate"]


def test_one_digest_a_person_and_one_word_clears_it(desk: Desk) -> None:
    for _case in range(3):
        linkage(desk)
    assert until(desk, 29) == []
    (row,) = until(desk, 30)
    assert (row.recipient, row.state, row.needs) == ("专职副网格长", "DRAFT", True)
    assert row.text.splitlines()[0] == "专职副网格长：3 件请您过问"
    assert len(row.text.splitlines()) == 4
    assert len(until(desk, 59)) == 1
    confirm(desk, [row.key], BY)
    assert until(desk, 5, 10) == []


def test_the_urgent_track_is_told_at_once_each_rung_once(desk: Desk) -> None:
    no = linkage(desk, "urgent")
    first = until(desk, 3)
    assert {row.case for row in first} == {no}
    assert "专职副网格长" in {row.recipient for row in first}
    assert len({row.key for row in first}) == len(first)
    desk.sweep()
    assert len(until(desk, 4)) == len(first)


def test_what_falls_due_at_night_goes_with_the_first_digest_of_the_morning(desk: Desk) -> None:
    assert isinstance(desk.clock, ManualClock)
    desk.clock.set(NINE.replace(hour=18, minute=45))
    no = linkage(desk)
    time = desk.now() + timedelta(minutes=20)
    given = {"parties": ["城管"], "time": time, "location": "路口", "mode": "offline"}
    desk.execute(Act("convene", BY, desk.now(), desk.now(), no, given))
    assert until(desk, 59, 23) == []
    desk.clock.set(NINE + timedelta(days=1, minutes=-31))
    desk.sweep()
    assert [row for row in desk.read(Outbox()).rows if row.kind == "escalate"] == []
    desk.clock.advance(minutes=2)
    desk.sweep()
    told = [row for row in desk.read(Outbox()).rows if row.kind == "escalate"]
    assert "专职副网格长" in {row.recipient for row in told}
    assert all(no[-6:] in row.text for row in told)
