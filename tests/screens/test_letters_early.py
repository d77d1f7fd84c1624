"""Pinyin letters are found at the start and at import: under a key nobody looks for any."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable

import pytest
from forms_stage import Stage
from quiet import struck
from test_call_card import called

from dutydesk.config.model import Person
from dutydesk.screens.forms.opening import warm_letters
from dutydesk.views import pinyin

SPARE = Person(name="欧阳未", posts=("station",), grid="嘉乐", office="消防站值班长")
"""Somebody of the roster who is not planned now, known by his office."""


@pytest.fixture
def looked_for(monkeypatch: pytest.MonkeyPatch) -> Callable[[Stage], list[str]]:
    """From here on pypinyin is gone; gives the names whose letters somebody looks for."""

    def close(desk: Stage) -> list[str]:
        found: list[str] = []

        def reader(plain: str) -> list[str]:
            found.append(plain)
            return []

        pinyin.initials.cache_clear()
        warm_letters(desk.app.gateway)
        monkeypatch.setitem(sys.modules, "pypinyin", None)
        monkeypatch.setattr(pinyin, "_reader", lambda: reader)
        return found

    return close


def playing(
    looked_for: Callable[[Stage], list[str]], keys: Callable[[Stage], Awaitable[None]]
) -> None:
    async def scene(desk: Stage) -> None:
        await desk.select(desk.linkage())
        plan = desk.desk.ground.plan
        plan.people = (*plan.people, SPARE)  # type: ignore[attr-defined]
        found = looked_for(desk)
        try:
            assert pinyin.initials("从未见过") == ""
            assert found == ["从未见过"], "the trap itself does not catch"
            found.clear()
            await keys(desk)
            assert found == []
        finally:
            pinyin.initials.cache_clear()

    called(scene)


def test_the_call_card_finds_a_contact_and_a_colleague_by_letters(
    looked_for: Callable[[Stage], list[str]],
) -> None:
    async def keys(desk: Stage) -> None:
        await desk.press("*", "j", "l", "y")
        await struck(desk.app)
        assert desk.form == "FindPerson"
        await desk.press("enter")
        assert desk.sees("嘉乐苑物业 李工")
        await desk.press("/", "l", "z", "x", "enter")
        assert desk.screen.ring.name == "陆知行"

    playing(looked_for, keys)


def test_the_contacts_are_found_by_letters_of_unit_and_name(
    looked_for: Callable[[Stage], list[str]],
) -> None:
    async def keys(desk: Stage) -> None:
        desk.app.open("contacts")
        await desk.settle()
        for letters, name in (
            ("rqqx", "燃气抢修"),
            ("dtwb", "电梯维保"),
            ("sl", "沈立"),
            ("xfz", "欧阳未"),
        ):
            desk.screen.query_one("LineEntry").value = ""
            await desk.press(*letters)
            assert desk.screen.listing.items[0].party.startswith(name)

    playing(looked_for, keys)
