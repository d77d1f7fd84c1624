"""An Enter typed ahead after a case has ended opens nothing of the case that took its place."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from forms_stage import NOW, Stage, play

from dutydesk.screens.desk import settling


async def closed(desk: Stage) -> str:
    """Close a case that owes no platform anything, by its form; gives the other case."""
    other = desk.register(place="迎园路 8 号", upstream_due=NOW + timedelta(days=2))
    no = desk.register(upstream_due=NOW + timedelta(days=2))
    desk.act("accept", no, **{"as": "community"}, grid="嘉乐")
    desk.act("dispatch", no, station="嘉乐")
    desk.act("file_result", no, text="已清运", completed_at=NOW)
    await desk.select(no)
    await desk.press("enter", "enter", "1", "2", "3", "4", "5", "enter")
    assert desk.card(no).state == "closed"
    assert desk.form == "DeskScreen"
    assert desk.app.desk.queue.selected == other
    return other


@pytest.mark.soak
def test_enter_after_signing_opens_no_form_until_the_next_case_was_seen_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settling, "SETTLE_S", 5.0)

    async def scene(desk: Stage) -> None:
        await closed(desk)
        await desk.press("enter", "enter")
        assert desk.form == "DeskScreen"
        assert desk.sees("看清后再按 Enter")
        await desk.press("0", "enter")  # moved by hand: looked at
        assert desk.form == "ActForm"

    play(scene)


@pytest.mark.soak
def test_a_moment_later_enter_is_the_next_cases_own() -> None:
    async def scene(desk: Stage) -> None:
        await closed(desk)
        await asyncio.sleep(settling.SETTLE_S + 0.3)
        await desk.press("enter")
        assert desk.form == "ActForm"

    play(scene)


def test_keys_before_the_store_is_open_open_nothing_and_a_text_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scene(desk: Stage) -> None:
        with monkeypatch.context() as early:
            early.setattr(type(desk.app.gateway), "ready", property(lambda _gateway: False))
            desk.app.sitting.open_act("note")
            desk.app.sitting.open("palette", selected=None)
            desk.app.sitting.open_command("派")
        assert desk.form == "DeskScreen"
        await desk.until(lambda: desk.form == "CommandBar")

    play(scene)
