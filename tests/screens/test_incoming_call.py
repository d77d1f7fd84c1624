"""A call that comes in is taken down first and put where it belongs afterwards, nothing twice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from forms_stage import NOW, Stage, play
from sampled import sampled

from dutydesk.desk.contacts import contact, keep
from dutydesk.views.queue import Filters, Queue

LISTED = (
    contact("嘉乐苑物业", "李工", kind="物业", phone="13800000201"),
    contact("燃气抢修", "值班", phone="59990212"),
)


def taking(scenario: Callable[[Stage], Awaitable[None]], drafts: Path | None = None) -> None:
    """Play at a desk with a list of contacts."""

    async def scene(desk: Stage) -> None:
        keep(desk.desk, LISTED)
        await scenario(desk)

    play(scene, drafts=drafts)


async def taken(desk: Stage, who: str, said: str) -> None:
    """Take a call down: two keys open it, the texts are typed."""
    desk.keys = 0
    await desk.press("*", "0")
    assert (desk.form, desk.keys) == ("IncomingCard", 2)
    await desk.type(who)
    await desk.press("*")
    await desk.type(said)


def journal(desk: Stage) -> list[tuple[str, str | None]]:
    with desk.desk.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT verb, case_no FROM event ORDER BY id").all()
    return [(row[0], row[1]) for row in rows]


@pytest.mark.soak
def test_it_becomes_a_call_on_the_selected_case() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.select(no)
        await taken(desk, "嘉乐苑物业", "水管已修好")
        await desk.press("enter", "1")
        assert desk.form == "DeskScreen"
        call = desk.card(no).calls[-1]
        assert (call.party, call.outcome, call.said) == (
            "嘉乐苑物业 李工", "reached", "水管已修好",
        )  # fmt: skip
        assert desk.card(no).events[-1].data["incoming"] is True

    taking(scene)


def test_it_becomes_a_call_on_a_found_case_and_a_wrong_number_empties_nothing() -> None:
    async def scene(desk: Stage) -> None:
        other, no = desk.linkage(), desk.linkage()
        await desk.select(no)
        await taken(desk, "何勇", "马上到")
        desk.screen.case.entry.value = "9999"
        await desk.settle()
        await desk.press("enter", "1")
        assert desk.form == "IncomingCard"
        assert desk.sees("没有编号为 9999 的案件")
        assert desk.screen.said.value == "马上到"
        desk.screen.case.entry.value = other[-4:]
        await desk.settle()
        await desk.press("enter", "1")
        calls = desk.card(other).calls
        assert [(call.party, call.said) for call in calls] == [("城管", "马上到")]

    taking(scene)


@pytest.mark.soak
def test_it_stands_on_nothing_with_what_was_promised() -> None:
    async def scene(desk: Stage) -> None:
        await taken(desk, "0212", "几点停气")
        await desk.press("*", "plus", "2", "0", "enter", "5")
        assert journal(desk) == [("call", None)]
        assert desk.sees("19:17")
        assert desk.sees("燃气抢修 值班答应：几点停气")

    taking(scene)


@pytest.mark.soak
def test_a_result_opens_with_the_party_and_the_text() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register()
        desk.act("accept", no, **{"as": "community"}, grid="嘉乐", category="街面秩序")
        desk.act("dispatch", no, station="嘉乐", due=NOW.replace(hour=23))
        await desk.select(no)
        await taken(desk, "嘉乐社区网格", "垃圾已清运")
        await desk.press("enter", "3")
        assert desk.form == "ActForm"
        rows = desk.screen.sheet.rows
        assert (rows["party"].value, rows["text"].value) == ("嘉乐社区网格", "垃圾已清运")
        await desk.press("enter", "enter")
        assert "file_result" in [event.verb for event in desk.card(no).events]
        assert desk.card(no).calls[-1].said == "垃圾已清运"

    taking(scene)


@pytest.mark.soak
def test_an_arrival_opens_the_roll_call() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        desk.act("convene", no, parties=["城管", "公安", "市场监管"],
                 time=NOW.replace(hour=19, minute=30), location="路口", mode="offline")  # fmt: skip
        await desk.select(no)
        await taken(desk, "沈立", "我到了")
        await desk.press("enter", "2")
        assert desk.form == "RollCall"
        assert desk.card(no).calls[-1].party == "公安"

    taking(scene)


@pytest.mark.parametrize(
    ("who", "caller"),
    sampled([("13900000777", {"phone": "13900000777"}), ("王阿姨", {"name": "王阿姨"})], (0,)),
)
def test_a_registration_takes_the_text_and_the_caller_over(
    who: str, caller: dict[str, str]
) -> None:
    async def scene(desk: Stage) -> None:
        await taken(desk, who, "楼道堆物无人管")
        await desk.press("enter", "4")
        assert desk.form == "RegisterForm"
        rows = desk.screen.sheet.rows
        assert rows["description"].value == "楼道堆物无人管"
        desk.screen.sheet.rows["place"].take_focus()
        await desk.settle()
        await desk.type("嘉乐小区5号")
        await desk.press("enter", "enter")
        found = desk.desk.read(Queue(Filters()))
        card = desk.card(found[0].no)
        assert (bool(card.caller_name), bool(card.caller_phone)) == (
            "name" in caller, "phone" in caller,
        )  # fmt: skip

    taking(scene)


@pytest.mark.soak
def test_leaving_keeps_what_was_taken_down_and_a_file_never_holds_who_rang(
    tmp_path: Path,
) -> None:
    file = tmp_path / "drafts.json"

    async def scene(desk: Stage) -> None:
        await taken(desk, "13900000777", "楼道堆物")
        await desk.press("escape")
        assert "13900000777" not in file.read_text(encoding="utf-8")
        assert "楼道堆物" in file.read_text(encoding="utf-8")
        await desk.press("*", "0")
        assert (desk.screen.who.party, desk.screen.said.value) == ("13900000777", "楼道堆物")

    taking(scene, file)


@pytest.mark.soak
def test_a_promise_in_the_past_and_a_missing_case_are_said_at_their_field() -> None:
    async def scene(desk: Stage) -> None:
        await taken(desk, "王阿姨", "问进度")
        desk.screen.promised.entry.value = "-5"
        await desk.settle()
        await desk.press("enter", "5")
        assert desk.sees("答应的时间已经过去")
        desk.screen.promised.entry.value = ""
        await desk.settle()
        await desk.press("enter", "1")
        assert desk.sees("写上案件编号的末几位")
        assert journal(desk) == []
        assert desk.screen.said.value == "问进度"

    taking(scene)


@pytest.mark.soak
def test_the_row_of_a_number_is_meant_and_a_name_of_no_entry_stays() -> None:
    async def scene(desk: Stage) -> None:
        await desk.press("*", "0")
        who = desk.screen.who
        await desk.press("j", "l")
        assert who.party == "嘉乐苑物业 李工"
        await desk.type("x")
        who.entry.value = "物业老李"
        await desk.settle()
        assert who.party == "物业老李"
        who.entry.value = "李工 嘉乐苑物业"
        await desk.settle()
        assert who.party == "嘉乐苑物业 李工"

    taking(scene)


def test_a_citizen_is_known_by_his_whole_number_and_his_case_is_offered_covered() -> None:
    async def scene(desk: Stage) -> None:
        caller = {"name": "陈大明", "phone": "138 0000 0777"}
        no, other = desk.register(caller=caller), desk.linkage()
        await desk.select(other)
        desk.keys = 0
        await desk.press("*", "0")
        await desk.type("1380000077")
        assert desk.screen.case.value == other[-4:]
        await desk.type("7")
        assert desk.sees(f"{no[-4:]} 的来电人 陈**")
        assert not desk.sees("陈大明")
        assert desk.screen.case.value == no[-4:]
        await desk.press("*")
        await desk.type("又漏了")
        await desk.press("enter", "1")
        call = desk.card(no).calls[-1]
        assert (call.party, call.said) == ("caller", "又漏了")
        assert desk.card(no).events[-1].data["party"] == "caller"

    taking(scene)


@pytest.mark.soak
def test_the_selected_case_is_meant_where_one_of_another_day_ends_alike() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        day_before = desk.act("register", None, ago=24 * 60, channel="walk_in", place="旧址",
                              description="旧事", grid="嘉乐", category="街面秩序")  # fmt: skip
        assert (no[-4:], no[-6:-4]) == (day_before[-4:], "20")
        await desk.select(no)
        await taken(desk, "何勇", "马上到")
        await desk.press("enter", "1")
        assert desk.form == "DeskScreen"
        assert [call.said for call in desk.card(no).calls] == ["马上到"]

    taking(scene)


def test_a_number_typed_as_the_queue_writes_it_means_the_case_of_today() -> None:
    async def scene(desk: Stage) -> None:
        no, selected = desk.linkage(), desk.linkage()
        desk.act("register", None, ago=24 * 60, channel="walk_in", place="旧址",
                 description="旧事", grid="嘉乐", category="街面秩序")  # fmt: skip
        await desk.select(selected)
        await taken(desk, "嘉乐苑物业 李工", "马上到")
        assert desk.screen.who.party == "嘉乐苑物业 李工"
        desk.screen.case.entry.value = no[-4:]
        await desk.settle()
        await desk.press("enter", "1")
        assert desk.form == "DeskScreen"
        assert [call.said for call in desk.card(no).calls] == ["马上到"]

    taking(scene)


@pytest.mark.soak
def test_a_case_that_was_typed_stays_whoever_rings() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(caller={"name": "陈大明", "phone": "13800000777"})
        other = desk.linkage()
        await desk.select(no)
        await desk.press("*", "0")
        desk.screen.case.entry.value = other[-4:]
        desk.screen.case.touched = True
        await desk.type("13800000777")
        await desk.settle()
        assert desk.screen.case.value == other[-4:]

    taking(scene)
