"""A flood rings as groups: ten alarms in ten minutes one by one, the rest with one sound."""

from __future__ import annotations

from datetime import datetime, timedelta

from dutydesk.clock import ZONE
from dutydesk.workflow.alarms.flood import Flood, Heard
from dutydesk.workflow.alarms.model import Alarm, AlarmReason, Silence

NINE = datetime(2026, 11, 23, 9, tzinfo=ZONE)


def alarm(seconds: float, light: str = "yellow") -> Alarm:
    at = NINE + timedelta(seconds=seconds)
    return Alarm(
        *(f"c|1|{seconds}", "140901", "c", "coordinate", 1, None, light, 0, ("commander",)),
        rings=True,
        reason=AlarmReason.FIRST,
        silence=None,
        planned_at=at,
        raised_at=at,
    )


def rings(flood: Flood, seconds: list[float], light: str = "yellow", urgent: bool = False) -> str:
    judged = [flood.judge(alarm(s, light), urgent=urgent) for s in seconds]
    assert all(one.rings is (one.silence is None) for one in judged)
    assert {one.silence for one in judged} <= {None, Silence.GROUPED}
    return "".join("r" if one.rings else "." for one in judged)


def test_ten_in_ten_minutes_are_heard_one_by_one_and_the_rest_with_their_group() -> None:
    assert rings(Flood(), [30 * n for n in range(14)]) == "r" * 10 + "...."


def test_alarms_of_one_moment_beyond_the_tenth_ring_once() -> None:
    assert rings(Flood(), [0] * 40) == "r" * 10 + "." * 30


def test_a_steady_desk_is_never_a_flood() -> None:
    assert rings(Flood(), [60 * n for n in range(60)]) == "r" * 60


def test_while_the_flood_lasts_its_group_sounds_every_ten_minutes() -> None:
    heard = rings(Flood(), [10 * n for n in range(180)])
    sounds = [10 * n for n, sign in enumerate(heard) if sign == "r"]
    assert sounds == [*range(0, 100, 10), 690, 1290]


def test_after_the_flood_each_alarm_is_heard_again() -> None:
    flood = Flood()
    rings(flood, [10 * n for n in range(20)])
    assert rings(flood, [1000, 1060]) == "rr"


def test_a_red_of_the_urgent_track_is_heard_in_a_flood_those_of_one_pass_once() -> None:
    flood = Flood()
    rings(flood, [10 * n for n in range(20)])
    assert rings(flood, [200], "red") == "."
    assert rings(flood, [210, 210, 210], "red", urgent=True) == "r.."
    assert rings(flood, [211], "yellow", urgent=True) == "."
    assert rings(flood, [212], "red", urgent=True) == "r"


def test_what_the_store_knows_counts() -> None:
    before = [Heard(NINE - timedelta(minutes=1), n < 3) for n in range(10)]
    assert rings(Flood(before), [0]) == "."
    assert rings(Flood(before), [9 * 60]) == "r"
    assert rings(Flood(before[:9]), [0, 0]) == "r."


def test_a_flood_ends_only_when_fewer_than_five_came_in_ten_minutes() -> None:
    flood = Flood()
    rings(flood, [10 * n for n in range(20)])
    assert flood.since == NINE + timedelta(seconds=100)
    # Six in ten minutes keep it up, although ten would begin none.
    seconds = [*range(600, 900, 40), *range(970, 1600, 90)]
    heard = rings(flood, seconds)
    assert [s for s, sign in zip(seconds, heard, strict=True) if sign == "r"] == [720, 1330]
    assert flood.since is not None
    assert rings(flood, [1510 + 600]) == "r"
    assert flood.since is None
