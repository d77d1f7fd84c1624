"""What comes back from the head and the street, and what closing asks for, by the keypad."""

from __future__ import annotations

import pytest
from forms_stage import Stage, play
from textual import events

from dutydesk.screens.forms.filerows import AttachmentsRow
from dutydesk.screens.parts.key_line import KeyLine


@pytest.mark.soak
@pytest.mark.clause("X-5.2.6.3")
def test_a_result_without_progress_asks_for_no_duties_and_leads_on_to_the_street() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.open("submit_to_head", no)
        await desk.press("3", "enter")
        await desk.select(no)
        await desk.press("enter")
        assert desk.sees("职责与时限")
        await desk.press("up", "2")
        assert not desk.sees("职责与时限")
        await desk.type("物业无权处置")
        await desk.press("enter")
        assert desk.card(no).state == "at_head"
        await desk.select(no)
        assert desk.sees("网格长协调无进展：物业无权处置")
        desk.keys = 0
        await desk.press("enter", "enter")
        assert desk.card(no).state == "at_street"
        assert desk.sees("提交街道城运中心：协调无果")

    play(scene)


@pytest.mark.clause("X-5.2.7.1")
def test_what_is_typed_on_a_check_that_does_not_apply_is_its_reason() -> None:
    async def scene(desk: Stage) -> None:
        no = _reviewed(desk)
        await desk.open("close", no)
        await desk.press("1", "2", "3", "5", "4", "4", "4", "enter")
        assert desk.sees("✗ “核查照片对比明确”不适用的理由")
        assert desk.card(no).state == "reviewing"
        await desk.press("f2", "a", "space", "b")
        checks = desk.screen.sheet.rows["checks"]
        assert checks.reasons["photos"].value == "a b"
        assert checks.checks.said["photos"] == "na"
        await desk.press("enter")
        assert desk.card(no).state == "closed"

    play(scene)


@pytest.mark.soak
def test_once_signed_the_key_line_says_what_enter_does_now() -> None:
    async def scene(desk: Stage) -> None:
        no = _reviewed(desk)
        await desk.open("close", no)
        line = desk.screen.query_one(KeyLine)
        assert any(hint.label == "签发结案" for hint in line.hints)
        await desk.press("1", "2", "3", "4", "5", "enter")
        assert desk.card(no).state == "closed"
        assert [(hint.key, hint.label) for hint in line.hints] == [
            ("Enter", "贴好了：已回填"), ("Esc", "以后再回填"), ("F4", "存成文件"),
            ("F5", "再复制"), ("?", "帮助"),
        ]  # fmt: skip
        assert "Enter 贴好了：已回填" in desk.lines()[-1]
        assert "签发结案" not in desk.lines()[-1]

    play(scene)


@pytest.mark.soak
def test_a_report_without_feedback_says_so() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        for verb, fields in (
            ("submit_to_head", {"reason": "no_result"}),
            ("record_head_result", {"progress": False, "text": "无权"}),
            ("submit_to_street", {"reason": "no_result"}),
            ("record_street_result", {"progress": True, "text": "终结", "final": True}),
        ):
            desk.act(verb, no, behalf=_behalf(verb), **fields)
        await desk.open("close", no)
        assert desk.sees("三、处置反馈：无。")

    play(scene)


@pytest.mark.soak
def test_the_eleventh_choice_is_the_second_press_of_nought() -> None:
    async def scene(desk: Stage) -> None:
        await desk.open("register")
        channel = desk.screen.sheet.rows["channel"]
        channel.take_focus()
        await desk.settle()
        assert desk.sees("00 网上留言")
        await desk.press("0")
        assert channel.value == "walk_in"
        await desk.press("0")
        assert channel.value == "online"
        await desk.press("0")
        assert channel.value == "walk_in"

    play(scene)


@pytest.mark.soak
def test_a_path_may_begin_with_a_stroke() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register()
        await desk.open("attach", no)
        entry = desk.screen.query_one(AttachmentsRow).entry
        entry.focus()
        await desk.settle()
        await desk.press("slash", "a")
        assert entry.value == "/a"
        await desk.press("asterisk")
        assert entry.value == "/a"
        assert not entry.has_focus

    play(scene)


@pytest.mark.soak
def test_the_question_mark_opens_the_help_from_an_empty_entry_only() -> None:
    async def scene(desk: Stage) -> None:
        await desk.open("register")
        await desk.press("question_mark")
        assert desk.form == "HelpScreen"
        assert desk.sees("登记") or desk.sees("更多")
        assert not desk.sees("Move cursor")
        await desk.press("escape", "a", "question_mark")
        assert desk.form == "RegisterForm"
        assert desk.screen.sheet.rows["place"].value == "a?"

    play(scene)


def test_control_and_p_opens_all_commands() -> None:
    async def scene(desk: Stage) -> None:
        await desk.press("ctrl+p")
        assert desk.form == "Palette"

    play(scene)


def _reviewed(desk: Stage) -> str:
    no = desk.register(channel="hotline_12345", external_no="T-0001")
    desk.act("accept", no, **{"as": "community"}, grid="嘉乐")
    desk.act("dispatch", no, station="嘉乐", due=desk.clock.now().isoformat()[:10] + " 23:00")
    desk.act("file_result", no, party="嘉乐", text="已清运", completed_at=desk.clock.now())
    return no


def _behalf(verb: str) -> str:
    return {"record_head_result": "area_head", "record_street_result": "street_centre"}.get(
        verb, "deputy_head"
    )


@pytest.mark.soak
def test_a_message_pasted_into_the_empty_register_form_is_recognised() -> None:
    told = "地址：嘉乐小区3号楼\n诉求内容：楼道堆物，要求清理\n联系电话：138 0000 0789"

    async def scene(desk: Stage) -> None:
        await desk.press("plus")
        desk.screen.focused.post_message(events.Paste(told))
        await desk.settle()
        await desk.settle()
        assert desk.sees("从粘贴的文字认出")
        assert desk.screen.sheet.rows["place"].value == "嘉乐小区3号楼"

    play(scene)


@pytest.mark.soak
def test_lines_pasted_behind_something_typed_stay_in_the_field() -> None:
    async def scene(desk: Stage) -> None:
        await desk.press("plus")
        await desk.type("嘉乐路")
        desk.screen.focused.post_message(events.Paste("20号\n北门\n二楼"))
        await desk.settle()
        assert desk.screen.sheet.rows["place"].value == "嘉乐路20号 北门 二楼"

    play(scene)
