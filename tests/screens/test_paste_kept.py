"""What a paste says and the register form does not: that it was urged, and whose caller is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from forms_stage import Stage, play
from test_paste_screens import ORDER, paste

from dutydesk.screens.forms.opening import drafts_of
from dutydesk.screens.pasting import waiting
from dutydesk.views.writebacks import Owed

URGED = f"{ORDER}状态：催办\n催办内容：市民要求今天处理\n"


def test_an_urge_for_an_unknown_number_is_registered_with_its_mark() -> None:
    async def scene(desk: Stage) -> None:
        await paste(desk, URGED)
        assert desk.form == "PastedForm"
        assert desk.sees("上级已催办，登记后标催")
        await desk.press("enter")
        no = desk.desk.resolve("0001")
        card = desk.card(no)
        assert (card.urged, "催" in card.marks, card.external_no) == (1, True, "SH2611220001")
        assert [e.verb for e in card.events] == ["register", "upstream_urged"]
        assert desk.form == "DeskScreen"
        assert waiting.all_of(drafts_of(desk.app.gateway)) == ()
        await paste(desk, ORDER.replace("0001\n诉", "0002\n诉").replace("北门", "南门"))
        await desk.press("enter")
        assert desk.card(desk.desk.resolve("0002")).urged == 0

    play(scene)


def test_a_withdrawal_of_an_unknown_number_leaves_no_open_case() -> None:
    async def scene(desk: Stage) -> None:
        await paste(desk, f"{ORDER}状态：已撤单\n撤单原因：市民来电撤诉\n")
        assert desk.sees("上级已撤单，这里没有这件")
        await desk.press("enter")
        card = desk.card(desk.desk.resolve("0001"))
        assert card.state == "withdrawn"
        assert "市民来电撤诉" in str(card.events[-1].data)
        assert desk.desk.read(Owed()).total == 0

    play(scene)


@pytest.mark.soak
def test_the_urge_of_an_order_that_waits_is_shown_and_outlives_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"

    async def before(desk: Stage) -> None:
        await paste(desk, URGED)
        await desk.press("escape")

    async def after(desk: Stage) -> None:
        await desk.press("plus")
        assert desk.form == "PasteScreen"
        assert desk.sees("新，已催办")
        await desk.press("enter", "enter")
        assert desk.card(desk.desk.resolve("0001")).urged == 1

    play(before, drafts=file)
    play(after, drafts=file)


@pytest.mark.soak
def test_that_the_caller_is_not_kept_over_a_restart_is_said_and_a_new_paste_brings_him(
    tmp_path: Path,
) -> None:
    file = tmp_path / "drafts.json"

    async def before(desk: Stage) -> None:
        await paste(desk, ORDER)
        assert not desk.sees("请再填")
        await desk.press("escape")
        await desk.press("plus")
        assert desk.sees("张**")
        assert not desk.sees("请再填")

    async def after(desk: Stage) -> None:
        await desk.press("plus")
        assert desk.form == "PasteScreen"
        assert desk.sees("退出后不留个人信息：打开后请再填")
        await desk.press("enter")
        assert desk.sees("来电人没有存进草稿，请再填")
        await desk.press("escape")
        await desk.press("escape")
        await paste(desk, ORDER)
        [order] = waiting.all_of(drafts_of(desk.app.gateway))
        assert (order.caller_lost, order.fields["caller"]["name"]) == (False, "张某")

    play(before, drafts=file)
    assert "张某" not in file.read_text(encoding="utf-8")
    play(after, drafts=file)


@pytest.mark.soak
def test_an_order_without_a_caller_misses_none(tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"

    async def before(desk: Stage) -> None:
        await paste(desk, "工单编号：SH2611220009\n诉求地址：嘉乐小区北门\n诉求内容：垃圾\n")
        await desk.press("escape")

    async def after(desk: Stage) -> None:
        await desk.press("plus")
        assert desk.form == "PasteScreen"
        assert not desk.sees("请再填")

    play(before, drafts=file)
    play(after, drafts=file)
