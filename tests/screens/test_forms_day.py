"""A case worked by the numeric keypad alone, and what each step costs in keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from forms_stage import NOW, Stage, play


def test_accept_and_dispatch_cost_two_keys_and_happen_at_one_instant() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(upstream_due=NOW + timedelta(days=2))
        await desk.select(no)
        await desk.press("enter", "enter")
        card = desk.card(no)
        assert (card.state, card.station) == ("at_station", "嘉乐社区网格")
        assert [e.verb for e in card.events] == ["register", "accept", "dispatch"]
        assert card.events[1].at == card.events[2].at
        assert desk.keys == 2

    play(scene)


def test_without_an_upstream_due_the_form_proposes_one_and_says_that_it_is_ours() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register()
        await desk.open("accept", no)
        assert desk.sees("本单位设定")
        await desk.press("enter")
        due = next(c.due_at for c in desk.card(no).clocks if c.name == "dispose")
        assert due == NOW.replace(minute=0, second=0) + timedelta(days=1, minutes=60)

    play(scene)


def test_a_simple_linkage_case_is_accepted_and_convened_in_eight_keys() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(channel="dept_linkage", description="两家店铺为门前空地起纠纷")
        await desk.select(no)
        await desk.press("enter")
        assert desk.form == "ActForm"
        desk.screen.sheet.rows["parties"].take_focus()
        await desk.settle()
        desk.keys = 1
        await desk.press("1", "2", "3", "enter")
        card = desk.card(no)
        assert (card.state, card.lead) == ("to_coordinate", "公安")
        await desk.select(no)
        await desk.press("enter", "enter", "enter")
        card = desk.card(no)
        assert card.state == "awaiting_response"
        assert [p.name for p in card.parties] == ["公安", "城管", "市场监管"]
        assert card.coordination_at == NOW.replace(minute=30, second=0) + timedelta(hours=1)
        assert "协调时间：11-20 19:30（线下）" in desk.copied[0]
        assert desk.keys == 8

    play(scene)


@pytest.mark.clause("X-5.2.3.8", "X-5.2.3.9", "X-5.2.3.10")
def test_the_urgent_chain_instruction_report_calls_and_convening() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage("urgent")
        await desk.select(no)
        await desk.press("*")
        assert desk.form == "CallCard"
        assert desk.sees("陆知行")
        await desk.press("1", "1", "1", "2", "1")
        card = desk.card(no)
        verbs = [e.verb for e in card.events if e.verb != "reveal"]
        assert verbs[2:] == ["record_instruction", "report_to_head", "call", "call", "call"]
        assert [(c.party, c.outcome) for c in card.calls] == [
            ("城管", "reached"), ("公安", "no_answer"), ("市场监管", "reached"),
        ]  # fmt: skip
        assert desk.form == "DeskScreen"
        await desk.select(no)
        await desk.press("enter", "enter", "enter")
        assert desk.card(no).state == "awaiting_response"
        assert desk.keys == 9

    play(scene)


def _convened(desk: Stage) -> str:
    no = desk.linkage()
    desk.act("convene", no, parties=["城管", "公安", "市场监管"],
             time=NOW + timedelta(minutes=5), location="迎园路口", mode="offline")  # fmt: skip
    desk.clock.set(NOW + timedelta(minutes=6))
    return no


@pytest.mark.clause("X-5.2.4.2")
def test_the_roll_call_of_three_costs_five_keys() -> None:
    async def scene(desk: Stage) -> None:
        no = _convened(desk)
        await desk.select(no)
        await desk.press("enter", "1", "2", "3", "enter")
        card = desk.card(no)
        assert [p.outcome for p in card.parties] == ["arrived", "late", "absent"]
        assert card.state == "coordinating"
        assert desk.keys == 5

    play(scene)


def test_outcome_results_and_closing_by_the_keypad() -> None:
    async def scene(desk: Stage) -> None:
        no = _convened(desk)
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


@pytest.mark.clause("X-5.2.7.1", "X-5.2.7.8")
def test_closing_and_copying_back_cost_eight_keys_each_check_its_own() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(channel="hotline_12345", external_no="H2611200001",
                           upstream_due=NOW + timedelta(days=2))  # fmt: skip
        desk.act("accept", no, **{"as": "community"}, grid="嘉乐")
        desk.act("dispatch", no, station="嘉乐")
        desk.act("file_result", no, text="已清运", completed_at=NOW)
        await desk.select(no)
        await desk.press("enter")
        await desk.press("enter")
        assert desk.card(no).state == "reviewing"
        assert desk.sees("这些审核项还没有结论")
        desk.keys = 1
        await desk.press("1", "2", "3", "4", "5", "enter")
        assert desk.card(no).state == "closed"
        await desk.press("enter")
        assert desk.keys == 8
        assert desk.copied[0].startswith("编号：H2611200001\n状态：已结案")

    play(scene)


def test_done_result_and_two_photos_cost_six_keys() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(upstream_due=NOW + timedelta(days=2))
        desk.act("accept", no, **{"as": "community"}, grid="嘉乐")
        desk.act("dispatch", no, station="嘉乐")
        await desk.select(no)
        await desk.press("enter")
        await desk.type("已清运")
        await desk.press("tab")
        await desk.type("/photos/a.jpg")
        await desk.press("enter")
        await desk.type("/photos/b.jpg")
        await desk.press("enter", "enter")
        card = desk.card(no)
        assert [(a.kind, a.file) for a in card.attachments] == [
            ("photo_before", "/photos/a.jpg"), ("photo_after", "/photos/b.jpg"),
        ]  # fmt: skip
        assert (card.state, desk.keys) == ("reviewing", 5)

    play(scene)
