"""The header believes the clock until it jumps, and the record until it stays away."""

from __future__ import annotations

from datetime import timedelta

from playing import Scene, play
from shift import NOW

from dutydesk.desk.turns import tick
from dutydesk.screens.ticker import ClockWatch
from dutydesk.workflow.time.beat import Beat


def test_a_clock_that_walks_is_well() -> None:
    watch = ClockWatch()
    for second in range(5):
        watch.tick(NOW + timedelta(seconds=second), float(second))
        watch.answered()
    assert watch.health().trouble is None


def test_a_jump_is_named_with_its_size_and_forgotten_after_ten_minutes() -> None:
    watch = ClockWatch()
    watch.tick(NOW, 0)
    watch.tick(NOW + timedelta(minutes=12, seconds=1), 1)
    watch.answered()
    assert watch.health().trouble == "时钟曾跳 +12分"
    watch.tick(NOW + timedelta(minutes=23), 660)
    watch.answered()
    assert watch.health().trouble is None


def test_a_clock_set_back_is_named_too() -> None:
    watch = ClockWatch()
    watch.tick(NOW, 0)
    watch.tick(NOW - timedelta(seconds=59), 1)
    watch.answered()
    assert watch.health().trouble == "时钟曾跳 -1:00"


def test_a_record_that_does_not_answer_gets_its_age() -> None:
    watch = ClockWatch()
    watch.tick(NOW, 0)
    watch.answered()
    watch.tick(NOW + timedelta(seconds=6), 6)
    health = watch.health()
    assert (health.trouble, health.red) == ("数据停在 18:57:42，等待数据库", True)
    watch.failed("磁盘已满")
    assert watch.health().trouble == "数据停在 18:57:42：磁盘已满"
    watch.answered()
    assert watch.health().trouble is None


def test_a_clock_that_nobody_keeps_turns_the_header_red_within_five_seconds() -> None:
    watch = ClockWatch()
    beat = Beat("hall 7-ab12", NOW)
    for second in range(5):
        watch.tick(NOW + timedelta(seconds=second), float(second))
        watch.answered()
        watch.beat(beat)
        assert watch.health().trouble is None
    watch.tick(NOW + timedelta(seconds=5), 5.0)
    watch.answered()
    watch.beat(beat)
    health = watch.health()
    assert (health.trouble, health.red) == ("时限停摆：hall 7 最后走在 18:57:42", True)
    watch.beat(Beat("hall 8-cd34", NOW + timedelta(seconds=5)))
    assert watch.health().trouble is None


def test_a_desk_that_sweeps_itself_waits_for_nobody() -> None:
    watch = ClockWatch()
    watch.tick(NOW, 0)
    watch.tick(NOW + timedelta(seconds=9), 9)
    watch.answered()
    watch.beat(None)
    assert watch.health().trouble is None


def test_on_the_desk_the_stop_is_red_rings_and_goes_with_the_next_tick() -> None:
    async def scene(desk: Scene) -> None:
        app, shift = desk.app, desk.shift
        tick(shift.desk, "hall 7-ab12", 60)
        app.gateway.sweep_here(False)
        await desk.tick()
        for _second in range(6):
            shift.clock.advance(seconds=1)
            await desk.tick()
        assert "时限停摆：hall 7" in desk.text("header")
        assert any(a.reason == "STOPPED" and a.rings for a in app.alarms)
        assert "时限没有人守" in desk.text("alarm")
        tick(shift.desk, "hall 8-cd34", 60)
        await desk.tick()
        await desk.tick()
        assert "停摆" not in desk.text("header")
        assert not any(a.reason == "STOPPED" for a in app.alarms)

    play(scene)
