"""Words pasted where no text has the keys stay with the form, or with the desk that opens."""

from __future__ import annotations

import asyncio

import pytest
from forms_stage import Stage, play
from playing import RecordingApp
from quiet import until
from shift import mid_shift
from test_call_card import called
from textual.events import Paste

from dutydesk.desk import Desk
from dutydesk.screens.forms.choices import Choices
from dutydesk.screens.forms.entry import LongEntry
from dutydesk.screens.gateway import Gateway

SAID = "城管先劝离，市场监管一并到场"


def test_words_pasted_over_a_choice_go_into_the_next_free_text_and_the_form_stays() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage("complex")
        await desk.select(no)
        await desk.open("record_instruction", no)
        desk.screen.query_one(Choices).focus()
        await desk.settle()
        await desk.paste(SAID)
        text = desk.screen.query_one("#field-text LongEntry", LongEntry)
        assert (desk.form, text.text, desk.app.focused) == ("ActForm", SAID, text)
        await desk.press("enter")
        said = [e for e in desk.card(no).events if e.verb == "record_instruction"]
        assert said[-1].data["text"] == SAID

    play(scene)


def test_where_no_text_is_free_it_is_said_and_nothing_typed_is_replaced() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage("complex")
        await desk.select(no)
        await desk.open("record_instruction", no)
        await desk.press("*")
        await desk.type("先疏散")
        desk.screen.query_one(Choices).focus()
        await desk.settle()
        await desk.paste(SAID)
        assert desk.form == "ActForm"
        assert desk.screen.query_one("#field-text LongEntry", LongEntry).text == "先疏散"
        assert desk.sees("粘贴的没有放进去")

    play(scene)


def test_words_pasted_on_the_call_card_are_what_is_said() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.select(no)
        await desk.press("*")
        await desk.paste("五分钟到")
        desk.screen.outcome.choices.focus()
        await desk.settle()
        await desk.paste("带两个人")
        assert desk.form == "CallCard"
        assert desk.screen.said.value == "五分钟到带两个人"
        await desk.press("enter", "1")
        assert desk.card(no).calls[-1].said == "五分钟到带两个人"

    called(scene)


@pytest.mark.soak
def test_words_pasted_over_a_choice_of_a_half_filled_registration_do_not_leave_it() -> None:
    async def scene(desk: Stage) -> None:
        await desk.open("register", None)
        await desk.type("嘉乐路8号")
        desk.screen.query(Choices).first().focus()
        await desk.settle()
        await desk.paste("路灯不亮")
        assert desk.form == "RegisterForm"
        assert (desk.sees("嘉乐路8号"), desk.sees("路灯不亮")) == (True, True)

    play(scene)


def test_a_paste_before_the_desk_is_open_is_recognised_once_it_stands() -> None:
    here = mid_shift(2)

    def opening() -> Desk:
        app.post_message(Paste("诉求地址：嘉乐小区"))
        return here.desk

    gateway = Gateway(opening, operator="陈安")
    app = RecordingApp(gateway)

    async def run() -> None:
        async with app.run_test(size=(116, 62)):
            await until(app, lambda: bool(app.opened))
            assert app.opened == [("paste", {"text": "诉求地址：嘉乐小区"})]
            app.exit()

    asyncio.run(run())
    gateway.close()
