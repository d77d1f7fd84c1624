"""A clock gives aware instants of the counting zone, to the second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dutydesk.clock import ZONE, ManualClock, SystemClock


def test_the_system_clock_gives_whole_seconds_at_plus_eight() -> None:
    now = SystemClock().now()
    assert now.utcoffset() == timedelta(hours=8)
    assert now.microsecond == 0


def test_the_system_clock_measures_without_running_backwards() -> None:
    clock = SystemClock()
    first = clock.monotonic()
    assert clock.monotonic() >= first


def test_a_manual_clock_stands_still_until_told(clock: ManualClock, evening: datetime) -> None:
    assert clock.now() == clock.now() == evening
    assert clock.advance(minutes=48, seconds=5) == evening + timedelta(minutes=48, seconds=5)
    assert clock.monotonic() == 48 * 60 + 5


def test_a_manual_clock_jumps_back_when_set_but_its_measure_does_not(clock: ManualClock) -> None:
    clock.advance(hours=1)
    clock.set(datetime(2026, 11, 20, 2, 0, 0, 999, tzinfo=UTC))
    assert clock.now() == datetime(2026, 11, 20, 10, 0, tzinfo=ZONE)
    assert clock.now().isoformat() == "2026-11-20T10:00:00+08:00"
    assert clock.monotonic() == 3600


def test_time_does_not_advance_backwards(clock: ManualClock) -> None:
    with pytest.raises(ValueError, match="only advances"):
        clock.advance(minutes=-1)


def test_an_instant_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        ManualClock(datetime(2026, 11, 20, 18, 55))
