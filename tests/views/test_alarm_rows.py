"""Live alarms: order, counts, and what the alarm line says."""

from __future__ import annotations

from sampled import on_both
from views_world import World

from dutydesk.screens.parts.alarm_line import alarm_line
from dutydesk.views.alarms import AlarmCount, AlarmCounts, LiveAlarms, line, worded
from dutydesk.views.labels import Words
from dutydesk.workflow.cases.model import Actor


def words(world: World) -> Words:
    return Words(world.desk.ground.procedure)


def test_the_line_says_what_happened_who_was_told_and_what_comes(world: World) -> None:
    world.linkage("urgent")
    for _minute in range(11):
        world.clock.advance(minutes=1)
        world.desk.sweep()
    world.clock.advance(seconds=14)
    first = world.read(LiveAlarms())[0]
    assert line(first, world.now_ms, words(world), more=1) == (
        "■ 0001 发起超时 1:14 已告专职副网格长、片区网格长 12:20→街道城运中心 · 还有 1 条"
    )
    assert worded(first, world.now_ms, words(world), "night_desk").told == (
        "已告协调指挥员、专职副网格长、片区网格长"
    )


@on_both("world")
def test_unacknowledged_first_ringing_first_red_first(world: World) -> None:
    world.linkage("urgent")
    for _minute in range(11):
        world.clock.advance(minutes=1)
        world.desk.sweep()
    found = world.read(LiveAlarms())
    assert (found[0].rung, found[0].light, found[0].unseen) == (3, "red", True)
    assert sorted(row.rung for row in found) == [0, 1, 2, 3]
    unseen = world.read(LiveAlarms(unseen_only=True))
    assert {row.key for row in unseen} == {row.key for row in found if row.unseen}
    ringing = sum(1 for row in unseen if row.rings)
    assert world.read(AlarmCount()) == AlarmCounts(
        unseen=len(unseen),
        ringing=ringing,
        red=sum(1 for row in unseen if row.light == "red"),
        yellow=sum(1 for row in unseen if row.light == "yellow"),
        seen=len(found) - len(unseen),
        cases=1,
    )


def test_the_line_counts_what_the_list_has_no_room_for(world: World) -> None:
    nos = [world.register() for _ in range(102)]
    world.clock.advance(minutes=31)
    world.desk.sweep()
    found, counted = world.read(LiveAlarms()), world.read(AlarmCount())
    assert (len(found), counted.unseen, counted.cases) == (100, len(nos), len(nos))
    assert counted.flood
    counted = counted._replace(flood=())
    drawn = alarm_line(found, world.now_ms, words(world), 100, counted=counted)
    assert "还有 101 条" in "".join(span.text for span in drawn)
    world.desk.acknowledge(Actor("commander"))
    found, counted = world.read(LiveAlarms()), world.read(AlarmCount())
    counted = counted._replace(flood=())
    drawn = alarm_line(found, world.now_ms, words(world), 100, counted=counted)
    assert "另有 101 件" in "".join(span.text for span in drawn)


def test_acknowledged_ones_stay_below_until_their_case_ends(world: World) -> None:
    no = world.linkage("simple")
    world.clock.advance(minutes=21)
    world.desk.sweep()
    top = world.read(LiveAlarms())[0]
    world.desk.acknowledge(Actor("commander"), (top.key,))
    found = world.read(LiveAlarms())
    assert (found[-1].key, found[-1].acked_by) == (top.key, "commander")
    assert [row.unseen for row in found[:-1]] == [True] * (len(found) - 1)
    world.do("withdraw", no, reason="撤")
    assert world.read(LiveAlarms()) == ()


def test_alarms_of_another_area_are_not_shown_here(world: World) -> None:
    world.linkage("simple", grid="墅沟社区网格", place="墅沟路3号")
    world.clock.advance(minutes=21)
    world.desk.sweep()
    assert world.read(LiveAlarms("140901")) == ()
    assert {row.area for row in world.read(LiveAlarms("140902"))} == {"140902"}
    assert {row.grid_short for row in world.read(LiveAlarms())} == {"墅沟"}


def test_a_case_of_another_day_is_named_with_its_day_as_in_the_queue(world: World) -> None:
    world.linkage("urgent")
    world.clock.advance(minutes=11)
    world.desk.sweep()
    first = world.read(LiveAlarms())[0]
    assert worded(first, world.now_ms, words(world)).what.startswith("0001 ")
    next_day = world.now_ms + 24 * 3600 * 1000
    assert first.case is not None
    assert worded(first, next_day, words(world)).what.startswith(f"{first.case[-6:]} ")
