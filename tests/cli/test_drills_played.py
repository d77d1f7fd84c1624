"""`dutydesk drill`: the shipped drills, bytes that do not change, and lines that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_call import Call

from dutydesk.cli.drill_shipped import shipped, shipped_drills

KEYS = {
    "leaving": ["kind", "at", "cases", "rings"],
    "event": ["kind", "at", "case", "event", "state", "by", "data"],
    "clock": ["kind", "at", "case", "party", "clock", "change", "due_at", "on_time"],
    "alarm": [
        *("kind", "at", "case", "party", "clock", "light", "rung", "to", "rings", "reason"),
    ],
    "refused": ["kind", "at", "case", "do", "code", "params", "message", "clause"],
    "summary": ["kind", "cases", "counts"],
}
ENDS = {
    "community": {"a": "at_station"},
    "storm": {"树": "closed", "水": "closed"},
    "linkage": {"烟": "closed"},
    "minhang": {"a": "closed"},
    "jinshan": {"a": "archived"},
    "baoshan": {"a": "closed"},
    "baoshan-put-off": {"a": "verifying"},
    "hongkou": {"a": "closed"},
}


@pytest.mark.parametrize("name", list(ENDS))
def test_a_shipped_drill_plays_to_its_end(call: Call, name: str) -> None:
    answer = call("drill", name, "--json")
    assert answer.code == 0, answer.err
    lines = answer.lines
    assert all(list(line) == KEYS[line["kind"]] for line in lines)
    assert [line["kind"] for line in lines].count("summary") == 1
    states = {label: case["state"] for label, case in lines[-1]["cases"].items()}
    assert states == ENDS[name]
    moments = [line["at"] for line in lines[:-1]]
    assert moments == sorted(moments)


def test_the_same_drill_gives_the_same_bytes(call: Call, tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text(shipped("storm"), encoding="utf-8-sig", newline="\r\n")
    first, second = call("drill", "storm", "--json"), call("drill", "mine.jsonl", "--json")
    assert first.out == second.out


def test_the_example_of_the_contract(call: Call) -> None:
    lines = call("drill", "community", "--json").lines
    assert [(line["kind"], line["at"][11:16]) for line in lines[:-1]] == [
        *(("event", "09:00"), ("clock", "09:00"), ("event", "09:10"), ("clock", "09:10")),
        *(("clock", "09:10"), ("alarm", "09:40"), ("alarm", "09:58"), ("refused", "10:09")),
        *(("alarm", "10:10"), ("event", "10:11"), ("clock", "10:11"), ("clock", "10:11")),
    ]
    assert lines[-2]["due_at"] == "2026-11-24T03:25:15+08:00"


def test_the_shipped_ones_are_listed(call: Call) -> None:
    rows = call("drill", "--list", "--json").lines
    assert [(row["name"], row["about"]) for row in rows] == [
        (each.name, each.about.zh) for each in shipped_drills().values()
    ]
    assert call("drill", "--list").out.splitlines()[0].startswith("community")


GOOD = json.loads(shipped("community").splitlines()[0])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "不是 JSON"),
        ("[]", "一行应是一个 JSON 对象"),
        ('{"do": "tick"}', "缺少 at 或 do"),
        (json.dumps({**GOOD, "do": "regster"}), "regster"),
        (json.dumps({**GOOD, "colour": "red"}), "colour"),
        (json.dumps({**GOOD, "urgent": float("nan")}), "不是 JSON"),
        ("[" * 100_000, "不是 JSON"),
        (json.dumps(GOOD).replace("}", ', "upstream_due": 1e400}'), "1e400"),
        (json.dumps({**GOOD, "by": "nobody"}), "没有这个角色"),
        (json.dumps({**GOOD, "at": "soon"}), "soon"),
        (json.dumps({**GOOD, "at": "2020-01-01T00:00:00+08:00"}), "时间早于上一行"),
    ],
)
def test_a_line_that_is_none_is_told_with_its_number(
    call: Call, tmp_path: Path, line: str, said: str
) -> None:
    text = f"{shipped('community').splitlines()[0]}\n\n{line}\n"
    (tmp_path / "bad.jsonl").write_text(text, encoding="utf-8")
    answer = call("drill", "bad.jsonl", "--json")
    assert (answer.code, answer.out) == (2, "")
    assert "bad.jsonl:3" in answer.err
    assert said in answer.err


def test_control_characters_and_half_surrogates_of_a_drill_are_dropped(
    call: Call, tmp_path: Path
) -> None:
    dirty = {**GOOD, "external_no": "26\ud800\0", "description": "绿\x1b[31m化\udc00带"}
    (tmp_path / "odd.jsonl").write_text(json.dumps(dirty), encoding="utf-8")
    answer = call("drill", "odd.jsonl", "--json")
    assert answer.code == 0, answer.err
    data = answer.lines[0]["data"]
    assert (data["external_no"], data["description"]) == ("26", "绿化带")


def test_files_that_are_no_drills_are_told(call: Call, tmp_path: Path) -> None:
    (tmp_path / "gbk.jsonl").write_bytes('{"at": "演练"}\n'.encode("gbk"))
    (tmp_path / "empty.jsonl").touch()
    assert call("drill", "gbk.jsonl").err == "gbk.jsonl:1: 不是 UTF-8 编码\n"
    assert call("drill", "empty.jsonl").err == "empty.jsonl: 演练脚本里一行也没有\n"
    assert call("drill", tmp_path).code == 2
    assert call("drill", "storn").err.startswith("storn: 没有这个演练脚本；最接近的是 storm")
    assert call("drill").code == call("drill", "storm", "--list").code == 2
    assert call("drill", "storm", "--procedure", "nowhere").code == 2


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no device without an end here")
def test_a_device_without_an_end_is_no_drill(call: Call) -> None:
    answer = call("drill", "/dev/zero")
    assert answer.code == 2
    assert "64 MB" in answer.err
