"""Counts of tags, flags and ways of finding; the week's coverage; batches; the same matter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sampled import on_both
from views_world import NOON, World

from dutydesk.errors import BadInput
from dutydesk.storage import Batch, Inspection, Line
from dutydesk.views.batches import Batches, ChangedUnseen
from dutydesk.views.counts import FacetCounts
from dutydesk.views.coverage import Coverage, week_start
from dutydesk.views.duplicates import SameMatter, same_place
from dutydesk.views.queue import Filters, Queue


def counted(world: World, **asked: Any) -> dict[str, int]:
    return {row.value: row.number for row in world.read(FacetCounts(**asked)) if row.number}


@on_both("world")
@pytest.mark.clause("X-1.4", "X-7.1.4")
def test_tags_flags_and_ways_of_finding_are_counted_and_lead_to_their_cases(world: World) -> None:
    first = world.register(
        pain_points=["热点", "堵点"], key_work=["防汛"], cross_level=True, discovered_by="people"
    )
    second = world.register(
        pain_points=["堵点"], cross_domain=True, cross_grids=["仓场社区网格", "迎园社区网格"],
        discovered_by="technology", kind="component",
    )  # fmt: skip
    everything = {
        "cross_level": 1, "cross_grid": 1, "cross_domain": 1, "热点": 1, "堵点": 2,
        "component": 1, "people": 1, "technology": 1, "防汛": 1,
    }  # fmt: skip
    assert counted(world) == everything
    for tag, numbers in {
        "堵点": [first, second],
        "热点": [first],
        "防汛": [first],
        "cross_level": [first],
        "cross_grid": [second],
        "cross_domain": [second],
    }.items():
        assert [row.no for row in world.read(Queue(Filters(tag=tag)))] == numbers
    world.do("withdraw", second, reason="撤")
    assert counted(world, open_only=True) == {
        "cross_level": 1, "热点": 1, "堵点": 1, "people": 1, "防汛": 1,
    }  # fmt: skip
    assert counted(world, from_at=NOON + timedelta(seconds=1)) == {}
    assert counted(world, to_at=NOON) == {}
    assert counted(world, area="140902") == {}


def inspect(world: World, grid: str, **given: Any) -> None:
    at = given.pop("at", world.clock.now())
    record = Inspection("140901", grid, at, world.clock.now(), "inspector", "ok", **given)
    with world.desk.store.unit() as unit:
        unit.save_inspection(record)


@pytest.mark.clause("X-4.2.2.4")
def test_the_week_shows_how_many_grids_somebody_was_in(world: World) -> None:
    inspect(world, "仓场社区网格", none_open=True)
    inspect(world, "仓场社区网格")
    inspect(world, "嘉乐社区网格", at=NOON - timedelta(days=7))
    inspect(world, "迎园社区网格", at=NOON.replace(day=16, hour=0))
    inspect(world, "源珉社区网格", at=NOON.replace(day=15, hour=23))
    week = world.read(Coverage())
    assert (week.week, week.covered, week.total) == ("2026-W47", 2, 5)
    assert week.missing == ("嘉乐社区网格", "源珉社区网格", "爱里舍花园社区网格")
    assert [(grid.short, grid.times) for grid in week.grids if grid.covered] == [
        ("仓场", 2),
        ("迎园", 1),
    ]
    before = world.read(Coverage("2026-W46"))
    assert (before.covered, len(before.checks)) == (2, 2)
    other = world.read(Coverage(area="新成"))
    assert (other.covered, other.total) == (0, 7)


@pytest.mark.parametrize("text", ["2026-W54", "2026-W00", "47", "", "２０２６-W47x"])
def test_a_week_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        week_start(text)


def test_changed_rows_wait_until_someone_looked(world: World) -> None:
    no = world.register()
    record = Batch(
        "B1", "import", "140901", "a.xlsx", NOON, "admin", rows=3, changed=1, new=1, rejected=1
    )
    lines = [
        Line(2, "new", no, "E1"),
        Line(3, "changed", no, "E2", {"place": ["旧", "新"]}),
        Line(4, "rejected", None, "E3", {"reason": "no_number"}),
    ]
    with world.desk.store.unit() as unit:
        unit.save_batch(record, lines)
    batch = world.read(Batches())[0]
    assert (batch.id, batch.rows, batch.unseen) == ("B1", 3, 1)
    changed = world.read(ChangedUnseen())[0]
    assert (changed.case, changed.detail) == (no, {"place": ["旧", "新"]})
    with world.desk.store.unit() as unit:
        unit.look(no, NOON)
    assert world.read(ChangedUnseen()) == ()
    assert world.read(Batches())[0].unseen == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("嘉乐路20号", "嘉乐路２０号门口", True),
        ("新成路街道嘉乐路20号", "嘉乐路20号", True),
        ("嘉乐路20号", "嘉乐路22号", False),
        ("嘉乐路20号", "嘉乐路", False),
        ("嘉乐路", "嘉乐路口", True),
        ("", "嘉乐路", False),
    ],
)
def test_two_places_are_the_same_spot_when_their_numbers_agree(
    one: str, other: str, same: bool
) -> None:
    assert same_place(one, other) is same
    assert same_place(other, one) is same


def test_what_is_being_typed_is_compared_with_recent_cases(world: World) -> None:
    first = world.register(
        place="嘉乐路20号", grid="嘉乐", category="暴露垃圾", description="绿化带有暴露垃圾"
    )
    world.register(
        place="嘉乐路22号", grid="嘉乐", category="暴露垃圾", description="绿化带有暴露垃圾"
    )
    asked = SameMatter("嘉乐路20号门前", "绿化带有很多暴露垃圾", "嘉乐", "暴露垃圾")
    found = world.read(asked)
    assert [(row.no, row.why) for row in found] == [(first, ("place", "category", "text"))]
    assert world.read(SameMatter("嘉乐路20号", grid="嘉乐", category="井盖")) == ()
    assert world.read(SameMatter("嘉乐路20号", grid="嘉乐", exclude=first)) == ()
    assert world.read(SameMatter("", "垃圾")) == ()
    world.clock.advance(hours=24 * 31)
    assert world.read(asked) == ()
