"""`dutydesk sample draw` and `sample status`: the month's quality sample from the command line."""

from __future__ import annotations

import re

import pytest
from cli_call import Call

MONTHS = ("1999-13", "十一月", "2026/11")


@pytest.mark.clause("X-4.2.2.7")
def test_a_second_draw_gives_the_same_cases_and_the_status_counts_what_is_done(
    desk: Call, one: str
) -> None:
    before = desk("sample", "status", "--json").json
    assert (before["population"], before["wanted"], before["seed"]) == (1, 1, None)
    drawn = desk("sample", "draw", "--seed", "7", "--json").json
    assert [row["no"] for row in drawn["cases"]] == [one]
    again = desk("sample", "draw", "--month", drawn["month"], "--json")
    assert (again.code, again.json) == (0, drawn)
    assert desk("inspect", "--grid", "嘉乐", "--case", one, "--verdict", "合格").code == 0
    after = desk("sample", "status", "--month", drawn["month"], "--json").json
    assert (after["done"], after["complete"], after["cases"][0]["verdict"]) == (1, True, "合格")


def test_the_status_is_said_in_words_and_what_is_left_is_listed(desk: Call, one: str) -> None:
    assert re.search(
        r"还没有抽取：dutydesk sample draw --month \d{4}-\d{2}", desk("sample", "status").out
    )
    said = desk("sample", "draw").out
    assert "已查 0/1，全部 1 件" in said
    assert re.search(r"种子 \d+，还会补抽", said)
    assert f"{one}  嘉乐社区网格  只在当月上报" in said


@pytest.mark.parametrize("month", MONTHS)
def test_a_month_that_is_none_is_bad_input(desk: Call, month: str) -> None:
    answer = desk("sample", "draw", "--month", month)
    assert (answer.code, answer.out) == (2, "")
    assert f"“{month}”不是月份" in answer.err


def test_another_seed_and_another_role_are_refused(desk: Call, one: str) -> None:
    assert desk("sample", "draw", "--seed", "7").code == 0
    other = desk("sample", "draw", "--seed", "8")
    assert (other.code, other.out) == (2, "")
    assert "已按种子 7 抽取，不能换成 8" in other.err
    role = desk("sample", "draw", "--by", "commander", "--json")
    assert (role.code, role.json["refused"]["code"]) == (1, "not_your_role")
    assert desk("sample", "draw", "--seed", "1000000000", "--month", "2020-01").code == 2
    assert "还没有开始" in desk("sample", "draw", "--month", "2999-01").err
