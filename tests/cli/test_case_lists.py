"""`dutydesk cases` and `dutydesk case`."""

from __future__ import annotations

import pytest
from cli_call import Call

LINE = [
    *("no", "external_no", "channel", "state", "light", "clock", "due_at", "remaining_s"),
    *("waiting_for", "area", "grid", "category", "place", "summary", "received_at"),
]
"""The keys that contracts.md promises, in its order; more may follow."""


def registered(desk: Call, place: str, grid: str, **fields: str) -> str:
    more = [part for name, value in fields.items() for part in ("--set", f"{name}={value}")]
    answer = desk(
        *("do", "-", "register", "--by", "commander", "--set", "channel=walk_in"),
        *("--set", f"place={place}", "--set", f"grid={grid}", "--set", "description=有事", *more),
    )
    assert answer.code == 0, answer.err
    return str(answer.json["case"])


def test_a_line_has_the_promised_keys(desk: Call, one: str) -> None:
    answer = desk("cases", "--json")
    assert answer.code == 0
    (row,) = answer.lines
    assert list(row)[: len(LINE)] == LINE
    assert (row["no"], row["state"], row["light"], row["clock"]) == (
        *(one, "received", "green", "triage"),
    )
    assert row["due_at"].endswith("+08:00")
    assert 86000 < row["remaining_s"] <= 86400


def test_no_case_is_no_line(desk: Call) -> None:
    answer = desk("cases", "--json")
    assert (answer.code, answer.out) == (0, "")
    assert desk("cases").out == "共 0 件\n"


def test_what_is_urgent_comes_first(desk: Call, one: str) -> None:
    urgent = registered(desk, "迎园路1号", "迎园")
    accepted = desk(
        *("do", urgent, "accept", "--by", "commander", "--set", "as=linkage"),
        *("--set", "difficulty=urgent", "--set", "lead=城管", "--set", "parties=城管,公安"),
        *("--set", "reason=要多部门"),
    )
    assert accepted.code == 0, accepted.err
    assert [row["no"] for row in desk("cases", "--json").lines] == [urgent, one]


def test_filters_keep_what_they_say(desk: Call, one: str) -> None:
    east = registered(desk, "南陈路1号", "南陈")
    ended = registered(desk, "迎园路2号", "迎园")
    assert desk("do", ended, "withdraw", "--by", "commander", "--set", "reason=重复").code == 0

    def numbers(*options: str) -> list[str]:
        return sorted(row["no"] for row in desk("cases", "--json", *options).lines)

    assert numbers() == sorted([one, east])
    assert numbers("--all") == sorted([one, east, ended])
    assert numbers("--area", "140902") == numbers("--area", "新成") == [east]
    assert numbers("--grid", "嘉乐") == numbers("--grid", "310114001010") == [one]
    assert numbers("--channel", "grid") == [one]
    assert numbers("--state", "withdrawn") == [ended]
    assert numbers("--state", "received") == sorted([one, east])
    assert numbers("--search", "垃圾") == numbers("--search", "乐") == [one]
    assert numbers("--overdue") == []
    assert len(numbers("--limit", "1")) == 1


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--state", "recieved", "没有状态“recieved”；最接近的是 received ("),
        ("--area", "x", "没有片区“x”；可用的有 140901, 140902\n"),
        ("--grid", "火星", "没有网格“火星”；可用的有 "),
        ("--channel", "hotline_1234", "没有渠道“hotline_1234”；最接近的是 hotline_12345 ("),
    ],
)
def test_an_unknown_value_is_told_with_the_nearest(
    desk: Call, option: str, value: str, said: str
) -> None:
    answer = desk("cases", option, value)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(said), answer.err


def test_the_list_for_a_person(desk: Call, one: str) -> None:
    line, count = desk("cases").out.splitlines()
    assert line.split()[0] == one
    assert line.split()[3:] == ["待受理", "嘉乐", "暴露垃圾", "嘉乐路20号", "绿化带暴露垃圾"]
    assert count == "共 1 件"


def test_a_case_tells_clocks_parties_events_and_acts(desk: Call, one: str) -> None:
    found = desk("case", one[-3:], "--json").json
    assert {"clocks", "parties", "events", "acts"} <= set(found)
    assert (found["no"], found["state"], found["external_no"]) == (one, "received", "2611A0000001")
    accept = found["acts"][0]
    assert [accept[name] for name in ("verb", "open", "why_not", "clause")] == [
        *("accept", True, None, "X-5.2.1.1"),
    ]
    refuse = found["acts"][1]
    assert (refuse["verb"], refuse["open"], refuse["clause"]) == ("refuse", False, "X-5.2.1.2")
    by_inspector = desk("case", one, "--by", "inspector", "--json").json
    assert by_inspector["acts"][0]["open"] is False


def test_a_case_for_a_person(desk: Call, one: str) -> None:
    lines = desk("case", one).out.splitlines()
    assert lines[0] == f"{one}  待受理  网格化平台  嘉乐社区网格  暴露垃圾"
    assert lines[1:3] == ["嘉乐路20号", "绿化带暴露垃圾"]


def test_an_ambiguous_tail_is_told_with_the_candidates(desk: Call, one: str) -> None:
    east = registered(desk, "南陈路1号", "南陈")
    answer = desk("case", "0001", "--json")
    assert (answer.code, answer.out) == (2, "")
    assert one in answer.err
    assert east in answer.err
    told = desk("do", "0001", "note", "--by", "commander", "--set", "text=x").err
    assert (told.count(one), told.count(east)) == (1, 1), told
    assert desk("case", "77777").err == "没有编号为 77777 的案件\n"


def test_half_a_surrogate_finds_nothing_and_breaks_nothing(desk: Call, one: str) -> None:
    half = "\udcff"
    assert desk("cases", "--search", f"垃圾{half}", "--json").lines[0]["no"] == one
    assert desk("case", f"7777{half}").code == 2
    noted = desk(
        "do", one, "note", "--by", f"commander:{half}", "--set", f"text=x{half}", "--key", half
    )
    assert noted.code == 0, noted.err
    assert desk("import", "--undo", f"b{half}").code == 2
