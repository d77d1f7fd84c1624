"""Every stable refusal has a sentence that says what is wrong and how to mend it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from dutydesk import i18n
from dutydesk.clock import ZONE
from dutydesk.config.procedures import load
from dutydesk.errors import Refused
from dutydesk.views.labels import Words
from dutydesk.views.wording import CODES, word
from dutydesk.workflow.cases.decide import REFUSAL_ORDER

AT = datetime(2026, 11, 20, 18, 55, tzinfo=ZONE)
TOLD: list[tuple[str, dict[str, Any], str]] = [
    ("wrong_state", {"state": "closed", "verb": "dispatch"}, "案件现在是“已结案”，不能“派单”"),
    (
        "wrong_state",
        {"state": "to_coordinate", "verb": "record_instruction", "difficulty": "simple"},
        "简易案件不需要指示，不用“记录指示”，可以直接发起协调",
    ),
    (
        "wrong_state",
        {"state": "to_coordinate", "verb": "convene", "difficulty": "urgent"},
        "案件是紧急案件，不能“推送发起”",
    ),
    ("wrong_state", {"state": None, "verb": "call"}, "没有这件案件，请核对编号"),
    ("wrong_state", {"state": "sub_centre", "verb": "take_over"}, "没有人交班给您，请对方先交班"),
    (
        "not_your_role",
        {"role": "inspector", "allowed": ["commander"]},
        "综合督查员不能办这一步，应由协调指挥员办，或注明代谁办理",
    ),
    (
        "not_your_role",
        {"role": "commander", "allowed": ["commander"], "on_behalf": "inspector"},
        "协调指挥员不能代综合督查员办这一步，应由协调指挥员办",
    ),
    ("missing_field", {"field": "grid"}, "缺少“社区网格”，请填写"),
    ("missing_field", {"field": "duties.limit"}, "缺少“职责与时限 · 时限”，请填写"),
    (
        "bad_value",
        {"field": "time", "value": AT, "expected": "later than the act"},
        "“协调时间”写成“2026-11-20 18:55:00”不对，应为：晚于办理时间的时间",
    ),
    (
        "bad_value",
        {"field": "lead", "value": "消防", "expected": ["城管", "公安"]},
        "“牵头”写成“消防”不对，应为：城管、公安",
    ),
    (
        "instruction_missing",
        {"giver": ["deputy_head", "line_lead"]},
        "还没有专职副网格长或条线负责人的指示，请先请示并记录指示",
    ),
    ("call_first", {"parties": ["城管", "公安"]}, "还没有致电城管、公安，请先致电再推送"),
    ("head_not_reported", {"act": "report_to_head"}, "还没有告知网格长，请先“告知网格长”"),
    (
        "head_not_reported",
        {"act": "report_result"},
        "处置结果还没有报网格长，请先“结果报网格长”",
    ),
    ("results_missing", {"parties": ["城管"]}, "城管还没有反馈结果，请先填报"),
    (
        "checks_missing",
        {"items": ["law", "photos"]},
        "这些审核项还没有结论，或“不适用”没有说明：法规政策适用准确、核查照片对比明确",
    ),
    (
        "checks_failed",
        {"items": ["wording"]},
        "这些审核项不通过：语句通顺合理；请退回返工，不能结案",
    ),
    (
        "time_order",
        {"field": "at", "value": AT, "earliest": AT, "latest": AT},
        "“办理时间”2026-11-20 18:55:00不合先后，"
        "应在 2026-11-20 18:55:00 到 2026-11-20 18:55:00 之间",
    ),
    (
        "time_order",
        {"field": "arrived_at", "value": AT, "earliest": None, "latest": AT},
        "“到场时间”2026-11-20 18:55:00太晚，不能晚于现在 2026-11-20 18:55:00",
    ),
    (
        "duplicate",
        {"external_no": "2611A1", "channel": "grid", "case": "1409012611200001"},
        "上级编号 2611A1 已经登记过，案件 1409012611200001",
    ),
    ("duplicate", {"key": "k1", "verb": "note"}, "键 k1 已经用于别的操作，请换一个"),
    ("handover_not_open", {"why": "no_operator"}, "还不能交回：没有协调指挥员在岗"),
    (
        "readback_wrong",
        {"red": 2, "expected": 3},
        "复述的超时件数 2 与清单的 3 件不符，请看清单再复述",
    ),
]


@pytest.fixture
def words() -> Words:
    return Words(load("xinchenglu"))


@pytest.mark.parametrize(("code", "params", "sentence"), TOLD)
def test_a_refusal_says_what_and_how_to_mend(
    words: Words, code: str, params: dict[str, Any], sentence: str
) -> None:
    assert word(Refused(code, params), words) == sentence


def test_every_stable_code_is_worded_and_no_other() -> None:
    assert sorted(CODES) == sorted(REFUSAL_ORDER)


@pytest.mark.parametrize("code", REFUSAL_ORDER)
@pytest.mark.parametrize("with_words", [True, False])
def test_a_refusal_without_params_still_gives_a_sentence(
    words: Words, code: str, with_words: bool
) -> None:
    said = word(Refused(code), words if with_words else None)
    assert said
    assert "None" not in said
    assert "{" not in said


def test_an_unknown_code_shows_itself_instead_of_nothing(words: Words) -> None:
    assert word(Refused("brand_new", {"x": 1}), words) == "brand_new(x=1)"


def test_names_follow_the_language_that_is_asked_for() -> None:
    i18n.use("en")
    words = Words(load("xinchenglu"))
    assert [words.state("to_dispatch"), words.verb("convene"), words.role("deputy_head")] == [
        "to dispatch",
        "convene",
        "deputy head",
    ]
    assert Words(load("xinchenglu"), "zh_CN").state("to_dispatch") == "待派单"
