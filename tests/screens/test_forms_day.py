"""A case worked by the numeric keypad alone; what the tasks cost is in `test_key_counts`."""

from __future__ import annotations

from datetime import timedelta

import pytest
from forms_stage import NOW, Stage, play


def test_without_an_upstream_due_the_form_proposes_one_and_says_that_it_is_ours() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register()
        await desk.open("accept", no)
        assert desk.sees("本单位设定")
        await desk.press("enter")
        due = next(c.due_at for c in desk.card(no).clocks if c.name == "dispose")
        assert due == NOW.replace(minute=0, second=0) + timedelta(days=1, minutes=60)

    play(scene)


def convened(desk: Stage) -> str:
    no = desk.linkage()
    desk.act("convene", no, parties=["城管", "公安", "市场监管"],
             time=NOW + timedelta(minutes=5), location="迎园路口", mode="offline")  # fmt: skip
    desk.clock.set(NOW + timedelta(minutes=6))
    return no


@pytest.mark.soak
def test_outcome_results_and_closing_by_the_keypad() -> None:
    async def scene(desk: Stage) -> None:
        no = convened(desk)
        for name in ("城管", "公安", "市场监管"):
            desk.act("confirm_response", no, party=name, outcome="arrived")
        await desk.open("record_outcome", no)
        rows = desk.screen.sheet.rows
        for line, duty in zip(rows["duties"].rows, ("清理", "劝离", "核照"), strict=True):
            line.duty.value = duty
        rows["basis"].entry.value = "市容条例"
        await desk.settle()
        await desk.press("enter")
        card = desk.card(no)
        assert card.state == "disposing"
        assert [(p.duty, p.limit, p.lead) for p in card.parties] == [
            ("清理", "2 小时", True), ("劝离", "2 小时", False), ("核照", "2 小时", False),
        ]  # fmt: skip
        for _party in range(3):
            await desk.open("file_result", no)
            await desk.type("已办结")
            await desk.press("enter")
        card = desk.card(no)
        assert card.state == "reviewing"
        await desk.select(no)
        desk.keys = 0
        await desk.press("enter", "1", "2", "3")
        await desk.press("4", "4", "4")
        assert desk.sees("待审")
        desk.screen.sheet.rows["checks"].reasons["photos"].focus()
        await desk.settle()
        await desk.type("没有可拍的现场")
        await desk.press("f2", "5", "enter")
        card = desk.card(no)
        assert card.state == "closed"
        assert dict(card.checks)["photos"] == "na"
        assert dict(card.check_notes) == {"photos": "没有可拍的现场"}
        assert "城管（清理）：已办结" in (card.report or "")

    play(scene)


@pytest.mark.soak
def test_a_time_half_typed_beside_the_duties_counts_their_limits_from_now() -> None:
    async def scene(desk: Stage) -> None:
        no = convened(desk)
        for name in ("城管", "公安", "市场监管"):
            desk.act("confirm_response", no, party=name, outcome="arrived")
        await desk.open("record_outcome", no)
        rows = desk.screen.sheet.rows
        rows["duties"].rows[0].duty.value = "清理"
        rows["_at"].take_focus()
        await desk.press("1")
        assert desk.screen.sheet.held()["_at"] == "1"
        assert "21:03" in rows["duties"].rows[0].said.text

    play(scene)


@pytest.mark.soak
def test_the_stroke_leads_back_past_what_the_linkage_form_does_not_show() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register()
        await desk.open("accept", no)
        await desk.press("2")
        sheet = desk.screen.sheet
        assert sheet.here == "reason"
        walked = []
        for _field in range(5):
            await desk.press("slash")
            walked.append(sheet.here)
        assert walked == ["grid", "lead", "parties", "difficulty", "as"]

    play(scene)


@pytest.mark.soak
def test_what_was_typed_and_deleted_again_no_longer_holds_the_stroke() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register()
        await desk.open("accept", no)
        await desk.press("2", "7", "slash", "backspace", "backspace", "slash")
        sheet = desk.screen.sheet
        assert (sheet.here, sheet.rows["reason"].value) == ("grid", "")

    play(scene)
