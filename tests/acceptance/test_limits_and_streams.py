"""The grammar of limits row by row, and what a caller without streams or sense gets (1, 2, 4)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sampled import sampled

from dutydesk.cli.main import run

FRIDAY = "2026-11-20T18:55:00+08:00"

ROWS = [
    ("10 min", "20T19:05"),
    ("10 minutes", "20T19:05"),
    ("１０ 分钟", "20T19:05"),
    ("十分钟", "20T19:05"),
    ("1 h", "20T19:55"),
    ("2 hours", "20T20:55"),
    ("1小时", "20T19:55"),
    ("二十一小时", "21T15:55"),
    ("2紧急工作时", "20T20:55"),
    ("2 urgent hours", "20T20:55"),
    ("1 urgent hour", "20T19:55"),
    ("1 natural day", "21T18:55"),
    ("2 natural days", "22T18:55"),
    ("1个自然日", "21T18:55"),
    ("3天", "23T18:55"),
    ("3 d", "23T18:55"),
    ("3 days", "23T18:55"),
    ("same day", "21T00:00"),
    (" 当 日 ", "21T00:00"),
    ("9999 min", "27T17:34"),
]


@pytest.mark.parametrize(("limit", "due_at"), ROWS)
def test_each_row_of_the_grammar_counts(
    limit: str, due_at: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["due", "--from", FRIDAY, "--limit", limit, "--json"]) == 0

    document = json.loads(capsys.readouterr().out)
    assert document["due_at"] == f"2026-11-{due_at}:00+08:00"
    assert sum(row["counted_s"] for row in document["ledger"]) > 0
    assert (document["limit"], document["warnings"]) == (limit, [])


@pytest.mark.parametrize(
    ("limit", "position"),
    [("0 min", 1), ("-1 h", 1), ("10000 min", 1), ("一百天", 2), ("1.5 h", 2), ("3 d 2 h", 5)],
)
def test_anything_else_is_refused_with_text_position_and_forms(
    limit: str, position: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["due", "--from", FRIDAY, "--limit", limit, "--json"]) == 2

    seen = capsys.readouterr()
    assert seen.out == ""
    assert f"“{limit}”读不懂，第 {position} 个字符处" in seen.err
    assert "12个工作日" in seen.err


def test_a_drill_line_with_a_wrong_time_is_told_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text('{"at": "soon", "do": "tick"}\n', encoding="utf-8")

    assert run(["drill", str(file), "--json"]) == 2
    seen = capsys.readouterr()
    assert seen.out == ""
    assert "x.jsonl:1:at: 时间“soon”读不懂：不是时间的写法" in seen.err


@pytest.mark.parametrize("closed", sampled([">&-", "2>&-", ">&- 2>&-"], (2,)))
def test_a_caller_that_closed_a_stream_gets_the_exit_code_all_the_same(closed: str) -> None:
    asks = f"due --from {FRIDAY} --limit '1 h' --json"
    line = f"{sys.executable} -m dutydesk {asks} {closed}"

    done = subprocess.run(["bash", "-c", line], capture_output=True, check=False, env=os.environ)
    assert (done.returncode, done.stderr) == (0, b"")
