"""Searching all cases while typing, and everything by name in the palette."""

from __future__ import annotations

import asyncio

import pytest
from opened import Seat, number, sit
from shift import NOW, mid_shift

from dutydesk.i18n import language
from dutydesk.screens.command.line import LineEntry
from dutydesk.screens.command.listing import Listing
from dutydesk.screens.command.search_lines import hit
from dutydesk.views.duty import OnDutyNow


async def search(seat: Seat, text: str) -> None:
    """Open the search and type."""
    seat.sitting.open("search", text="")
    await seat.settle()
    await seat.type(text)
    await asyncio.sleep(0)
    await seat.until(lambda: seat.screen.found is not None and seat.screen.found.text == text)


@pytest.mark.soak
def test_one_character_finds_every_case_that_holds_it() -> None:
    async def scenario(seat: Seat) -> None:
        await search(seat, "井")
        hits = seat.screen.found.rows
        assert {"井" in row.summary for row in hits} == {True}
        assert f"{len(hits)} 件：在办 {len(hits)}，已结 0" in seat.text()
        assert "18:57:42 查得" in seat.text()
        assert seat.alarm_seen

    sit(scenario)


@pytest.mark.soak
def test_ended_cases_are_found_too_after_the_open_ones() -> None:
    shift = mid_shift(13)
    ended = shift.case(1, 30, description="燃气味很重")
    shift.act(NOW, "withdraw", ended, reason="来电人撤回")
    open_one = shift.case(2, 20, description="闻到燃气味")

    async def scenario(seat: Seat) -> None:
        await search(seat, "燃气味")
        assert [row.no for row in seat.screen.found.rows] == [open_one, ended]
        assert "2 件：在办 1，已结 1" in seat.text()
        await seat.press(*["backspace"] * 3)
        await seat.until(lambda: "各片区在办 " in seat.text())

    sit(scenario, shift=shift)


def test_the_last_digits_put_their_case_first_and_enter_goes_there() -> None:
    async def scenario(seat: Seat) -> None:
        no = number(seat.shift, "awaiting_response")
        await search(seat, no[-6:])
        await seat.press("enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        assert seat.app.desk.queue.selected == no

    sit(scenario)


@pytest.mark.soak
def test_of_cases_with_the_same_tail_that_of_the_own_area_comes_first() -> None:
    shift = mid_shift(0)
    other = shift.case(0, 1, grid="新成", place="新成小区")
    own = shift.case(0, 30)
    assert other[-4:] == own[-4:]

    async def scenario(seat: Seat) -> None:
        await search(seat, own[-4:])
        assert [row.no for row in seat.screen.found.rows][:2] == [own, other]

    sit(scenario, shift=shift)


def test_a_number_of_another_day_carries_its_day_as_in_the_queue() -> None:
    shift = mid_shift(0)
    shift.case(0, 26 * 60, description="燃气味")
    shift.case(0, 30, description="燃气味")

    async def scenario(seat: Seat) -> None:
        await search(seat, "燃气味")
        rows = [hit(one, 76, NOW, seat.app.gateway.words)[2].text for one in seat.screen.found.rows]
        assert sorted(rows) == ["0001  ", "190001"]

    sit(scenario, shift=shift)


@pytest.mark.soak
def test_the_cursor_stays_with_its_case_when_the_record_moves() -> None:
    async def scenario(seat: Seat) -> None:
        await search(seat, "路")
        await seat.press("asterisk", "asterisk")
        listing = seat.screen.query_one(Listing)
        held, line = listing.item.no, listing.cursor
        fresh = seat.shift.case(0, 0, description="新来的路面塌陷")
        seat.sitting.second()
        await seat.until(lambda: seat.screen.found.rows[0].no == fresh)
        assert listing.item.no == held
        assert listing.cursor == line + 1

    sit(scenario)


@pytest.mark.soak
def test_what_was_not_found_can_be_registered_with_the_same_words() -> None:
    async def scenario(seat: Seat) -> None:
        await search(seat, "火星基地")
        assert "没有找到；F6 登记为新案件" in seat.text()
        await seat.press("f6")
        await seat.until(lambda: seat.name == "PastedForm")
        assert "火星基地" in seat.text()

    sit(scenario)


async def palette(seat: Seat, text: str) -> None:
    """Open the palette and type."""
    seat.sitting.open("palette", selected=seat.app.desk.queue.selected)
    await seat.settle()
    await seat.type(text)


def test_initials_find_a_post_and_set_its_presence() -> None:
    async def scenario(seat: Seat) -> None:
        await palette(seat, "cgwc")
        assert seat.screen.query_one(Listing).item.label == "城管 何勇：外出"
        await seat.press("enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        leads = {row.label: row.status for row in seat.desk.read(OnDutyNow()).leads}
        assert leads["城管"] == "out"

    sit(scenario)


@pytest.mark.soak
def test_an_act_that_is_closed_now_says_why_and_the_palette_stays() -> None:
    async def scenario(seat: Seat) -> None:
        await palette(seat, "推送")
        await seat.press("enter")
        assert seat.name == "Palette"
        assert "推送发起：还没有告知网格长，请先“告知网格长”" in seat.lines()[-1]

    sit(scenario)


@pytest.mark.soak
def test_an_open_act_opens_its_form_and_a_screen_opens() -> None:
    async def scenario(seat: Seat) -> None:
        await palette(seat, "改级")
        await seat.press("enter")
        await seat.until(lambda: seat.name == "ActForm")
        assert seat.screen.scene.verb == "reclassify"
        await seat.press("escape")
        await palette(seat, "jjb")
        await seat.press("enter")
        await seat.until(lambda: seat.name == "HandoverScreen")

    sit(scenario)


@pytest.mark.soak
def test_a_bay_narrows_the_queue_from_the_palette() -> None:
    async def scenario(seat: Seat) -> None:
        await palette(seat, "只看 结案")
        await seat.press("enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        await seat.until(lambda: {row.bay for row in seat.app.desk.board.rows} == {"结案"})

    sit(scenario)


@pytest.mark.soak
def test_a_point_in_an_empty_line_acknowledges_and_in_a_text_it_is_text() -> None:
    async def scenario(seat: Seat) -> None:
        seat.shift.desk.sweep()
        await seat.settle()
        seat.sitting.second()
        await seat.until(lambda: any(alarm.unseen for alarm in seat.sitting.alarms))
        seat.sitting.open("search", text="")
        await seat.settle()
        await seat.press("full_stop")
        await seat.until(lambda: not any(alarm.unseen for alarm in seat.sitting.alarms))
        await seat.type("1.5")
        assert seat.screen.query_one(LineEntry).value == "1.5"

    sit(scenario)


@pytest.mark.soak
def test_the_language_turns_without_leaving_the_desk() -> None:
    async def scenario(seat: Seat) -> None:
        await palette(seat, "English")
        await seat.press("enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        assert language() == "en"
        await seat.until(lambda: "■2 overdue" in seat.text() and "report to head" in seat.text())

    sit(scenario, size=(116, 62))
