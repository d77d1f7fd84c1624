"""After an act the desk says what happened; what was refused of two acts stays open, with why."""

from __future__ import annotations

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
        assert desk.form == "ActForm"
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
