"""Papers on a case: masked, in the platform's order, addressed, marked in a drill."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.desk import Desk
from dutydesk.desk.acting import UnknownCase
from dutydesk.desk.papers import write
from dutydesk.errors import BadInput
from dutydesk.reports.paper_text import as_page, as_text
from dutydesk.reports.papers import KINDS
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

ME = Actor("commander", "陈安")
PLAIN = {"channel": "dept_linkage", "place": "嘉乐路", "description": "x", "category": "占道设摊"}
MATTER = "跨门设摊<b>，13800000001、138 0000 0003 投诉"


def do(desk: Desk, verb: str, no: str | None = None, **fields: object) -> str:
    case = desk.execute(Act(verb, ME, desk.now(), desk.now(), no, fields)).case
    assert case is not None
    return case.no


def linkage(desk: Desk, **more: object) -> str:
    fields = {"channel": "dept_linkage", "place": "嘉乐小区", "description": MATTER} | more
    no = do(desk, "register", None, **fields, category="占道设摊", grid="嘉乐",
            caller={"name": "张三", "phone": "13800000002"})  # fmt: skip
    do(desk, "accept", no, **{"as": "linkage"}, difficulty="simple", lead="城管",
       parties=["城管", "公安"], reason="涉及多部门")  # fmt: skip
    return no


@pytest.mark.parametrize("kind", ["group", "contact"])
def test_nothing_of_a_citizen_stands_on_a_paper(desk: Desk, kind: str) -> None:
    text = as_text(write(desk, linkage(desk), kind, ME))
    assert "138******0001" in text
    assert "13800000001" not in text
    assert "138******0003" in text
    assert "张" not in text
    assert "0002" not in text


def test_the_group_reads_who_stands_where(desk: Desk) -> None:
    lines = as_text(write(desk, linkage(desk), "group", ME)).split("\n")
    assert lines[0] == "案件情况（发群）"
    assert "地点：嘉乐小区" in lines
    assert "— 参与方 —" in lines
    assert any(line.startswith("城管：") for line in lines)
    assert lines[-1].startswith("依据：xinchenglu/")


@pytest.mark.clause("X-7.1.1")
def test_the_platform_reads_its_own_fields_in_its_own_order(desk: Desk) -> None:
    no = linkage(desk, channel="hotline_12345", external_no="H2611200001")
    lines = as_text(write(desk, no, "upstream", ME)).split("\n")
    at = lines.index("— 受理 —")
    names = [line.split("：")[0] for line in lines[at + 1 : at + 4]]
    assert names == ["工单编号", "承办单位", "受理时间"]
    assert "平台编号：H2611200001" in lines
    assert "现在：待协调" in lines


def test_a_case_of_no_platform_has_no_paper_for_one(desk: Desk) -> None:
    with pytest.raises(BadInput, match="没有平台编号"):
        write(desk, linkage(desk), "upstream", ME)


def test_a_case_just_come_from_a_platform_says_that_nothing_is_to_be_told(desk: Desk) -> None:
    no = do(desk, "register", None, channel="hotline_12345", external_no="H1", place="嘉乐路",
            description="x", category="占道设摊")  # fmt: skip
    assert "说明：还没有要告诉平台的办理情况" in as_text(write(desk, no, "upstream", ME))


def test_a_contact_sheet_has_number_addressee_demand_deadline_contact_and_date(desk: Desk) -> None:
    no = linkage(desk)
    time = desk.now() + timedelta(minutes=30)
    do(desk, "convene", no, parties=["城管", "公安"], time=time, location="北门", mode="offline")
    for party in ("城管", "公安"):
        do(desk, "confirm_response", no, party=party, outcome="arrived")
    duties = [{"party": "城管", "duty": "清理摊位", "limit": "2 小时", "lead": True},
              {"party": "公安", "duty": "维持秩序", "limit": "1 小时"}]  # fmt: skip
    do(desk, "record_outcome", no, agreed=True, duties=duties, basis="条例第一条")
    rows = dict(write(desk, no, "contact", ME).rows)
    assert rows["编号"] == f"{no}-1"
    assert (rows["主送"], rows["抄送"]) == ("城管", "公安")
    assert rows["发件"].endswith("片区城运分中心")
    assert rows["请贵单位"] == "清理摊位"
    assert rows["办结期限"] == f"{desk.now() + timedelta(hours=2):%m-%d %H:%M}"
    assert rows["联系人"] == "陈安"
    assert rows["日期"] == f"{desk.now():%Y-%m-%d}"
    other = dict(write(desk, no, "contact", ME, to="公安").rows)
    assert (other["编号"], other["主送"], other["请贵单位"]) == (f"{no}-2", "公安", "维持秩序")


def test_a_sheet_to_nobody_and_to_a_stranger_is_refused(desk: Desk) -> None:
    no = do(desk, "register", None, channel="walk_in", place="嘉乐路", description="x", grid="嘉乐")
    with pytest.raises(BadInput, match="没有主送单位"):
        write(desk, no, "contact", ME)
    with pytest.raises(BadInput, match="“消防”不在这件案件里") as caught:
        write(desk, linkage(desk), "contact", ME, to="消防")
    assert caught.value.expected == "城管、公安"
    stationed = do(desk, "register", None, **(PLAIN | {"grid": "嘉乐"}))
    do(desk, "accept", stationed, **{"as": "linkage"}, difficulty="simple", lead="城管",
       parties=["城管"], reason="x")  # fmt: skip
    # The limit that runs is the desk's own: it is no deadline of a party.
    assert dict(write(desk, stationed, "contact", ME).rows)["办结期限"] == "尽快"
    with pytest.raises(UnknownCase):
        write(desk, "1409012611209999", "group", ME)


@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_of_a_drill_says_so(morning: ManualClock, kind: str) -> None:
    desk = memory_desk(morning, drill=True)
    no = linkage(desk, channel="hotline_12345", external_no="H1")
    made = write(desk, no, kind, ME)
    assert as_text(made).startswith("【演练】\n")
    assert '<div class="drill">演练</div>' in as_page(made)


def test_the_page_holds_text_alone(desk: Desk) -> None:
    page = as_page(write(desk, linkage(desk), "group", ME))
    assert "跨门设摊&lt;b&gt;" in page
    assert "<b>" not in page
    assert "<script" not in page
    assert "http" not in page
    assert 'class="drill"' not in page
