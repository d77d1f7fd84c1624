"""The month's sample on the screen: drawn, judged one after the other, by the keypad."""

from __future__ import annotations

import pytest
from opened import Seat, sit
from shift import NOW, mid_shift

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.config.procedures import load
from dutydesk.errors import BadInput
from dutydesk.screens.command.entries import entries
from dutydesk.screens.inspection_lines import look
from dutydesk.views.labels import Words
from dutydesk.views.sampling import Sample
from dutydesk.views.sampling_rows import MonthSample


async def opened(seat: Seat) -> MonthSample:
    """The screen by the numbers of the menu, and a draw."""
    await seat.press("slash", "slash")
    await seat.press("4", "0", "enter")
    await seat.until(lambda: seat.name == "SampleScreen" and seat.screen.sample is not None)
    assert "还没有抽取：按 +" in seat.text()
    await seat.press("plus")
    await seat.until(lambda: seat.screen.sample.seed is not None)
    return seat.desk.read(Sample())


@pytest.mark.clause("X-4.2.2.6")
def test_the_sample_is_drawn_and_a_case_of_it_judged_in_three_keys() -> None:
    async def scenario(seat: Seat) -> None:
        drawn = await opened(seat)
        assert drawn.drawn == drawn.wanted > 1
        assert f"11 月抽查 已查 0/{drawn.wanted}" in seat.text()
        first = seat.screen.listing.item
        await seat.press("enter")
        await seat.until(lambda: seat.name == "InspectionScreen" and bool(seat.screen.ground_now))
        assert seat.screen.choices("case").value == first.no
        assert f"11 月抽查 已查 0/{drawn.wanted}" in seat.text()
        await seat.press("1", "enter")
        await seat.until(lambda: seat.name == "SampleScreen" and seat.screen.sample.done == 1)
        assert first.no not in [row.no for row in seat.screen.listing.items]
        (done,) = (row for row in seat.desk.read(Sample()).rows if row.done_at is not None)
        assert (done.no, done.verdict) == (first.no, "属实，已处置到位")
        assert done.by == "inspector:吴敏"
        assert seat.alarm_seen

    sit(scenario, shift=mid_shift(8))


def test_a_spot_check_of_a_grid_offers_what_the_sample_wants_first() -> None:
    async def scenario(seat: Seat) -> None:
        drawn = await opened(seat)
        await seat.press("escape")
        seat.sitting.open("inspect")
        await seat.until(lambda: seat.screen.ground_now is not None)
        grid = drawn.left[0].grid
        names = [one.value for one in seat.screen.choices("grid").options]
        await seat.press(str(names.index(grid) + 1))
        wanted = [row.no for row in drawn.left if row.grid == grid]
        await seat.until(lambda: seat.screen.ground_now.grid == grid)
        offered = [one.value for one in seat.screen.choices("case").options]
        assert offered[: len(wanted)] == wanted[:4]
        assert offered[-1] == "-"
        assert len(offered) == len(set(offered))
        seat.shift.act(
            NOW, "register", channel="superior", place="仓场路3号", grid="仓场", description="堆物"
        )
        await seat.press("f3")
        await seat.until(lambda: "还缺 1 件：按 +" in seat.text())

    sit(scenario, shift=mid_shift(8))


def test_the_menu_has_it_only_where_the_procedure_asks_for_a_sample() -> None:
    for name, there in (("xinchenglu", True), ("minhang", False)):
        found = entries(Words(load(name)), None, None, False)
        assert ("40" in [one.number for one in found]) is there


def test_the_spot_checks_of_a_procedure_without_a_sample_say_nothing_of_it() -> None:
    desk = memory_desk(ManualClock(NOW), procedure="minhang")
    ground = look(desk, None)
    with pytest.raises(BadInput, match="minhang"):
        desk.read(Sample())
    desk.close()
    assert (ground.sample, ground.left) == (None, ())
