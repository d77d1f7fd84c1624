"""A case answers to its last digits, and to those of the number it came with."""

from __future__ import annotations

from views_world import World

from dutydesk.views.numbers import Candidates


def test_a_tail_gives_open_cases_first_and_the_whole_number_alone(world: World) -> None:
    first = world.register(
        channel="hotline_12345", external_no="2611A0020002", description="井盖\n塌陷"
    )
    second, third = world.register(), world.register(grid="墅沟社区网格")
    world.do("withdraw", second, reason="撤")

    def found(tail: str) -> list[str]:
        return [row.no for row in world.read(Candidates(tail))]

    assert found("0002") == [first, second]
    assert found("a0020002") == [first]
    assert sorted(found("0001")) == sorted([first, third])
    assert found(first) == [first]
    assert found("９９９９") == []
    assert found("%") == []
    assert found(" ") == []
    assert world.read(Candidates(first))[0].summary == "井盖 塌陷"
