"""The leaving list: closings first, worked from the top with Enter, saved as the night sheet."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from forms_stage import NOW, Stage, play
from shift import ME

from dutydesk.bootstrap import memory_desk
from dutydesk.reports.night_sheet import night_sheet
from dutydesk.views.leaving import Leaving
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.time.zone import parse_instant

CHECKS = ("complete", "law", "summary", "photos", "wording")


def reviewed(stage: Stage, ago: float, **more: object) -> str:
    """A community case whose result is in: it waits for its closing."""
    no = stage.register(**more)
    stage.act("accept", no, **{"as": "community", "grid": "嘉乐"})
    stage.act("dispatch", no, station="嘉乐", due=NOW + timedelta(hours=20))
    stage.act("file_result", no, party="嘉乐社区网格", text="已清理")
    return no


async def opened(stage: Stage) -> None:
    await stage.press("f7")
    await stage.settle()
    assert stage.form == "LeavingScreen"


def kinds(stage: Stage) -> list[tuple[str, str]]:
    return [(row.kind, row.tail) for row in stage.desk.read(Leaving()).rows]


def test_closings_come_first_then_by_due_then_owed_promised_unreached() -> None:
    async def scene(stage: Stage) -> None:
        urgent = stage.linkage("urgent")
        closing = reviewed(stage, 60)
        hotline = stage.register(channel="hotline_12345", external_no="H-1")
        stage.act("accept", hotline, **{"as": "community"}, grid="嘉乐")
        stage.act("call", urgent, party="公安", outcome="no_answer")
        soon, later = NOW + timedelta(hours=1), NOW + timedelta(days=9)
        stage.act("note", None, text="回张先生电话", remind_at=soon)
        stage.act("note", None, text="下周再问", remind_at=later)
        found = kinds(stage)
        assert found[0] == ("closing", closing[-4:])
        assert [kind for kind, _tail in found] == [
            "closing", "due", "due", "owed", "promised", "unreached",
        ]  # fmt: skip
        assert found[1] == ("due", urgent[-4:])
        assert found[3] == ("owed", hotline[-4:])
        stage.keys = 0
        await opened(stage)
        assert stage.sees("开班前到期 3 件")
        assert stage.sees("待回填 1，答应的 1，没联系上 1")
        assert not stage.sees("下周再问")

    play(scene)


@pytest.mark.soak
def test_it_is_worked_from_the_top_with_enter_and_goes_on_by_itself() -> None:
    async def scene(stage: Stage) -> None:
        first, second = stage.register(), stage.register()
        stage.act("note", None, text="回张先生电话", remind_at=NOW + timedelta(hours=1))
        await opened(stage)
        assert stage.screen.listing.item.case == first
        # The next act of the case; accepted, it falls due later and the cursor goes on.
        await stage.press("enter", "enter")
        assert stage.form == "LeavingScreen"
        assert stage.card(first).state != "received"
        assert stage.screen.listing.item.case == second
        # A form that is left does nothing, and the cursor stays.
        await stage.press("enter", "escape")
        assert stage.form == "LeavingScreen"
        assert stage.screen.listing.item.case == second

    play(scene)


def test_a_closing_stays_under_the_keys_until_it_is_closed() -> None:
    async def scene(stage: Stage) -> None:
        no = reviewed(stage, 60)
        stage.register()
        await opened(stage)
        await stage.press("enter")
        # What is done first about it changes the line; the closing is still to do.
        stage.act("contact_citizen", no, outcome="reached")
        await stage.press("escape")
        await stage.settle()
        assert stage.screen.listing.item.case == no

    play(scene)


@pytest.mark.soak
def test_a_promise_is_settled_and_an_entry_of_the_ledger_is_opened_at_its_place() -> None:
    async def scene(stage: Stage) -> None:
        for number in ("H-1", "H-2"):
            no = stage.register(channel="hotline_12345", external_no=number)
            stage.act("accept", no, **{"as": "community"}, grid="嘉乐")
        stage.act("note", None, text="回张先生电话", remind_at=NOW + timedelta(hours=1))
        await opened(stage)
        listing = stage.screen.listing
        places = [row.kind for row in listing.items]
        listing.move(places.index("owed") + 1)
        await stage.press("enter")
        assert stage.form == "WritebackScreen"
        assert stage.screen.entry.external_no == "H-2"
        await stage.press("escape")
        listing.move(9)
        await stage.press("enter")
        assert stage.form == "ActForm"
        await stage.press("enter")
        assert stage.form == "LeavingScreen"
        assert "promised" not in [row.kind for row in listing.items]

    play(scene)


def test_digits_choose_and_the_sheet_is_saved_masked_and_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    async def scene(stage: Stage) -> None:
        numbers = [stage.register(description=f"有人来电 13800000001 第 {n} 件") for n in range(3)]
        await opened(stage)
        await stage.press("3")
        assert stage.screen.listing.item.case == numbers[2]
        await stage.press("＋" if stage.form else "")
        (file,) = (tmp_path / "dutydesk").glob("night-*.txt")
        text = file.read_text(encoding="utf-8")
        assert all(no in text for no in numbers)
        assert "13800000001" not in text
        assert stage.sees("夜间单已写到")
        assert night_sheet(stage.desk.read(Leaving()), "甲", drill=True).startswith("【演练】")

    play(scene)


def test_nothing_left_is_said() -> None:
    async def scene(stage: Stage) -> None:
        await opened(stage)
        assert stage.sees("没有留下要办的")
        await stage.press("enter", "5", "asterisk")
        assert stage.form == "LeavingScreen"
        # The stroke before the first line is the way back of a keypad.
        await stage.press("slash", "enter")
        assert stage.form == "DeskScreen"

    play(scene)


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-20T10:00", "2026-11-23T08:30"),  # Friday in the morning
        ("2026-11-20T23:50", "2026-11-23T08:30"),  # Friday night
        ("2026-11-19T19:00", "2026-11-20T08:30"),  # at closing
        ("2026-11-20T03:00", "2026-11-20T08:30"),  # at night: the same morning
        ("2026-09-30T18:30", "2026-10-08T08:30"),  # before the holidays
        ("2026-09-19T18:30", "2026-09-20T08:30"),  # before a Sunday that is worked
    ],
)
def test_it_reaches_to_the_next_opening_whatever_day_that_is(moment: str, opening: str) -> None:
    now, until = parse_instant(f"{moment}+08:00"), parse_instant(f"{opening}+08:00")
    desk = memory_desk(now)
    for text, at in (("前", until - timedelta(minutes=1)), ("后", until + timedelta(minutes=1))):
        desk.execute(Act("note", ME, now, now, None, {"text": text, "remind_at": at}))
    found = desk.read(Leaving())
    assert found.until == until
    assert [row.what for row in found.rows] == ["前"]
    assert (found.running, found.due, found.red) == (0, 0, 0)


@pytest.mark.soak
def test_three_hundred_lines_are_reached_by_page_and_digit() -> None:
    async def scene(stage: Stage) -> None:
        for number in range(300):
            stage.register(place=f"嘉乐路{number}号")
        await opened(stage)
        screen = stage.screen
        assert stage.sees("开班前到期 300 件")
        await stage.press(*["pagedown"] * 40)
        assert screen.listing.cursor == 299
        assert stage.sees("嘉乐路299号")
        await stage.press("1")
        assert screen.listing.cursor == screen.listing.top
        assert stage.lines()[screen.listing.region.y].lstrip("│").startswith("▌1")
        last = screen.listing.item
        await stage.press("enter")
        assert stage.form not in ("LeavingScreen", "DeskScreen")
        assert stage.screen.scene.card.no == last.case
        await stage.press("escape")
        assert screen.listing.item == last

    play(scene)
