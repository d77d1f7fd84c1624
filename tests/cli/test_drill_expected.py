"""`dutydesk drill --expect`: the first difference is one line that says by which rule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_call import Call


def expected(tmp_path: Path, *lines: object) -> Path:
    """A file of expected lines."""
    file = tmp_path / "expected.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return file


def test_a_saved_output_is_what_the_drill_gives_again(call: Call, tmp_path: Path) -> None:
    whole = call("drill", "jinshan", "--json").out.splitlines()
    file = tmp_path / "expected.jsonl"
    file.write_text("\n".join(whole), encoding="utf-8")
    assert call("drill", "jinshan", "--expect", file).out == f"与期望一致：{len(whole)} 行\n"

    file.write_text("\n".join([*whole[:2], *whole[3:]]), encoding="utf-8")
    more = call("drill", "jinshan", "--expect", file)
    assert (more.code, more.out.count("\n")) == (1, 1)
    assert more.out.startswith("多出：2026-11-20 18:30  a  assign")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            {"case": "a", "clock": "internal", "due_at": "2026-12-08T00:00:00+08:00"},
            "第 1 行 2026-11-20 18:30 a internal 水务：due_at 应为 2026-12-08T00:00:00+08:00，"
            "实为 2026-12-09T00:00:00+08:00（12 working days / 5 working days、J-8.3）\n",
        ),
        ({"case": "z"}, '第 1 行：没有出现 {"case": "z"}\n'),
    ],
)
def test_a_difference_is_one_line_with_its_rule(
    call: Call, tmp_path: Path, line: object, said: str
) -> None:
    answer = call("drill", "jinshan", "--expect", expected(tmp_path, line))
    assert (answer.code, answer.out) == (1, said)


def test_an_expectation_that_is_none_is_told_by_its_line(call: Call, tmp_path: Path) -> None:
    answer = call("drill", "jinshan", "--expect", expected(tmp_path, {"case": "a"}, 7))
    assert answer.code == 2
    assert "expected.jsonl:2" in answer.err
