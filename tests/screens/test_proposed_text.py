"""What stands in a text before anybody typed: the first key replaces it, nothing else does."""

from __future__ import annotations

from datetime import datetime

import pytest
from forms_stage import Stage, play

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.screens.command.line import LineEntry
from dutydesk.screens.forms.call import CallCard
from dutydesk.screens.forms.entry import LongEntry
from dutydesk.screens.forms.remarks import remarks
from dutydesk.screens.forms.scene import Scene
from dutydesk.views.labels import Words
from dutydesk.workflow.cases.model import Actor

SAID = "先劝离人员，市场监管一并到场"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)


def text(desk: Stage) -> LongEntry:
    """The text of the form on top."""
    return desk.screen.query_one("#field-text LongEntry", LongEntry)


async def instructing(desk: Stage) -> str:
    """A case that waits for the deputy's words, their form open, the keys in the text."""
    no = desk.linkage("complex")
    await desk.select(no)
    await desk.open("record_instruction", no)
    await desk.press("*")
    assert text(desk).text == "同意发起协调"
    return no


def test_the_deputys_words_replace_the_proposed_ones() -> None:
    async def scene(desk: Stage) -> None:
        no = await instructing(desk)
        await desk.type(SAID)
        assert text(desk).text == SAID
        await desk.press("enter")
        said = [e for e in desk.card(no).events if e.verb == "record_instruction"]
        assert said[-1].data["text"] == SAID

    play(scene)


@pytest.mark.soak
def test_a_typed_digit_replaces_them_too() -> None:
    async def scene(desk: Stage) -> None:
        await instructing(desk)
        await desk.press("1")
        assert text(desk).text == "1"

    play(scene)


def test_the_proposed_words_stand_where_nobody_types() -> None:
    async def scene(desk: Stage) -> None:
        no = await instructing(desk)
        await desk.press("*", "enter")
        said = [e for e in desk.card(no).events if e.verb == "record_instruction"]
        assert said[-1].data["text"] == "同意发起协调"

    play(scene)


@pytest.mark.soak
def test_what_was_typed_before_is_never_replaced() -> None:
    async def scene(desk: Stage) -> None:
        no = await instructing(desk)
        await desk.type(SAID)
        await desk.press("*", "up")
        await desk.type("，现在")
        assert text(desk).text == SAID + "，现在"
        await desk.press("escape")
        await desk.open("record_instruction", no)
        text(desk).focus()
        await desk.settle()
        await desk.type("！")
        assert SAID + "，现在" in text(desk).text

    play(scene)


@pytest.mark.soak
def test_the_key_line_offers_digits_only_where_they_choose() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage("complex")
        await desk.select(no)
        await desk.open("record_instruction", no)
        assert desk.sees("1-9 选择")
        await desk.press("*")
        assert not desk.sees("1-9 选择")
        await desk.press("*")
        assert desk.sees("1-9 选择")

    play(scene)


@pytest.mark.soak
def test_in_the_promised_time_the_call_card_says_how_to_come_to_the_outcome() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.select(no)
        await desk.press("*")
        assert isinstance(desk.screen, CallCard)
        assert desk.sees("1-9 结束通话")
        await desk.press("+", "2", "0")
        assert desk.sees("Enter 到通话结果")
        assert not desk.sees("1-9 结束通话")
        await desk.press("enter")
        assert desk.sees("1-9 结束通话")

    play(scene)


def test_a_case_is_withdrawn_by_the_keypad_alone() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register()
        await desk.select(no)
        await desk.open("withdraw", no)
        assert desk.sees("1 登记错了")
        await desk.press("1", "enter")
        assert desk.card(no).state == "withdrawn"
        assert desk.card(no).events[-1].data["reason"] == "登记错了"

    play(scene)


@pytest.mark.soak
def test_numbers_that_found_no_case_are_no_place_of_a_new_one() -> None:
    async def scene(desk: Stage) -> None:
        desk.register()
        await desk.settle()
        await desk.press("/", "9", "+", "7", "f6")
        assert desk.form == "RegisterForm"
        assert not desk.sees("9+7")
        await desk.press("escape", "/")
        desk.screen.query_one(LineEntry).value = "嘉乐路66号"
        await desk.press("f6")
        assert desk.sees("嘉乐路66号")

    play(scene)


@pytest.mark.parametrize(
    ("limit", "said"), [("3 天", "本单位设定，可改"), ("5 天", None)], ids=["ours", "written"]
)
def test_a_limit_that_stands_as_proposed_is_marked_as_house(limit: str, said: str | None) -> None:
    desk = memory_desk(ManualClock(NOON), procedure="baoshan")
    try:
        words = Words(desk.context.procedure)
        scene = Scene("dispatch", None, desk.context, words, NOON, Actor("street_centre"))
        assert remarks(scene, {"limit": limit}).get("limit") == said
    finally:
        desk.close()
