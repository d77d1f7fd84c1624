"""The call card: next person by itself, alternates, retries, the citizen, people found."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from forms_stage import NOW, Stage, play
from keypad import costs
from quiet import struck
from sampled import sampled
from shift import NamedPlan

from dutydesk.config.model import Person
from dutydesk.desk.contacts import contact, keep
from dutydesk.screens.forms.finding import is_row_number

PEOPLE = (
    Person(
        name="沈立", posts=("line_lead",), department="公安", phone="13800000121",
        alternate="59990121",
    ),
    Person(name="何闻", posts=("line_lead",), department="公安", phone="13800000122"),
    Person(name="何勇", posts=("line_lead",), department="城管", phone="13800000123"),
    Person(name="陆知行", posts=("deputy_head",), area="140901", phone="13800000101"),
    Person(name="程远舟", posts=("area_head",), area="140901", phone="59990101"),
)  # fmt: skip
CALLER = {"name": "张三", "phone": "13900000777"}


def called(scenario: Callable[[Stage], Awaitable[None]], size: tuple[int, int] = (116, 62)) -> None:
    """Play at a desk whose people have numbers, with a list of contacts."""
    numbers = {person.name: person.phone for person in PEOPLE}

    async def scene(desk: Stage) -> None:
        plan = desk.desk.ground.plan
        assert isinstance(plan, NamedPlan)
        plan.people = PEOPLE  # type: ignore[attr-defined]
        ground = desk.desk.context
        object.__setattr__(ground, "number", lambda name: numbers.get(name) or None)
        listed = (
            contact("嘉乐苑物业", "李工", kind="物业", phone="13800000201", alternate="59990201"),
            contact("燃气抢修", "值班", kind="燃气", phone="59990212"),
            contact("电梯维保", ""),
        )
        keep(desk.desk, listed)
        await scenario(desk)

    play(scene, size=size)


def outcomes(desk: Stage, no: str) -> list[tuple[str, str]]:
    return [(call.party, call.outcome) for call in desk.card(no).calls]


def reveals(desk: Stage, no: str) -> list[tuple[object, object]]:
    events = desk.card(no).events
    return [(e.data["party"], e.data["reason"]) for e in events if e.verb == "reveal"]


def test_logging_a_call_costs_two_keys() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.select(no)
        await desk.press("*", "1")
        assert outcomes(desk, no) == [("城管", "reached")]
        costs(desk, "log a call")

    called(scene)


def test_after_no_answer_one_key_rings_the_second_number_and_then_the_colleague() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage("urgent")
        await desk.open("call", no, party="公安")
        await desk.press("1", "1", "1")
        assert desk.screen.ring.party == "公安"
        assert desk.sees("备 ******21  何闻 138******0122")
        await desk.press("2")
        assert desk.screen.ring.party == "市场监管"
        assert desk.sees("沈立 未接1 · Enter 改拨 备用号码 ******21")
        await desk.press("enter")
        assert desk.sees("59990121")
        await desk.press("2", "enter")
        assert desk.sees("138 0000 0122")
        await desk.press("1")
        last = desk.card(no).calls[-1]
        assert (last.party, last.outcome, last.said) == ("公安", "reached", None)
        told = [reason for party, reason in reveals(desk, no) if party == "公安"]
        assert told == ["拨打电话", "改拨备用号码", "改拨何闻"]

    called(scene)


@pytest.mark.soak
def test_nobody_is_forgotten_who_was_not_reached_while_others_were_rung() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage("urgent")
        await desk.open("call", no, party="公安")
        await desk.press("1", "1", "1", "2")
        assert desk.screen.ring.party == "市场监管"
        assert desk.sees("○ 公安 沈立 未接1")
        assert not desk.sees("✓ 公安")
        await desk.press("/")
        await desk.type("李工")
        await desk.press("enter", "2")
        assert desk.sees("李工 未接1 · Enter 改拨 备用号码")
        await desk.press("1")
        assert desk.sees("59990201")
        await desk.press("1")
        assert (desk.form, desk.screen.ring.party) == ("CallCard", "公安")
        assert desk.sees("59990121")

    called(scene)


@pytest.mark.soak
def test_the_last_one_who_is_not_reached_keeps_the_card_open_on_his_second_number() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(channel="dept_linkage")
        desk.act("accept", no, **{"as": "linkage"}, difficulty="simple", lead="公安",
                 parties=["公安"])  # fmt: skip
        await desk.select(no)
        await desk.press("*", "2")
        assert (desk.form, desk.screen.turns.number) == ("CallCard", "59990121")
        await desk.press("1")
        assert desk.form == "DeskScreen"
        assert outcomes(desk, no) == [("公安", "no_answer"), ("公安", "reached")]

    called(scene)


def test_whoever_was_not_reached_stands_on_the_checklist_with_his_time_and_second_number() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage("complex")
        desk.act("call", no, party="公安", outcome="no_answer")
        await desk.select(no)
        assert desk.sees("致电公安  无人接 未接1 备 ******21")
        assert desk.sees("* 再拨 19:02")
        assert desk.sees("再拨公安（无人接）")
        desk.act("call", no, party="公安", outcome="reached")
        await desk.select(no)
        assert not desk.sees("再拨")

    called(scene)


@pytest.mark.soak
def test_a_head_who_does_not_answer_is_reported_to_and_stays_in_sight() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage("urgent")
        await desk.open("call", no)
        await desk.press("1", "2")
        card = desk.card(no)
        verbs = [e.verb for e in card.events if e.verb != "reveal"]
        assert verbs[2:] == ["record_instruction", "report_to_head", "call"]
        assert outcomes(desk, no) == [("area_head", "no_answer")]
        head = next(check for check in card.pending if check.name == "head")
        assert (head.done, head.detail) == (True, "18:57 未接1")
        assert head.again_at == NOW + timedelta(minutes=5)
        await desk.press("1", "1", "1")
        assert desk.sees("代接")

    called(scene)


@pytest.mark.parametrize(
    ("key", "outcome", "satisfaction"),
    sampled(
        [("1", "reached", None), ("2", "no_answer", None), ("7", "reached", "unsatisfied")], (2,)
    ),
)
def test_the_citizen_is_rung_in_two_keys_with_what_he_thinks(
    key: str, outcome: str, satisfaction: str | None
) -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(caller=CALLER)
        await desk.select(no)
        await desk.press("*", key)
        costs(desk, "ring the citizen")
        event = desk.card(no).events[-1]
        assert (event.verb, event.data["outcome"]) == ("contact_citizen", outcome)
        assert desk.card(no).satisfaction == satisfaction
        assert reveals(desk, no) == [("caller", "拨打电话")]

    called(scene)


@pytest.mark.soak
def test_what_is_promised_to_the_citizen_becomes_a_note_with_its_time() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(caller=CALLER)
        await desk.open("contact_citizen", no)
        assert desk.sees("139 0000 0777")
        await desk.press("+", "2", "0", "enter", "1")
        note = desk.card(no).events[-1]
        assert (note.verb, note.data["promised_to"]) == ("note", "来电人")
        assert note.data["remind_at"] == "2026-11-20T19:17:42+08:00"

    called(scene)


@pytest.mark.parametrize(("keys", "minutes"), sampled([("20", 20), ("1930", 33), ("90", 90)], (0,)))
def test_a_promised_time_is_typed_behind_one_plus(keys: str, minutes: int) -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.open("call", no)
        await desk.press("plus", *keys, "enter", "1")
        at = desk.card(no).calls[-1].promised_at
        assert at is not None
        assert abs(at - NOW - timedelta(minutes=minutes)) < timedelta(minutes=1)

    called(scene)


@pytest.mark.soak
def test_a_promised_time_in_the_past_is_refused_and_the_card_keeps_everything() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.open("call", no)
        card = desk.screen
        card.said.entry.value = "马上到"
        card.promised.entry.value = "-7"
        await desk.settle()
        await desk.press("1")
        assert desk.form == "CallCard"
        assert outcomes(desk, no) == []
        assert (card.said.entry.value, card.promised.entry.value) == ("马上到", "-7")
        assert desk.sees("答应的时间已经过去")
        card.promised.entry.value = "+7"
        await desk.settle()
        await desk.press("enter", "1")
        assert desk.card(no).calls[0].said == "马上到"

    called(scene)


@pytest.mark.soak
def test_a_letter_finds_a_contact_whose_number_is_shown_by_a_logged_act() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.open("call", no)
        await desk.press("j", "l", "y")
        await struck(desk.app)
        assert desk.form == "FindPerson"
        assert desk.sees("138******0201")
        assert not desk.sees("13800000201")
        await desk.press("enter")
        assert desk.sees("138 0000 0201")
        assert reveals(desk, no)[-1] == ("嘉乐苑物业 李工", "拨打电话")
        await desk.press("2")
        assert outcomes(desk, no)[-1] == ("嘉乐苑物业 李工", "no_answer")
        assert desk.sees("59990201  备用号码  未接1")

    called(scene)


@pytest.mark.soak
def test_the_keypad_alone_finds_somebody_by_digits_or_by_the_number_of_a_row() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.select(no)
        await desk.press("*", "/", "0", "2", "1", "2", "enter")
        assert desk.screen.ring.party == "燃气抢修 值班"
        await desk.press("/", "4", "enter")
        assert desk.screen.ring.name == "陆知行"
        await desk.press("/", "9", "9", "enter")
        assert desk.form == "FindPerson"
        assert desk.sees("没有第 99 行")

    called(scene)
    assert [is_row_number(text) for text in ("7", "４２", "123", "", "a")] == [
        True, True, False, False, False,
    ]  # fmt: skip


@pytest.mark.soak
def test_somebody_without_a_number_is_said_to_be_so_and_nothing_is_lost() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.open("call", no)
        await desk.press("/")
        await desk.type("电梯")
        await desk.press("enter")
        assert desk.sees("没有号码：按 - 换一位")
        await desk.press("5")
        assert outcomes(desk, no) == [("电梯维保", "left_word")]

    called(scene)


@pytest.mark.soak
def test_minus_turns_to_the_next_person() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.open("call", no)
        await desk.press("minus")
        assert desk.screen.ring.party == "公安"
        await desk.press("minus", "minus")
        assert desk.screen.ring.party == "caller"

    called(scene)


def test_without_a_case_the_card_rings_anybody_and_the_call_stands_on_nothing() -> None:
    async def scene(desk: Stage) -> None:
        await desk.press("*", "/")
        await desk.type("燃气")
        await desk.press("enter", "1")
        assert desk.form == "DeskScreen"
        with desk.desk.store.reading() as connection:
            rows = connection.exec_driver_sql("SELECT verb, case_no FROM event ORDER BY id").all()
        assert [tuple(row) for row in rows][-2:] == [("reveal", None), ("call", None)]

    called(scene)


@pytest.mark.soak
def test_a_party_that_stands_in_the_contacts_is_rung_by_its_number_there() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(channel="dept_linkage")
        desk.act("accept", no, **{"as": "linkage"}, difficulty="complex", lead="燃气抢修",
                 parties=["燃气抢修", "无号单位"])  # fmt: skip
        await desk.select(no)
        await desk.press("*", "1")
        assert desk.screen.ring.party == "燃气抢修"
        assert desk.sees("59990212")
        assert reveals(desk, no)[-1] == ("燃气抢修", "拨打电话")
        await desk.press("1")
        assert desk.sees("没有号码：按 - 换一位")
        await desk.press("1")
        assert desk.form == "DeskScreen"
        assert outcomes(desk, no) == [("燃气抢修", "reached"), ("无号单位", "reached")]

    called(scene)


@pytest.mark.soak
def test_opened_again_on_whoever_was_not_reached_enter_rings_the_second_number() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        desk.act("call", no, party="公安", outcome="busy")
        await desk.select(no)
        await desk.press("*")
        assert desk.screen.ring.party == "公安"
        assert desk.sees("沈立 未接1 · Enter 改拨 备用号码 ******21")
        await desk.press("enter", "1")
        assert desk.card(no).calls[-1].said is None
        assert reveals(desk, no)[-1] == ("公安", "改拨备用号码")
        assert desk.keys == 3

    called(scene)


def test_the_whole_card_stands_on_the_lowest_terminal() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage("urgent", caller=CALLER)
        await desk.open("call", no, party="公安")
        await desk.press("1", "1", "1", "2", "enter")
        box = desk.screen.query_one("#box")
        assert box.region.height <= desk.app.size.height - 3
        assert desk.screen.max_scroll_y == 0
        # A long sentence costs the list below it lines, never the frame.
        desk.screen.error("没有号码" * 60)
        await desk.press("tab")
        assert (desk.screen.max_scroll_y, box.region.width) == (0, 80)

    called(scene, size=(80, 24))


@pytest.mark.soak
def test_a_miss_counts_once_per_number_and_what_was_rung_is_no_word_of_theirs() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(channel="dept_linkage")
        desk.act("accept", no, **{"as": "linkage"}, difficulty="simple", lead="公安",
                 parties=["公安"])  # fmt: skip
        await desk.select(no)
        await desk.press("*", "2")
        assert desk.sees("备用号码  未接1")
        await desk.press("2")
        assert desk.sees("代接  未接2")
        assert not desk.sees("上次：改拨")
        await desk.press("*")
        await desk.type("来不了")
        await desk.press("enter", "4")
        calls = desk.card(no).calls
        assert [call.said for call in calls] == [None, None, "何闻：来不了"]
        assert [party.missed for party in desk.card(no).parties] == [0]

    called(scene)
