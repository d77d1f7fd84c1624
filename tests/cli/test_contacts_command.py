"""`dutydesk contacts`: in, shown covered, out."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from cli_call import Call

TEXT = "单位,姓名,电话\n嘉乐物业,李建,13800000201\n环卫,,没有号码的\n"


def test_contacts_come_in_are_found_covered_and_leave(desk: Call, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(TEXT, encoding="utf-8")
    seen = desk("contacts", "import", "c.csv", "--dry-run")
    assert (seen.code, "只是预览" in seen.out) == (1, True)
    assert desk("contacts", "list", "--json").json == {"people": []}
    found = desk("contacts", "import", "c.csv", "--json")
    assert (found.code, found.json["new"], found.json["rejected"][0]["row"]) == (1, 1, 3)
    people = desk("contacts", "list", "--find", "lj", "--json").json["people"]
    assert [(p["party"], p["phone"]) for p in people] == [("嘉乐物业 李建", "138******0201")]
    assert "13800000201" not in desk("contacts", "list").out
    assert desk("contacts", "export", "out.csv", "--json").json == {"file": "out.csv", "rows": 1}
    assert "13800000201" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert desk("contacts", "import", "nowhere.csv").code == 2


def test_whoever_leaves_the_list_is_gone_with_his_numbers_and_on_the_record(
    desk: Call, tmp_path: Path
) -> None:
    (tmp_path / "c.csv").write_text(
        "单位,姓名,电话,备注\n嘉乐物业,李建,13800000201,夜间\n供水站,,59990211,\n燃气,王班,962777,\n",
        encoding="utf-8",
    )
    assert desk("contacts", "import", "c.csv").code == 0
    assert desk("contacts", "remove", "嘉乐物业").code == 2
    assert "嘉乐物业 李建" in desk("contacts", "remove", " 嘉乐物业  李建 ").out
    assert desk("contacts", "list", "--find", "lj").out == "0 人\n"
    with sqlite3.connect(next(tmp_path.glob("*.sqlite3"))) as store:
        asked = "SELECT phone, alternate, note FROM contact WHERE name = '李建'"
        assert store.execute(asked).fetchall() == [(None, None, None)]

    (tmp_path / "bad.csv").write_text("单位,电话\n供水站,59990211\n燃气,问前台\n", "utf-8")
    kept = desk("contacts", "import", "bad.csv", "--replace")
    assert (kept.code, "没有从通讯录去掉任何人" in kept.err) == (1, True)
    assert desk("contacts", "list").out.endswith("2 人\n")

    (tmp_path / "all.csv").write_text("单位,电话\n供水站,59990211\n", "utf-8")
    seen = desk("contacts", "import", "all.csv", "--replace", "--dry-run", "--json").json
    assert (seen["removed"], seen["unchanged"]) == (1, 1)
    assert desk("contacts", "list").out.endswith("2 人\n")
    assert "从通讯录去掉 1" in desk("contacts", "import", "all.csv", "--replace").out
    assert desk("contacts", "list").out.endswith("1 人\n")
    log = desk("shift-log").out
    assert "从通讯录去掉 嘉乐物业 李建" in log
    assert "从通讯录去掉 燃气 王班" in log

    assert desk("contacts", "import", "c.csv", "--json").json["new"] == 2
    found = desk("contacts", "list", "--find", "李建", "--json").json["people"]
    assert [one["phone"] for one in found] == ["138******0201"]
