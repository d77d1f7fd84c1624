"""At the command bar: what would happen is shown, Enter does it, a refusal says why."""

from __future__ import annotations

import pytest
from opened import Seat, number, sit
from sampled import sampled
from shift import ME, mid_shift
from textual import events

from dutydesk.screens.command.bar import CommandBar
from dutydesk.screens.command.line import LineEntry
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard


async def command(seat: Seat, text: str) -> None:
    """Open the bar and type a line."""
    seat.sitting.open_command("")
    await seat.settle()
    await seat.type(text)


def card(seat: Seat, no: str) -> CaseCard:
    found = seat.desk.read(Card(no, ME))
    assert found is not None
    return found


def test_a_dispatch_is_shown_and_done_with_one_enter() -> None:
    async def scenario(seat: Seat) -> None:
        no = number(seat.shift, "to_dispatch")
        await command(seat, f"派 {no} 嘉乐 明1400")
        assert "→ 工作站处置 · 嘉乐社区网格 处置 至 明14:00" in seat.text()
        assert "Enter 办理" in seat.text()
        assert seat.alarm_seen
        await seat.press("enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        assert card(seat, no).state == "at_station"
        assert f"{no[-4:]} 派单：已记录" in seat.text()

    sit(scenario)


@pytest.mark.soak
def test_a_call_to_a_party_of_the_case_goes_on_the_record() -> None:
    async def scenario(seat: Seat) -> None:
        no = number(seat.shift, "to_coordinate")
        before = len(card(seat, no).calls)
        await command(seat, f"致 {no} 城管 接通")
        await seat.press("enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        calls = card(seat, no).calls
        assert len(calls) == before + 1
        assert (calls[-1].party, calls[-1].outcome) == ("城管何勇", "reached")

    sit(scenario)


def test_an_act_that_is_not_open_says_why_in_the_bar_and_nothing_happens() -> None:
    async def scenario(seat: Seat) -> None:
        no = number(seat.shift, "to_coordinate")
        version = card(seat, no).version
        await command(seat, f"协 {no} 21:30 迎园路口")
        assert "✗ 还没有告知网格长，请先“告知网格长”（X-5.2.3.9）" in seat.text()
        await seat.press("enter")
        assert seat.name == "CommandBar"
        assert card(seat, no).version == version

    sit(scenario)


@pytest.mark.soak
def test_what_would_be_refused_is_said_before_it_is_tried() -> None:
    async def scenario(seat: Seat) -> None:
        no = number(seat.shift, "to_dispatch")
        await command(seat, f"派 {no} 爱里舍 明1400")
        assert "✗ “工作站”写成“爱里舍花园社区网格”不对，应为：嘉乐社区网格" in seat.text()

    sit(scenario)


@pytest.mark.soak
def test_a_line_that_lacks_something_opens_the_form_with_what_was_typed() -> None:
    async def scenario(seat: Seat) -> None:
        no = number(seat.shift, "received")
        await command(seat, f"并 {no}")
        assert "Enter 打开表单，填并入案件" in seat.text()
        await seat.press("enter")
        await seat.until(lambda: seat.name == "ActForm")
        assert seat.screen.scene.card.no == no

    sit(scenario)


@pytest.mark.soak
def test_digits_alone_go_to_the_case() -> None:
    async def scenario(seat: Seat) -> None:
        no = number(seat.shift, "awaiting_response")
        await command(seat, no[-6:])
        await seat.press("enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        assert seat.app.desk.queue.selected == no

    sit(scenario)


@pytest.mark.soak
def test_words_that_are_no_command_are_looked_for_or_registered_with_all_characters() -> None:
    async def scenario(seat: Seat) -> None:
        seat.sitting.open_command("燃气")
        await seat.settle()
        await seat.type("泄漏")
        text = seat.text()
        assert "查找“燃气泄漏”" in text
        assert "登记“燃气泄漏”" in text
        await seat.press("asterisk", "enter")
        await seat.until(lambda: seat.name == "PastedForm")
        assert "燃气泄漏" in seat.text()

    sit(scenario)


@pytest.mark.soak
def test_a_paste_of_several_lines_is_registered() -> None:
    async def scenario(seat: Seat) -> None:
        seat.sitting.open_command("")
        await seat.settle()
        seat.screen.query_one(LineEntry).post_message(events.Paste("迎园路 8 号\n占道经营"))
        await seat.until(lambda: seat.name == "PastedForm")
        assert "占道经营" in seat.text()

    sit(scenario)


@pytest.mark.soak
def test_tab_takes_the_value_that_is_offered() -> None:
    async def scenario(seat: Seat) -> None:
        no = number(seat.shift, "to_coordinate")
        await command(seat, f"致 {no} 城管 ")
        await seat.press("asterisk", "asterisk", "tab")
        assert seat.screen.query_one(LineEntry).value == f"致 {no} 城管 无人接 "
        assert "Enter 办理" in seat.text()

    sit(scenario)


def test_enter_typed_fast_waits_until_the_line_is_read() -> None:
    async def scenario(seat: Seat) -> None:
        no = number(seat.shift, "received")
        seat.sitting.open_command(f"便 {no} 明早回访")
        await seat.pilot.pause()
        await seat.press("enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        assert card(seat, no).events[-1].verb == "note"

    sit(scenario)


@pytest.mark.soak
def test_another_desk_that_acted_first_is_said_and_the_line_stays() -> None:
    async def scenario(seat: Seat) -> None:
        no = number(seat.shift, "to_dispatch")
        line = f"派 {no} 嘉乐 明1400"
        await command(seat, line)
        seat.shift.act(seat.shift.clock.now(), "withdraw", no, reason="重复来电")
        await seat.press("enter")
        assert seat.name == "CommandBar"
        assert seat.screen.query_one(LineEntry).value == line
        assert card(seat, no).state == "withdrawn"
        assert "撤回" in seat.text()

    sit(scenario)


@pytest.mark.soak
@pytest.mark.parametrize("size", sampled([(80, 24), (116, 62)], (0,), whole=True))
def test_markup_in_a_case_is_text_in_the_bar_too(size: tuple[int, int]) -> None:
    shift = mid_shift(2)
    no = shift.case(0, 2, description="门口[/b]堆物 [red]x[/]")

    async def scenario(seat: Seat) -> None:
        await command(seat, f"受 {no} 社区")
        assert "门口[/b]堆物" in seat.text()
        assert {len(line) for line in seat.lines()} != set()

    sit(scenario, size=size, shift=shift)


@pytest.mark.soak
def test_an_act_that_names_no_case_says_so_where_none_is_selected() -> None:
    async def scenario(seat: Seat) -> None:
        seat.app.push_screen(CommandBar(seat.app.gateway, "受"))
        await seat.settle()
        assert "没有写是哪一件" in seat.text()
        await seat.press("enter")
        assert seat.name == "CommandBar"

    sit(scenario)
