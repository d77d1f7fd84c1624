"""Yellow and red once per case, clock run and rung, whoever keeps the store together."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from keeping import Kept, keep, register
from sampled import server_in_soak

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.desk import Desk
from dutydesk.workflow.alarms.model import Alarm
from dutydesk.workflow.cases.summary import facets

WHOLE = timedelta(days=4)
"""By then every rung of an unaccepted case has come."""
SEATS = ("a desk", "another desk", "watch")


@pytest.fixture(params=["sqlite", "postgres"])
def seats(
    request: pytest.FixtureRequest, tmp_path: Path, morning: ManualClock
) -> Iterator[list[Kept]]:
    """Two desks and a watch on one store, each with a connection and a thread of its own."""
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    if request.param == "postgres":
        url = str(request.getfixturevalue("postgres"))
    with ExitStack() as stack:
        found = []
        for name in SEATS:
            desk = memory_desk(morning, url=url)
            stack.callback(desk.close)
            worker = stack.enter_context(ThreadPoolExecutor(max_workers=1))
            found.append(keep(desk, morning, name=name, worker=worker))
        yield found


def alone(began: datetime) -> list[Alarm]:
    """What one desk by itself raises over the whole time."""
    clock = ManualClock(began)
    desk = memory_desk(clock)
    register(desk)
    register(desk)
    raised: list[Alarm] = []
    while (at := desk.next_due_at()) is not None and at < began + WHOLE:
        clock.set(max(at, clock.now()))
        raised += desk.sweep().alarms
    desk.close()
    return raised


async def together(seats: list[Kept]) -> None:
    """All of them look at once, long enough after the moment for none to wait for another."""
    for _second in range(3):
        await asyncio.gather(*(seat.keeper.sweep() for seat in seats))


def stored(desk: Desk) -> Counter[str]:
    with desk.store.reading() as connection:
        return Counter(connection.exec_driver_sql("SELECT key FROM alarm").scalars())


def begin_anew(desk: Desk, no: str) -> None:
    """Forget which rungs have come, as a state that was taken back would."""
    with desk.store.unit() as unit:
        case = unit.case(no)
        assert case is not None
        clocks = tuple(replace(clock, rungs=0, raised_at=None) for clock in case.clocks)
        case = replace(case, clocks=clocks)
        unit.save_swept(case, facets(case, desk.rules()))


def test_two_desks_and_a_watch_raise_each_rung_once(
    seats: list[Kept], morning: ManualClock
) -> None:
    began = morning.now()
    wanted = alone(began)
    nos = [register(seats[0].desk) for _ in range(2)]
    assert {alarm.light for alarm in wanted} == {"yellow", "red"}
    assert len({alarm.rung for alarm in wanted if alarm.case == nos[0]}) > 3

    async def story() -> None:
        while (at := seats[0].desk.next_due_at()) is not None and at < began + WHOLE:
            morning.set(max(at, morning.now()) + timedelta(seconds=2))
            await together(seats)

    asyncio.run(story())
    raised = Counter(key for seat in seats for key in seat.keys)
    assert raised == Counter(alarm.key for alarm in wanted)
    assert set(raised.values()) == {1}
    assert stored(seats[0].desk) == raised


@server_in_soak("seats")
def test_a_rung_that_is_on_record_is_not_raised_again(
    seats: list[Kept], morning: ManualClock
) -> None:
    no = register(seats[0].desk)
    morning.advance(hours=30)
    asyncio.run(together(seats))
    before = stored(seats[0].desk)
    begin_anew(seats[0].desk, no)
    asyncio.run(together(seats))
    assert len(before) > 3
    assert stored(seats[0].desk) == before
    assert Counter(key for seat in seats for key in seat.keys) == before
