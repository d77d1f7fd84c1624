"""The key line says where `/` opens the menu of a screen, and only there."""

from __future__ import annotations

import pytest
from forms_stage import Stage, play
from sampled import sampled

from dutydesk import i18n, text
from dutydesk.screens.keys import FORM_HINTS, MENU_HINT, KeyHint, menu_hints
from dutydesk.screens.openers import screen_class
from dutydesk.screens.parts.key_line import keys_line
from dutydesk.screens.parts.paint import plain


def test_the_menu_takes_the_place_of_its_key_or_stands_before_help() -> None:
    assert [hint.key for hint in menu_hints(FORM_HINTS)] == ["Enter", "Esc", "/", "?"]
    back = (KeyHint("/", "上一项"), KeyHint("Esc", "返回"))
    assert menu_hints(back) == (MENU_HINT, back[1])


def test_the_menu_and_help_stay_where_other_keys_fall_off() -> None:
    long = tuple(KeyHint(str(n), "很长的一个说明") for n in range(9))
    line = keys_line(menu_hints((*long, KeyHint("?", "帮助"))), 80)
    assert plain(line).rstrip().endswith("/ 菜单  ? 帮助")
    assert text.width(plain(line)) == 80


@pytest.mark.parametrize("width", [72, 80])
def test_the_way_back_stays_short_where_other_keys_fall_off(width: int) -> None:
    long = tuple(KeyHint(str(n), "很长的一个说明") for n in range(9))
    for at in (1, 9):
        hints = (*long[:at], KeyHint("Esc", "离开（留稿）"), *long[at:], KeyHint("?", "帮助"))
        line = plain(keys_line(menu_hints(hints), width))
        assert text.width(line) == width
        assert line.startswith(" 0 很长的一个说明  ")
        assert "  Esc 返回  " in line
        assert line.rstrip().endswith("/ 菜单  ? 帮助")
    assert "Esc 离开（留稿）" in plain(keys_line((*hints[:1], hints[9]), width))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_line_of_keys_hides_the_way_back_on_the_smallest_terminal(language: str) -> None:
    i18n.use(language)
    shown = 0
    for name in ("case", "files", "filters", "handover", "import", "late", "leaving", "palette",
                 "papers", "promises", "search", "writebacks"):  # fmt: skip
        hints = getattr(screen_class(name), "hints")  # noqa: B009
        line = plain(keys_line(menu_hints(hints), 80))
        assert "Esc " in line, name
        assert text.width(line) == 80
        shown += 1
    assert shown == 12


@pytest.mark.parametrize("width", sampled([80, 116], (0,)))
def test_a_form_says_where_the_stroke_opens_its_menu(width: int) -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register()
        await desk.open("accept", no)
        assert ("/ 菜单" in desk.lines()[-1]) is desk.screen.at_first()
        while not desk.screen.at_first():
            await desk.press("/")
        assert "/ 菜单" in desk.lines()[-1]
        await desk.press("*")
        assert "/ 菜单" not in desk.lines()[-1]
        assert text.width(desk.lines()[-1]) == width
        await desk.press("/", "/")
        assert desk.form == "PageMenu"
        assert "/ 菜单" not in desk.lines()[-1]

    play(scene, size=(width, 24 if width == 80 else 62))
