"""JSON lists and JSON lines: numbers kept as written, nested callers, broken lines by number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dutydesk.errors import BadInput
from dutydesk.intake import Layout, read_file

CASE = {
    "channel": "grid",
    "external_no": "2611A0000001",
    "reported_at": "2026-11-20T09:00:00+08:00",
    "place": "嘉乐路20号",
    "description": "暴露垃圾\x1b[31m \ud800",
    "caller": {"name": "张三", "phone": 13800001111},
    "key_work": ["创城", "防汛"],
    "urgent": False,
}


def dump(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    "wrap", ["[%s]", '{"rows": [%s]}', '{"total": 1, "data": {"list": [%s]}}', "%s"]
)
def test_a_list_of_objects_is_read_however_it_is_wrapped(
    layouts: tuple[Layout, ...], tmp_path: Path, wrap: str
) -> None:
    reading = read_file(dump(tmp_path / "x.json", wrap % json.dumps(CASE, indent=1)), layouts)
    row = reading.rows[0]
    assert (reading.layout.name, row.number) == ("dutydesk", 1)
    assert row.fields["caller"] == {"name": "张三", "phone": "13800001111"}
    assert row.fields["key_work"] == ("创城", "防汛")
    assert row.fields["urgent"] is False
    assert row.fields["description"] == "暴露垃圾"
    assert reading.dropped_controls == 6


def test_numbers_stay_as_they_are_written(layouts: tuple[Layout, ...], tmp_path: Path) -> None:
    rows = ",".join(
        f'{{"channel":"grid","external_no":{number},"reported_at":45681,"description":"甲"}}'
        for number in ("20261122000000123456", "20261122.0", "1.2E+11", '"2611E0000001"')
    )
    reading = read_file(dump(tmp_path / "x.json", f"[{rows}]"), layouts)
    assert [row.fields["external_no"] for row in reading.rows] == [
        "20261122000000123456",
        "20261122",
        "2611E0000001",
    ]
    assert [(entry.row, entry.value) for entry in reading.rejected] == [(3, "1.2E+11")]


def test_a_number_that_is_none_is_an_empty_cell(
    layouts: tuple[Layout, ...], tmp_path: Path
) -> None:
    text = json.dumps(
        [{**CASE, "place": float("nan")}, {**CASE, "external_no": "2", "description": float("inf")}]
    )
    reading = read_file(dump(tmp_path / "x.json", text), layouts)
    assert "place" not in reading.rows[0].fields
    assert [(each.row, each.column) for each in reading.rejected] == [(2, "description")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_broken_line_is_refused_with_its_number(
    layouts: tuple[Layout, ...], tmp_path: Path, encoding: str
) -> None:
    good = json.dumps(
        {key: CASE[key] for key in ("channel", "reported_at", "place")} | {"description": "垃圾"},
        ensure_ascii=False,
    )
    lines = [
        good[:-1] + ', "external_no": "1"}',
        '{"channel": "grid", ',
        "",
        "[1, 2]",
        good[:-1] + ', "external_no": "2", "category": "late key"}',
    ]
    reading = read_file(dump(tmp_path / "x.jsonl", "\n".join(lines), encoding), layouts)
    assert [row.number for row in reading.rows] == [1, 5]
    assert reading.rows[1].fields["category"] == "late key"
    assert [(entry.row, entry.reason.code) for entry in reading.rejected] == [
        (2, "line_broken"),
        (4, "no_row"),
    ]
    assert reading.rejected[0].value == '{"channel": "grid",'


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ('[{"a": 1},\n{"a": ', "JSON 写错了，或文件没有传完：Expecting value", 2),
        ("[]", "没有找到表头：前 10 行里没有列名", None),
        ('{"rows": []}', "JSON 里的列表是空的：没有可导入的行", None),
        ("[" * 60_000, "JSON 嵌套太深或数字太长，读不了", None),
        ('{"a": ' + "[" * 60_000, "JSON 嵌套太深或数字太长，读不了", None),
    ],
)
def test_a_document_without_rows_is_refused_plainly(
    layouts: tuple[Layout, ...], tmp_path: Path, text: str, message: str, line: int | None
) -> None:
    with pytest.raises(BadInput) as caught:
        read_file(dump(tmp_path / "x.json", text), layouts)
    assert caught.value.message.startswith(message)
    assert caught.value.line == line
