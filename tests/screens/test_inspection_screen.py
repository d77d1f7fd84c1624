"""A spot-check in a few keys, and the week's coverage (X-4.2.2.4, X-4.2.2.5)."""

from __future__ import annotations

import pytest
from opened import Seat, sit

from dutydesk.screens.forms.entry import Entry
from dutydesk.views.coverage import Coverage
from dutydesk.views.queue import Filters, Queue


async def opened(seat: Seat) -> None:
    seat.sitting.open("inspect")
    await seat.until(lambda: seat.screen.ground_now is not None)


def test_a_case_of_the_grid_is_inspected_in_five_keys_and_the_week_counts_it() -> None:
    async def scenario(seat: Seat) -> None:
        await opened(seat)
        assert "已查 0/5" in seat.text()
        first = seat.desk.read(Queue(Filters(grid="仓场")))[0]
        await seat.press("1", "1", "3", "1", "enter")
        await seat.until(lambda: "已查 1/5" in seat.text())
        [check] = seat.desk.read(Coverage()).checks
        assert (check.grid, check.case) == ("仓场社区网格", first.no)
        assert (check.reason, check.verdict) == ("result", "属实，已处置到位")
        assert check.by == "inspector:吴敏"
        assert seat.alarm_seen

    sit(scenario)


@pytest.mark.soak
def test_none_open_is_a_record_too_with_its_place_and_time() -> None:
    async def scenario(seat: Seat) -> None:
        await opened(seat)
        await seat.press("5")
        await seat.until(lambda: len(seat.screen.choices("case").options) > 1)
        number = len(seat.screen.choices("case").options)
        await seat.press(str(number), "4")
        seat.screen.query_one("#place", Entry).focus()
        await seat.type("爱里舍一期大门")
        seat.screen.query_one("#at", Entry).focus()
        await seat.type("-20")
        await seat.press("enter")
        await seat.until(lambda: "已查 1/5" in seat.text())
        [check] = seat.desk.read(Coverage()).checks
        assert (check.none_open, check.case, check.place) == (True, None, "爱里舍一期大门")
        assert f"{check.at.astimezone(seat.desk.now().tzinfo):%H:%M}" == "18:37"

    sit(scenario)


@pytest.mark.soak
def test_another_case_by_its_tail_and_a_wrong_grid_is_a_sentence() -> None:
    async def scenario(seat: Seat) -> None:
        await opened(seat)
        other = seat.desk.read(Queue(Filters(grid="迎园")))[0]
        await seat.press("1")
        seat.screen.query_one("#tail", Entry).focus()
        await seat.type(other.no[-8:])
        seat.screen.choices("verdict").focus()
        await seat.press("1", "enter")
        assert "✗ “社区网格”写成“仓场社区网格”不对，应为：迎园社区网格" in seat.text()
        assert seat.desk.read(Coverage()).checks == ()

    sit(scenario)


@pytest.mark.soak
def test_what_is_missing_is_named_and_gets_the_keys() -> None:
    async def scenario(seat: Seat) -> None:
        await opened(seat)
        await seat.press("enter")
        assert "缺少“社区网格”" in seat.text()
        await seat.press("2", "1", "enter")
        assert "缺少“结论”" in seat.text()
        assert seat.screen.focused.id == "verdict"

    sit(scenario)


@pytest.mark.soak
def test_a_stray_digit_is_no_verdict_and_nothing_is_recorded_without_enter() -> None:
    async def scenario(seat: Seat) -> None:
        await opened(seat)
        await seat.press("1", "1", "3")
        await seat.press("asterisk", "3", "enter")
        assert "“3”不成结论" in seat.text()
        assert seat.screen.focused.id == "words"
        assert seat.desk.read(Coverage()).checks == ()
        await seat.press("asterisk", "asterisk", "asterisk", "asterisk", "asterisk", "asterisk")
        assert seat.screen.focused.id == "reason"
        await seat.press("asterisk", "2", "1")
        assert seat.screen.choices("verdict").value == "属实，已处置到位"
        assert seat.desk.read(Coverage()).checks == ()
        await seat.press("enter")
        assert "“3”不成结论" in seat.text()
        seat.screen.query_one("#words", Entry).value = "3 处堆物"
        await seat.press("enter")
        await seat.until(lambda: "已查 1/5" in seat.text())
        [check] = seat.desk.read(Coverage()).checks
        assert check.verdict == "属实，已处置到位；3 处堆物"

    sit(scenario)
