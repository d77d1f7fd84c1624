"""`dutydesk due` and `dutydesk calendar` as a script meets them."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from cli_call import Call

from dutydesk.cli import calendar as calendar_command
from dutydesk.cli import due as due_command
from dutydesk.errors import BadInput
from dutydesk.workflow.time.counting import Counting
from dutydesk.workflow.time.limits import parse
from dutydesk.workflow.time.zone import ZONE

FRIDAY = "2026-11-20T18:55:00+08:00"


def asked(capsys: pytest.CaptureFixture[str], start: str, limit: str) -> object:
    due_command.due(start, limit, as_json=True)
    return json.loads(capsys.readouterr().out)


def test_the_document_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, "2026-11-20 18:55", "1个自然日") == {
        "from": FRIDAY,
        "limit": "1个自然日",
        "due_at": "2026-11-21T18:55:00+08:00",
        "rule": "natural_day:rolling24h",
        "ledger": [
            {
                "from": FRIDAY,
                "to": "2026-11-21T18:55:00+08:00",
                "counted_s": 86400,
                "why": "natural_days",
            }
        ],
        "warnings": [],
    }


def test_the_switch_of_a_procedure_changes_the_answer() -> None:
    start = datetime(2026, 11, 20, 18, 55, tzinfo=ZONE)
    limit = parse("1 natural day")
    counting = due_command.switches("mine", {"natural_day": "next_midnight", "version": 1})
    assert counting == Counting(natural_day="next_midnight")
    found = due_command.find_due(limit, start, counting)
    document = due_command.as_document(start, "1 natural day", found)
    assert (document["due_at"], document["rule"]) == (
        *("2026-11-22T00:00:00+08:00", "natural_day:next_midnight"),
    )
    assert [row["counted_s"] for row in document["ledger"]] == [0, 86400]


def test_a_switch_that_no_procedure_can_have_is_told() -> None:
    with pytest.raises(BadInput, match="natural_day = 'sometimes'") as caught:
        due_command.switches("mine", {"natural_day": "sometimes"})
    assert caught.value.file == "mine"


def test_the_answer_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    due_command.due(FRIDAY, "当日")
    assert capsys.readouterr().out.splitlines() == [
        "起算 2026-11-20 18:55:00  时限 当日",
        "到期 2026-11-21 00:00:00（+08:00）",
        "规则 至当日 24:00",
        "  2026-11-20 18:55:00 → 2026-11-21 00:00:00  计 18300 秒  至当日 24:00，计时",
    ]


def test_a_bad_limit_is_told_with_its_place_and_the_accepted_forms() -> None:
    with pytest.raises(BadInput) as caught:
        due_command.due(FRIDAY, "10个parsec")
    said, shown, mark, accepted = str(caught.value).splitlines()
    assert caught.value.exit_code == 2
    assert said == "时限“10个parsec”读不懂，第 4 个字符处：这里应是单位"
    assert (shown, mark) == ("  10个parsec", "      ^")
    assert accepted.startswith("可用的写法：10 min | 10分钟 | ")


def test_a_bad_limit_cannot_move_the_terminals_cursor() -> None:
    with pytest.raises(BadInput) as caught:
        due_command.due(FRIDAY, "10 min\x1b[2J\x07\n" + "x" * 500)
    lines = str(caught.value).splitlines()
    assert "\x1b" not in "".join(lines)
    assert "\x07" not in "".join(lines)
    assert len(lines[0]) < 200


@pytest.mark.parametrize(
    ("options", "due_at", "rule"),
    [
        ({}, "2026-10-11T00:00:00", "working_day:end_of_day"),
        ({"working_day": "same_clock"}, "2026-10-10T16:00:00", "working_day:same_clock"),
        ({"working_day": "8h"}, "2026-10-10T17:30:00", "working_day:8h"),
        ({"working_day": "8h", "slots": "9:00－12:00、13:00－18:00"}, "2026-10-10T16:00:00", "8h"),
    ],
)
def test_working_days_by_each_switch(
    capsys: pytest.CaptureFixture[str], options: dict[str, str], due_at: str, rule: str
) -> None:
    due_command.due("2026-09-30 16:00", "3个工作日", as_json=True, **options)  # type: ignore[arg-type]
    found = json.loads(capsys.readouterr().out)
    assert found["due_at"] == f"{due_at}+08:00"
    assert found["rule"].endswith(rule)
    assert found["warnings"] == []
    makeup = [row for row in found["ledger"] if row["why"] == "makeup_day"]
    assert {row["name"] for row in makeup} == {"国庆节"}
    assert all("gov.cn" in row["source"] for row in makeup)


def test_a_natural_day_by_its_switch(capsys: pytest.CaptureFixture[str]) -> None:
    for switch, due_at in (("24h", "21T18:55:00"), ("next_midnight", "22T00:00:00")):
        due_command.due(FRIDAY, "1个自然日", natural_day=switch, as_json=True)
        found = json.loads(capsys.readouterr().out)
        assert found["due_at"] == f"2026-11-{due_at}+08:00"


def test_pauses_and_extensions_move_it_and_stand_in_the_ledger(
    capsys: pytest.CaptureFixture[str],
) -> None:
    pauses = ["2026-11-24 10:00/2026-11-26 09:00/等管道停气"]
    due_command.due(
        "2026-11-20 10:00", "5个工作日", pause=pauses, extend=["1个工作日"], as_json=True
    )
    found = json.loads(capsys.readouterr().out)
    # Five working days end on Friday the 27th; two days were paused, one was added.
    assert found["due_at"] == "2026-12-03T00:00:00+08:00"
    assert [row["name"] for row in found["ledger"] if row["why"] == "paused"] == ["等管道停气"]
    assert found["ledger"][-1]["extension"] == 1


@pytest.mark.parametrize(
    ("at", "elapsed", "left"),
    [
        ("2026-09-30 15:00", 0, 10800),
        ("2026-09-30 16:30", 1800, 9000),
        ("2026-10-05 12:00", 5400, 5400),
        ("2026-10-08 10:00", 10800, 0),
        ("2026-10-08 13:00", 18000, -7200),
    ],
)
def test_what_has_counted_by_a_moment_is_counted_by_the_same_rule(
    capsys: pytest.CaptureFixture[str], at: str, elapsed: int, left: int
) -> None:
    due_command.due("2026-09-30 16:00", "3工作时", at=at, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert (found["elapsed_s"], found["left_s"]) == (elapsed, left)
    due_command.due("2026-09-30 16:00", "3工作时", at=at)
    assert f"已计 {elapsed} 秒，还剩 {left} 秒" in capsys.readouterr().out


def test_a_year_without_a_table_is_warned_of(capsys: pytest.CaptureFixture[str]) -> None:
    due_command.due("2026-12-25 09:00", "12个工作日", as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert found["warnings"] == ["2027 年的节假日安排尚未提供：周末按休息日、其余按工作日计"]
    due_command.due("2026-12-25 09:00", "3个工作日", as_json=True)
    assert "年末" in json.loads(capsys.readouterr().out)["warnings"][0]


@pytest.mark.parametrize(
    "options",
    [
        {"working_day": "9h"},
        {"natural_day": "sometimes"},
        {"slots": "12:00-08:30"},
        {"slots": "08:30-12:00,11:00-13:00"},
        {"slots": ""},
        {"pause": ["2026-11-24 10:00"]},
        {"pause": ["2026-11-24 10:00/2026-11-24 10:00"]},
    ],
)
def test_bad_options_are_told(options: dict[str, object]) -> None:
    with pytest.raises(BadInput) as caught:
        due_command.due(FRIDAY, "3个工作日", **options)  # type: ignore[arg-type]
    assert caught.value.exit_code == 2


def test_a_bad_start_is_told() -> None:
    with pytest.raises(BadInput, match="时间“2026-11-20”读不懂：只有日期"):
        due_command.due("2026-11-20", "1 h")


def test_the_days_of_a_year(capsys: pytest.CaptureFixture[str]) -> None:
    calendar_command.show(2026, as_json=True)
    days = json.loads(capsys.readouterr().out)
    assert len(days) == 365
    assert {day["class"] for day in days} == {"work", "rest", "holiday", "makeup"}
    assert [day["date"] for day in days if day["class"] == "makeup"] == [
        *("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
    ]
    assert days[0]["name"] == "元旦"
    assert days[0]["source"].startswith("https://www.gov.cn/")


def test_a_year_that_is_not_published_is_shown_with_a_warning(
    capsys: pytest.CaptureFixture[str],
) -> None:
    calendar_command.show(2027, as_json=True)
    seen = capsys.readouterr()
    assert {day["source"] for day in json.loads(seen.out)} == {"assumed"}
    assert seen.err == "2027 年的节假日安排尚未提供：周末按休息日、其余按工作日计\n"


@pytest.mark.parametrize(("on", "missing"), [("2026-10-31", []), ("2026-11-01", [2027])])
def test_next_years_table_is_asked_for_from_november(
    capsys: pytest.CaptureFixture[str], on: str, missing: list[int]
) -> None:
    calendar_command.check(on, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert found["published"] == list(range(2019, 2027))
    assert found["missing"] == missing
    assert len(found["warnings"]) == len(missing)


def test_bad_years_and_dates_are_told() -> None:
    with pytest.raises(BadInput, match="超出范围"):
        calendar_command.show(12)
    with pytest.raises(BadInput, match="读不懂"):
        calendar_command.check("yesterday")


def test_a_switch_that_there_is_none_of_is_told_with_those_there_are(call: Call) -> None:
    asked = ("due", "--from", "2026-09-18T17:00", "--limit", "5工作日", "--working-day", "bogus")
    answer = call(*asked)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "--working-day: 没有“bogus”这种计法 (end_of_day | same_clock | 8h)\n"
