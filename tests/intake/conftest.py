"""Files made from the layouts' real columns, with invented rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from dutydesk.intake import Layout, load_layouts

Rows = Iterable[Sequence[object]]


@pytest.fixture
def layouts() -> tuple[Layout, ...]:
    return load_layouts()


@pytest.fixture
def columns(layouts: tuple[Layout, ...]) -> Callable[[str], tuple[str, ...]]:
    """A shipped layout's own header."""
    by_name = {layout.name: layout for layout in layouts}
    return lambda name: by_name[name].columns


@pytest.fixture
def line(columns: Callable[[str], tuple[str, ...]]) -> Callable[..., list[object]]:
    """One row of a shipped layout from the cells that matter; the rest is empty."""

    def made(name: str, cells: Mapping[str, object]) -> list[object]:
        header = columns(name)
        assert set(cells) <= set(header)
        return [cells.get(column, "") for column in header]

    return made


@pytest.fixture
def write_text(tmp_path: Path) -> Callable[..., Path]:
    """A delimited text file."""

    def written(
        rows: Rows, name: str = "export.csv", delimiter: str = ",", encoding: str = "utf-8"
    ) -> Path:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter).writerows(rows)
        path = tmp_path / name
        path.write_bytes(out.getvalue().encode(encoding))
        return path

    return written


@pytest.fixture
def write_book(tmp_path: Path) -> Callable[..., Path]:
    """A workbook of one or more sheets."""

    def written(sheets: Mapping[str, Rows] | Rows, name: str = "export.xlsx") -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        named = sheets if isinstance(sheets, Mapping) else {"Sheet1": sheets}
        for title, rows in named.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        path = tmp_path / name
        book.save(path)
        return path

    return written


HOTLINE = {
    "12345工单编号": "SH20260130000001",
    "12345受理时间": "2026-01-30 00:00:00",
    "12345工单来源": "电话",
    "12345诉求地址": "嘉乐路20号",
    "12345内容描述": "小区门口堆放建筑垃圾",
    "街道": "新成路街道",
    "四级业务分类": "暴露垃圾",
}


@pytest.fixture
def hotline(line: Callable[..., list[object]]) -> Callable[..., list[object]]:
    """A good row of the hotline's export, with some cells changed."""

    def made(name: str = "hotline_12345_2025", **changed: object) -> list[object]:
        cells = HOTLINE | {_COLUMN[key]: value for key, value in changed.items()}
        return line(name, cells)

    return made


_COLUMN = {
    "number": "12345工单编号",
    "time": "12345受理时间",
    "text": "12345内容描述",
    "place": "12345诉求地址",
    "estate": "小区名称",
    "klass": "十四类",
}
