"""The queue as the store answers it: filters, search, pages, counts."""

from __future__ import annotations

from typing import Any

import pytest
from sampled import on_both
from views_world import World

from dutydesk.views.queue import Filters, Queue, QueueTotal, arrange


def tails(world: World, closed_too: bool = False, **filters: Any) -> list[str]:
    return [row.tail for row in world.read(Queue(Filters(**filters), closed_too=closed_too))]


@pytest.fixture
def three(world: World) -> World:
    """0001 urgent linkage, 0002 community to dispatch, one received in the other area."""
    world.linkage("urgent", pain_points=["难点"], cross_level=True, key_work=["防汛"])
    no = world.register(
        channel="hotline_12345", external_no="2611Ａ0001107", place="嘉乐路20号", grid="嘉乐",
        description="绿化带\n暴露垃圾,请处理", category="暴露垃圾",
    )  # fmt: skip
    world.do("accept", no, as_="community", grid="嘉乐")
    world.clock.advance(minutes=1)
    world.register(grid="墅沟社区网格", place="墅沟路3号", description="占道经营",
                   cross_grids=["墅沟社区网格", "新成村"])  # fmt: skip
    return world


@on_both("world")
def test_urgent_first_then_by_what_breaches_first(three: World) -> None:
    places = [row.place for row in three.read(Queue())]
    assert places == ["仓场路12号", "嘉乐路20号", "墅沟路3号"]


def test_a_row_holds_integers_and_texts_only(three: World) -> None:
    for row in three.read(Queue()):
        assert {type(value) for value in row} <= {int, str, bool, type(None)}


@pytest.mark.parametrize(
    ("filters", "places"),
    [
        ({"bay": "发起"}, ["仓场路12号"]),
        ({"state": "received"}, ["墅沟路3号"]),
        ({"area": "迎园"}, ["仓场路12号", "嘉乐路20号"]),
        ({"area": "140902"}, ["墅沟路3号"]),
        ({"grid": "嘉乐"}, ["嘉乐路20号"]),
        ({"channel": "hotline_12345"}, ["嘉乐路20号"]),
        ({"track": "U"}, ["仓场路12号"]),
        ({"tag": "难点"}, ["仓场路12号"]),
        ({"tag": "防汛"}, ["仓场路12号"]),
        ({"tag": "cross_level"}, ["仓场路12号"]),
        ({"tag": "cross_grid"}, ["墅沟路3号"]),
        ({"tag": "legacy"}, []),
        ({"mark": "回"}, []),
        ({"overdue": True}, []),
        ({"area": "nowhere"}, []),
    ],
)
def test_each_filter_keeps_what_fits(
    three: World, filters: dict[str, Any], places: list[str]
) -> None:
    found = three.read(Queue(Filters(**filters)))
    assert [row.place for row in found] == places
    assert three.read(QueueTotal(Queue(Filters(**filters)))) == len(places)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("盖", ["仓场路12号"]),
        ("井盖", ["仓场路12号"]),
        ("垃圾", ["嘉乐路20号"]),
        ("垃圾请", []),
        ("垃圾,请", ["嘉乐路20号"]),
        ("垃圾，请", ["嘉乐路20号"]),
        ("1107", ["嘉乐路20号"]),
        ("１１０７", ["嘉乐路20号"]),
        ("2611a", ["嘉乐路20号"]),
        ("绿化带 暴露", ["嘉乐路20号"]),
        ("墅沟社区", ["墅沟路3号"]),
        ('"', []),
        ("%", []),
        ("_", []),
        ("' OR 1=1 --", []),
        ("井 OR 垃", []),
    ],
)
def test_search_finds_chinese_words_numbers_and_nothing_else(
    three: World, text: str, places: list[str]
) -> None:
    found = three.read(Queue(Filters(text=text)))
    assert [row.place for row in found] == places


@on_both("world")
def test_a_text_that_ended_cases_hold_is_found_after_the_open_ones(world: World) -> None:
    first, second = world.register(), world.register()
    world.do("withdraw", second, reason="重复")
    assert tails(world, text="井盖") == [first[-4:]]
    assert tails(world, text="井盖", closed_too=True) == [first[-4:], second[-4:]]


@on_both("world")
def test_pages_walk_through_open_and_then_ended_cases(world: World) -> None:
    numbers = [world.register() for _count in range(5)]
    for no in numbers[3:]:
        world.do("withdraw", no, reason="撤")
    whole = [row.no for row in world.read(Queue(closed_too=True))]
    assert whole == [*numbers[:3], numbers[4], numbers[3]]
    for offset in range(6):
        page = world.read(Queue(closed_too=True, limit=2, offset=offset))
        assert [row.no for row in page] == whole[offset : offset + 2]
    assert [row.no for row in world.read(Queue(limit=2, offset=2))] == numbers[2:3]
    assert [row.no for row in world.read(Queue(Filters(state="withdrawn")))] == whole[3:]


def test_the_two_parts_of_the_store_are_those_of_the_desk(world: World) -> None:
    mine = world.register()
    theirs = world.linkage()
    world.do("convene", theirs, parties=["城管", "公安"], time="2026-11-20T12:30:00+08:00",
             location="路口", mode="offline")  # fmt: skip
    for minutes in (0, 31):
        world.clock.advance(minutes=minutes)
        parts = arrange(world.read(Queue()), world.now_ms)
        assert world.read(Queue(part="mine")) == parts.mine
        assert world.read(Queue(part="theirs")) == parts.theirs
    assert {row.no for row in parts.mine} == {mine, theirs}
