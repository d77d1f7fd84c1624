"""Handing over and taking over at the desk, the red count read back (X-5.1.3)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from opened import Seat, number, sit
from shift import NOW, mid_shift

from dutydesk.screens.forms.choices import Choices
from dutydesk.views.card import Card
from dutydesk.views.duty import OnDutyNow


async def opened(seat: Seat) -> None:
    seat.sitting.open("handover")
    await seat.until(lambda: seat.screen.standing is not None)


def test_what_stands_open_what_is_red_and_what_falls_due_is_shown() -> None:
    async def scenario(seat: Seat) -> None:
        await opened(seat)
        text = seat.text()
        assert "未结 24" in text
        assert "超时 2" in text
        assert "下次开班 11-23 08:30 前到期 24" in text
        assert seat.alarm_seen

    sit(scenario)


@pytest.mark.soak
def test_inside_planned_hours_it_takes_the_deputys_word_and_the_refusal_is_a_sentence() -> None:
    async def scenario(seat: Seat) -> None:
        await opened(seat)
        assert seat.screen.query_one("#basis", Choices).value == "deputy"
        await seat.press("1", "1")
        await seat.type("人手不足")
        await seat.press("enter")
        assert seat.name == "HandoverScreen"
        assert "✗ 工作时间内由专职副网格长注明理由后才能交班（X-5.1.3）" in seat.text()
        assert seat.desk.read(OnDutyNow()).handed_to is None

    sit(scenario)


def test_handed_over_by_the_deputys_word_and_taken_over_with_the_count_read_back() -> None:
    async def scenario(seat: Seat) -> None:
        await opened(seat)
        await seat.press("1", "2")
        await seat.type("人员外出增援")
        await seat.press("enter")
        await seat.until(lambda: seat.screen.taking)
        assert seat.desk.read(OnDutyNow()).handed_to == "night_desk"
        await seat.press("9", "enter")
        assert "✗ 复述的超时件数 9 与清单的 2 件不符" in seat.text()
        await seat.press("backspace", "2", "enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        assert seat.desk.read(OnDutyNow()).holder == "night_desk"
        assert "街道值班 已接班，复诵相符" in seat.lines()[-1]

    sit(scenario)


@pytest.mark.soak
def test_who_took_over_here_works_here_until_it_is_given_back() -> None:
    async def scenario(seat: Seat) -> None:
        await opened(seat)
        await seat.press("1", "2")
        await seat.type("人员外出增援")
        await seat.press("enter")
        await seat.until(lambda: seat.screen.taking)
        await seat.press("2", "enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        assert str(seat.app.gateway.actor) == "night_desk:邵平"
        assert "邵平" in seat.lines()[0]
        no = number(seat.shift, "awaiting_response")
        seat.app.desk.queue.select(no)
        await seat.settle()
        await seat.press("enter")
        assert seat.name == "RollCall"
        await seat.press("1", "1", "1", "enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        card = seat.desk.read(Card(no))
        assert card is not None
        assert card.events[-1].by == "night_desk:邵平"
        await opened(seat)
        await seat.press("down")
        await seat.type("早上")
        await seat.press("enter")
        await seat.until(lambda: seat.screen.taking)
        await seat.press("2", "enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        assert str(seat.app.gateway.actor) == "commander:陈安"

    sit(scenario)


@pytest.mark.soak
def test_standing_instructions_are_handed_over_in_sight() -> None:
    shift = mid_shift(4)
    shift.act(
        NOW, "standing_instruction", None, giver="deputy_head", text="简易件先行", channel="phone",
        difficulties=["simple"], until=NOW + timedelta(hours=8),
    )  # fmt: skip

    async def scenario(seat: Seat) -> None:
        await opened(seat)
        assert "简易）：简易件先行" in seat.text()

    sit(scenario, shift=shift)


@pytest.mark.soak
def test_what_was_typed_survives_a_record_that_moves() -> None:
    async def scenario(seat: Seat) -> None:
        await opened(seat)
        await seat.press("1", "2")
        await seat.type("增援")
        seat.shift.case(0, 0)
        seat.sitting.second()
        await seat.until(lambda: "未结 25" in seat.text())
        assert "增援" in seat.text()

    sit(scenario)
