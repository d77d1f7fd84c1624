"""A case's card through its day: what is open, what is missing, what Enter offers."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sampled import on_both
from views_world import NOON, World

from dutydesk.views import jsonable
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.queue import Queue
from dutydesk.workflow.cases.model import Actor


def card(world: World, no: str) -> CaseCard:
    found = world.read(Card(no))
    assert found is not None
    return found


def missing(found: CaseCard) -> list[tuple[str, str | None, str | None]]:
    return [(row.name, row.mend, row.party) for row in found.pending if not row.done]


def offered(found: CaseCard) -> str | None:
    return found.next_act.verb if found.next_act else None


def test_no_card_for_a_number_that_no_case_has(world: World) -> None:
    assert world.read(Card("1409019901010001")) is None


@pytest.mark.clause("X-3.2.6")
def test_the_caller_is_covered_everywhere_on_the_card(world: World) -> None:
    no = world.register(
        caller={"name": "张三丰", "phone": "13800001234"}, description="请回电13800001234"
    )
    found = card(world, no)
    assert (found.caller_name, found.caller_phone) == ("张**", "138******1234")
    text = json.dumps(jsonable.case(found), ensure_ascii=False)
    assert "三丰" not in text
    assert "13800001234" not in text
    assert found.description == "请回电138******1234"
    assert [row.summary for row in world.read(Queue())] == ["请回电138******1234"]


def test_each_state_offers_the_act_that_moves_the_case_on(world: World) -> None:
    no = world.register()
    steps = [offered(card(world, no))]
    world.do("accept", no, as_="community", grid="仓场", category="井盖")
    steps.append(offered(card(world, no)))
    world.do("dispatch", no, station="仓场", due="2026-11-21T12:00:00+08:00")
    steps.append(offered(card(world, no)))
    assert steps == ["accept", "dispatch", "file_result"]


@pytest.mark.clause("X-5.2.3.5", "X-5.2.3.6")
def test_a_complex_case_asks_for_instruction_and_calls_before_the_push(world: World) -> None:
    no = world.linkage("complex")
    found = card(world, no)
    assert missing(found) == [
        ("instruction", "record_instruction", None),
        ("call", "call", "城管"),
        ("call", "call", "公安"),
    ]
    convene = next(act for act in found.acts if act.verb == "convene")
    assert (convene.key, convene.open, convene.code, convene.next) == (
        "1",
        False,
        "instruction_missing",
        False,
    )
    assert convene.why_not == "还没有专职副网格长或片区网格长的指示，请先请示并记录指示"
    assert offered(found) == "record_instruction"

    world.do(
        "record_instruction", no, giver="deputy_head", text="先封路", channel="phone",
        on_behalf="deputy_head",
    )  # fmt: skip
    assert offered(card(world, no)) == "call"
    world.do("call", no, party="城管", outcome="no_answer")
    world.do("call", no, party="城管", outcome="busy")
    found = card(world, no)
    assert missing(found) == [("call", "call", "公安")]
    called = next(row for row in found.pending if row.party == "城管")
    assert (called.done, called.detail) == (True, "占线 未接2")
    assert called.again_at == found.calls[-1].at + timedelta(minutes=5)
    assert [(p.name, p.lead, p.calls, p.missed) for p in found.parties] == [
        ("城管", True, 2, 2),
        ("公安", False, 0, 0),
    ]
    world.do("call", no, party="公安", outcome="reached", said="马上到")
    found = card(world, no)
    assert (missing(found), offered(found)) == ([], "convene")
    assert found.parties[1].last_word == "马上到"


def test_digits_are_the_states_own_whether_open_or_not(world: World) -> None:
    no = world.linkage("complex")
    keys = {act.verb: act.key for act in card(world, no).acts if act.key}
    state = world.desk.ground.procedure.states["to_coordinate"]
    assert keys == {verb: str(place) for place, verb in enumerate(state.keys, 1)}


def test_the_clock_row_says_light_limit_and_where_it_comes_from(world: World) -> None:
    no = world.linkage("simple")
    lights = []
    for minutes in (0, 10, 10):
        world.clock.advance(minutes=minutes)
        lights.append(card(world, no).light)
    assert lights == ["green", "yellow", "red"]
    run = card(world, no).clock
    assert run is not None
    assert (run.name, run.code, run.limit_s, run.basis, run.clause) == (
        "coordinate",
        "K3S",
        1200,
        "text",
        "X-5.2.3.3",
    )
    assert run.due_at == NOON + timedelta(minutes=20)
    stopped = card(world, no).clocks[0]
    assert (stopped.name, stopped.light, stopped.on_time) == ("triage", "stopped", True)


@on_both("world")
def test_one_matter_has_one_timeline_in_the_order_it_happened(world: World) -> None:
    no = world.linkage("simple")
    world.clock.advance(minutes=2)
    world.do("note", no, text="已通知物业 13800001234")
    found = card(world, no)
    assert [(row.seq, row.verb) for row in found.events] == [
        (1, "register"),
        (2, "accept"),
        (3, "note"),
    ]
    assert found.events[2].line == "便签：已通知物业 138******1234"
    assert found.events[2].at == NOON + timedelta(minutes=2)


def test_acts_are_judged_for_whoever_asks(world: World) -> None:
    no = world.register()
    found = world.read(Card(no, Actor("inspector")))
    assert found is not None
    accept = next(act for act in found.acts if act.verb == "accept")
    assert (accept.open, accept.code) == (False, "not_your_role")


def test_the_json_of_a_case_has_the_promised_keys(world: World) -> None:
    no = world.linkage("complex")
    document = json.loads(json.dumps(jsonable.case(card(world, no))))
    assert {"no", "state", "clocks", "parties", "events", "acts"} <= set(document)
    act = document["acts"][0]
    assert {"verb", "open", "why_not", "clause"} <= set(act)
    assert (act["verb"], act["open"], act["clause"]) == ("convene", False, "X-5.2.3.5")
    assert document["received_at"] == "2026-11-20T12:00:00+08:00"
    assert document["clocks"][1] | {"limit_s": 1200} == document["clocks"][1]
    assert document["events"][1]["data"]["parties"] == ["城管", "公安"]
