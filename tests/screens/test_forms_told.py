"""After an act the desk says what happened; what was refused of two acts stays open, with why."""

from __future__ import annotations

from pathlib import Path

import pytest
from forms_stage import Stage, play


def test_the_key_line_says_which_case_what_and_what_is_due_next() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register()
        await desk.select(no)
        await desk.press("enter")
        await desk.press("enter")
        assert desk.card(no).state == "at_station"
        assert desk.sees(f"{no[-4:]} 受理、派单：已记录 · 现在工作站处置 · 处置至 明19:00")
        assert desk.app.desk.queue.selected == no

    play(scene)


def test_a_case_of_another_area_is_named_with_it() -> None:
    """Tails are each area's own: 0001 alone would be a case of this desk's queue."""

    async def scene(desk: Stage) -> None:
        area = desk.app.gateway.context.places.area("140902")
        assert area is not None
        await desk.open(
            "register", None, place="新成小区", description="井盖破损", channel="walk_in"
        )
        await desk.press("enter")
        assert desk.sees(f"{area.name} 0001 登记：已记录")

    play(scene)


def test_a_refused_dispatch_stays_open_over_the_acceptance_that_is_recorded() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register()
        await desk.open("accept", no)
        desk.screen.sheet.rows["due"].entry.value = "-30"
        await desk.settle()
        await desk.press("enter")
        assert desk.card(no).state == "to_dispatch"
        assert desk.form == "ActForm"
        assert desk.screen.scene.verb == "dispatch"
        assert desk.sees("“受理”已记录；“派单”没有办成")
        assert desk.screen.sheet.rows["due"].fault.text.startswith("✗")
        assert desk.screen.sheet.rows["due"].value < desk.clock.now()
        desk.screen.sheet.rows["due"].entry.value = "+120"
        await desk.settle()
        await desk.press("enter")
        assert desk.card(no).state == "at_station"

    play(scene)


def test_escape_while_an_act_is_on_its_way_leaves_nothing_in_doubt() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.open("note", no)
        await desk.type("居委来过")
        desk.screen.waiting = True
        await desk.press("escape")
        assert desk.form == "NoteForm"
        assert desk.sees("正在办理，请稍候")
        desk.screen.waiting = False
        await desk.press("enter")
        assert desk.card(no).events[-1].line == "便签：居委来过"

    play(scene)


def test_a_roll_call_that_is_refused_in_the_middle_keeps_what_was_not_recorded() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        names = ["城管", "公安", "市场监管"]
        at = desk.clock.now().replace(hour=23)
        desk.act("convene", no, time=at, mode="offline", location="嘉乐路口", parties=names)
        await desk.open("confirm_response", no)
        await desk.press("1")
        desk.screen.roll.said["燃气公司"] = "arrived"
        await desk.press("enter")
        assert desk.form == "RollCall"
        assert desk.screen.query_one("#error").text.startswith("✗")
        assert [p.outcome for p in desk.card(no).parties] == ["arrived", None, None]
        assert list(desk.screen.roll.said) == ["燃气公司"]
        desk.screen.roll.said.clear()
        await desk.press("1", "1", "enter")
        assert desk.form == "DeskScreen"
        assert desk.card(no).state == "coordinating"
        assert desk.sees(f"{no[-4:]} 响应确认×3：已记录 · 现在协调中")

    play(scene)


@pytest.mark.soak
def test_enter_behind_one_duty_asks_for_the_next_partys_before_it_confirms() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        names = ["城管", "公安", "市场监管"]
        at = desk.clock.now().replace(hour=23)
        desk.act("convene", no, time=at, mode="offline", location="嘉乐路口", parties=names)
        for name in names:
            desk.act("confirm_response", no, party=name, outcome="arrived")
        await desk.open("record_outcome", no)
        for duty in ("清理", "劝离", "核照"):
            await desk.type(duty)
            await desk.press("enter")
        await desk.type("市容条例")
        await desk.press("enter")
        card = desk.card(no)
        assert [p.duty for p in card.parties] == ["清理", "劝离", "核照"]
        assert "城管（牵头）清理，2 小时、公安 劝离，2 小时" in card.events[-1].line
        assert desk.keys == 4

    play(scene)


@pytest.mark.soak
def test_a_star_leads_on_from_a_typed_text_and_a_file_that_is_not_there_is_said() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register()
        desk.act("accept", no, **{"as": "community"}, grid="嘉乐", category="街面秩序")
        desk.act("dispatch", no, station="嘉乐", due=desk.clock.now().replace(hour=23))
        await desk.open("file_result", no)
        await desk.type("已清运")
        await desk.press("asterisk")
        assert desk.screen.sheet.here == "attachments"
        await desk.type("/nowhere/after.jpg")
        assert desk.sees("找不到 /nowhere/after.jpg：只记下名字，没有副本")
        await desk.press("enter", "enter")
        assert desk.card(no).state == "at_station"
        await desk.press("enter")
        card = desk.card(no)
        assert card.state == "reviewing"
        assert [(a.file, a.digest) for a in card.attachments] == [("/nowhere/after.jpg", "")]

    play(scene)


def test_the_deputys_words_stand_in_the_card_before_a_key_records_them() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage("complex")
        await desk.open("call", no)
        assert desk.screen.ring.verb == "record_instruction"
        assert desk.sees("同意发起协调")
        desk.screen.said.entry.value = "先协调，我下午到场"
        await desk.settle()
        await desk.press("1")
        assert [i.text for i in desk.card(no).instructions] == ["先协调，我下午到场"]

    play(scene)


@pytest.mark.soak
def test_a_call_that_nobody_answered_has_no_words() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage("complex")
        await desk.open("call", no)
        await desk.press("2")
        card = desk.card(no)
        assert card.instructions == ()
        assert [(c.party, c.outcome, c.said) for c in card.calls] == [
            ("deputy_head", "no_answer", None)
        ]

    play(scene)


@pytest.mark.soak
def test_a_correction_offers_the_last_events_and_what_they_said() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register()
        await desk.open("correct", no)
        assert desk.sees("登记")
        sheet = desk.screen.sheet
        assert [o.value for o in sheet.rows["event"].options] == ["1"]
        assert sheet.rows["event"].value == "1"
        sheet.rows["field"].entry.value = "地点"
        sheet.rows["value"].entry.value = "嘉乐小区南门"
        await desk.settle()
        await desk.press("enter")
        assert desk.sees("1 记错了")
        await desk.type("听错了")
        await desk.press("enter")
        assert desk.card(no).place == "嘉乐小区南门"

    play(scene)


def test_what_is_half_typed_is_kept_when_the_desk_is_left_in_the_same_moment(
    tmp_path: Path,
) -> None:
    file = tmp_path / "drafts.json"

    async def scene(desk: Stage) -> None:
        no = desk.register()
        await desk.open("note", no)
        desk.screen.sheet.rows["text"].touched = True
        desk.screen.sheet.rows["text"].entry.text = "半句话"

    play(scene, drafts=file)
    assert "半句话" in file.read_text(encoding="utf-8")


@pytest.mark.soak
def test_a_new_case_is_selected_and_an_empty_desk_says_how_the_first_one_comes() -> None:
    async def scene(desk: Stage) -> None:
        assert desk.sees("没有案件   + 登记或粘贴   i 导入文件   → 点名   ? 帮助")
        assert desk.sees("记录存在 ")
        desk.register()
        await desk.press("plus")
        await desk.type("仓场路3号")
        desk.screen.sheet.rows["description"].entry.text = "占道经营"
        await desk.settle()
        await desk.press("enter")
        await desk.settle()
        assert desk.app.desk.queue.selected is not None
        assert desk.app.desk.queue.selected.endswith("0002")

    play(scene)


@pytest.mark.soak
def test_what_failed_is_the_reason_of_a_rework_until_somebody_says_more() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register()
        desk.act("accept", no, **{"as": "community"}, grid="嘉乐", category="街面秩序")
        desk.act("dispatch", no, station="嘉乐", due=desk.clock.now().replace(hour=23))
        desk.act("file_result", no, party="嘉乐社区网格", text="已清运")
        await desk.open("return_for_rework", no)
        await desk.type("照片不清")
        await desk.press("enter")
        assert desk.form == "DeskScreen"
        assert desk.card(no).events[-1].line.endswith("：照片不清")

    play(scene)
