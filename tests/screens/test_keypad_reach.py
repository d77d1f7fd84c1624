"""The keypad alone reaches every screen and every command, and leads back; its twins count."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from forms_stage import Stage, play
from keypad import SIGNS, keypad
from sampled import sampled
from textual import events
from textual.binding import Binding
from textual.keys import _character_to_key
from textual.screen import Screen

from dutydesk import screens
from dutydesk.screens.command import numbers
from dutydesk.screens.command.entries import SCREENS
from dutydesk.screens.keys import narrow
from dutydesk.screens.openers import OPENS
from dutydesk.screens.page_menu import HELP, ways
from dutydesk.screens.parts.beyond import KEYPAD, second_ways
from dutydesk.screens.parts.dialog import Framed
from dutydesk.views.card import Card

NOT_IN_MENU = frozenset(
    (
        *("act", "bundle", "bundle-menu", "case", "palette", "paste", "page-menu"),
        *("ladder", "shelve", "alarm-history"),
    )
)
"""Opened by an act's own number, a paste, 29, the menu's own keys, or the list of the alarms."""
MARK = "33"


async def by_menu(desk: Stage, number: str) -> None:
    """`//`, a number, Enter."""
    await keypad(desk, "/", "/")
    assert desk.form == "Palette"
    await keypad(desk, *number, "enter")


OUT = {"CaseScreen": "0", "CallCard": "*/", "ImportScreen": "*"}
"""The keys that lead to the menu of a screen where strokes alone do not."""


async def back(desk: Stage) -> None:
    """Back to the desk: strokes to the screen's menu, whose Enter leads back."""
    for _turn in range(6):
        if desk.form == "DeskScreen":
            return
        if desk.form == "PageMenu":
            await keypad(desk, "enter")
            continue
        name = desk.form
        for key in OUT.get(name, "/" * 12):
            if desk.form == name:
                await keypad(desk, key)
    raise AssertionError(f"no way back from {desk.form}")


def worked(desk: Stage) -> str:
    no = desk.linkage()
    desk.app.gateway.pulse(desk.app)
    return no


@pytest.mark.parametrize(
    "name", sampled([name for _l, _k, name, _w in SCREENS if name in OPENS], (0,))
)
def test_every_screen_of_the_menu_is_reached_and_left_by_the_keypad(name: str) -> None:
    async def scene(desk: Stage) -> None:
        await desk.select(worked(desk))
        await by_menu(desk, numbers.SCREENS[name])
        assert desk.form not in ("DeskScreen", "Palette", "SearchScreen") or name == "search"
        await back(desk)

    play(scene)


@pytest.mark.soak
def test_what_the_desk_does_itself_is_in_the_menu_too() -> None:
    async def scene(desk: Stage) -> None:
        no = worked(desk)
        await desk.select(no)
        await by_menu(desk, numbers.SCREENS["case"])
        assert desk.form == "CaseScreen"
        await back(desk)
        await by_menu(desk, numbers.SCREENS["roll-call"])
        assert desk.app.desk.duty.calling
        await by_menu(desk, numbers.SCREENS["back"])
        assert not desk.app.desk.duty.calling
        await by_menu(desk, MARK)
        assert list(desk.app.desk.marks) == [no]
        await by_menu(desk, numbers.SCREENS["back"])
        assert not desk.app.desk.marks

    play(scene)


def test_the_roll_call_shows_its_keys_and_goes_on_and_ends_by_the_keypad() -> None:
    async def scene(desk: Stage) -> None:
        worked(desk)
        await desk.press("right")
        assert desk.sees("* 下一位   0 结束点名")
        at = desk.app.desk.duty.cursor
        await desk.press("asterisk")
        assert (desk.form, desk.app.desk.duty.cursor) == ("DeskScreen", at + 1)
        await desk.press("0")
        assert not desk.app.desk.duty.calling
        assert desk.sees("0 下一件")

    play(scene, size=(80, 24))


def test_every_screen_that_opens_has_its_number_or_its_own_way() -> None:
    named = {name for _label, _key, name, _words in SCREENS}
    assert set(OPENS) - named - NOT_IN_MENU == set()
    assert named <= set(numbers.SCREENS)


def test_every_entry_of_the_menu_has_a_number_of_its_own_that_leads_to_it() -> None:
    async def scene(desk: Stage) -> None:
        await desk.select(worked(desk))
        await keypad(desk, "/", "/")
        every = desk.screen.all
        found = [entry.number for entry in every]
        assert all(number.isdigit() for number in found)
        assert len(set(found)) == len(found)
        for number in found:
            desk.screen.query_one("LineEntry").value = number
            await desk.settle()
            assert desk.screen.listing.item.number == number

    play(scene)


def test_the_numbers_of_the_menu_never_change() -> None:
    assert numbers.SCREENS == {
        "search": "11", "register": "12", "command": "13", "filters": "14", "import": "15",
        "contacts": "16", "incoming": "17", "promises": "18", "inspect": "19", "handover": "20",
        "outbox": "38", "logins": "39", "sample": "40",
        "writebacks": "21", "papers": "22", "files": "23", "leaving": "24", "late": "25",
        "bundles": "26", "acknowledge": "27", "help": "28", "case": "29", "standing": "30",
        "note": "31", "roll-call": "32", "mark": "33", "back": "34", "reread": "35",
        "quit": "36", "alarms": "37", "forecast": "10",
    }  # fmt: skip


def test_two_strokes_at_once_are_the_menu_and_a_third_and_fourth_lose_nothing() -> None:
    async def scene(desk: Stage) -> None:
        await desk.pilot.press("slash", "slash")
        await desk.settle()
        assert desk.form == "Palette"
        await keypad(desk, "/")
        assert desk.form == "PageMenu"
        await keypad(desk, "/")
        assert desk.form == "Palette"

    play(scene)


@pytest.mark.soak
def test_one_stroke_too_many_in_a_form_keeps_what_was_typed() -> None:
    async def scene(desk: Stage) -> None:
        await desk.open("note", desk.register())
        await desk.type("物业说")
        await keypad(desk, "*", "/", "/")
        assert desk.form == "PageMenu"
        await keypad(desk, "0")
        assert desk.screen.sheet.rows["text"].entry.text == "物业说"
        await keypad(desk, "/", "enter")
        assert desk.form == "DeskScreen"

    play(scene)


def kinds() -> list[type[Screen[Any]]]:
    """Every screen there is."""
    for module in walk_packages(screens.__path__, "dutydesk.screens."):
        import_module(module.name)
    found, left = [], [Screen]
    while left:
        for kind in left.pop().__subclasses__():
            left.append(kind)
            if kind.__module__.startswith("dutydesk.screens"):
                found.append(kind)
    return sorted(set(found), key=lambda kind: kind.__qualname__)


def bound(kind: type[Screen[Any]]) -> list[Binding]:
    """The bindings of a screen and of what it is made of, one key each."""
    merged = kind._merge_bindings()
    return [one for found in merged.key_to_bindings.values() for one in found]


def name_of(binding: Binding) -> str:
    return binding.action.partition("(")[0]


DESK_WAYS = {
    "move", "page", "edge", "case", "filter", "palette", "reread", "command", "open", "mark",
    "roll_call", "back", "help",
}  # fmt: skip
"""What has letters on the desk: the menu's numbers and the search reach each."""


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__qualname__)
def test_no_action_of_a_screen_has_letters_and_function_keys_only(kind: type[Screen[Any]]) -> None:
    bindings = [one for one in bound(kind) if not one.action.startswith(("app.", "screen."))]
    near = {name_of(one) for one in bindings if one.key in KEYPAD}
    far = {one.action: one for one in bindings if name_of(one) not in near}
    if issubclass(kind, Framed):
        # The menu of the screen holds back, help and everything that has a name; `*` and `/` step.
        unnamed = [a for a, one in far.items() if not one.description and not moves(a, bindings)]
        lost = [a for a in unnamed if a.partition("(")[0] != "step"]
    else:
        lost = [a for a in far if a.partition("(")[0] not in DESK_WAYS]
    assert lost == [] or kind.__module__.endswith(("parts.committed", "app"))


def moves(action: str, bindings: list[Binding]) -> bool:
    """Whether the same action has a name with another argument, as scrolling by lines has."""
    return any(name_of(o) == action.partition("(")[0] and o.description for o in bindings)


OPENED: tuple[tuple[str, Callable[[Stage, str], dict[str, Any]]], ...] = (
    ("search", lambda desk, no: {}),
    ("palette", lambda desk, no: {"selected": no}),
    ("command", lambda desk, no: {}),
    ("case", lambda desk, no: {"no": no}),
    ("act", lambda desk, no: {"verb": "convene", "card": desk.desk.read(Card(no)), "given": None}),
    ("act", lambda desk, no: {"verb": "call", "card": desk.desk.read(Card(no)), "given": None}),
    ("act", lambda desk, no: {"verb": "close", "card": desk.desk.read(Card(no)), "given": None}),
    ("register", lambda desk, no: {}),
    ("filters", lambda desk, no: {}),
    ("import", lambda desk, no: {}),
    ("contacts", lambda desk, no: {}),
    ("incoming", lambda desk, no: {}),
    ("inspect", lambda desk, no: {}),
    ("sample", lambda desk, no: {}),
    ("promises", lambda desk, no: {}),
    ("handover", lambda desk, no: {}),
    ("late", lambda desk, no: {}),
    ("leaving", lambda desk, no: {}),
    ("writebacks", lambda desk, no: {}),
    ("outbox", lambda desk, no: {}),
    ("logins", lambda desk, no: {}),
    ("papers", lambda desk, no: {"no": no}),
    ("files", lambda desk, no: {"no": no}),
    ("alarms", lambda desk, no: {}),
    ("forecast", lambda desk, no: {}),
    ("ladder", lambda desk, no: {"no": no}),
    ("shelve", lambda desk, no: {"no": no}),
)


@pytest.mark.parametrize(("name", "given"), sampled(OPENED, (3, 5, 9)))
def test_each_screen_is_left_by_the_keypad_and_its_menu_does_what_it_says(
    name: str, given: Callable[[Stage, str], dict[str, Any]]
) -> None:
    async def scene(desk: Stage) -> None:
        no = worked(desk)
        await desk.select(no)
        desk.app.open(name, **given(desk, no))
        await desk.settle()
        top = desk.screen
        assert isinstance(top, Framed)
        lines = ways(top)
        assert [way.key for way in lines[:1]] + [lines[-1].key] == ["Enter", HELP]
        assert len(lines) <= 10
        for label, action in second_ways(top):
            assert label
            assert callable(getattr(top, f"action_{action.partition('(')[0]}"))
        await back(desk)

    play(scene)


TWINS = {
    "/": "／、", "*": "＊×", "-": "－—", "+": "＋", ".": "．。",
    **{digit: chr(ord(digit) + 0xFEE0) for digit in "0123456789"},
}  # fmt: skip


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__qualname__)
def test_the_twins_of_every_bound_key_are_bound_to_the_same(kind: type[Screen[Any]]) -> None:
    actions = {one.key: one.action for one in bound(kind)}
    for sign, others in TWINS.items():
        action = actions.get(SIGNS.get(sign, sign))
        if action is not None:
            assert [actions.get(_character_to_key(other)) for other in others] == [
                action for _other in others
            ], sign


@pytest.mark.parametrize(("sign", "others"), TWINS.items())
def test_what_reads_keys_itself_reads_the_twins_as_their_key(sign: str, others: str) -> None:
    assert {narrow(other) for other in others} == {sign}


async def wide(desk: Stage, sign: str) -> None:
    """A full-width sign as an input method sends it: through every binding there is."""
    event = events.Key(_character_to_key(sign), sign)
    event.set_sender(desk.app)
    desk.app.post_message(event)
    await desk.settle()


@pytest.mark.soak
def test_the_menu_a_form_and_its_choices_are_worked_with_full_width_signs() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.select(no)
        for sign in "、／２１":
            await wide(desk, sign)
        await desk.press("enter")
        assert desk.form == "WritebackScreen"
        await wide(desk, "、")
        assert desk.form == "PageMenu"
        await desk.press("enter")
        await wide(desk, "×")
        assert desk.form == "CallCard"
        await wide(desk, "２")
        assert [call.outcome for call in desk.card(no).calls] == ["no_answer"]

    play(scene)
