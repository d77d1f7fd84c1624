"""Contacts come from a workbook with every row accounted for; leaving is on the record."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from desk_files import COMMANDER
from openpyxl import Workbook, load_workbook

from dutydesk.desk import Desk
from dutydesk.desk.contacts import Listed, export_contacts, import_contacts, shown
from dutydesk.errors import BadInput
from dutydesk.views.contacts import People

HEADER = ("单 位", "联系人", "手机号码", "备用电话", "所属网格", "类别")
ROWS = (
    ("嘉乐物业", "李建", "13800000201", "59990201", "嘉乐", "物业"),
    ("供水站", "值班", "59990211/13800000211", "", "", "供水"),
    ("燃气公司", "", "962777", "", "", "燃气"),
)


def written(path: Path, rows: Sequence[Sequence[object]] = ROWS) -> Path:
    """A list of contacts, a title above its header."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("某街道通讯录",), HEADER, *rows])
    return path


def counts(found: Listed) -> tuple[int, int, int, int]:
    return found.new, found.changed, found.unchanged, len(found.rejected)


def test_a_second_import_changes_what_the_file_says_otherwise(desk: Desk, tmp_path: Path) -> None:
    assert counts(import_contacts(desk, written(tmp_path / "1.csv"))) == (3, 0, 0, 0)
    again = [(*ROWS[0][:3], "59990299", *ROWS[0][4:]), *ROWS[1:]]
    found = import_contacts(desk, written(tmp_path / "2.csv", again))
    assert counts(found) == (0, 1, 2, 0)
    row = desk.read(People("嘉乐物业"))[0]
    assert (row.phone, row.alternate, row.grid) == ("138******0201", "******99", "嘉乐社区网格")
    assert row.contact is not None
    assert shown(desk, row.contact).alternate == "59990299"


def test_every_faulty_row_has_its_column_its_value_and_a_reason(desk: Desk, tmp_path: Path) -> None:
    rows = [
        *ROWS[:1],
        ROWS[0],
        ("", "", "13800000204"),
        ("环卫", "", "问前台"),
        ("绿化", "", "", "", "不存在的网格"),
        ("x" * 200, "", "13800000209"),
    ]
    found = import_contacts(desk, written(tmp_path / "bad.csv", rows))
    assert found.rows == 6
    assert counts(found) == (1, 0, 0, 5)
    told = [(one.row, one.column) for one in found.rejected]
    assert told == [(4, "单 位"), (5, "单 位"), (6, "手机号码"), (7, "所属网格"), (8, "单 位")]
    assert "问前台" in found.rejected[2].reason


def test_a_preview_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    found = import_contacts(desk, written(tmp_path / "1.csv"), dry_run=True)
    assert counts(found) == (3, 0, 0, 0)
    assert desk.read(People()) == ()


@pytest.mark.parametrize("formulas", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_a_merged_unit_counts_for_every_person_beside_it(
    desk: Desk, tmp_path: Path, formulas: bool
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("街道物业通讯录",),
        ("序号", "单位", "联系人", "手机号码", "所属网格"),
        (1, "嘉乐物业", "李建", "13800000201", "嘉乐"),
        (2, None, "王平", "13800000202", None),
        (3, None, "赵新", "13800000203", None),
        (4, "供水站", None, "59990211", None),
    ):
        sheet.append(row)
    if formulas:
        sheet["A6"] = "=ROW()-2"
    for cells in ("A1:E1", "B3:B5", "E3:E4", "B6:C6"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "merged.xlsx")
    found = import_contacts(desk, tmp_path / "merged.xlsx")
    assert counts(found) == (4, 0, 0, 0)
    people = {(row.unit, row.name, row.grid) for row in desk.read(People(""))}
    assert people >= {
        ("嘉乐物业", "李建", "嘉乐社区网格"),
        ("嘉乐物业", "王平", "嘉乐社区网格"),
        ("嘉乐物业", "赵新", None),
        ("供水站", "", None),
    }


def test_a_formula_and_a_cursor_stay_text_on_the_way_in_and_out(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER)
    sheet.append(("=1+1", "王\u202e清", 13800000205))
    book.save(tmp_path / "in.xlsx")
    found = import_contacts(desk, tmp_path / "in.xlsx")
    assert (counts(found), found.dropped_controls) == ((1, 0, 0, 0), 1)
    row = desk.read(People())[0]
    assert (row.unit, row.name, row.phone) == ("=1+1", "王清", "138******0205")
    out = tmp_path / "out.xlsx"
    assert export_contacts(desk, out, COMMANDER) == 1
    written_to = load_workbook(out)["dutydesk"]
    cells = [cell.value for cell in list(written_to.iter_rows())[1]]
    assert cells[:2] == ["'=1+1", "王清"]
    assert counts(import_contacts(desk, out)) == (0, 0, 1, 0)


def test_that_the_numbers_left_is_on_the_record(desk: Desk, tmp_path: Path) -> None:
    import_contacts(desk, written(tmp_path / "1.csv"))
    with desk.store.reading() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one()
    export_contacts(desk, tmp_path / "out.csv", COMMANDER)
    with desk.store.reading() as connection:
        row = connection.exec_driver_sql(
            "SELECT verb, data FROM event ORDER BY id DESC LIMIT 1"
        ).one()
        count = connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one()
    assert (count - before, row[0]) == (1, "reveal")
    assert "导出 3 条" in row[1]
    with pytest.raises(BadInput, match="文件已经在那里"):
        export_contacts(desk, tmp_path / "out.csv", COMMANDER)


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "单位,电话\n", ""])
def test_a_file_that_is_no_list_is_refused_whole(desk: Desk, tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput):
        import_contacts(desk, path)


@pytest.mark.parametrize(
    ("typed", "parties"),
    [
        ("jlwy", ["嘉乐物业 李建"]),
        ("lj", ["嘉乐物业 李建"]),
        ("gsz", ["供水站 值班"]),
        ("燃气", ["燃气公司"]),
        ("0211", ["供水站 值班"]),
        ("１３８００００", ["供水站 值班", "嘉乐物业 李建"]),
        ("嘉乐 物业", ["嘉乐物业 李建"]),
        ("没有", []),
    ],
)
def test_people_are_found_by_letters_han_digits_and_unit(
    desk: Desk, tmp_path: Path, typed: str, parties: list[str]
) -> None:
    import_contacts(desk, written(tmp_path / "1.csv"))
    assert [row.party for row in desk.read(People(typed))] == parties


def test_a_number_copied_from_a_chat_has_no_unseen_characters(desk: Desk, tmp_path: Path) -> None:
    rows = [("水务", "王\u200b一", "\u202d138\u200b0000\u20600001\u202c")]
    found = import_contacts(desk, written(tmp_path / "1.csv", rows))
    assert (counts(found), found.dropped_controls) == ((1, 0, 0, 0), 5)
    row = desk.read(People("王一"))[0]
    assert row.contact is not None
    assert shown(desk, row.contact).phone == "13800000001"
