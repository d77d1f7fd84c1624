"""`dutydesk do`: acts, refusals, keys, several cases at once, and what bad input gets."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from cli_call import Call
from sampled import sampled

from dutydesk.clock import SystemClock

ACCEPT = ("accept", "--by", "commander", "--set", "as=community", "--set", "grid=嘉乐")


def test_an_act_answers_with_case_state_events_and_clocks(desk: Call, one: str) -> None:
    answer = desk("do", one[-4:], *ACCEPT, "--json")
    assert answer.code == 0
    found = answer.json
    assert list(found) == ["case", "state", "events", "clocks"]
    assert (found["case"], found["state"]) == (one, "to_dispatch")
    assert [(e["event"], e["state"], e["by"]) for e in found["events"]] == [
        ("accept", "to_dispatch", "commander")
    ]
    assert [(c["clock"], c["change"], c["on_time"]) for c in found["clocks"]] == [
        ("triage", "stopped", True),
        ("dispatch", "started", None),
    ]


def test_a_refusal_says_why_on_both_streams(desk: Call, one: str) -> None:
    answer = desk("do", one, "accept", "--by", "inspector", "--set", "as=community", "--json")
    assert answer.code == 1
    sentence = "综合督查员不能办这一步，应由协调指挥员办，或注明代谁办理"
    assert answer.json == {
        "refused": {
            "code": "not_your_role",
            "params": {"role": "inspector", "allowed": ["commander"]},
            "message": sentence,
            "clause": "X-5.2.1.1",
        }
    }
    assert answer.err == f"{sentence}（依据 X-5.2.1.1）\n"


def test_a_refusal_speaks_english(desk: Call, one: str) -> None:
    answer = desk("--lang", "en", "do", one, "dispatch", "--by", "commander", "--json")
    assert answer.json["refused"]["code"] == "wrong_state"


def test_a_key_makes_a_repetition_harmless(desk: Call, one: str) -> None:
    first = desk("do", one, *ACCEPT, "--key", "k1")
    again = desk("do", one, *ACCEPT, "--key", "k1")
    assert (first.code, again.code) == (0, 0)
    assert again.json == {
        "case": one, "state": "to_dispatch", "events": [], "clocks": [], "repeated": True
    }  # fmt: skip
    other = desk("do", one, "note", "--by", "commander", "--set", "text=x", "--key", "k1", "--json")
    assert (other.code, other.json["refused"]["code"]) == (1, "duplicate")


def test_several_cases_have_a_result_each(desk: Call, one: str) -> None:
    second = desk(
        *("do", "-", "register", "--by", "commander", "--set", "channel=walk_in"),
        *("--set", "place=迎园路1号", "--set", "description=噪音"),
    ).json["case"]
    assert desk("do", one, *ACCEPT).code == 0
    answer = desk(
        *("do", f"{one},{second}", "accept", "--by", "commander", "--json"),
        *("--set", "as=community", "--set", "grid=迎园", "--set", "category=噪音"),
    )
    assert answer.code == 1
    refused, done = answer.json
    assert (refused["case"], refused["refused"]["code"]) == (one, "wrong_state")
    assert (done["case"], done["state"]) == (second, "to_dispatch")
    assert answer.err.startswith(f"{one} 案件现在是“待派单”，不能“受理”")


def test_a_bundled_act_names_its_bundle_in_each_event(desk: Call, one: str) -> None:
    second = desk(
        *("do", "-", "register", "--by", "commander", "--set", "channel=walk_in"),
        *("--set", "place=迎园路1号", "--set", "description=噪音"),
    ).json["case"]
    call = ("call", "--by", "commander", "--set", "party=城管", "--set", "outcome=reached")
    answer = desk("do", f"{one[-4:]},{second[-4:]}", *call, "--json")
    assert answer.code == 0
    bundles = [e["data"]["bundle"] for document in answer.json for e in document["events"]]
    assert len(bundles) == 2
    assert len(set(bundles)) == 1
    assert "bundle" not in desk("do", one, *call, "--json").json["events"][0]["data"]


@pytest.mark.parametrize("between", sampled([",", "，", "、", " ", "+", " ， "], (4, 5)))
def test_numbers_are_parted_as_in_the_find_bar(desk: Call, one: str, between: str) -> None:
    answer = desk("do", f"{one}{between}{one[-4:]}", "note", "--by", "commander", "text=记")
    assert (answer.code, answer.json["case"]) == (0, one)


def test_of_a_bundle_the_others_are_done_when_one_is_refused(desk: Call, one: str) -> None:
    second = desk(
        *("do", "-", "register", "--by", "commander", "--set", "channel=walk_in"),
        *("--set", "place=迎园路1号", "--set", "description=噪音"),
    ).json["case"]
    assert desk("do", one, "withdraw", "--by", "commander", "--set", "reason=重复").code == 0
    answer = desk("do", f"{one},{second}", "urge", "--by", "commander", "--set", "target=城管")
    assert answer.code == 1
    refused, other = answer.json
    assert (refused["case"], refused["refused"]["code"]) == (one, "wrong_state")
    assert (other["case"], other["events"][0]["event"]) == (second, "urge")
    assert answer.err.startswith(f"{one} 案件现在是“撤回”")


def test_nothing_is_done_when_one_number_is_unknown(desk: Call, one: str) -> None:
    answer = desk("do", f"{one},9999999", *ACCEPT, "--json")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "没有编号为 9999999 的案件\n"
    assert desk("case", one, "--json").json["state"] == "received"


@pytest.mark.parametrize(
    ("arguments", "said"),
    sampled(
        [
            (("do", "1", "acept", "--by", "commander"), "没有“acept”这一步；最接近的是 accept ("),
            (("do", "1", "linked", "--by", "system"), "没有“linked”这一步；"),
            (
                ("do", "1", "accept", "--by", "commander", "--set", "gird=嘉乐"),
                "accept 没有字段“gird”；最接近的是 grid (",
            ),
            (
                ("do", "1", "accept", "--by", "comander"),
                "没有角色“comander”；最接近的是 commander (",
            ),
            (
                ("do", "1", "accept", "--by", "commander", "--set", "as"),
                "--set as 应写成 名称=内容 (",
            ),
            (("do", "-", "accept", "--by", "commander"), "accept 要写案件编号，不能用 -\n"),
            (("do", "1", "register", "--by", "commander"), "register 不涉及已有案件，编号处写 -\n"),
            (("do", "1,,2", "urge", "--by", "commander"), "案件编号不能空 ("),
            (("do", "1", "note", "--by", "commander", "--at", "soon"), "时间“soon”读不懂"),
            (
                ("do", "1", "note", "--by", "commander", "--json-data", '{"text": }'),
                "--json-data:1:10: 不是 JSON：",
            ),
            (
                ("do", "1", "note", "--by", "commander", "--json-data", "[1]"),
                "--json-data: 应是一个 JSON 对象 (",
            ),
            (("do", "1", "note", "--by", "commander", "--json-data", "[" * 9000), "--json-data"),
        ],
        (0, 2, 5, 8, 9, 11),
    ),
)
def test_bad_input_is_told_with_the_nearest(
    desk: Call, one: str, arguments: tuple[str, ...], said: str
) -> None:
    answer = desk(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(said), answer.err


def test_fields_are_texts_unless_their_type_asks_for_more(desk: Call) -> None:
    answer = desk(
        *("do", "-", "register", "--by", "commander", "--set", "channel=walk_in"),
        *("--set", "place=迎园路1号", "--set", "description=[/b]\x1b[31m true\ud800"),
        *("--set", "urgent=true", "--set", 'pain_points=["热点"]'),
        *("--set", "caller.name=张三", "--set", "caller.phone=13800000009"),
    )
    assert answer.code == 0, answer.err
    card = desk("case", answer.json["case"], "--json").json
    assert card["description"] == "[/b] true"
    assert (card["urgent"], card["pain_points"]) == (True, ["热点"])
    assert card["caller"] == {"name": "张**", "phone": "138******0009"}


def test_json_data_and_set_are_one_table(desk: Call, one: str) -> None:
    data = json.dumps({"as": "community", "grid": "迎园"}, ensure_ascii=False)
    answer = desk(
        *("do", one, "accept", "--by", "commander", "--json-data", data, "--set", "grid=嘉乐")
    )
    assert answer.json["events"][0]["data"]["grid"] == "嘉乐社区网格"


def test_recording_for_somebody_names_both(desk: Call, one: str) -> None:
    assert desk("do", one, *ACCEPT).code == 0
    due = "2099-01-01T00:00:00+08:00"
    given = ("--set", "station=嘉乐", "--set", f"due={due}")
    assert desk("do", one, "dispatch", "--by", "commander", *given).code == 0
    refused = desk("do", one, "return_to_desk", "--by", "commander", "--set", "reason=错", "--json")
    assert refused.json["refused"]["code"] == "not_your_role"
    answer = desk(
        *("do", one, "return_to_desk", "--by", "commander:沈知远", "--on-behalf", "station:叶青禾"),
        *("--set", "reason=派错", "--set", "channel=wechat"),
    )
    event = answer.json["events"][0]
    assert (event["by"], event["data"]["on_behalf"], event["data"]["channel"]) == (
        *("commander:沈知远", "station:叶青禾", "wechat"),
    )


def test_a_time_that_is_still_to_come_is_refused(desk: Call, one: str) -> None:
    answer = desk("do", one, *ACCEPT, "--at", "2099-01-01 00:00", "--json")
    assert (answer.code, answer.json["refused"]["code"]) == (1, "time_order")


def test_desk_acts_concern_no_case(desk: Call) -> None:
    answer = desk(
        *("do", "-", "presence", "--by", "commander", "--set", "post=城管", "--set", "status=out")
    )
    found = answer.json
    assert (found["case"], found["holder"], found["handed_to"]) == (None, "sub_centre", None)
    refused = desk("do", "-", "take_over", "--by", "night_desk", "--set", "red=0", "--json")
    assert refused.json["refused"]["code"] == "wrong_state"


@pytest.mark.parametrize(("typed", "away"), [("-7", 7), ("-1h", 60), ("7分钟前", None)])
def test_a_time_is_typed_as_in_a_form(desk: Call, one: str, typed: str, away: int | None) -> None:
    early = desk("do", one, "note", "--by", "commander", "--set", "text=x", "--at", typed, "--json")
    if away is None:
        assert (early.code, early.out) == (2, "")
        assert "可用的写法：-7 | +20 | 2210" in early.err
        return
    # The case came in a moment ago: what is said to be older than it was read and is refused.
    assert early.json["refused"]["code"] == "time_order"
    note = ("do", "-", "note", "--by", "commander", "--set", "text=x", "--at", typed)
    found = desk(*note).json["events"][0]
    at = datetime.fromisoformat(found["at"])
    passed = (SystemClock().now() - at).total_seconds()
    assert away * 60 <= passed < away * 60 + 30


def test_a_bare_time_of_day_is_the_last_one(desk: Call) -> None:
    answer = desk("do", "-", "note", "--by", "commander", "--set", "text=x", "--at", "2210")
    at = datetime.fromisoformat(answer.json["events"][0]["at"])
    passed = SystemClock().now() - at
    assert (at.hour, at.minute) == (22, 10)
    assert timedelta(0) <= passed < timedelta(days=1, seconds=30)


@pytest.mark.parametrize("name", sampled(["batch", "row", "layout", "history"], (0,)))
@pytest.mark.parametrize("way", ["--set", "--json-data"])
def test_what_an_import_says_of_a_case_nobody_else_may_say(desk: Call, name: str, way: str) -> None:
    inner = f"{name}=true" if way == "--set" else json.dumps({name: True})
    told = ("--set", "channel=walk_in", "--set", "place=迎园路1号", "--set", "description=噪音")
    answer = desk("do", "-", "register", "--by", "commander", *told, way, inner, "--json")
    assert (answer.code, answer.out) == (2, "")
    assert f"register 没有字段“{name}”" in answer.err
    assert "history, " not in answer.err
    assert desk("cases", "--all", "--json").lines == []


@pytest.mark.parametrize("number", ["1e400", "-Infinity", "NaN"])
def test_a_number_that_json_cannot_write_back_is_no_json(desk: Call, one: str, number: str) -> None:
    data = f'{{"event": {number}, "field": "place", "value": "y", "reason": "r"}}'
    answer = desk("do", one, "correct", "--by", "commander", "--json-data", data, "--json")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"--json-data: 不是 JSON：{number}\n"
