"""`dutydesk matters`: a case standards table in, again, in its next edition, and on a case."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from cli_call import Call

from dutydesk.config.procedures import load

HEAD = (
    "大类代码",
    "大类名称",
    "小类代码",
    "小类名称",
    "立案条件",
    "结案条件",
    "处置时限",
    "法律依据",
)
ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("DUTYDESK_SHARED") or ROOT.parent / "shared") / "data" / "limits"

BAOSHAN, FIRST = (load(name).rule for name in ("baoshan", "xinchenglu"))

Lines = list[tuple[object, ...]]


def workbook(path: Path, sheets: dict[str, Lines], merged: dict[str, list[str]]) -> None:
    """A workbook as such tables are kept: a title over the header, classes in merged cells."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append(["某某区立案、结案标准（虚构）"])
        sheet.merge_cells("A1:H1")
        sheet.append(list(HEAD))
        for line in lines:
            sheet.append(list(line))
        for cells in merged.get(name, ()):
            sheet.merge_cells(cells)
    book.save(path)


PARTS: Lines = [
    (1, "公用设施", 1, "试验井盖", "缺失", "恢复", "2紧急工作时", "试行办法第三条"),
    (None, None, None, None, "破损", "更换", "3天", None),
    (None, None, "02", "试验路灯", "不亮", "修复", "５个 工作日", None),
]
EVENTS: Lines = [("01", "市容", "01", "试验堆物", "占道堆放", "清除", "2紧急工作日", None)]
MERGED = {"部件": ["A3:A5", "B3:B5", "C3:C4", "D3:D4", "H3:H4"]}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "标准.xlsx"
    workbook(path, {"部件": PARTS, "事件": EVENTS}, MERGED)
    return path


@pytest.fixture
def street(call: Call) -> Call:
    """A desk of the street whose limits stand per matter."""
    assert call("--database", "desk.sqlite3", "init", "--procedure", "baoshan").code == 0
    return call


def registered(street: Call, matter: str) -> str:
    answer = street(
        *("do", "-", "register", "--by", "street_centre", "--set", "channel=wechat_public"),
        *("--set", "place=试验路1号", "--set", "description=井盖缺失", "--set", "urgency=ordinary"),
        *("--set", f"matter={matter}"),
    )
    assert answer.code == 0, answer.err
    up = ("report_up", "--by", "street_centre", "--set", "reason=无力处置")
    assert street("do", answer.json["case"], *up).code == 0
    return str(answer.json["case"])


def dispatched(street: Call, case: str, *more: str) -> Any:
    answer = street(
        *("do", case, "dispatch", "--by", "street_centre", "--set", "lead=城建科"),
        *("--set", "level=street", *more),
    )
    return answer


def disposing(call: Call, case: str) -> dict[str, Any]:
    """What is frozen on the clock of the disposal."""
    found = call("case", case, "--json").json["clocks"]
    (clock,) = [clock for clock in found if clock["clock"] == "dispose"]
    return {name: clock[name] for name in ("limit", "rule", "due_at")}


def test_a_table_comes_in_with_merged_cells_and_says_what_it_cannot_read(
    street: Call, table: Path
) -> None:
    seen = street("matters", "load", table, "--dry-run", "--json").json
    assert (seen["applied"], seen["edition"], len(seen["added"])) == (False, 0, 3)
    assert "还没有装入" in street("matters", "list").out
    found = street("matters", "load", table, "--json")
    assert (found.code, found.json["rows"], found.json["edition"]) == (1, 4, 1)
    refused = found.json["rejected"][0]
    assert (refused["sheet"], refused["row"], refused["column"]) == ("事件", 3, "处置时限")
    assert refused["value"] == "2紧急工作日"
    assert "第 6 个字符处" in refused["reason"]
    assert "2紧急工作时 | 2 urgent hours" in refused["reason"]
    listed = street("matters", "list", "--json").json["matters"]
    assert [(m["code"], m["small"], m["limit"], m["basis"]) for m in listed] == [
        ("部件0101-1", "试验井盖", "2紧急工作时", "试行办法第三条"),
        ("部件0101-2", "试验井盖", "3天", "试行办法第三条"),
        ("部件0102-1", "试验路灯", "５个 工作日", ""),
    ]
    assert street("matters", "show", "没有这个").code == 2


def test_the_same_file_changes_nothing_and_the_next_edition_says_what_it_changes(
    street: Call, table: Path
) -> None:
    street("matters", "load", table)
    again = street("matters", "load", table, "--json").json
    assert (again["added"], again["changed"], again["unchanged"]) == ([], [], 3)
    assert (again["applied"], again["edition"], again["not_in_file"]) == (False, 1, [])
    changed = [(*PARTS[0][:6], "4小时", "试行办法第三条"), *PARTS[1:2]]
    workbook(table, {"部件": [*changed, (*PARTS[2][:4], "杆斜", "扶正", "7天", None)]}, MERGED)
    said = street("matters", "load", table)
    assert "部件0101-1 试验井盖  时限：2紧急工作时 → 4小时" in said.out
    assert "文件里没有的 1 条，照旧保留" in said.out
    assert "现在是第 2 版" in said.out
    codes = [m["code"] for m in street("matters", "list", "--json").json["matters"]]
    assert codes == ["部件0101-1", "部件0101-2", "部件0102-1", "部件0102-2"]
    worse = [(*PARTS[0][:6], "尽快", "试行办法第三条"), *PARTS[1:2]]
    workbook(table, {"部件": worse}, MERGED)
    kept = street("matters", "load", table, "--json").json
    assert (kept["edition"], len(kept["rejected"])) == (2, 1)
    assert kept["not_in_file"] == ["部件0102-1", "部件0102-2"]
    past = street("matters", "show", "部件0101-1", "--json").json["matters"][0]["history"]
    assert [(row["edition"], row["added"]) for row in past] == [(1, True), (2, False)]
    assert past[1]["changed"] == [{"field": "limit", "old": "2紧急工作时", "new": "4小时"}]


@pytest.mark.clause("B-3.4.3.2")
def test_a_case_has_the_limit_of_its_matter_frozen_with_the_edition(
    street: Call, table: Path
) -> None:
    street("matters", "load", table)
    case = registered(street, "部件0101-1")
    sent = dispatched(street, case)
    assert sent.code == 0, sent.err
    clock = disposing(street, case)
    assert (clock["limit"], clock["rule"]) == ("2 h", f"{BAOSHAN} matters/1")
    workbook(table, {"部件": [(*PARTS[0][:6], "4小时", None)]}, {})
    assert "第 2 版" in street("matters", "load", table).out
    assert disposing(street, case) == clock


def test_a_limit_that_the_table_leaves_open_is_asked_and_one_that_is_given_stands(
    street: Call, table: Path
) -> None:
    street("matters", "load", table)
    case = registered(street, "试验井盖")
    asked = dispatched(street, case, "--set", "matter=试验井盖")
    assert (asked.code, "limit" in asked.err or "时限" in asked.err) == (1, True)
    unknown = dispatched(street, case, "--set", "matter=别的事", "--set", "limit=6小时")
    assert unknown.code == 0, unknown.err
    clock = disposing(street, case)
    assert (clock["limit"], clock["rule"]) == ("6 h", BAOSHAN)


def test_the_procedure_says_that_its_list_is_loaded(street: Call, table: Path) -> None:
    def slot() -> dict[str, Any]:
        shown = street("procedure", "show", "baoshan", "--json").json["slots"]
        return next(each for each in shown if each["code"] == "matters")

    assert (slot()["supplied"], "edition" in slot()) == (False, False)
    assert street("matters", "load", table, "--json").json["edition"] == 1
    assert (slot()["supplied"], slot()["edition"], slot()["count"]) == (True, 1, 3)
    text = street("procedure", "show", "baoshan").out
    assert "已装入，第 1 版，3 条" in text
    assert "dutydesk matters load 文件" not in text


@pytest.mark.clause("X-9.1")
def test_a_new_edition_moves_open_cases_only_by_its_list_with_a_reason(
    street: Call, table: Path, tmp_path: Path
) -> None:
    assert street("matters", "load", table, "--json").json["cases"] == 0
    case, other = registered(street, "部件0102-1"), registered(street, "部件0102-1")
    assert dispatched(street, case).code == 0
    assert dispatched(street, other, "--set", "limit=3天").code == 0
    before = disposing(street, case)
    second = tmp_path / "第二版.xlsx"
    longer = [*PARTS[:2], (None, None, "02", "试验路灯", "不亮", "修复", "9个工作日", None)]
    workbook(second, {"部件": longer, "事件": EVENTS}, MERGED)
    tried = street("matters", "load", second, "--dry-run", "--json").json
    loaded = street("matters", "load", second, "--json").json
    assert (tried["cases"], loaded["cases"]) == (1, 1)
    assert tried["clocks"] == loaded["clocks"]
    assert disposing(street, case)["due_at"] == before["due_at"]
    (listed,) = street("matters", "redate", "--json").json["clocks"]
    assert (listed["case"], listed["new_rule"]) == (case, f"{BAOSHAN} matters/2")
    assert street("calendar", "redate", "--json").json["cases"] == 0
    assert street("matters", "redate", "--yes").code == 2
    assert street("matters", "redate", "--yes", "--reason", "新表施行", "--json").json["applied"]
    after = disposing(street, case)
    assert (after["due_at"], after["rule"]) == (listed["would_be"], f"{BAOSHAN} matters/2")
    assert after["due_at"] > before["due_at"]
    assert disposing(street, other)["limit"] == "3 natural days"
    assert street("procedure", "redate", "--json").json["cases"] == 0


def test_the_first_street_dispatches_by_the_table_where_upstream_says_nothing(
    desk: Call, one: str, table: Path
) -> None:
    rows: Lines = [("01", "市容", "01", "暴露垃圾", "暴露", "清除", "4小时", "试行办法第五条")]
    workbook(table, {"事件": rows}, {})
    take = ("do", one, "accept", "--by", "commander", "--set", "as=community", "--set", "grid=嘉乐")
    assert desk(*take).code == 0
    send = ("do", one, "dispatch", "--by", "commander", "--set", "station=嘉乐")
    assert desk(*send).code == 1
    assert desk("matters", "load", table).code == 0
    sent = desk(*send)
    assert sent.code == 0, sent.err
    clock = disposing(desk, one)
    assert (clock["limit"], clock["rule"]) == ("4 h", f"{FIRST} matters/1")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared tables are not here")
@pytest.mark.parametrize(
    ("file", "rows", "refused"), [("muban.xlsx", 519, 5), ("case_standards_yuncheng.csv", 522, 8)]
)
def test_a_citys_table_comes_in_whole(street: Call, file: str, rows: int, refused: int) -> None:
    found = street("matters", "load", SHARED / file, "--json").json
    assert (found["rows"], len(found["rejected"]), len(found["added"])) == (rows, refused, 514)
    again = street("matters", "load", SHARED / file, "--json").json
    assert (again["unchanged"], again["edition"]) == (514, 1)
