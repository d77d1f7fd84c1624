"""`dutydesk promises` and `dutydesk shift-log`: what stands, and what was said in a day."""

from __future__ import annotations

import json

import pytest
from cli_call import Call
from sampled import sampled


def test_a_promise_is_listed_settled_by_its_number_and_stands_in_the_log(desk: Call) -> None:
    for text, more in (
        ("回电 13800000001", "promised_to=张先生"),
        ("看一眼积水", "text=看一眼积水"),
    ):
        noted = desk("do", "-", "note", "--by", "commander", "--set", f"text={text}", "--set", more,
                     "--set", "remind_at=2031-01-01T09:00:00+08:00")  # fmt: skip
        assert noted.code == 0, noted.err
    shown = desk("promises", "--json")
    rows = [json.loads(line) for line in shown.out.splitlines()]
    assert [(r["text"], r["case"], r["to"], r["again"]) for r in rows] == [
        ("我方答应张先生：回电 138******0001", None, "张先生", False),
        ("看一眼积水", None, None, False),
    ]
    number = rows[0]["id"]
    settle = (
        "do",
        "-",
        "settle",
        "--by",
        "commander",
        "--set",
        f"promise={number}",
        "--set",
        "outcome=kept",
    )
    assert desk(*settle).code == 0
    again = desk(*settle, "--json")
    assert again.code == 1
    assert json.loads(again.out)["refused"]["code"] == "bad_value"
    assert "看一眼积水" in desk("promises").out
    log = [json.loads(line) for line in desk("shift-log", "--json").out.splitlines()]
    assert [(r["act"], r["case"]) for r in log] == [
        ("note", None),
        ("note", None),
        ("settle", None),
    ]
    assert "答应的事：做到（我方答应张先生：回电 138******0001）" in desk("shift-log").out


@pytest.mark.parametrize(
    "day", sampled(["昨天", "2026-13-01", "0001-01-01", "9999-12-31", "\x1b[31m"], (1, 4))
)
def test_a_day_that_is_none_is_bad_input(desk: Call, day: str) -> None:
    answer = desk("shift-log", "--day", day)
    assert answer.code == 2
    assert "不是日期" in answer.err
    assert "\x1b" not in answer.err


def test_another_day_is_empty(desk: Call) -> None:
    answer = desk("shift-log", "--day", "2020-02-29")
    assert (answer.code, answer.out.splitlines()[-1]) == (0, "0 条")
    assert desk("promises").out.strip() == "0 条"
