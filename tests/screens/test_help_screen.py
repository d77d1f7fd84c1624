"""Help from the real keys, at every size, with the digits of the selected case."""

from __future__ import annotations

import pytest
from opened import Seat, sit

from dutydesk.screens.help import Words, tidy
from dutydesk.screens.parts.paint import plain


def test_the_keys_are_those_of_the_screen_that_asked() -> None:
    async def scenario(seat: Seat) -> None:
        await seat.press("question_mark")
        assert seat.name == "HelpScreen"
        text = seat.text()
        assert "1–9" in text
        assert "下一件该我办的" in text
        assert seat.alarm_seen

    sit(scenario)


def test_a_key_that_is_looked_at_for_the_menu_first_is_still_named_by_what_it_does() -> None:
    async def scenario(seat: Seat) -> None:
        await seat.press("left")
        assert seat.name == "CaseScreen"
        await seat.press("question_mark")
        shown = [line.split() for line in seat.lines()]
        assert ["│", "/", "附件", "│"] in shown
        assert ["│", "*", "电话", "│"] in shown

    sit(scenario)


@pytest.mark.soak
def test_help_of_a_dialog_shows_the_keys_of_the_dialog() -> None:
    async def scenario(seat: Seat) -> None:
        seat.sitting.open("filters")
        await seat.settle()
        await seat.press("f1")
        await seat.until(lambda: seat.name == "HelpScreen")
        assert "下一件该我办的" not in seat.text()
        await seat.press("escape")
        assert seat.name == "FilterScreen"

    sit(scenario)


def test_every_line_can_be_reached_at_80_by_24_with_the_keypad() -> None:
    async def scenario(seat: Seat) -> None:
        await seat.press("question_mark")
        words = seat.screen.query_one(Words)
        every = [plain(line) for line in words.all(words.size.width)]
        seen: list[str] = []
        for _page in range(20):
            shown = [plain(line) for line in words.lines(*words.size)]
            seen += [line for line in shown if line not in seen]
            if not words.left:
                break
            await seat.press("asterisk")
        assert set(every) == set(seen)
        joined = "\n".join(every)
        card = seat.app.desk.card
        assert card is not None
        for act in card.acts:
            assert act.key is None or act.label in joined
        for said in ("超时：时限已过", "将超时", "-7", "明1400", "协 1123 14:30 迎园路口"):
            assert said in joined

    sit(scenario)


def test_one_line_per_thing_with_the_keys_as_they_are_written() -> None:
    pairs = [
        ("1", "办理"), ("１", "办理"), *((str(n), "办理") for n in range(2, 10)),
        ("f2", "筛选"), ("f", "筛选"), ("colon", "命令行"), ("fullwidth_colon", "命令行"),
        ("ctrl+c", "Copy selected text"), ("ctrl+q", "Quit"), ("escape", "返回"),
        ("up", ""), ("shift+left", "Move cursor left and select"),
    ]  # fmt: skip
    assert tidy(pairs) == [
        ("1–9", "办理"), ("F2 f", "筛选"), (":", "命令行"), ("Ctrl+Q", "退出"), ("Esc", "返回"),
    ]  # fmt: skip
