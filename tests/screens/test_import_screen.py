"""Importing on screen: nothing before the preview, each refused row named, a batch taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from opened import Seat, sit
from shift import ME, mid_shift

from dutydesk.screens.command.listing import Listing
from dutydesk.screens.import_parts import PathEntry, path_of
from dutydesk.views.batches import Batches, ChangedUnseen
from dutydesk.views.queue import Filters, Queue

ROWS = (
    {"channel": "walk_in", "external_no": "SM20261120001", "place": "迎园路 88 号",
     "description": "占道[/b]，电话13812345678"},
    {"channel": "hotline_12345", "external_no": "HL20261120077", "place": "仓场路 3 号",
     "description": "楼道堆物"},
    {"channel": "天外", "external_no": "TW1", "place": "仓场路 4 号", "description": "路灯不亮"},
    {"channel": "hotline_12345", "external_no": "", "place": "仓场路 9 号", "description": "噪声"},
)  # fmt: skip


def written(folder: Path, *rows: dict[str, str], name: str = "in put.jsonl") -> Path:
    """A file in dutydesk's own layout."""
    found = folder / name
    lines = [json.dumps({"reported_at": "2026-11-20 18:00:00", **row}) for row in rows]
    found.write_text("\n".join(lines), encoding="utf-8")
    return found


async def opened(seat: Seat, path: Path | str) -> None:
    seat.sitting.open("import")
    await seat.settle()
    seat.screen.query_one("#path", PathEntry).value = str(path)
    await seat.settle()


@pytest.mark.soak
def test_a_path_is_typed_with_all_its_strokes_and_dots() -> None:
    async def scenario(seat: Seat) -> None:
        seat.sitting.open("import")
        await seat.settle()
        await seat.type("/tmp/a.b/c?.csv")
        assert seat.screen.query_one("#path", PathEntry).value == "/tmp/a.b/c?.csv"
        await seat.press("*", "0")
        assert seat.screen.query_one("#path", PathEntry).value == "/tmp/a.b/c?.csv"

    sit(scenario)


async def preview(seat: Seat) -> None:
    await seat.press("enter")
    await seat.until(lambda: seat.screen.course.done is not None)


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("/tmp/a b.xlsx", "/tmp/a b.xlsx"),
        ("  '/tmp/a b.xlsx' ", "/tmp/a b.xlsx"),
        ("“/tmp/导出.csv”", "/tmp/导出.csv"),
        ("file:///tmp/%E5%AF%BC%20%E5%87%BA.csv", "/tmp/导 出.csv"),
        ("/tmp/a\\ b.csv", "/tmp/a b.csv"),
    ],
)
def test_a_path_comes_in_quotes_as_an_address_or_escaped(typed: str, path: str) -> None:
    assert path_of(typed) == path


def test_the_preview_counts_and_names_each_refused_row_and_writes_nothing(
    tmp_path: Path,
) -> None:
    async def scenario(seat: Seat) -> None:
        await opened(seat, written(tmp_path, *ROWS))
        await preview(seat)
        text = seat.text()
        assert "预览，未写入  格式 dutydesk" in text
        assert "共 4 行   新 2  变 0  同 0  拒 2" in text
        assert "第 3 行" in text
        assert "天外" in text
        assert "13812345678" not in text
        assert seat.alarm_seen
        assert len(seat.desk.read(Queue())) == 4
        await seat.press("escape")
        assert seat.name == "DeskScreen"
        assert seat.desk.read(Batches("import")) == ()

    sit(scenario, cases=4)


def test_a_second_enter_imports_and_f8_twice_takes_the_batch_back(tmp_path: Path) -> None:
    async def scenario(seat: Seat) -> None:
        await opened(seat, written(tmp_path, *ROWS))
        await preview(seat)
        await seat.press("enter")
        await seat.until(
            lambda: seat.screen.course.done is not None and not seat.screen.course.previewed
        )
        assert "已导入；按 F8 可撤回这一批" in seat.text()
        assert len(seat.desk.read(Queue())) == 6
        await seat.press("f8")
        assert "再按 F8 撤回批次" in seat.text()
        await seat.press("f8")
        await seat.until(lambda: "已撤回：撤回 2 件，还原 0 件" in seat.text())
        assert len(seat.desk.read(Queue())) == 4

    sit(scenario, cases=4)


@pytest.mark.soak
def test_what_changed_is_listed_until_somebody_looks(tmp_path: Path) -> None:
    shift = mid_shift(2)
    desk = shift.desk

    desk.import_file(written(tmp_path, ROWS[1]), by=ME)
    again = {**ROWS[1], "description": "楼道堆物，夜间更多"}
    desk.import_file(written(tmp_path, again, name="again.jsonl"), by=ME)
    [changed] = desk.read(ChangedUnseen())

    async def scenario(seat: Seat) -> None:
        seat.sitting.open("import")
        await seat.until(lambda: bool(seat.screen.query_one(Listing).items))
        assert "事由 楼道堆物 → 楼道堆物，夜间更多" in seat.text()
        await seat.press("down", "enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        await seat.until(lambda: desk.read(ChangedUnseen()) == ())
        assert seat.app.desk.queue.selected == changed.case

    sit(scenario, shift=shift, size=(116, 62))


def test_a_file_that_is_refused_whole_says_why_and_the_path_stays() -> None:
    async def scenario(seat: Seat) -> None:
        await opened(seat, "/nowhere/export.xlsx")
        await seat.press("enter")
        await seat.until(lambda: "没有这个文件" in seat.text())
        assert seat.screen.query_one("#path", PathEntry).value == "/nowhere/export.xlsx"
        assert seat.name == "ImportScreen"

    sit(scenario, cases=2)


@pytest.mark.soak
def test_the_clock_runs_and_the_store_answers_while_a_file_is_read(tmp_path: Path) -> None:
    many = [{**ROWS[1], "external_no": f"HL{n:08}"} for n in range(3000)]

    async def scenario(seat: Seat) -> None:
        await opened(seat, written(tmp_path, *many))
        answered: list[int] = []
        gateway, breathe = seat.app.gateway, seat.app.gateway.breathe

        def between() -> None:
            gateway.job(lambda desk: answered.append(desk.change_mark()), seat.app, "other")
            breathe()

        gateway.breathe = between  # type: ignore[method-assign]
        await preview(seat)
        assert seat.screen.course.done.rows == 3000
        assert len(answered) >= 5

    sit(scenario, cases=2)


def test_escape_stops_what_runs_and_says_how_far_it_came(tmp_path: Path) -> None:
    many = [{**ROWS[1], "external_no": f"HL{n:08}"} for n in range(4000)]

    async def scenario(seat: Seat) -> None:
        await opened(seat, written(tmp_path, *many))
        screen, gateway = seat.screen, seat.app.gateway

        def leave() -> None:
            gateway.breathe = lambda: None  # type: ignore[method-assign]
            seat.app.call_from_thread(screen.action_leave)

        gateway.breathe = leave  # type: ignore[method-assign]
        await seat.press("enter")
        await seat.until(lambda: seat.screen.course.done is not None)
        assert seat.screen.course.done.details["cancelled"] is True
        assert seat.screen.course.done.rows < 4000
        assert "已中途停止" in seat.text()
        assert seat.desk.read(Queue(Filters(channel="hotline_12345"))) == ()

    sit(scenario, cases=2)
