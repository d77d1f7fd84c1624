"""Text files: encodings, delimiters, quotes, and what a broken quote may cost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dutydesk.intake import Cancellation, Layout, Row, open_reading, read_file
from dutydesk.intake.readers.encoding import encoding_of

HEADER = ["工单编号", "受理时间", "内容描述", "诉求地址"]
ROW = ["SH2026112000001", "2026-11-20 09:00:00", "楼道堆物，请处理", "嘉乐路20号"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_every_encoding_and_delimiter_gives_the_same_row(
    layouts: tuple[Layout, ...], write_text: Callable[..., Path], encoding: str, delimiter: str
) -> None:
    reading = read_file(write_text([HEADER, ROW], "x.csv", delimiter, encoding), layouts)
    assert [list(row.raw.items()) for row in reading.rows] == [list(zip(HEADER, ROW, strict=True))]
    assert reading.dropped_controls == 0


def test_one_damaged_byte_does_not_change_the_encoding(
    layouts: tuple[Layout, ...], write_text: Callable[..., Path]
) -> None:
    path = write_text([HEADER, *([f"SH{n}", *ROW[1:]] for n in range(40))])
    path.write_bytes(path.read_bytes() + "SH99,2026-11-20,甲".encode() + b"\xff,\xe5\x98\n")
    assert encoding_of(path) == "utf-8"
    reading = read_file(path, layouts)
    assert reading.rows[-1].fields["description"] == "甲"
    assert reading.dropped_controls == 3


def test_a_row_is_numbered_by_the_line_on_which_it_begins(
    layouts: tuple[Layout, ...], write_text: Callable[..., Path]
) -> None:
    rows = [HEADER, ["1", ROW[1], "\n\t\t第一行\n第二行", ""], ["2", *ROW[1:]], ["2", *ROW[1:]]]
    reading = read_file(write_text(rows), layouts)
    assert [row.number for row in reading.rows] == [2, 5]
    assert [entry.row for entry in reading.rejected] == [6]
    assert reading.rows[0].fields["description"] == "第一行\n第二行"


def test_a_quote_that_never_closes_costs_its_own_line_only(
    layouts: tuple[Layout, ...], tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    lines = [
        ",".join(HEADER),
        '1,2026-11-20,"没有闭合,甲',
        "2,2026-11-20,好,乙",
        "3,2026-11-20,好,丙",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    reading = read_file(path, layouts)
    assert [row.fields["external_no"] for row in reading.rows] == ["2", "3"]
    assert [row.number for row in reading.rows] == [3, 4]
    refused = reading.rejected[0]
    assert (refused.row, refused.reason.code) == (2, "quote_open")
    assert refused.value == '1,2026-11-20,"没有闭合,甲'


def test_two_stray_quotes_do_not_swallow_the_lines_between_them(
    layouts: tuple[Layout, ...], tmp_path: Path
) -> None:
    path = tmp_path / "x.tsv"
    rows = [
        HEADER,
        ["1", "2026-11-20", '"甲', ""],
        ["2", *ROW[1:]],
        ["3", "2026-11-20", '"乙"丙', ""],
    ]
    path.write_text("".join("\t".join(row) + "\n" for row in [*rows, ["4", *ROW[1:]]]), "utf-8")
    reading = read_file(path, layouts)
    assert [row.fields["external_no"] for row in reading.rows] == ["2", "3", "4"]
    assert [(entry.row, entry.reason.code) for entry in reading.rejected] == [(2, "quote_open")]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_text_cut_off_anywhere_is_read_as_far_as_it_goes(
    layouts: tuple[Layout, ...], write_text: Callable[..., Path], encoding: str
) -> None:
    path = write_text([HEADER, ROW, ["2", "2026-11-20", "尾𠀀", "末"]], "x.csv", ",", encoding)
    whole = path.read_bytes()
    for cut in range(1, 24):
        path.write_bytes(whole[:-cut])
        reading = read_file(path, layouts)
        assert (reading.rows[0].number, len(reading.rows) + len(reading.rejected)) in {
            (2, 2),
            (2, 1),
        }


def test_a_row_with_a_stray_separator_is_refused_rather_than_shifted(
    layouts: tuple[Layout, ...], tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    lines = [",".join(HEADER), "1,2026-11-20,甲,乙,丙", "2,2026-11-20,甲", "3,2026-11-20,甲,乙,,"]
    path.write_text("\n".join(lines), encoding="utf-8")
    reading = read_file(path, layouts)
    assert [row.fields["external_no"] for row in reading.rows] == ["2", "3"]
    assert [entry.as_json() for entry in reading.rejected] == [
        {
            "row": 2,
            "column": None,
            "value": "丙",
            "reason": "这一行有 5 格，表头只有 4 列：文字里的分隔符要加引号",
            "also": [],
        }
    ]


def test_a_formula_is_text(layouts: tuple[Layout, ...], write_text: Callable[..., Path]) -> None:
    formula = '=HYPERLINK("http://example.invalid","点我")'
    reading = read_file(write_text([HEADER, ["1", "2026-11-20", formula, "=1+1"]]), layouts)
    assert reading.rows[0].fields["description"] == formula
    assert reading.rows[0].fields["place"] == "=1+1"


def test_progress_is_told_and_cancelling_stops_the_reading(
    layouts: tuple[Layout, ...], write_text: Callable[..., Path]
) -> None:
    path = write_text([HEADER, *([str(n), *ROW[1:]] for n in range(2600))])
    told: list[tuple[int, float | None]] = []
    read_file(path, layouts, progress=lambda rows, part: told.append((rows, part)))
    assert [rows for rows, _part in told] == [500, 1000, 1500, 2000, 2500, 2600]
    parts = [part for _rows, part in told if part is not None]
    assert (parts, parts[-1], len(parts)) == (sorted(parts), 1.0, 6)

    taken: list[object] = []
    reading = open_reading(path, layouts, cancelled=lambda: len(taken) >= 900)
    with pytest.raises(Cancellation, match="已取消读取"):
        taken.extend(_each(reading, taken))
    assert len(taken) == 999
    assert all(isinstance(row, Row) for row in taken)


def _each(reading: object, taken: list[object]) -> list[object]:
    for row in reading:  # type: ignore[attr-defined]
        taken.append(row)
    return []
