"""Notice and alarm: what rings, once, and what a gap leaves (procedures.md 3.3, A-37)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from world import GRID, World, duties

from dutydesk.workflow.alarms.model import Silence
from dutydesk.workflow.duty.model import DutyState


def test_an_act_within_two_minutes_silences_the_warning_but_not_the_red(world: World) -> None:
    world.linkage("simple")
    world.until("09:14")
    world.do("note", text="在联系")
    world.until("09:16")  # exactly two minutes: silent
    world.expect_alarm("09:16:00", "coordinate", "yellow", "commander", False)
    assert world.alarms[-1].silence is Silence.JUST_ACTED
    world.until("09:19")
    world.do("note", text="还在联系")
    world.until("09:20")
    world.expect_alarm("09:20:00", "coordinate", "red", "commander", True)


def test_an_act_longer_ago_silences_nothing(world: World) -> None:
    world.linkage("simple")
    world.until("09:13:59")
    world.do("note", text="在联系")
    world.until("09:16")
    world.expect_alarm("09:16:00", "coordinate", "yellow", "commander", True)


@pytest.mark.parametrize(
    ("step", "rings"), [("community", True), ("linkage", True), ("register", False)]
)
def test_after_closing_only_dispatch_and_coordination_ring(step: str, rings: bool) -> None:
    world = World("2026-11-20T20:00")
    getattr(world, step)()
    world.until("2026-11-21T21:00")
    assert any(a.rings for a in world.alarms) is rings


@pytest.mark.parametrize(("difficulty", "rings"), [("urgent", True), ("complex", False)])
def test_after_closing_every_clock_of_track_u_rings(difficulty: str, rings: bool) -> None:
    world = World("2026-11-20T20:00")
    world.awaiting(difficulty)
    world.until("20:35")
    reds = [a.rings for a in world.alarms if a.clock == "respond" and a.light == "red"]
    assert reds == [False, False, rings, False]


def test_the_closing_instant_itself_is_outside() -> None:
    world = World("2026-11-20T18:30")
    world.register()
    world.until("19:00")
    world.expect_alarm("19:00:00", "triage", "yellow", "commander", False)
    assert world.alarms[-1].silence is Silence.CLOSED_HOURS


def test_of_several_parties_at_one_instant_the_first_in_order_rings(world: World) -> None:
    world.coordinating()
    world.do("record_outcome", agreed=True, duties=duties("2 h", "2 h"))
    world.until("11:00")
    reds = [(a.party, a.rings, a.silence) for a in world.alarms if a.light == "red"]
    assert reds == [("城管", True, None), ("公安", False, Silence.SAME_STEP)]


def test_parties_at_different_instants_ring_each(world: World) -> None:
    world.disposing()  # 4 h and 2 h
    world.until("13:00")
    assert [(a.party, a.rings) for a in world.alarms if a.light == "red"][:1] == [("公安", True)]
    assert [(a.party, a.rings) for a in world.alarms if "commander" in a.to][-1] == ("城管", True)


def test_two_cases_ring_each(world: World) -> None:
    world.linkage("simple")
    world.linkage("simple", "c2")
    world.until("09:20")
    assert [a.rings for a in world.alarms if a.light == "red"] == [True, True]


def test_sweeping_twice_changes_nothing(world: World) -> None:
    world.linkage("complex")
    for at in ("09:10", "09:16", "09:20", "09:40"):
        world.until(at)
        cases = dict(world.cases)
        assert world.sweep() == []
        assert world.cases == cases


@pytest.mark.parametrize(("seconds", "late"), [(0, False), (5, False), (6, True), (119, True)])
def test_a_short_stop_is_told_too(world: World, seconds: int, late: bool) -> None:
    """The rung keeps its true moment; it is late once nobody can have kept the clock."""
    world.linkage("complex")
    world.jump(f"09:{10 + seconds // 60}:{seconds % 60:02d}")
    (raised,) = world.sweep()
    assert (f"{raised.planned_at:%H:%M:%S}", raised.late) == ("09:10:00", late)
    assert raised.raised_at - raised.planned_at == timedelta(seconds=seconds)
    assert world.sweep() == []


def test_after_a_gap_everything_is_recorded_once_and_only_the_last_rings(world: World) -> None:
    world.linkage("complex")
    world.jump("10:00")
    raised = world.sweep()
    assert [(a.planned_at.minute, a.light, a.rings, a.late) for a in raised] == [
        (10, "yellow", False, True),
        (16, "yellow", False, True),
        (20, "red", False, True),
        (40, "red", True, True),
    ]
    assert [a.silence for a in raised] == [
        Silence.NOTICE,
        Silence.SUPERSEDED,
        Silence.SUPERSEDED,
        None,
    ]
    assert {a.raised_at for a in raised} == {world.now}
    assert [a.rung for a in raised] == [0, 1, 2, 3]
    assert len({a.key for a in raised}) == 4
    assert world.sweep() == []


def test_a_gap_leaves_the_same_record_as_a_watchful_desk() -> None:
    awake, asleep = World(), World()
    for world in (awake, asleep):
        world.disposing()
    awake.until("2026-11-24T12:00")
    asleep.jump("2026-11-24T12:00")
    asleep.sweep()
    assert _record(asleep) == _record(awake)
    # Of each clock the last that has a sound; the two of one step ring once.
    assert [(a.clock, a.party) for a in asleep.alarms if a.rings] == [("dispose", "城管")]


def _record(world: World) -> list[tuple[object, ...]]:
    return sorted((a.key, a.planned_at, a.light, a.rung, a.to) for a in world.alarms)


def test_a_daily_reminder_is_followed_through_a_gap(world: World) -> None:
    world.at_street()
    world.jump("2026-11-27T08:00")
    world.sweep()
    daily = [a.planned_at.day for a in world.alarms if a.clock == "street_coordination"]
    assert daily == [24, 25, 26]


def test_an_ended_case_is_silent(world: World) -> None:
    world.community()
    world.register("c2")
    world.do("merge", into=world.case("c2").no)
    world.linkage("urgent", "c3")
    world.do("withdraw", "c3", reason="撤")
    world.until("12:00")
    assert {a.case for a in world.alarms} == {world.case("c2").no}


def test_while_the_night_desk_holds_it_is_told_instead_of_the_commander(world: World) -> None:
    world.community()
    world.state = DutyState(world.state.area, holder="night_desk")
    world.until("10:00")
    assert {a.to for a in world.alarms} == {("night_desk",)}


def test_what_was_red_stays_red_and_a_later_due_counts_on(world: World) -> None:
    world.at_station()  # due 17:00
    world.until("17:00")
    assert [a.rung for a in world.alarms if a.clock == "dispose"] == [0, 1, 2]
    world.do("correct", event=3, field="due", value="2026-11-23T20:00", reason="录错")
    assert world.due("dispose", GRID) == "2026-11-23T20:00:00+08:00"
    world.until("20:00")
    later = [a for a in world.alarms if a.clock == "dispose"][3:]
    assert [(a.rung, a.planned_at.hour, a.light) for a in later] == [
        (3, 17, "yellow"),
        (4, 20, "red"),
    ]
