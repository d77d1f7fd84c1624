"""What forms judge without a screen: options, pasted texts, proposals, the drafted papers."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shift import ME, NOW, NamedPlan

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.config.places import load_places
from dutydesk.desk import Desk
from dutydesk.reports.evaluation import evaluation
from dutydesk.reports.notice import Meeting, notice
from dutydesk.screens.forms import layout
from dutydesk.screens.forms.checks import evidence
from dutydesk.screens.forms.defaults import defaults, meeting_time
from dutydesk.screens.forms.fieldrows import ROWS
from dutydesk.screens.forms.options import matching, option, resolve
from dutydesk.screens.forms.proposed import WORDS, departments
from dutydesk.screens.forms.ringing import covered, rings
from dutydesk.screens.forms.scene import Scene, grid_options, party_options
from dutydesk.views.card import Card
from dutydesk.views.labels import Words
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.check_proposed import PROPOSED

GRIDS = [option(name) for name in ("仓场", "迎园", "嘉乐", "源珉", "爱里舍")]


@pytest.fixture
def desk() -> Desk:
    return memory_desk(ManualClock(NOW), plan=NamedPlan())


def scene(desk: Desk, verb: str, no: str | None = None) -> Scene:
    card = desk.read(Card(no)) if no else None
    words = Words(desk.context.procedure, "zh_CN")
    return Scene(verb, card, desk.context, words, desk.now(), ME)


def act(desk: Desk, verb: str, no: str | None = None, **fields: object) -> str:
    done = desk.execute(Act(verb, ME, desk.now(), desk.now(), no, fields))
    return done.case.no if done.case else ""


def register(desk: Desk, **more: object) -> str:
    fields: dict[str, object] = {"channel": "walk_in", "place": "嘉乐小区", "description": "垃圾"}
    return act(desk, "register", None, **(fields | more))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("3", "嘉乐"), ("３", "嘉乐"), ("jl", "嘉乐"), ("JL", "嘉乐"), ("嘉", "嘉乐"),
     ("als", "爱里舍"), ("y", None), ("9", None), ("", None), ("不存在", None)],
)  # fmt: skip
def test_a_grid_answers_to_its_number_its_initials_and_its_name(
    typed: str, meant: str | None
) -> None:
    assert resolve(GRIDS, typed) == meant


def test_a_free_name_is_taken_where_names_are_free() -> None:
    assert resolve(GRIDS, "居委王姐", free=True) == "居委王姐"
    assert resolve(GRIDS, "居委王姐") is None


@given(st.text(max_size=12))
def test_what_resolves_is_always_one_of_the_options(typed: str) -> None:
    found = resolve(GRIDS, typed)
    assert found is None or found in {one.value for one in GRIDS}
    assert {n for n, _one in matching(GRIDS, typed)} <= {1, 2, 3, 4, 5}


def test_the_grids_of_the_desk_come_first_and_the_leads_are_one_to_three(desk: Desk) -> None:
    no = register(desk)
    asked = scene(desk, "accept", no)
    assert [one.label for one in grid_options(asked)] == ["仓场", "迎园", "嘉乐", "源珉", "爱里舍"]
    assert len(grid_options(asked, everywhere=True)) == 12
    first = party_options(asked)[:4]
    assert [(one.value, one.note) for one in first[:3]] == [
        ("公安", "沈立"), ("城管", "何勇"), ("市场监管", "方宁"),
    ]  # fmt: skip
    assert first[3].value == "嘉乐社区网格"


def test_the_meeting_is_half_an_hour_off_rounded_up_to_five_minutes() -> None:
    at = lambda h, m, s=0: datetime(2026, 11, 20, h, m, s, tzinfo=ZONE)  # noqa: E731
    assert meeting_time(at(18, 57, 42)) == at(19, 30)
    assert meeting_time(at(18, 55)) == at(19, 25)
    assert meeting_time(at(18, 55, 1)) == at(19, 30)


def test_words_of_a_matter_name_the_departments(desk: Desk) -> None:
    street = scene(desk, "register")
    assert departments(street, "无照经营占道设摊，食品过期") == ("城管", "市场监管")
    assert departments(street, "路灯不亮") == ()


def test_the_words_of_a_proposal_are_those_that_a_procedure_may_use() -> None:
    assert {*WORDS, "=phrase"} == PROPOSED


def test_accepting_proposes_class_grid_and_station(desk: Desk) -> None:
    no = register(desk, upstream_due=NOW + timedelta(days=2))
    found = defaults(scene(desk, "accept", no), {})
    assert (found["as"], found["grid"], found["station"]) == (
        "community", "嘉乐社区网格", "嘉乐社区网格",
    )  # fmt: skip
    assert found["due"] is None
    linked = register(desk, channel="dept_linkage", description="城管请公安一同处理争抢摊位")
    found = defaults(scene(desk, "accept", linked), {})
    assert (found["as"], found["difficulty"]) == ("linkage", "simple")
    assert found["lead"] == found["parties"][0]  # type: ignore[index]


def test_a_field_that_other_values_make_mandatory_is_asked_then_only(desk: Desk) -> None:
    no = register(desk)
    asked = scene(desk, "accept", no)
    community = layout.shape(asked, {"as": "community", "dispatch": True})
    linkage = layout.shape(asked, {"as": "linkage"})
    assert community.front == ("as", "grid", "category", "dispatch", "station", "due")
    assert "parties" not in community.front
    assert {"difficulty", "parties", "lead", "reason"} <= linkage.needed


def test_every_field_of_every_act_has_a_row_or_a_reason(desk: Desk) -> None:
    for field in desk.context.procedure.fields.values():
        assert field.type in ROWS or field.type in layout.NO_ROW, field.name


PLACES = load_places(None)


def _worked(desk: Desk) -> str:
    no = register(desk, channel="dept_linkage", description="设摊，13912345678 投诉", grid="嘉乐")
    act(desk, "accept", no, **{"as": "linkage"}, difficulty="simple", lead="城管",
        parties=["城管", "公安"], basis="市容条例")  # fmt: skip
    act(desk, "convene", no, parties=["城管", "公安"], time=NOW + timedelta(minutes=5),
        location="迎园路口", mode="offline")  # fmt: skip
    return no


@pytest.mark.clause("X-5.2.3.3")
def test_the_notice_holds_matter_time_and_place_and_no_number(desk: Desk) -> None:
    no = _worked(desk)
    card = desk.read(Card(no))
    assert card is not None
    words = Words(desk.context.procedure, "zh_CN")
    meeting = Meeting(NOW + timedelta(minutes=5), "迎园路口", "offline", ("城管", "公安"))
    assert notice(card, meeting, words, drill=True).split("\n") == [
        "【演练】", f"【城运协调】{no[-4:]} 简易案件", "地点：嘉乐小区",
        "事由：设摊，139******5678 投诉", "协调时间：11-20 19:02（线下）", "协调地点：迎园路口",
        "参加：城管、公安", "请按时到场并确认响应；来不了请立即回电。",
    ]  # fmt: skip


@pytest.mark.clause("X-5.2.7.5", "X-5.2.7.8")
def test_the_drafted_report_tells_every_partys_feedback_and_the_times(desk: Desk) -> None:
    no = _worked(desk)
    clock = desk.clock
    assert isinstance(clock, ManualClock)
    clock.advance(minutes=10)
    act(desk, "confirm_response", no, party="城管", outcome="arrived",
        arrived_at=NOW + timedelta(minutes=4))  # fmt: skip
    act(desk, "confirm_response", no, party="公安", outcome="late")
    act(desk, "record_outcome", no, agreed=True, duties=[
        {"party": "城管", "duty": "清理", "limit": "2 小时", "lead": True},
        {"party": "公安", "duty": "劝离", "limit": "2 小时"},
    ])  # fmt: skip
    for name, text in (("城管", "已清理。"), ("公安", "已劝离")):
        act(desk, "file_result", no, party=name, text=text,
            attachments=[{"kind": "photo_before", "file": "a.jpg"}])  # fmt: skip
    card = desk.read(Card(no))
    assert card is not None
    words = Words(desk.context.procedure, "zh_CN")
    assert evaluation(card, desk.now(), words).split("\n") == [
        "一、案情：11-20 18:57，部门联动反映：嘉乐小区，设摊，139******5678 投诉。",
        "二、经过：按联动类案件（简易）受理，城管牵头，11-20 19:02 在迎园路口协调。",
        "依据：市容条例。",
        "三、处置反馈：",
        "城管（清理）：已清理，11-20 19:07 完成。",
        "公安（劝离）：已劝离，11-20 19:07 完成。",
        "四、时限：9 个环节，按时 8 个；超时：到场（公安） 5:00。",
        "五、附件：处置前照片 2，处置后照片 0，其他 0。",
    ]
    assert evidence(card)["photos"] == ("前 2 张 · 后 0 张 · 没有前后对比：不适用须说明", True)
    assert evidence(card)["law"] == ("市容条例", False)


@pytest.mark.clause("X-5.2.3.6")
def test_the_deputy_is_rung_before_the_parties_and_the_caller_last(desk: Desk) -> None:
    no = register(desk, channel="dept_linkage", caller={"name": "张三", "phone": "13912345678"})
    act(desk, "accept", no, **{"as": "linkage"}, difficulty="complex", lead="城管",
        parties=["城管", "公安"])  # fmt: skip
    found = rings(scene(desk, "call", no))
    assert [(ring.party, ring.waiting) for ring in found] == [
        ("deputy_head", True), ("城管", True), ("公安", True), ("caller", False),
        ("area_head", False),
    ]  # fmt: skip
    assert covered(found[3].number) == "139******5678"
