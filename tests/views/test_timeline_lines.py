"""Each event is one readable line."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dutydesk.config.procedures import load, names
from dutydesk.views.labels import Words
from dutydesk.views.timeline import LINES, WHEN, line

TOLD: list[tuple[str, dict[str, Any], str]] = [
    (
        "register",
        {"channel": "hotline_12345", "place": "嘉乐路20号", "description": "垃圾\n很多"},
        "12345热线登记：嘉乐路20号 垃圾 很多",
    ),
    ("accept", {"as": "community", "grid": "嘉乐社区网格"}, "受理为社区层面案件，嘉乐社区网格"),
    (
        "accept",
        {"as": "linkage", "difficulty": "complex", "lead": "城管", "parties": ["城管", "公安"]},
        "受理为联动类案件（复杂），牵头城管，参与：城管、公安",
    ),
    (
        "record_instruction",
        {"giver": "deputy_head:林立", "channel": "phone", "text": "先封路"},
        "专职副网格长 林立指示（电话）：先封路",
    ),
    (
        "call",
        {
            "party": "deputy_head",
            "outcome": "no_answer",
            "promised_at": "2026-11-20T19:10:00+08:00",
        },
        "致电专职副网格长：无人接；答应时间：11-20 19:10",
    ),
    (
        "call",
        {"party": "caller", "outcome": "reached", "said": "回电 13800001234"},
        "致电来电人：接通；对方说：回电 138******1234",
    ),
    (
        "convene",
        {
            "parties": ["城管"],
            "time": "2026-11-20T19:30:00+08:00",
            "location": "路口",
            "mode": "offline",
        },
        "推送发起：11-20 19:30 路口（线下），城管",
    ),
    ("confirm_response", {"party": "城管", "outcome": "late"}, "城管：迟到"),
    ("record_outcome", {"agreed": False, "reason": "各执一词"}, "协调无果：各执一词"),
    ("submit_to_head", {"reason": "other: 涉及两区"}, "报请网格长协调：其他：涉及两区"),
    ("correct", {"event": 3, "field": "place", "value": "甲路", "reason": "听错"},
     "更正第 3 条的地点为 甲路：听错"),
    ("close", {}, "结案评价"),
    ("settle", {"promise": 7, "outcome": "not_kept", "reason": "联系不上"},
     "答应的事：未做到；理由：联系不上"),
    ("settle", {"promise": 7, "outcome": "moved", "remind_at": "2026-11-20T19:30:00+08:00"},
     "答应的事：改期；提醒时间：11-20 19:30"),
    ("note", {"text": "[/b]\x1b[31m红"}, "便签：[/b]红"),
    ("brand_new", {}, "brand_new"),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "data", "said"), TOLD)
def test_an_event_is_said_in_one_line(verb: str, data: dict[str, Any], said: str) -> None:
    assert line(verb, data, Words(load("xinchenglu"))) == said


def test_every_act_of_the_procedure_has_its_line() -> None:
    told = {*LINES, *(verb for verb, _field, _value in WHEN)}
    assert set(load("xinchenglu").acts) - told == set()


def test_a_line_names_only_fields_that_the_act_has() -> None:
    acts = {**load("baoshan").acts, **load("xinchenglu").acts}
    for verb, template in LINES.items():
        known = {field.name for field in acts[verb].fields}
        empty = dict.fromkeys({"act", "moved", *known}, "")
        assert template.format(**empty)


@pytest.mark.parametrize("name", names())
def test_every_choice_of_every_procedure_has_its_word(name: str) -> None:
    words = Words(load(name), "zh_CN")
    said = {
        (verb, field.name, choice): words.value(verb, field.name, choice)
        for verb, kind in words.procedure.acts.items()
        for field in kind.fields
        for choice in field.choices
    }
    assert [at for at, word in said.items() if re.search("[a-z_]{3}", word)] == []


def test_an_act_of_the_same_name_elsewhere_is_told_by_its_own_fields() -> None:
    words = Words(load("baoshan"), "zh_CN")
    told = line("dispatch", {"lead": "城建科", "level": "street", "matter": "房屋"}, words)
    assert told == "分派：承办 城建科、承办层级 街道、事项 房屋"
    hongkou = Words(load("hongkou"), "zh_CN")
    assert line("audit", {"kind": "event"}, hongkou) == "审核：部件/事件 事件"
    minhang = Words(load("minhang"), "zh_CN")
    assert line("submit_to_street", {"reason": "涉及多部门"}, minhang) == "提请街镇协调：涉及多部门"
