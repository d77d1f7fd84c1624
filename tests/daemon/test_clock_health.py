"""Desks and `watch` share the clock by a lease: a dead keeper is replaced, a stop is an alarm."""

from __future__ import annotations

import asyncio

from keeping import keep
from sqlalchemy import select

from dutydesk.clock import ManualClock
from dutydesk.daemon.keeper import name_of_keeper
from dutydesk.desk import Desk
from dutydesk.desk.stopping import note_going, raise_stopped
from dutydesk.desk.turns import beat_of, my_turn, tick
from dutydesk.storage.tables import event
from dutydesk.views.alarms import LiveAlarms, worded


def said(desk: Desk) -> list[str]:
    with desk.store.reading() as connection:
        found = connection.execute(select(event.c.data).where(event.c.verb == "clock")).scalars()
        return [row["did"] for row in found]


def test_one_ticks_for_all_and_a_dead_one_is_replaced_within_five_seconds(
    desks,
    morning: ManualClock,  # type: ignore[no-untyped-def]
) -> None:
    one, two = desks(), desks()
    assert my_turn(one, "clock", "one", 60)
    marks = one.change_mark()
    for _second in range(6):
        morning.advance(seconds=1)
        assert tick(one, "one", 60)
        assert not tick(two, "two", 60)
    found = beat_of(two)
    assert found is not None
    assert found.holder == "one"
    assert found.ticked_at is not None
    assert (morning.now() - found.ticked_at).total_seconds() <= 2
    assert one.change_mark() == marks
    assert tick(one, "one", 60)
    morning.advance(seconds=2)
    assert not tick(two, "two", 60)
    morning.advance(seconds=2)
    assert tick(two, "two", 60)
    assert not tick(one, "one", 60)
    found = beat_of(one)
    assert found is not None
    assert found.holder == "two"


def test_a_stopped_clock_is_an_alarm_once_and_ends_when_it_goes(
    desks,
    morning: ManualClock,  # type: ignore[no-untyped-def]
) -> None:
    one, two = desks(), desks()
    last = morning.now()
    morning.advance(seconds=5)
    assert raise_stopped(one, "hall 7-ab", last)
    assert not raise_stopped(two, "hall 7-ab", last)
    (row,) = one.read(LiveAlarms(one.context.area))
    assert (row.rings, row.light, row.priority) == (True, "red", "high")
    now_ms = int(morning.now().timestamp() * 1000)
    assert worded(row, now_ms, one.words).what == f"时限没有人守，自 {last:%H:%M:%S}"
    assert note_going(two, "hall 7-ab")
    assert not note_going(one, "hall 7-ab")
    assert one.read(LiveAlarms(one.context.area)) == ()
    assert said(one) == ["stopped", "going"]


def test_a_jump_of_the_wall_clock_is_on_the_record(desk: Desk, morning: ManualClock) -> None:
    async def story() -> None:
        kept = keep(desk, morning)
        await kept.keeper.sweep()
        morning.set(morning.now().replace(hour=morning.now().hour + 1))
        await kept.keeper.tick()
        assert [notice.subject for notice in kept.notices] == ["jump"]
        with desk.store.reading() as connection:
            asked = select(event.c.data).where(event.c.verb == "clock")
            (row,) = connection.execute(asked).scalars()
        assert row == {"did": "jumped", "seconds": 3600}

    asyncio.run(story())


def test_a_keeper_is_named_by_its_machine() -> None:
    host, _blank, rest = name_of_keeper().partition(" ")
    assert host
    assert rest.split("-")[0].isdigit()
