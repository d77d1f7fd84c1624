"""The commonest tasks by keys of the keypad alone, each within the count of product.md."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from forms_stage import NOW, Stage, play
from keypad import MOST, costs, keypad
from test_forms_day import convened
from test_paste_screens import ORDER, paste

from dutydesk.views.writebacks import Owed

HERE = Path(__file__).parent


@pytest.mark.parametrize("task", MOST)
def test_every_task_of_the_table_is_played_somewhere(task: str) -> None:
    texts = [path.read_text("utf-8") for path in HERE.glob("test_*.py")]
    assert sum(text.count(f'costs(desk, "{task}")') for text in texts) >= 1


def test_the_next_case_of_mine_costs_one_key() -> None:
    async def scene(desk: Stage) -> None:
        first, second = desk.register(), desk.register(place="迎园路 8 号")
        await desk.select(first)
        await keypad(desk, "0")
        assert desk.app.desk.queue.selected == second
        costs(desk, "next case of mine")

    play(scene)


def test_accept_and_dispatch_cost_two_keys_and_happen_at_one_instant() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(upstream_due=NOW + timedelta(days=2))
        await desk.select(no)
        await keypad(desk, "enter", "enter")
        card = desk.card(no)
        assert (card.state, card.station) == ("at_station", "嘉乐社区网格")
        assert [e.verb for e in card.events] == ["register", "accept", "dispatch"]
        assert card.events[1].at == card.events[2].at
        costs(desk, "accept and dispatch")

    play(scene)


def test_a_simple_linkage_case_is_accepted_and_convened_in_eight_keys() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(channel="dept_linkage", description="两家店铺为门前空地起纠纷")
        await desk.select(no)
        await keypad(desk, "enter", "1", "2", "3", "enter")
        card = desk.card(no)
        assert (card.state, card.lead) == ("to_coordinate", "公安")
        await keypad(desk, "enter", "enter", "enter")
        card = desk.card(no)
        assert card.state == "awaiting_response"
        assert [p.name for p in card.parties] == ["公安", "城管", "市场监管"]
        assert card.coordination_at == NOW.replace(minute=30, second=0) + timedelta(hours=1)
        assert "协调时间：11-20 19:30（线下）" in desk.copied[0]
        costs(desk, "accept and convene simple with 3 parties")

    play(scene)


@pytest.mark.clause("X-5.2.3.8", "X-5.2.3.9", "X-5.2.3.10")
def test_the_urgent_chain_from_the_acceptance_to_the_convening() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(channel="dept_linkage", description="城管、公安、市场监管到场处置打架")
        await desk.select(no)
        await keypad(desk, "enter", "*", "6", "enter")
        assert desk.card(no).difficulty == "urgent"
        await keypad(desk, "*")
        assert desk.form == "CallCard"
        assert desk.sees("陆知行")
        await keypad(desk, "1", "1", "1", "2", "1")
        card = desk.card(no)
        verbs = [e.verb for e in card.events if e.verb != "reveal"]
        assert verbs[2:] == ["record_instruction", "report_to_head", "call", "call", "call"]
        assert [(c.party, c.outcome) for c in card.calls] == [
            ("公安", "reached"), ("城管", "no_answer"), ("市场监管", "reached"),
        ]  # fmt: skip
        assert desk.form == "DeskScreen"
        await keypad(desk, "enter", "enter", "enter")
        assert desk.card(no).state == "awaiting_response"
        costs(desk, "urgent, whole chain with 3 calls")

    play(scene)


@pytest.mark.clause("X-5.2.4.2")
def test_the_roll_call_of_three_costs_five_keys() -> None:
    async def scene(desk: Stage) -> None:
        no = convened(desk)
        await desk.select(no)
        await keypad(desk, "enter", "1", "2", "3", "enter")
        card = desk.card(no)
        assert [p.outcome for p in card.parties] == ["arrived", "late", "absent"]
        assert card.state == "coordinating"
        costs(desk, "roll-call of 3")

    play(scene)


def test_the_outcome_for_three_parties_costs_six_keys() -> None:
    async def scene(desk: Stage) -> None:
        no = convened(desk)
        for name in ("城管", "公安", "市场监管"):
            desk.act("confirm_response", no, party=name, outcome="arrived")
        await desk.select(no)
        await keypad(desk, "enter")
        for text in ("清理", "劝离", "核照", "市容条例"):
            await desk.type(text)
            await keypad(desk, "enter")
        card = desk.card(no)
        assert card.state == "disposing"
        assert [(p.duty, p.limit) for p in card.parties] == [
            ("清理", "2 小时"), ("劝离", "2 小时"), ("核照", "2 小时"),
        ]  # fmt: skip
        costs(desk, "outcome for 3 parties")

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
        await keypad(desk, "enter", "enter")
        assert desk.card(no).state == "reviewing"
        assert desk.sees("这些审核项还没有结论")
        desk.keys = 1
        await keypad(desk, "1", "2", "3", "4", "5", "enter")
        assert desk.card(no).state == "closed"
        await keypad(desk, "enter")
        costs(desk, "close and copy upstream")
        [copied] = desk.copied
        assert copied.startswith("工单编号：H2611200001\n答复市民要点：已清运\n办结时间：")
        assert [row.what for row in desk.desk.read(Owed()).rows] == ["accept"]

    play(scene)


def test_done_result_and_two_photos_cost_six_keys(tmp_path: Path) -> None:
    photos = [tmp_path / "a.jpg", tmp_path / "b.jpg"]
    for photo in photos:
        photo.write_bytes(b"x")

    async def scene(desk: Stage) -> None:
        no = desk.register(upstream_due=NOW + timedelta(days=2))
        desk.act("accept", no, **{"as": "community"}, grid="嘉乐")
        desk.act("dispatch", no, station="嘉乐")
        await desk.select(no)
        await keypad(desk, "enter")
        await desk.type("已清运")
        await keypad(desk, "*")
        for photo in photos:
            await desk.type(str(photo))
            await keypad(desk, "enter")
        await keypad(desk, "enter")
        card = desk.card(no)
        assert [(a.kind, a.file) for a in card.attachments] == [
            ("photo_before", str(photos[0])), ("photo_after", str(photos[1])),
        ]  # fmt: skip
        assert card.state == "reviewing"
        costs(desk, "done, result and 2 photos")

    play(scene)


def test_a_pasted_order_is_registered_in_three_keys() -> None:
    async def scene(desk: Stage) -> None:
        await paste(desk, ORDER)
        assert desk.form == "PastedForm"
        await keypad(desk, "enter")
        assert desk.card(desk.desk.resolve("0001")).external_no == "SH2611220001"
        costs(desk, "register from a paste")

    play(scene)
