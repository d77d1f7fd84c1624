"""The key plan: the numeric keypad alone reaches everything, twins and input methods count too."""

from __future__ import annotations

import pytest
from playing import Scene, play
from quiet import struck
from textual import events

from dutydesk.screens import keys


@pytest.mark.parametrize(
    ("typed", "sign"),
    [("１", "1"), ("０", "0"), ("＋", "+"), ("－", "-"), ("／", "/"), ("、", "/"), ("。", "."),
     ("．", "."), ("＊", "*"), ("×", "*"), ("？", "?")],
)  # fmt: skip
def test_full_width_twins_stand_for_their_key(typed: str, sign: str) -> None:
    assert keys.narrow(typed) == sign
    assert typed in keys.twins(sign).split(",")
    assert not keys.is_han(typed)


def test_a_han_character_is_no_key() -> None:
    assert keys.is_han("派")
    assert not keys.is_han("x")
    assert not keys.is_han(None)


def test_enter_opens_the_next_act_of_the_selected_case() -> None:
    async def scene(desk: Scene) -> None:
        card = desk.app.desk.card
        assert card is not None
        assert card.next_act is not None
        await desk.press("enter")
        (name, given) = desk.app.opened[-1]
        assert (name, given["verb"], given["card"].no) == ("act", card.next_act.verb, card.no)

    play(scene)


def test_keys_that_come_faster_than_the_card_are_not_lost() -> None:
    async def scene(desk: Scene) -> None:
        await desk.pilot.press("down", "down", "enter")
        await desk.settle()
        rows = desk.app.desk.board.parts.mine
        assert [given["card"].no for _name, given in desk.app.opened] == [rows[2].no]

    play(scene)


def test_a_digit_opens_its_act_and_a_closed_one_says_why() -> None:
    async def scene(desk: Scene) -> None:
        await desk.press("2")
        assert desk.app.opened[-1][1]["verb"] == "call"
        count = len(desk.app.opened)
        await desk.press("1")
        assert len(desk.app.opened) == count
        assert "先“告知网格长”" in desk.text("keys")

    play(scene)


@pytest.mark.soak
def test_full_width_digits_and_signs_do_the_same() -> None:
    async def scene(desk: Scene) -> None:
        await desk.press("２")
        await desk.press("＊")
        await desk.press("＋")
        await desk.press("、")
        opened = [(name, given.get("verb")) for name, given in desk.app.opened]
        assert opened == [
            ("act", "call"),
            ("act", "call"),
            ("register", None),
            ("search", None),
        ]

    play(scene)


@pytest.mark.soak
def test_the_call_card_opens_on_whoever_must_be_rung_next() -> None:
    async def scene(desk: Scene) -> None:
        await desk.press("*")
        assert desk.app.opened[-1][1]["given"] == {"party": "城管何勇"}

    play(scene)


@pytest.mark.soak
def test_zero_goes_through_what_needs_me_from_the_top_and_round() -> None:
    async def scene(desk: Scene) -> None:
        queue, mine = desk.app.desk.queue, desk.app.desk.board.parts.mine
        await desk.press("end")
        seen = []
        for _ in range(len(mine) + 1):
            await desk.press("0")
            seen.append(queue.selected)
        assert seen == [row.no for row in mine] + [mine[0].no]

    play(scene, cases=12)


@pytest.mark.soak
def test_han_characters_open_the_command_bar_and_none_is_lost() -> None:
    async def scene(desk: Scene) -> None:
        for character in "派仓场":
            desk.app.screen.post_message(events.Key(character, character))
        await struck(desk.app)
        assert desk.app.opened == [
            ("command", {"text": "派仓场", "selected": desk.app.desk.card.no})
        ]

    play(scene)


@pytest.mark.soak
def test_a_paste_is_recognised_with_all_its_lines() -> None:
    async def scene(desk: Scene) -> None:
        desk.app.screen.post_message(events.Paste("工单号 1\n迎园路 2 号"))
        await desk.settle()
        assert desk.app.opened == [("paste", {"text": "工单号 1\n迎园路 2 号"})]

    play(scene)


def test_the_point_acknowledges_everything_and_says_how_many() -> None:
    async def scene(desk: Scene) -> None:
        await desk.tick()
        unseen = sum(alarm.unseen for alarm in desk.app.alarms)
        assert unseen > 0
        await desk.press(".")
        assert desk.text("keys").strip() == f"已确认 {unseen} 条告警；再按 . 十分钟后再响"
        assert not any(alarm.unseen for alarm in desk.app.alarms)

    play(scene)


def test_an_alarm_rings_once_and_a_seen_one_stays_quiet() -> None:
    async def scene(desk: Scene) -> None:
        await desk.tick()
        rung = desk.app.bells
        assert rung == 1
        await desk.tick()
        await desk.tick()
        assert desk.app.bells == rung

    play(scene)
