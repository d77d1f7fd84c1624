"""The input method is on: letters come as Han, nothing is lost and nothing fires wrongly."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
from forms_stage import Stage, play
from quiet import struck
from sampled import sampled
from test_paste_screens import paste
from textual.geometry import Offset

from dutydesk.screens.forms.opening import warm_letters
from dutydesk.views import pinyin
from dutydesk.views.queue import Queue

HAN = "可派城发人查登命筛导通来便督交回附离补确帮一二三四"
"""What the first candidate of each letter key may be."""
SCREENS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("case", {}), ("writebacks", {}), ("promises", {}), ("papers", {}), ("files", {}),
    ("leaving", {}), ("search", {}), ("palette", {}), ("command", {}), ("contacts", {}),
    ("late", {}), ("register", {}), ("import", {}), ("inspect", {}), ("filters", {}),
    ("handover", {}), ("incoming", {}),
)  # fmt: skip
ORDER = "工单编号：SH2611220001\n诉求地址：嘉乐小区北门\n诉求内容：绿化带暴露垃圾\n"


async def commit(desk: Stage, text: str) -> None:
    """A string that an input method commits: its characters at once."""
    await desk.pilot.press(*text)
    await struck(desk.app)


def verbs(desk: Stage) -> list[str]:
    rows = desk.desk.read(Queue())
    return [event.verb for row in rows for event in desk.card(row.no).events]


def held(desk: Stage) -> str:
    """Everything that fields and what is said hold on the screen on top."""
    fields = [getattr(w, "value", "") or getattr(w, "text", "") for w in desk.screen.query("*")]
    return " ".join(str(text) for text in fields) + "\n".join(desk.lines())


@pytest.mark.parametrize("letter", sampled(HAN, (0,)))
def test_a_committed_character_on_the_desk_opens_the_command_bar_with_it(letter: str) -> None:
    async def scene(desk: Stage) -> None:
        await desk.select(desk.register())
        await commit(desk, letter + "派")
        assert desk.form == "CommandBar"
        assert desk.screen.line.value == letter + "派"
        assert verbs(desk) == ["register"]

    play(scene)


@pytest.mark.parametrize(("name", "given"), sampled(SCREENS, (0, 7)))
def test_on_every_screen_a_committed_string_is_kept_and_no_act_is_done(
    name: str, given: dict[str, Any]
) -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.select(no)
        before = verbs(desk)
        more = {"no": no} if name in ("case", "papers", "files") else given
        desk.app.open(name, **more)
        await desk.settle()
        await commit(desk, "可叵")
        assert "可叵" in held(desk)
        assert [verb for verb in verbs(desk) if verb != "reveal"] == before

    play(scene)


@pytest.mark.parametrize(
    "verb", sampled(["convene", "call", "note", "reclassify", "confirm_response"], (1,))
)
def test_in_every_form_a_committed_string_is_kept_or_said(verb: str) -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.open(verb, no)
        before = [one for one in verbs(desk) if one != "reveal"]
        await commit(desk, "可叵")
        assert "可叵" in held(desk)
        assert [one for one in verbs(desk) if one != "reveal"] == before

    play(scene)


@pytest.mark.parametrize(
    "name",
    sampled(
        ["case", "papers", "files", "writebacks", "promises", "leaving", "filters", "palette"],
        (0,),
    ),
)
def test_a_paste_on_every_screen_without_a_text_field_opens_the_register_form(name: str) -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.select(no)
        more = {"no": no} if name in ("case", "papers", "files") else {}
        desk.app.open(name, **more)
        await desk.settle()
        if name == "palette":
            desk.screen.set_focus(None)
        await paste(desk, ORDER)
        assert desk.form in ("PastedForm", "PasteScreen")
        assert desk.sees("嘉乐小区北门")

    play(scene)


@pytest.mark.soak
def test_the_candidates_open_at_the_last_line_of_the_desk_and_at_the_choices_of_a_form() -> None:
    async def scene(desk: Stage) -> None:
        await desk.select(desk.register())
        assert desk.app.cursor_position == Offset(1, desk.app.size.height - 1)
        await desk.press("enter")
        assert desk.app.focused is not None
        assert desk.app.cursor_position == desk.app.focused.region.offset
        await desk.press("escape")
        assert desk.app.cursor_position == Offset(1, desk.app.size.height - 1)

    play(scene)


@pytest.fixture
def letters_found(monkeypatch: pytest.MonkeyPatch) -> Callable[[Stage], None]:
    """Once the desk has found its letters, nothing may look for any."""

    def closed(plain: str) -> list[str]:
        raise AssertionError(f"the letters of {plain} are looked for under a key")

    def close(desk: Stage) -> None:
        warm_letters(desk.app.gateway)
        monkeypatch.setitem(sys.modules, "pypinyin", None)
        monkeypatch.setattr(pinyin, "_reader", lambda: closed)

    return close


@pytest.mark.soak
def test_every_picker_takes_letters_without_looking_for_any(
    letters_found: Callable[[Stage], None],
) -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register(channel="dept_linkage", description="两家店铺为门前空地起纠纷")
        community = desk.register()
        letters_found(desk)
        await desk.open("accept", no)
        await desk.press("c", "g", "*")
        assert desk.screen.sheet.rows["parties"].value == ["城管"]
        await desk.press("escape")
        await desk.open("accept", community)
        desk.screen.sheet.rows["grid"].take_focus()
        await desk.press("c", "c", "*")
        assert desk.screen.sheet.rows["grid"].value == "仓场社区网格"
        await desk.press("escape")
        desk.app.open("command")
        await desk.settle()
        await desk.press("s", "l", "space", *"0001")
        assert desk.screen.view.head.verb == "accept"

    play(scene)


def test_the_menu_finds_its_letters_when_it_opens_and_none_under_a_key(
    letters_found: Callable[[Stage], None],
) -> None:
    async def scene(desk: Stage) -> None:
        await desk.select(desk.register())
        desk.app.open("palette", selected=None)
        await desk.settle()
        letters_found(desk)
        await desk.press("j", "j", "b")
        assert desk.screen.listing.item.number == "20"

    play(scene)
