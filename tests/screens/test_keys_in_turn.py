"""Keys struck faster than a screen opens: each goes where it would have gone a second later."""

from __future__ import annotations

import pytest
from forms_stage import Stage, play
from textual.events import Key, Paste
from textual.keys import _character_to_key

from dutydesk.screens import in_turn
from dutydesk.screens.command.line import LineEntry


def strike(desk: Stage, keys: str) -> None:
    """Strike keys without waiting for what they bring, as a terminal hands them over."""
    for key in keys:
        desk.app.post_message(Key(_character_to_key(key), key))


def test_the_menus_number_struck_at_once_opens_what_it_names() -> None:
    async def scene(desk: Stage) -> None:
        desk.register()
        await desk.settle()
        for _again in range(3):
            strike(desk, "//25")
            await desk.until(lambda: desk.form == "Palette")
            assert desk.screen.query_one(LineEntry).value == "25"
            await desk.press("escape")
            assert desk.form == "DeskScreen"

    play(scene)


def test_a_call_struck_at_once_is_logged() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.select(no)
        strike(desk, "*1")
        await desk.until(lambda: any(e.verb == "call" for e in desk.card(no).events))

    play(scene)


def test_a_paste_keeps_its_place_behind_the_key_that_opens_its_field() -> None:
    async def scene(desk: Stage) -> None:
        desk.register()
        await desk.settle()
        strike(desk, "/")
        desk.app.post_message(Paste("嘉乐小区"))
        await desk.until(lambda: desk.form == "SearchScreen")
        assert desk.screen.query_one(LineEntry).value == "嘉乐小区"

    play(scene)


def test_words_pasted_behind_the_key_that_calls_wait_for_the_card_of_the_case() -> None:
    """The case's card is still on its way: the paste once opened the register form instead."""

    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.select(no)
        desk.app.desk.card = None
        strike(desk, "*")
        desk.app.post_message(Paste("五分钟到"))
        await desk.until(lambda: desk.form == "CallCard" and desk.screen.said.value == "五分钟到")

    play(scene)


def test_a_key_waits_no_longer_than_its_limit_for_one_that_never_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(in_turn, "LONGEST_S", 0.05)

    async def scene(desk: Stage) -> None:
        turns = desk.app._keys
        monkeypatch.setattr(turns, "_mark", lambda *_where: None)
        strike(desk, "/12")
        await desk.until(
            lambda: desk.form == "SearchScreen" and desk.screen.query_one(LineEntry).value == "12"
        )

    play(scene)
