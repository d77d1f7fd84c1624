"""`dutydesk categories`: a tree in, changed, and what that leaves on cases."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from cli_call import Call

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("DUTYDESK_SHARED") or ROOT.parent / "shared") / "data"
TREE = """一级代码,一级分类,代码,名称,停用
01,试验环境,0101,暴露垃圾,
01,试验环境,0102,积水,
02,试验秩序,0201,占道,
"""


def keep(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return name


def card(call: Call, case: str) -> dict[str, Any]:
    found = call("case", case, "--json").json
    names = ("category", "category_code", "category_key", "category_known")
    return {name: found[name] for name in names}


@pytest.mark.clause("X-7.1.3")
def test_the_key_fields_stand_there_and_a_tree_is_put_under_them(
    desk: Call, tmp_path: Path
) -> None:
    shipped = desk("categories", "list", "--json").json["categories"]
    assert [(c["name"], c["key"]) for c in shipped] == [
        ("生态环境", True),
        ("安全生产", True),
        ("市容监控", True),
    ]
    more = keep(tmp_path, "m.csv", "代码,名称,上级代码\n0301,试验排污,生态环境\n0302,无处,没有的\n")
    found = desk("categories", "load", more, "--json")
    assert (found.code, found.json["added"]) == (1, ["0301"])
    assert found.json["rejected"][0]["reason"] == "没有这个上级类目"
    one = desk("categories", "show", "试验排污", "--json").json
    assert (one["path"], one["key_field"]) == (["生态环境", "试验排污"], "生态环境")
    assert "  0301  试验排污" in desk("categories", "list").out
    assert desk("categories", "show", "无处").code == 2


@pytest.mark.clause("X-7.1.3")
def test_a_case_keeps_its_code_when_the_tree_changes(desk: Call, one: str, tmp_path: Path) -> None:
    assert card(desk, one)["category_known"] is True
    assert desk("categories", "load", keep(tmp_path, "t.csv", TREE)).code == 0
    correct = ("correct", "--by", "commander", "--set", "event=1", "--set", "field=category")
    said = ("--set", "value=积水", "--set", "reason=记错了")
    assert desk("do", one, *correct, *said).code == 0
    before = {"category": "积水", "category_code": "0102", "category_key": None}
    assert card(desk, one) == {**before, "category_known": True}
    renamed = TREE.replace("0102,积水,", "0102,道路积水,").replace("0201,占道,", "0201,占道,是")
    changed = desk("categories", "load", keep(tmp_path, "t.csv", renamed), "--json").json
    assert [(c["code"], c["field"]) for c in changed["changed"]] == [
        ("0102", "name"),
        ("0201", "retired"),
    ]
    assert card(desk, one) == {**before, "category_known": True}
    past = desk("categories", "show", "0102", "--json").json["history"]
    assert [row["edition"] for row in past] == [1, 2]
    same = desk("categories", "load", "t.csv", "--json").json
    assert (same["applied"], same["edition"], same["not_in_file"]) == (False, 2, [])


def test_an_imports_own_code_is_kept_and_told_where_the_tree_lacks_it(
    desk: Call, tmp_path: Path
) -> None:
    desk("categories", "load", keep(tmp_path, "t.csv", TREE))
    head = "任务号,上报时间,问题描述,地点,小类名称\n"
    rows = "A1,2026-11-20 09:00,甲,嘉乐路1号,0101\nA2,2026-11-20 09:00,乙,嘉乐路2号,X-77\n"
    (tmp_path / "i.csv").write_text(head + rows, encoding="utf-8-sig")
    found = desk("import", "i.csv", "--layout", "grid_18", "--json")
    assert found.json["new"] == 2, found.out
    first, second = (
        next(row["no"] for row in desk("cases", "--json").lines if row["external_no"] == number)
        for number in ("A1", "A2")
    )
    assert (card(desk, first)["category_code"], card(desk, first)["category"]) == ("0101", "0101")
    assert card(desk, second) == {
        **{"category": "X-77", "category_code": None},
        **{"category_key": None, "category_known": False},
    }


@pytest.mark.clause("B-2.3.3", "K-2.2.2", "J-10.2")
def test_domains_and_lists_of_a_procedure_stand_in_its_tree(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    def named(procedure: str) -> list[str]:
        settings = tmp_path / procedure
        settings.mkdir()
        monkeypatch.chdir(settings)
        assert call("--database", "desk.sqlite3", "init", "--procedure", procedure).code == 0
        return [c["name"] for c in call("categories", "list", "--json").json["categories"]]

    ten = named("baoshan")
    assert (len(ten), ten[2:4]) == (10, ["应急管理", "城市管理"])
    assert named("hongkou") == ["城市管理", "社区治安"]
    rows = "".join(f"新增,试验小类{number}\n" for number in range(31))
    keep(tmp_path, "31.csv", "类别,事项\n" + rows)
    fill = ("procedure", "fill", "jinshan", "minor_categories")
    assert call(*fill, tmp_path / "31.csv").code == 0
    assert named("jinshan")[-1] == "试验小类30"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared trees are not here")
@pytest.mark.parametrize(
    ("file", "rows", "refused"),
    [
        ("taxonomies/db44t2479_2024_12345_categories.csv", 515, 1),
        pytest.param(
            *("taxonomies/gbt47678_5_2026_parts_and_matters.csv", 403, 0), marks=pytest.mark.soak
        ),
        pytest.param(*("messages/fj1_category_tree.csv", 517, 0), marks=pytest.mark.soak),
    ],
)
def test_a_published_tree_comes_in_whole(desk: Call, file: str, rows: int, refused: int) -> None:
    found = desk("categories", "load", SHARED / file, "--json").json
    assert (found["rows"], len(found["rejected"])) == (rows, refused)
    again = desk("categories", "load", SHARED / file, "--json").json
    assert (again["added"], again["changed"], again["edition"]) == ([], [], 1)
