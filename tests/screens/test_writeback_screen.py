"""The ledger on the screen: keys of the pad copy the page field by field, and the next ticks."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from forms_stage import NOW, Stage, play
from sampled import sampled

from dutydesk.desk.writebacks import tick
from dutydesk.screens.writeback_lines import OwedLines
from dutydesk.views.writebacks import Owed, OwedCount
from dutydesk.workflow.cases.model import Actor


def hotline(desk: Stage, number: str, **more: object) -> str:
    no = desk.register(channel="hotline_12345", external_no=number, **more)
    desk.act("accept", no, **{"as": "community"}, grid="嘉乐")
    return no


async def opened(desk: Stage) -> None:
    """Open the ledger and wait until it is read and painted: a digit means what is seen."""
    desk.app.sitting.open("writebacks")
    await desk.until(lambda: desk.form == "WritebackScreen" and desk.sees("回执号"))
    await desk.until(lambda: not desk.sees("正在读取"))
    desk.keys = 0


def owed(desk: Stage) -> list[tuple[str, str]]:
    return [(row.external_no, row.what) for row in desk.desk.read(Owed()).rows]


@pytest.mark.clause("X-7.1.1")
def test_enter_copies_field_after_field_and_then_ticks() -> None:
    async def scene(desk: Stage) -> None:
        hotline(desk, "H-1")
        await opened(desk)
        await desk.press("enter", "enter", "enter")
        assert desk.copied == ["H-1", "嘉乐社区网格", "2026-11-20 18:57"]
        assert desk.sees("已复制受理时间“2026-11-20 18:57”")
        assert owed(desk) == [("H-1", "accept")]
        await desk.press("enter")
        assert owed(desk) == []
        assert desk.sees("都已回填")

    play(scene)


def test_one_key_copies_the_page_and_the_next_ticks_with_the_receipt() -> None:
    async def scene(desk: Stage) -> None:
        no = hotline(desk, "H-1")
        hotline(desk, "H-2")
        await opened(desk)
        await desk.press("minus")
        await desk.type("HZ-778")
        await desk.press("escape", "plus")
        assert desk.copied[0].startswith("工单编号：H-1\n承办单位：嘉乐社区网格\n受理时间：")
        assert desk.sees("贴好按 Enter：已回填")
        await desk.press("enter")
        assert owed(desk) == [("H-2", "accept")]
        assert desk.card(no).events[-1].verb == "write_back"
        assert "HZ-778" in desk.card(no).events[-1].line + str(desk.card(no).events[-1])
        # The next is selected, with an empty receipt.
        assert desk.screen.entry.external_no == "H-2"
        assert desk.screen.receipt.value == ""

    play(scene)


@pytest.mark.soak
def test_digits_choose_and_full_width_twins_count() -> None:
    async def scene(desk: Stage) -> None:
        for number in ("H-1", "H-2", "H-3"):
            hotline(desk, number)
        await opened(desk)
        await desk.press("3")
        assert desk.screen.entry.external_no == "H-3"
        await desk.press("asterisk")
        assert desk.screen.entry.external_no == "H-1"
        await desk.press("2", "slash")
        assert desk.screen.entry.external_no == "H-1"
        await desk.press("3", "＋", "０")
        assert owed(desk) == [("H-1", "accept"), ("H-2", "accept")]

    play(scene)


def test_another_seat_that_ticked_first_is_named() -> None:
    async def scene(desk: Stage) -> None:
        hotline(desk, "H-1")
        await opened(desk)
        entry = desk.screen.entry
        tick(desk.desk, [entry.id], Actor("night_desk", "邵平"))
        await desk.press("0")
        assert desk.sees("街道值班 邵平 在")
        assert desk.sees("已经回填过这一条")

    play(scene)


def test_what_another_seat_enters_while_it_is_copied_here_is_said() -> None:
    async def scene(desk: Stage) -> None:
        for number in ("H-1", "H-2"):
            hotline(desk, number)
        await opened(desk)
        await desk.press("enter")
        tick(desk.desk, [desk.screen.entry.id], Actor("night_desk", "邵平"))
        desk.screen.reread()
        await desk.settle()
        assert desk.sees("这一条已在别处回填")
        assert (desk.screen.entry.external_no, desk.screen.copied) == ("H-2", 0)

    play(scene)


@pytest.mark.soak
def test_whose_result_is_missing_stands_in_the_list_without_a_digit() -> None:
    async def scene(desk: Stage) -> None:
        no = hotline(desk, "H-1")
        desk.act("dispatch", no, station="嘉乐", due=NOW + timedelta(hours=3))
        await opened(desk)
        assert desk.sees("待回填 1 · 等结果 1")
        assert desk.sees("等 嘉乐社区网格")
        assert desk.screen.query_one(OwedLines).digit(2) is None

    play(scene)


def test_a_page_goes_into_a_file_and_a_folder_that_takes_none_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def scene(desk: Stage) -> None:
        hotline(desk, "H-1")
        await opened(desk)
        await desk.press("f4")
        [file] = list(folder.glob("*.txt"))
        assert file.read_text(encoding="utf-8").startswith("工单编号：H-1\n")
        assert desk.sees("已存到")
        monkeypatch.setattr("dutydesk.screens.parts.copying.user_data_path", lambda *_a, **_k: file)
        await desk.press("f4")
        assert desk.sees("✗ 文件写不了")
        assert owed(desk) == [("H-1", "accept")]

    folder = tmp_path
    monkeypatch.setattr("dutydesk.screens.parts.copying.user_data_path", lambda *_a, **_k: folder)
    play(scene)


@pytest.mark.soak
def test_the_header_counts_and_b_opens_the_ledger() -> None:
    async def scene(desk: Stage) -> None:
        hotline(desk, "H-1")
        desk.clock.advance(seconds=1)
        desk.app.desk.reread()
        await desk.settle()
        assert desk.sees("回填 1")
        for key in ("b", "f6"):
            await desk.press(key)
            assert type(desk.screen).__name__ == "WritebackScreen"
            await desk.press("escape")

    play(scene)


@pytest.mark.parametrize("size", sampled([(80, 24), (116, 62)], (1,), whole=True))
def test_the_handover_sheet_names_the_oldest_and_all_where_there_is_room(
    size: tuple[int, int],
) -> None:
    async def scene(desk: Stage) -> None:
        for number in range(5):
            hotline(desk, f"H-{number}")
        desk.clock.advance(seconds=int(timedelta(minutes=3).total_seconds()))
        desk.app.sitting.open("handover")
        await desk.settle()
        assert desk.desk.read(OwedCount()) == 5
        assert desk.sees("待回填 5")
        named = [number for number in range(5) if desk.sees(f"H-{number}")]
        assert named == (list(range(5)) if size[1] > 24 else [0, 1, 2])
        assert desk.sees("共：12345热线 5") is (size[1] == 24)

    play(scene, size=size)


def test_nothing_owed_answers_every_key_with_nothing() -> None:
    async def scene(desk: Stage) -> None:
        desk.register()
        await opened(desk)
        await desk.press("enter", "plus", "0", "f4", "f5", "1", "asterisk")
        assert desk.copied == []
        assert desk.sees("都已回填")

    play(scene)


@pytest.mark.soak
def test_a_receipt_stays_with_the_entry_for_which_it_was_typed() -> None:
    async def scene(desk: Stage) -> None:
        first, second = hotline(desk, "H-1"), hotline(desk, "H-2")
        await opened(desk)
        await desk.press("minus")
        await desk.type("HZ-778")
        await desk.press("escape", "2")
        assert (desk.screen.entry.case, desk.screen.receipt.value) == (second, "")
        await desk.press("0")
        assert "receipt" not in desk.card(second).events[-1].data
        assert (desk.screen.entry.case, desk.screen.receipt.value) == (first, "HZ-778")
        await desk.press("0")
        assert desk.card(first).events[-1].data["receipt"] == "HZ-778"

    play(scene)


@pytest.mark.parametrize("page", sampled(["writebacks", "handover"], (0,)))
def test_a_case_of_another_day_is_named_with_its_day(page: str) -> None:
    async def scene(desk: Stage) -> None:
        no = hotline(desk, "H-1")
        desk.clock.advance(minutes=24 * 60)
        desk.app._second()
        desk.app.sitting.open(page)
        await desk.settle()
        assert desk.sees(no[-6:])
        assert no[-6:-4] == f"{NOW:%d}"

    play(scene)
