"""The case on the whole screen: everything about one matter, acts by the keys of the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from forms_stage import NOW, Stage, play
from sampled import sampled

from dutydesk.screens.case.undo import undo


async def _show(desk: Stage, no: str) -> None:
    desk.app.sitting.open_case(no)
    await desk.settle()
    await desk.settle()


@pytest.mark.parametrize(
    "size", sampled([(80, 24), (116, 62), (120, 36), (232, 62)], (0,), whole=True)
)
def test_it_stands_in_each_size_with_matter_clock_acts_and_timeline(size: tuple[int, int]) -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage("urgent")
        await _show(desk, no)
        assert desk.form == "CaseScreen"
        for text in ("绿化带暴露垃圾", "发起", "先完成", "参与方", "经过", "Enter"):
            assert desk.sees(text), text
        assert {len(line) for line in desk.lines() if line.isascii()} <= {size[0]}
        if size == (80, 24):
            assert desk.lines()[-3].strip(), "the foot of acts stands on the alarm line"
        await desk.press("j", "j", "k", "end", "home")
        await desk.press("escape")
        assert desk.form == "DeskScreen"

    play(scene, size=size)


@pytest.mark.soak
def test_the_acts_go_by_the_same_keys_as_on_the_desk() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(upstream_due=NOW + timedelta(days=2))
        await _show(desk, no)
        await desk.press("enter")
        assert desk.form == "ActForm"
        await desk.press("enter")
        assert desk.card(no).state == "at_station"
        await desk.settle()
        assert desk.sees("工作站处置")
        await desk.press("5")
        assert desk.screen.scene.verb == "request_linkage"
        await desk.press("escape", "*")
        assert desk.form == "CallCard"

    play(scene)


def test_a_closed_act_says_why_and_by_which_clause() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage("complex")
        await _show(desk, no)
        await desk.press("1")
        assert desk.form == "CaseScreen"
        assert desk.sees("还没有专职副网格长")

    play(scene)


@pytest.mark.soak
def test_the_last_act_is_undone_by_the_correcting_act_where_there_is_one() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(upstream_due=NOW + timedelta(days=2))
        await _show(desk, no)
        await desk.press("enter", "enter", "u")
        assert desk.screen.scene.verb == "return_to_desk"
        await desk.press("enter")
        card = desk.card(no)
        assert (card.state, card.events[-1].verb) == ("to_dispatch", "return_to_desk")
        assert card.events[-1].data["reason"] == "误操作，撤销“派单”"

    play(scene)


@pytest.mark.soak
def test_where_there_is_none_it_says_so_and_names_the_correction() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register()
        desk.act("accept", no, **{"as": "community"}, grid="嘉乐")
        found = undo(desk.card(no), desk.app.gateway.words)
        assert found.verb is None
        assert found.said == "“受理”不能撤销：写错的用“更正”改（按 c），原记录保留"
        await _show(desk, no)
        await desk.press("c")
        assert desk.screen.scene.verb == "correct"

    play(scene)


@pytest.mark.clause("X-3.2.6")
def test_a_callers_number_is_covered_until_the_call_card_shows_it_by_a_logged_act() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(caller={"name": "张三", "phone": "13912345678"})
        await _show(desk, no)
        assert desk.sees("139******5678")
        assert not desk.sees("13912345678")
        await desk.press("*")
        await desk.settle()
        assert desk.sees("139 1234 5678")
        event = desk.card(no).events[-1]
        assert (event.verb, event.data["party"], event.data["reason"]) == (
            "reveal", "caller", "拨打电话",
        )  # fmt: skip

    play(scene)
