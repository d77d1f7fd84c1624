"""A form loses nothing, hides nothing, and says beside the field what is wrong with it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from forms_stage import NOW, Stage, play

from dutydesk.screens.forms.drafts import Drafts

NASTY = "坏[/b] [@click=app.quit]点[/] \x1b[31m红"


def test_a_refusal_stands_beside_the_field_it_names_and_loses_nothing() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.open("convene", no)
        rows = desk.screen.sheet.rows
        await desk.type("1800")
        rows["time"].entry.value = "18:00"
        rows["location"].entry.value = "迎园路口"
        await desk.settle()
        rows["time"].entry.value = "-5"
        await desk.press("enter", "enter")
        assert desk.form == "ConveneForm"
        assert "应为：晚于办理时间的时间" in rows["time"].fault.text
        assert rows["location"].entry.value == "迎园路口"
        assert rows["time"].label.here
        assert desk.card(no).state == "to_coordinate"

    play(scene)


@pytest.mark.soak
def test_enter_goes_to_what_is_missing_and_says_so_when_it_is_still_missing() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.open("reclassify", no)
        sheet = desk.screen.sheet
        assert sheet.here == "difficulty"
        await desk.press("2")
        assert sheet.here == "reason"
        await desk.press("enter")
        assert sheet.rows["reason"].fault.text == "✗ 请填写"
        await desk.type("多方扯皮")
        await desk.press("enter")
        assert desk.card(no).track == "C"

    play(scene)


def test_an_act_of_another_role_asks_on_whose_behalf_it_is_recorded() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage("complex")
        await desk.open("reclassify", no)
        await desk.press("1")
        await desk.type("副网格长说按简易办")
        await desk.press("enter")
        assert desk.screen.sheet.here == "_behalf"
        assert desk.sees("专职副网格长")
        await desk.press("1", "enter")
        card = desk.card(no)
        assert card.track == "S"
        assert card.events[-1].on_behalf == "deputy_head"

    play(scene)


def test_another_seat_acted_first_its_act_is_shown_and_what_was_typed_stays() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(upstream_due=NOW + timedelta(days=2))
        await desk.open("accept", no)
        desk.screen.sheet.rows["category"].entry.value = "市容"
        desk.act("note", no, text="一号席来过电话")
        await desk.press("enter")
        assert desk.form == "ActForm"
        assert desk.sees("便签：一号席来过电话")
        assert desk.screen.sheet.rows["category"].value == "市容"
        await desk.press("enter")
        assert (desk.card(no).state, desk.card(no).category) == ("at_station", "市容")

    play(scene)


def test_a_half_typed_form_survives_leaving_an_alarm_and_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"
    numbers: list[str] = []

    async def leaves(desk: Stage) -> None:
        await desk.open("register")
        await desk.type("嘉乐小区北门")
        await desk.press("down")
        await desk.type("来电 13912345678 说垃圾没人清")
        desk.app.sitting.ring()
        desk.clock.advance(minutes=31)
        desk.app._second()
        await desk.settle()
        assert desk.screen.sheet.rows["place"].value == "嘉乐小区北门"
        await desk.press("escape")
        assert desk.form == "DeskScreen"
        await desk.open("register")
        assert desk.screen.sheet.rows["description"].value == "来电 13912345678 说垃圾没人清"
        await desk.press("escape")
        numbers.append(file.read_text(encoding="utf-8"))

    async def comes_back(desk: Stage) -> None:
        await desk.open("register")
        assert desk.sees("已带回上次没办完的内容")
        assert desk.screen.sheet.rows["place"].value == "嘉乐小区北门"
        assert desk.screen.sheet.rows["description"].value == "来电 139******5678 说垃圾没人清"
        await desk.press("f8")
        assert desk.screen.sheet.rows["place"].value == ""

    play(leaves, drafts=file)
    assert "13912345678" not in numbers[0]
    play(comes_back, drafts=file)
    assert json.loads(file.read_text(encoding="utf-8")) == {}


def test_the_caller_never_reaches_the_draft_file(tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"
    drafts = Drafts(file)
    drafts.keep(
        "register", None, {"caller": {"name": "张三", "phone": "59990001"}, "place": "东塘街"}
    )
    assert drafts.find("register", None) == {
        "caller": {"name": "张三", "phone": "59990001"}, "place": "东塘街",
    }  # fmt: skip
    assert json.loads(file.read_text(encoding="utf-8")) == {"register:-": {"place": "东塘街"}}


def test_a_damaged_draft_file_costs_the_drafts_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"
    file.write_text("{half", encoding="utf-8")
    assert Drafts(file).find("register", None) is None


@pytest.mark.soak
def test_a_paste_of_several_lines_is_kept_whole() -> None:
    async def scene(desk: Stage) -> None:
        await desk.open("register")
        await desk.type("嘉乐小区\r\n北门岗亭")
        await desk.press("down")
        await desk.type("第一行\n第二行")
        rows = desk.screen.sheet.rows
        assert rows["place"].value == "嘉乐小区 北门岗亭"
        assert rows["description"].value == "第一行\n第二行"

    play(scene)


@pytest.mark.soak
def test_a_pasted_order_opens_the_register_filled_and_three_keys_register_it() -> None:
    async def scene(desk: Stage) -> None:
        text = (
            "工单编号：H2611209999\n诉求人：张某\n联系电话：13912345678\n"
            "地址：嘉乐小区北门\n诉求内容：绿化带暴露垃圾，13912345678 请回电"
        )
        desk.app.sitting.open_register(text)
        await desk.settle()
        await desk.press("enter")
        found = desk.desk.resolve("0001")
        card = desk.card(found)
        assert (card.channel, card.external_no) == ("hotline_12345", "H2611209999")
        assert (card.place, card.grid) == ("嘉乐小区北门", "嘉乐社区网格")
        assert card.description == "绿化带暴露垃圾， 请回电"
        assert (card.caller_name, card.caller_phone) == ("张**", "139******5678")

    play(scene)


@pytest.mark.soak
@pytest.mark.clause("X-3.1.2")
def test_the_boundary_road_asks_for_its_side() -> None:
    async def scene(desk: Stage) -> None:
        await desk.open("register")
        await desk.type("新成路118号门口")
        await desk.press("down")
        await desk.type("路面坑洼")
        await desk.press("enter")
        sheet = desk.screen.sheet
        assert desk.form == "RegisterForm"
        assert sheet.here == "area"
        await desk.press("2", "enter")
        assert desk.card(desk.desk.resolve("0001")).area == "140902"

    play(scene)


@pytest.mark.soak
def test_likely_duplicates_are_hinted_while_typing() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register()
        await desk.open("register")
        await desk.type("嘉乐小区北门")
        await desk.press("down")
        await desk.type("绿化带有暴露垃圾要清理")
        desk.screen.look()
        await desk.settle()
        assert desk.sees(f"可能重复 {no[-4:]}")

    play(scene)


@pytest.mark.soak
def test_the_alarm_line_stands_in_every_form_and_its_key_works_there() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(upstream_due=NOW + timedelta(days=2))
        desk.clock.advance(minutes=31)
        desk.app._second()
        await desk.settle()
        await desk.settle()
        await desk.open("accept", no)
        desk.app._second()
        await desk.settle()
        assert any(alarm.unseen for alarm in desk.app.alarms)
        assert desk.lines()[-2].strip().startswith(("■", "▲"))
        await desk.press(".")
        await desk.settle()
        assert not any(alarm.unseen for alarm in desk.app.alarms)
        assert desk.form == "ActForm"

    play(scene)


SOME = ("register", "accept", "call")


@pytest.mark.parametrize("verbs", [SOME, pytest.param((), marks=pytest.mark.soak, id="all")])
def test_markup_and_escapes_in_a_case_style_nothing_in_a_form(verbs: tuple[str, ...]) -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(place=NASTY, description=NASTY, category=NASTY, grid="嘉乐")
        desk.act("note", no, text=NASTY)
        procedure = desk.desk.context.procedure
        for verb, kind in procedure.acts.items():
            if kind.internal or verb == "upstream_changed" or (verbs and verb not in verbs):
                continue
            await desk.open(verb, None if kind.desk == "only" or verb == "register" else no)
            assert desk.form != "DeskScreen", verb
            await desk.press("escape")
            assert desk.form == "DeskScreen", verb
        await desk.open("accept", no)
        assert desk.sees("坏[/b]")
        assert not any("\x1b" in line for line in desk.lines())

    play(scene, size=(80, 24))


@pytest.mark.soak
def test_typed_markup_is_stored_as_it_was_typed() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register()
        await desk.open("note", no)
        await desk.type("坏[/b]了 [red]x")
        await desk.press("enter")
        assert desk.card(no).events[-1].data["text"] == "坏[/b]了 [red]x"

    play(scene)


@pytest.mark.soak
def test_a_late_entry_is_said_before_it_is_made() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register()
        desk.clock.advance(minutes=30)
        desk.app._second()
        await desk.open("note", no)
        await desk.type("补一句")
        rows = desk.screen.sheet.rows
        rows["_at"].entry.value = "-7"
        await desk.settle()
        assert desk.sees("记为补录")
        await desk.press("enter")
        event = desk.card(no).events[-1]
        assert (event.at, event.late_entry) == (NOW + timedelta(minutes=23), True)

    play(scene)
