"""The header believes the clock until it jumps, and the record until it stays away."""

from __future__ import annotations

from datetime import timedelta

from shift import NOW

from dutydesk.screens.ticker import ClockWatch


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
