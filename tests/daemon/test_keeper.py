"""The keeper sweeps at the due moment, survives jumps and faults, and raises each alarm once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from keeping import COMMANDER, keep, register

from dutydesk.clock import ManualClock, SystemClock
from dutydesk.daemon import Errand, Notice
from dutydesk.desk import Desk
from dutydesk.errors import OutsideError
from dutydesk.workflow.cases.acts import Act


def test_it_arms_the_next_moment_and_sweeps_when_it_comes(desk: Desk, morning: ManualClock) -> None:
    async def story() -> None:
        no = register(desk)
        kept = keep(desk, morning)
        await kept.keeper.sweep()
        assert kept.keeper.armed_at == morning.now() + timedelta(minutes=30)
        morning.advance(minutes=30)
        await kept.keeper.tick()
        assert kept.keys == [f"{no}|1|0"]
        # The list before closing comes next, an hour before 19:00.
        assert kept.keeper.armed_at == morning.now().replace(hour=18, minute=0)

    asyncio.run(story())


def test_a_new_case_is_armed_by_the_next_tick(desk: Desk, morning: ManualClock) -> None:
    async def story() -> None:
        kept = keep(desk, morning)
        await kept.keeper.sweep()
        register(desk)
        await kept.keeper.tick()
        assert kept.keeper.armed_at == morning.now() + timedelta(minutes=30)

    asyncio.run(story())


def test_a_clock_that_jumps_is_told_and_what_was_missed_comes_once_and_late(
    desk: Desk, morning: ManualClock
) -> None:
    async def story() -> None:
        register(desk)
        kept = keep(desk, morning)
        await kept.keeper.sweep()
        morning.set(morning.now() + timedelta(hours=25))
        await kept.keeper.tick()
        await kept.keeper.tick()
        alarms = kept.swept[0].alarms
        assert len(kept.swept) == 1
        assert [alarm.late for alarm in alarms] == [True] * len(alarms)
        assert sum(alarm.rings for alarm in alarms) <= 1
        assert [notice.subject for notice in kept.notices] == ["jump"]

    asyncio.run(story())


def test_a_clock_that_is_set_back_raises_nothing_twice(desk: Desk, morning: ManualClock) -> None:
    async def story() -> None:
        register(desk)
        kept = keep(desk, morning)
        morning.advance(minutes=31)
        await kept.keeper.sweep()
        morning.set(morning.now() - timedelta(minutes=10))
        await kept.keeper.tick()
        morning.advance(minutes=15)
        await kept.keeper.sweep()
        assert len(kept.keys) == 1

    asyncio.run(story())


def test_a_stop_of_a_minute_is_caught_up_once_and_marked_late(
    desks,
    morning: ManualClock,  # type: ignore[no-untyped-def]
) -> None:
    async def story() -> None:
        began = morning.now()
        no = register(desks())
        before = keep(desks(), morning, name="before")
        morning.advance(minutes=29, seconds=30)
        await before.keeper.start()
        await before.keeper.stop()
        assert before.keys == []
        morning.advance(seconds=70)
        after = keep(desks(), morning, name="after")
        await after.keeper.start()
        await after.keeper.tick()
        await after.keeper.stop()
        (alarm,) = (alarm for found in after.swept for alarm in found.alarms)
        assert (alarm.key, alarm.late) == (f"{no}|1|0", True)
        assert alarm.planned_at == began + timedelta(minutes=30)
        assert alarm.raised_at == began + timedelta(minutes=30, seconds=40)

    asyncio.run(story())


def test_what_comes_while_the_clock_is_kept_is_never_late(desk: Desk, morning: ManualClock) -> None:
    async def story() -> None:
        register(desk)
        kept = keep(desk, morning)
        morning.advance(minutes=29, seconds=58)
        await kept.keeper.sweep()
        for _second in range(6):
            morning.advance(seconds=1)
            await kept.keeper.tick()
        assert [alarm.late for found in kept.swept for alarm in found.alarms] == [False]

    asyncio.run(story())


def test_another_takes_over_when_the_one_whose_turn_it_is_has_gone(
    desks,
    morning: ManualClock,  # type: ignore[no-untyped-def]
) -> None:
    async def story() -> None:
        gone, left = keep(desks(), morning, name="gone"), keep(desks(), morning, name="left")
        register(desks())
        morning.advance(minutes=29, seconds=30)
        await gone.keeper.sweep()
        await left.keeper.sweep()
        morning.advance(seconds=30)
        await left.keeper.tick()
        assert left.keys == []
        morning.advance(seconds=1)
        await left.keeper.tick()
        assert len(left.keys) == 1

    asyncio.run(story())


def test_a_fault_is_told_once_and_the_clock_goes_on(desk: Desk, morning: ManualClock) -> None:
    broken = [True]

    def work(_desk: Desk, _pause: object) -> Sequence[Notice]:
        if broken[0]:
            raise OutsideError("写不进去")
        return ()

    async def story() -> None:
        kept = keep(desk, morning)
        errand = Errand("board", timedelta(minutes=30), work)
        for _ in range(3):
            await kept.keeper.go(errand)
        assert [(n.subject, n.text) for n in kept.notices] == [("board", "写不进去")]
        broken[0] = False
        await kept.keeper.go(errand)
        broken[0] = True
        await kept.keeper.go(errand)
        assert len(kept.notices) == 2
        register(desk)
        morning.advance(minutes=30)
        await kept.keeper.sweep()
        assert len(kept.keys) == 1

    asyncio.run(story())


def test_a_long_errand_does_not_hold_up_an_alarm(desk: Desk, morning: ManualClock) -> None:
    async def story() -> None:
        register(desk)

        def work(_desk: Desk, pause) -> Sequence[Notice]:  # type: ignore[no-untyped-def]
            morning.advance(minutes=31)
            pause()
            return ()

        kept = keep(desk, morning)
        await kept.keeper.start()
        await kept.keeper.go(Errand("inbox", timedelta(seconds=10), work))
        await asyncio.sleep(0)
        await kept.keeper.stop()
        assert len(kept.keys) == 1

    asyncio.run(story())


def test_the_board_is_written_at_each_handover(desk: Desk, morning: ManualClock) -> None:
    written: list[str] = []

    def work(_desk: Desk, _pause: object) -> Sequence[Notice]:
        written.append(_desk.rules().duty.state.holder)
        return ()

    async def story() -> None:
        errand = Errand("board", timedelta(minutes=30), work, at_handover=True)
        kept = keep(desk, morning, errands=[errand])
        register(desk)
        await kept.keeper.tick()
        now = desk.now()
        fields = {"to": "night_desk", "reason": "人手不足"}
        desk.execute(Act("hand_over", COMMANDER.parse("deputy_head"), now, now, fields=fields))
        red = {"red": "0"}
        desk.execute(Act("take_over", COMMANDER.parse("night_desk"), now, now, fields=red))
        await kept.keeper.tick()
        await kept.keeper.tick()

    asyncio.run(story())
    assert written == ["night_desk"]


def test_a_date_job_fires_within_a_second(desks) -> None:  # type: ignore[no-untyped-def]
    clock = SystemClock()

    async def story() -> float:
        desk = desks(clock)
        register(desk, clock.now() + timedelta(seconds=2) - timedelta(minutes=30))
        kept = keep(desk, clock)
        # The tick would catch it a moment later: here the job alone has to come.
        kept.keeper.tick = _nothing  # type: ignore[method-assign]
        await kept.keeper.start()
        due_at = kept.keeper.armed_at
        assert due_at is not None
        while not kept.swept and clock.now() < due_at + timedelta(seconds=2):
            await asyncio.sleep(0.02)
        await kept.keeper.stop()
        assert [alarm.planned_at for alarm in kept.swept[0].alarms] == [due_at]
        return (kept.swept[0].alarms[0].raised_at - due_at).total_seconds()

    assert asyncio.run(story()) <= 1


async def _nothing() -> None:
    return None
