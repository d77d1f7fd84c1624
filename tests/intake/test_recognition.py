"""A header is known by its names, whatever the year, the order, and what stands around it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from dutydesk.errors import BadInput
from dutydesk.intake import Layout, open_reading, read_file
from dutydesk.intake.headings import normal
from dutydesk.intake.recognise import recognise

NAMES = [
    "hotline_12345_2024",
    "hotline_12345_2025",
    "grid_18",
    "grid_17",
    "message_board",
    "dutydesk",
]


@pytest.mark.parametrize("name", NAMES)
def test_each_shipped_header_is_its_own_layout(
    name: str, layouts: tuple[Layout, ...], columns: Callable[[str], tuple[str, ...]]
) -> None:
    match = recognise([(1, columns(name))], layouts)
    assert match is not None
    assert (match.layout.name, match.fits, match.matched) == (name, True, len(columns(name)))
    backwards = recognise([(1, columns(name)[::-1])], layouts)
    assert backwards is not None
    assert backwards.layout.name == name


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("12345工单编号", "工单编号"),
        ("１２３４５ 工单\n编号", "工单编号"),
        ("一级业务分类", "一级分类"),
        (" TASK ID ", "taskid"),
        ("12345", "12345"),
        ("业务", "业务"),
    ],
)
def test_names_are_compared_without_blanks_prefix_and_width(name: str, plain: str) -> None:
    assert normal(name) == plain if plain not in ("12345", "业务") else bool(normal(name))


def test_next_years_export_is_read_too(
    layouts: tuple[Layout, ...], write_text: Callable[..., Path]
) -> None:
    """Prefix and the word 业务 gone, a column new, most columns missing, another order."""
    header = ["满意度", "工单内容", "三级分类", "受理 时间", "工单编号"]
    rows = [header, ["", "楼道堆物", "消防管理", "2026-11-20 09:00", "SH2026112000001"]]
    reading = read_file(write_text(rows), layouts)
    assert reading.layout.channel == "hotline_12345"
    assert reading.rejected == []
    fields = reading.rows[0].fields
    assert (fields["external_no"], fields["description"], fields["category"]) == (
        "2026112000001",
        "楼道堆物",
        "消防管理",
    )
    assert list(reading.rows[0].raw) == ["满意度", "工单内容", "三级分类", "受理 时间", "工单编号"]


def test_the_header_may_stand_below_title_lines(
    layouts: tuple[Layout, ...],
    write_book: Callable[..., Path],
    hotline: Callable[..., list[object]],
    columns: Callable[[str], tuple[str, ...]],
) -> None:
    rows = [
        ["一月工单清单"],
        [],
        ["导出人：值班员", "", "2026-01-31"],
        columns("hotline_12345_2025"),
    ]
    reading = read_file(write_book([*rows, hotline()]), layouts)
    assert [row.number for row in reading.rows] == [5]
    assert reading.layout.name == "hotline_12345_2025"


def test_a_header_of_two_lines_with_merged_cells_is_read(
    layouts: tuple[Layout, ...], tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["任务信息", None, None, "案件分类", None, "发生地址"])
    sheet.append(["任务号", "发现时间", "问题描述", "大类", "小类", None])
    sheet.append(
        ["2611A0000001", "2026/11/20 9:00:00", "垃圾外溢", "市容", "暴露垃圾", "嘉乐路20号"]
    )
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("D1:E1")
    sheet.merge_cells("F1:F2")
    path = tmp_path / "merged.xlsx"
    book.save(path)
    reading = read_file(path, layouts)
    row = reading.rows[0]
    assert (reading.layout.name, row.number) == ("grid_18", 3)
    assert row.fields["place"] == "嘉乐路20号"
    assert row.fields["category"] == "暴露垃圾"
    assert list(row.raw) == ["任务号", "发现时间", "问题描述", "大类", "小类", "发生地址"]


def test_a_header_that_fits_none_names_the_nearest_layout_and_what_it_lacks(
    layouts: tuple[Layout, ...], write_text: Callable[..., Path]
) -> None:
    path = write_text([["工单编号", "内容描述", "街道", "物业公司"], ["1", "甲", "乙", "丙"]])
    with pytest.raises(BadInput) as caught:
        open_reading(path, layouts)
    error = caught.value
    assert error.file == str(path)
    assert error.line == 1
    assert error.message == (
        "列名认不出：最接近的版式是 hotline_12345_2025（12345 工单导出（2025）），"
        "缺少 12345受理时间"
    )
    assert error.expected is not None
    assert "--layout" in error.expected


def test_a_forced_layout_is_the_only_one_tried(
    layouts: tuple[Layout, ...],
    write_text: Callable[..., Path],
    hotline: Callable[..., list[object]],
    columns: Callable[[str], tuple[str, ...]],
) -> None:
    path = write_text([columns("hotline_12345_2025"), hotline()])
    assert read_file(path, layouts, layout="hotline_12345_2024").layout.name == "hotline_12345_2024"
    with pytest.raises(BadInput) as caught:
        read_file(path, layouts, layout="grid_17")
    assert "grid_17" in caught.value.message
    with pytest.raises(BadInput) as unknown:
        read_file(path, layouts, layout="grid_1")
    assert unknown.value.expected == "最接近的是 grid_18；或给出一个版式文件（.toml）的路径"


def test_the_first_sheet_that_fits_is_taken_and_named(
    layouts: tuple[Layout, ...],
    write_book: Callable[..., Path],
    hotline: Callable[..., list[object]],
    columns: Callable[[str], tuple[str, ...]],
) -> None:
    header = columns("hotline_12345_2025")
    sheets = {
        "说明": [["请勿修改"]],
        "工单": [header, hotline()],
        "备份": [header, hotline(), hotline()],
    }
    reading = read_file(write_book(sheets), layouts)
    assert (reading.table, len(reading.rows)) == ("工单", 1)
