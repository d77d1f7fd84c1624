"""import, export, inspect, sweep, watch, procedure, doctor and secret from the command line."""

from __future__ import annotations

import io
import json
import sqlite3
import time
from pathlib import Path

import pytest
from cli_call import Call
from sampled import sampled

from dutydesk.storage import faults

HEAD = "工单编号,受理时间,地址,诉求内容\n"
ROW = "A1,2026-11-20 10:00,嘉乐路20号,绿化带垃圾\n"


def test_an_import_accounts_for_every_row(desk: Call, tmp_path: Path) -> None:
    text = HEAD + ROW + ROW + ",2026-11-20 10:00,嘉乐路20号,没有编号\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    answer = desk("import", "a.csv", "--json")
    assert answer.code == 1
    found = answer.json
    keys = ["batch", "file", "layout", "rows", "new", "changed", "unchanged", "rejected"]
    assert list(found)[: len(keys)] == keys
    assert (found["rows"], found["new"], found["changed"], found["unchanged"]) == (3, 1, 0, 0)
    assert [list(row) for row in found["rejected"]] == [
        ["row", "column", "value", "reason", "also"]
    ] * 2
    assert [(row["row"], row["column"]) for row in found["rejected"]] == [
        *((3, "工单编号"), (4, "工单编号")),
    ]


def test_the_same_file_again_changes_nothing_and_can_be_previewed(
    desk: Call, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(HEAD + ROW, encoding="utf-8")
    preview = desk("import", "a.csv", "--dry-run", "--json").json
    assert (preview["new"], preview["batch"]) == (1, None)
    assert desk("cases", "--json").out == ""
    first = desk("import", "a.csv", "--json")
    assert (first.code, first.json["new"]) == (0, 1)
    again = desk("import", "a.csv")
    assert again.code == 0
    assert again.out.startswith("格式 hotline_12345_2025：共 1 行，新 0，变 0，同 1，拒 0\n")


def test_a_batch_is_taken_back(desk: Call, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEAD + ROW, encoding="utf-8")
    batch = desk("import", "a.csv", "--json").json["batch"]
    answer = desk("import", "--undo", batch)
    assert answer.code == 0
    assert answer.json["batch"] == batch
    assert desk("cases", "--json").out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    sampled(
        [
            (("import",), "要么写要导入的文件，要么写 --undo 批次号"),
            (("import", "a", "--undo", "b"), "要么写要导入的文件，要么写 --undo 批次号"),
            (("import", "--undo", "b", "--dry-run"), "--undo 不能和"),
            (("import", "--undo", "b"), "没有编号为 b 的导入批次"),
            (("import", "none.csv"), "none.csv: 没有这个文件"),
            (("import", "."), ".: 这是一个文件夹"),
            (("import", "words.csv"), "words.csv"),
            (("import", "broken.xlsx"), "broken.xlsx"),
        ],
        (1, 3, 4, 7),
    ),
)
def test_what_is_no_import_is_refused_whole(
    desk: Call, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "words.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 and then nothing")
    answer = desk(*arguments, "--json")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(said), answer.err


def test_a_spot_check_is_recorded(desk: Call, one: str) -> None:
    answer = desk("inspect", "--grid", "嘉乐", "--case", one[-4:], "--verdict", "合格", "--json")
    assert answer.code == 0, answer.err
    found = answer.json
    assert (found["grid"], found["case"], found["verdict"], found["none_open"]) == (
        *("嘉乐社区网格", one, "合格", False),
    )
    assert desk("inspect", "--grid", "嘉乐", "--verdict", "合格").code == 2
    assert desk("inspect", "--grid", "火星", "--none-open", "--verdict", "合格").code == 2


def test_an_export_needs_a_known_channel(desk: Call) -> None:
    answer = desk("export", "--channel", "hotline_1234", "--out", "x.csv")
    assert answer.code == 2
    assert answer.err.startswith("没有渠道“hotline_1234”；最接近的是 hotline_12345")


def test_a_sweep_counts(desk: Call, one: str) -> None:
    found = desk("sweep", "--json").json
    assert list(found) == ["alarms", "yellow", "red", "rings", "next_due_at"]
    assert (found["alarms"], found["red"]) == (0, 0)
    assert desk("sweep").json == found


def test_a_locked_store_is_told(
    desk: Call, one: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "WAIT_SECONDS", 0.05)
    other = sqlite3.connect(tmp_path / "desk.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    answer = desk("do", one, "note", "--by", "commander", "--set", "text=x", "--json")
    other.close()
    assert (answer.code, answer.out) == (3, "")
    assert "占用" in answer.err
    assert time.monotonic() - started < 5


def test_procedures_are_listed_shown_and_compared(call: Call) -> None:
    listed = call("procedure", "list", "--json").json
    assert {"name": "xinchenglu", "version": 1, "label": "新成路街道片区城运分中心"} in listed
    shown = call("procedure", "show", "xinchenglu", "--json").json
    assert {"name", "states", "transitions", "clocks"} <= set(shown)
    assert shown["transitions"][0]["id"] == "T01"
    assert call("procedure", "show", "xinchenglu", "--mermaid").out.startswith("stateDiagram-v2\n")
    assert call("procedure", "show", "xinchenglu").out.startswith("xinchenglu 1  新成路")
    assert call("procedure", "diff", "xinchenglu", "xinchenglu").out == "没有不同\n"
    assert call("procedure", "diff", "xinchenglu", "xinchenglu", "--json").json == []
    assert call("procedure", "show", "nowhere").code == 2


def test_a_changed_value_is_shown(call: Call, tmp_path: Path, root: Path) -> None:
    text = (root / "dutydesk/workflow/procedures/xinchenglu.toml").read_text(encoding="utf-8")
    mine = tmp_path / "mine.toml"
    old = 'code = "K2"\nzh = "派单"\nen = "dispatch"\nlimit = "60 min"'
    assert old in text
    mine.write_text(text.replace(old, old.replace("60", "45")), encoding="utf-8")
    assert call("procedure", "diff", "xinchenglu", mine).out == (
        "clocks.dispatch.limit: 60 min → 45 min\n"
    )


def changed(root: Path, path: Path, old: str, new: str) -> Path:
    """A copy of the shipped procedure with one text changed."""
    text = (root / "dutydesk/workflow/procedures/xinchenglu.toml").read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_shipped_procedure_is_sound(call: Call) -> None:
    answer = call("procedure", "check", "xinchenglu", "--json")
    assert answer.json == {"name": "xinchenglu", "ok": True, "problems": []}
    assert answer.code == 0
    assert call("procedure", "check", "xinchenglu").out.startswith("xinchenglu 周全：")


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("category_known", "categry_known", "unknown_guard", "最接近的是 category_known"),
        ("go at_station", "go at_statoin", "unknown_state", "没有状态 at_statoin"),
        (
            "[states.closed]",
            "[states.lost]\nzh = '失'\nen = 'lost'\nend = true\n[states.closed]",
            "unreachable_state",
            "states.lost: 没有步骤能到这个状态",
        ),
        (
            'when = { as = "linkage" }',
            'when = { as = "community" }',
            "overlap",
            "同一情形有两条步骤：T02, T03",
        ),
    ],
)
def test_a_procedure_that_is_not_sound_is_told(
    call: Call, tmp_path: Path, root: Path, old: str, new: str, code: str, said: str
) -> None:
    mine = changed(root, tmp_path / "mine.toml", old, new)
    answer = call("procedure", "check", mine, "--json")
    assert answer.code == 2
    found = answer.json
    assert found["ok"] is False
    assert code in [problem["code"] for problem in found["problems"]]
    assert said in answer.err
    assert answer.err.startswith(f"{mine}")


def test_a_file_that_is_no_procedure_is_told(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("x = 1\n", encoding="utf-8")
    answer = call("procedure", "check", "a.toml")
    assert answer.code == 2
    assert "缺少这张表" in answer.err
    (tmp_path / "b.toml").write_text("x = \n", encoding="utf-8")
    assert call("procedure", "check", "b.toml").code == 2
    assert call("procedure", "check", "none").code == 2
    assert call("procedure", "show", "a.toml").code == 2


def test_the_doctor_names_each_look(desk: Call) -> None:
    answer = desk("doctor", "--json")
    found = answer.json
    assert all(list(row) == ["name", "ok", "detail", "mend"] for row in found)
    names = [row["name"] for row in found]
    assert len(set(names)) == len(names)
    assert {"settings", "store", "places", "calendar", "keyring", "terminal", "disk"} <= set(names)
    assert answer.code == (0 if all(row["ok"] for row in found) else 1)
    assert [row["name"] for row in found if not row["ok"]] == []


def test_the_doctor_says_how_to_mend(call: Call, tmp_path: Path) -> None:
    (tmp_path / "dutydesk.toml").write_text(
        f"[database]\nurl = {json.dumps(str(tmp_path / 'none.sqlite3'))}\n"
        "[inbox]\nfolder = 'nowhere'\n",
        encoding="utf-8",
    )
    answer = call("doctor", "--json")
    assert answer.code == 1
    wrong = {row["name"]: row["mend"] for row in answer.json if not row["ok"]}
    assert wrong == {"store": "建立存储：dutydesk init", "inbox": "建立它，或改设置"}
    (tmp_path / "dutydesk.toml").write_text("[desk]\naera = 1\n", encoding="utf-8")
    answer = call("doctor")
    assert answer.code == 1
    assert "不对  settings" in answer.out


def test_a_secret_needs_a_keyring(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("word\n"))
    answer = call("secret", "set", "databse")
    assert answer.code == 2
    assert "最接近的是 database" in answer.err
    monkeypatch.setattr("sys.stdin", io.StringIO("word\n"))
    answer = call("secret", "set", "database")
    assert answer.code == 4
    assert "DUTYDESK_SECRET_DATABASE" in answer.err
    assert call("secret", "list").out.startswith("database\t")
    assert call("secret").code == 2


def test_a_refused_case_goes_back_once_in_the_layout_it_came_in(desk: Call, tmp_path: Path) -> None:
    row = "B1,2026-11-20 10:00,马陆镇宝安公路1号,路面坑洞\n"
    (tmp_path / "b.csv").write_text(HEAD + row, encoding="utf-8")
    assert desk("import", "b.csv", "--json").code == 0
    number = desk("cases", "--json").lines[0]["no"]
    card = desk("case", number, "--json").json
    refused = desk(
        *("do", number, "refuse", "--by", "commander", "--set", "reason=not_in_area"),
        *("--set", f"fed_back_at={card['received_at']}", "--set", "belongs_to=马陆镇"),
    )
    assert refused.code == 0, refused.err
    first = desk("export", "--channel", "hotline_12345", "--out", "back.csv", "--json")
    assert (first.code, first.err) == (0, "")
    assert "B1" in (tmp_path / "back.csv").read_text(encoding="utf-8-sig")
    assert first.json["batch"]
    again = desk("export", "--channel", "hotline_12345", "--out", "again.csv", "--json")
    assert again.code == 0
    counts = [value for value in again.json.values() if isinstance(value, int)]
    assert set(counts) <= {0}
