"""A paste on the desk: the filled form, the list of several, the known case; never lost."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from forms_stage import Stage, play
from textual import events

from dutydesk.screens.forms.drafts import Drafts
from dutydesk.screens.forms.opening import drafts_of
from dutydesk.screens.pasting import waiting

ORDER = (
    "工单编号：SH2611220001\n诉求人：张某\n联系电话：13800000001\n诉求地址：嘉乐小区北门\n"
    "诉求内容：绿化带暴露垃圾\n"
)
THREE = (
    "工单编号\t诉求地址\t诉求内容\n"
    "SH2611220011\t嘉乐小区1号\t垃圾\nSH2611220012\t迎园路2号\t占道\nSH2611220013\t仓场路3号\t积水\n"
)
CHAT = "李伯伯 11:05\n仓场新村8号楼道里的灯坏了，我电话13800000203"


async def paste(desk: Stage, text: str) -> None:
    """As the terminal sends it: to whatever has the focus, else to the screen."""
    desk.app.post_message(events.Paste(text))
    await desk.settle()
    await desk.settle()


def test_a_paste_on_the_desk_opens_the_filled_form_and_one_key_registers_it() -> None:
    async def scene(desk: Stage) -> None:
        await paste(desk, ORDER)
        assert desk.form == "PastedForm"
        await desk.press("enter")
        card = desk.card(desk.desk.resolve("0001"))
        assert (card.channel, card.external_no) == ("hotline_12345", "SH2611220001")
        assert (card.place, card.grid) == ("嘉乐小区北门", "嘉乐社区网格")
        assert desk.keys <= 3
        await desk.settle()
        assert desk.form == "DeskScreen"
        assert waiting.all_of(drafts_of(desk.app.gateway)) == ()

    play(scene)


@pytest.mark.soak
def test_guesses_are_marked_until_they_are_touched() -> None:
    async def scene(desk: Stage) -> None:
        await paste(desk, CHAT)
        rows = desk.screen.sheet.rows
        assert rows["place"].value == "仓场新村8号楼道"
        marked = {name for name, row in rows.items() if row.label.doubtful}
        assert marked == {"place", "channel", "caller"}
        assert desk.sees("是猜的")
        rows["place"].entry.value = "仓场新村8号"
        await desk.settle()
        assert not rows["place"].label.doubtful

    play(scene)


@pytest.mark.soak
def test_several_orders_are_listed_and_registered_one_after_the_other() -> None:
    async def scene(desk: Stage) -> None:
        await paste(desk, THREE)
        assert desk.form == "PasteScreen"
        assert desk.sees("3 件新的")
        await desk.press("enter", "enter", "enter", "enter")
        await desk.settle()
        assert desk.form == "DeskScreen"
        assert desk.card(desk.desk.resolve("0003")).external_no == "SH2611220013"

    play(scene)


@pytest.mark.soak
def test_what_is_left_waits_over_an_alarm_and_a_restart(tmp_path: Path) -> None:
    async def scene(desk: Stage) -> None:
        await paste(desk, THREE)
        await desk.press("enter", "enter", "escape", ".", "escape")
        drafts = drafts_of(desk.app.gateway)
        assert len(waiting.all_of(drafts)) == 2
        await desk.press("plus")
        assert desk.form == "PasteScreen"
        assert desk.sees("SH2611220012")
        await desk.press("minus", "minus")
        assert [one.fields["external_no"] for one in waiting.all_of(drafts)] == ["SH2611220013"]

    play(scene)
    file = tmp_path / "drafts.json"
    fields = {"external_no": "261122000123", "caller": {"phone": "13800000001"}}
    Drafts(file).keep(waiting.PASTE, "1", {"fields": fields, "guessed": ["place"]})
    (again,) = waiting.all_of(Drafts(file))
    assert again.fields == {"external_no": "261122000123"}


def test_a_new_sitting_says_what_the_last_one_left() -> None:
    async def scene(desk: Stage) -> None:
        await paste(desk, THREE)
        await desk.press("escape")
        desk.app.sitting.say("")
        desk.app.sitting._remind()
        await desk.settle()
        assert desk.sees("还有 3 件粘贴的没登记：按 + 继续")

    play(scene)


def test_a_known_number_opens_its_case_and_enter_takes_what_happened() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(channel="hotline_12345", external_no="SH2611220001")
        await paste(desk, "工单编号：SH2611220001\n状态：催办\n催办内容：市民要求今天处理")
        assert desk.form == "PasteScreen"
        assert desk.sees("催办")
        await desk.press("enter")
        await desk.settle()
        assert desk.form == "CaseScreen"
        assert desk.card(no).urged == 1

    play(scene)


def test_a_known_number_with_nothing_new_says_so_on_its_case() -> None:
    async def scene(desk: Stage) -> None:
        desk.register(channel="hotline_12345", external_no="SH2611220001")
        await paste(desk, "工单编号：SH2611220001")
        assert desk.form == "CaseScreen"
        assert desk.sees("没有变化")

    play(scene)


@pytest.mark.soak
def test_a_paste_inside_a_field_stays_in_the_field() -> None:
    async def scene(desk: Stage) -> None:
        await desk.open("register")
        await paste(desk, "嘉乐小区\n北门")
        assert desk.form == "RegisterForm"
        assert desk.screen.sheet.rows["place"].value == "嘉乐小区 北门"

    play(scene)


@pytest.mark.soak
def test_a_paste_on_the_page_of_a_case_is_not_lost() -> None:
    async def scene(desk: Stage) -> None:
        desk.app.sitting.open_case(desk.register())
        await desk.settle()
        await paste(desk, ORDER)
        assert desk.form == "PastedForm"
        assert desk.screen.sheet.rows["external_no"].value == "SH2611220001"

    play(scene)


@pytest.mark.soak
def test_a_half_typed_register_form_is_not_emptied_by_a_paste() -> None:
    async def scene(desk: Stage) -> None:
        await desk.open("register")
        await desk.type("迎园路 9 号")
        await desk.press("escape")
        await paste(desk, ORDER)
        assert desk.screen.sheet.rows["place"].value == "嘉乐小区北门"
        await desk.press("enter")
        await desk.settle()
        await desk.open("register")
        assert desk.screen.sheet.rows["place"].value == "迎园路 9 号"

    play(scene)


def test_five_megabytes_and_a_picture_are_refused_and_the_desk_goes_on() -> None:
    async def scene(desk: Stage) -> None:
        big = "迎园路垃圾\n" * 400_000
        began = time.process_time()
        await asyncio.wait_for(paste(desk, big), 20)
        assert time.process_time() - began < 3
        assert desk.form == "DeskScreen"
        assert desk.sees("没有收下")
        await paste(desk, "\ufffdPNG\r\n\x1a\n\x00\x00IHDR")
        assert desk.form == "DeskScreen"
        assert desk.sees("不是文字")
        await desk.open("register")
        await desk.type("迎园路 9 号")
        await paste(desk, big)
        assert desk.screen.sheet.rows["place"].value == "迎园路 9 号"
        assert desk.sees("没有收下")

    play(scene)


def test_a_limit_is_said_in_the_list_as_the_form_says_it() -> None:
    async def scene(desk: Stage) -> None:
        await paste(desk, THREE.replace("占道", "占道，11月25日前办结"))
        await desk.press("2")
        assert desk.sees("11-25 24:00")
        assert not desk.sees("11-26 00:00")

    play(scene)


@pytest.mark.soak
def test_a_moved_limit_is_said_old_and_new_as_one_says_it() -> None:
    async def scene(desk: Stage) -> None:
        await paste(desk, f"{ORDER}办结时限：2026-11-25 17:00\n")
        await desk.press("enter")
        await desk.settle()
        await paste(desk, "工单编号：SH2611220001\n延期至：2026-11-28 18:00")
        assert desk.sees("11-25 17:00 → 11-28 18:00")

    play(scene)


@pytest.mark.soak
def test_a_return_is_told_in_words_the_weightiest_first() -> None:
    async def scene(desk: Stage) -> None:
        await paste(desk, ORDER)
        await desk.press("enter")
        await desk.settle()
        returned = "状态：退回重办\n退回原因：照片看不清\n新时限：2026-11-28 18:00"
        await paste(desk, f"工单编号：SH2611220001\n{returned}")
        assert desk.sees("1  退回重办、")
        assert desk.sees("在办 → 退回重办")
        assert not desk.sees("returned")

    play(scene)
