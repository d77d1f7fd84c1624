"""Two strokes on a call card are its menu, whichever way they are typed, and lose nothing."""

from __future__ import annotations

from typing import Any

import pytest
from forms_stage import Stage, play
from keypad import keypad


async def ringing(desk: Stage) -> None:
    await desk.select(desk.linkage())
    await keypad(desk, "*")
    assert desk.form == "CallCard"


def menu_of(desk: Stage) -> str:
    """Of which screen the menu is that stands on top."""
    assert desk.form == "PageMenu"
    below: Any = desk.app.screen_stack[-2]
    return type(below).__name__


@pytest.mark.parametrize("keys", ["//", "*/"])
def test_both_ways_open_the_menu_of_the_card_whose_enter_leaves_it(keys: str) -> None:
    async def scene(desk: Stage) -> None:
        await ringing(desk)
        await keypad(desk, *keys)
        assert menu_of(desk) == "CallCard"
        await keypad(desk, "enter")
        assert desk.form == "DeskScreen"

    play(scene)


def test_strokes_typed_at_once_lead_to_the_same_menu() -> None:
    async def scene(desk: Stage) -> None:
        await ringing(desk)
        await desk.pilot.press("slash", "slash")
        await desk.settle()
        assert menu_of(desk) == "CallCard"
        await keypad(desk, "0")
        assert desk.form == "CallCard"

    play(scene)


def test_a_name_that_is_being_looked_for_is_not_lost_to_a_stroke() -> None:
    async def scene(desk: Stage) -> None:
        await ringing(desk)
        await keypad(desk, "/")
        await desk.type("zyp")
        await keypad(desk, "/")
        assert menu_of(desk) == "FindPerson"
        await keypad(desk, "0")
        assert desk.screen.typed == "zyp"

    play(scene)


@pytest.mark.soak
def test_the_card_for_several_cases_opens_its_menu_by_one_stroke() -> None:
    async def scene(desk: Stage) -> None:
        first, second = desk.linkage(), desk.linkage()
        desk.app.desk.mark([first, second])
        await desk.settle()
        await keypad(desk, "*")
        assert desk.form == "BundleCall"
        await keypad(desk, "/")
        assert menu_of(desk) == "BundleCall"
        await keypad(desk, "enter")
        assert desk.form == "DeskScreen"

    play(scene)
