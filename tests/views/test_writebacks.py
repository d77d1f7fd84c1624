"""The ledger of what platforms do not know yet: what is owed, by whom, in which order to copy."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sampled import on_both
from views_world import NOON, World

from dutydesk.reports.entering import page
from dutydesk.views.writebacks import Owed, OwedCount, OwedRow
from dutydesk.workflow.cases.model import Actor

FIVE = dict.fromkeys(("complete", "law", "summary", "photos", "wording"), "pass")
PHONE = "13800000001"


def hotline(world: World, number: str = "T-100", **fields: object) -> str:
    """A community case from the hotline, accepted."""
    no = world.register(channel="hotline_12345", external_no=number, category="环卫", **fields)
    world.do("accept", no, as_="community", grid="仓场")
    return no


def worked(world: World, no: str) -> None:
    """The station has filed its result and the case is closed."""
    world.do("dispatch", no, station="仓场", due=NOON + timedelta(hours=3))
    world.do("file_result", no, text=f"已清理，联系人 {PHONE}")
    world.do("close", no, checks=FIVE, report="处置到位")


def owed(world: World) -> list[tuple[str, str, str | None]]:
    return [(row.external_no, row.what, row.party) for row in world.read(Owed()).rows]


@on_both("world")
@pytest.mark.clause("X-7.1.1")
def test_accept_result_and_closing_are_owed_and_the_header_counts_the_rows(world: World) -> None:
    no = hotline(world)
    assert owed(world) == [("T-100", "accept", None)]
    worked(world, no)
    assert [what for _no, what, _party in owed(world)] == ["accept", "file_result", "close"]
    assert world.read(OwedCount()) == world.read(Owed()).total == 3


def test_a_case_without_an_upstream_number_and_what_came_in_closed_owe_nothing(
    world: World,
) -> None:
    no = world.register(category="环卫")
    world.do("accept", no, as_="community", grid="仓场")
    closed = {"channel": "hotline_12345", "external_no": "T-1", "place": "某路", "history": True}
    world.do("register", by="system", description="垃圾", **closed)
    assert world.read(OwedCount()) == 0


@pytest.mark.parametrize(
    ("what", "left"),
    [
        ("办结", ["accept"]),
        ("close", ["accept"]),
        ("已结案", ["accept"]),
        ("受理", ["file_result", "close"]),
        ("全部", []),
        ("补充说明", ["accept", "file_result", "close"]),
    ],
)
def test_a_write_back_ticks_what_its_words_name(world: World, what: str, left: list[str]) -> None:
    no = hotline(world)
    worked(world, no)
    world.do("write_back", no, system="12345", what=what, receipt="R-7")
    assert [name for _no, name, _party in owed(world)] == left


def test_the_fields_stand_in_the_order_of_the_page_with_numbers_covered(world: World) -> None:
    no = hotline(world)
    worked(world, no)
    close = world.read(Owed(case=no)).rows[-1]
    assert page(close) == (
        "工单编号：T-100\n答复市民要点：已清理，联系人 138******0001\n"
        "办结时间：2026-11-20 12:00\n办理情况：处置到位"
    )
    assert [field.name for field in close.fields][3] == "satisfaction"


def test_a_refusal_says_where_it_belongs_in_the_words_of_its_platform(world: World) -> None:
    no = world.register(
        channel="grid", external_no="2611A0000001", place="外区某路", description="垃圾", grid=None
    )
    world.do("refuse", no, reason="not_in_area", fed_back_at=NOON, belongs_to="马陆镇")
    [row] = world.read(Owed(channel="grid")).rows
    assert page(row).split("\n")[:2] == [
        "任务号：2611A0000001",
        "退回原因：不属本片区，应属 马陆镇",
    ]
    assert world.read(Owed(channel="hotline_12345")).rows == ()


def test_whose_result_is_missing_stands_beside_with_since_when(world: World) -> None:
    no = hotline(world)
    world.do("dispatch", no, station="仓场", due=NOON + timedelta(hours=3))
    world.clock.advance(minutes=50)
    [awaited] = world.read(Owed()).awaited
    said = (awaited.case, awaited.owes, awaited.since_at, awaited.id, awaited.fields)
    assert said == (no, "仓场社区网格", NOON, None, ())
    world.do("file_result", no, text="已清理")
    assert world.read(Owed()).awaited == ()


@on_both("world")
def test_platform_by_platform_and_the_oldest_of_each_first(world: World) -> None:
    hotline(world, "T-1")
    world.clock.advance(minutes=1)
    other = world.register(channel="grid", external_no="G-1", category="环卫")
    world.do("accept", other, as_="community", grid="仓场")
    world.clock.advance(minutes=1)
    hotline(world, "T-2")
    found = world.read(Owed())
    assert [row.external_no for row in found.rows] == ["G-1", "T-1", "T-2"]
    assert found.channels == ("grid", "hotline_12345")
    assert found.oldest == NOON


def test_in_a_drill_every_value_says_so(world: World) -> None:
    no = hotline(world)
    world.desk.context = replace(world.desk.context, drill=True)
    [row] = world.read(Owed(case=no)).rows
    assert isinstance(row, OwedRow)
    assert all(field.value.startswith("【演练】") for field in row.fields)


def test_a_rework_a_return_and_a_reopening_end_what_was_never_entered(world: World) -> None:
    no = hotline(world)
    world.do("dispatch", no, station="仓场", due=NOON + timedelta(hours=3))
    world.do("file_result", no, text="已清理")
    world.do(
        "return_for_rework",
        no,
        party="仓场社区网格",
        items=["photos"],
        reason="照片",
        limit="2小时",
    )
    assert owed(world) == [("T-100", "accept", None)]
    world.do("file_result", no, text="已补照片")
    world.do("close", no, checks=FIVE, report="处置到位")
    world.do("reopen", no, on_behalf="deputy_head", reason="市民又来电")
    # The platform was never told of the closing, so it need not be told of the reopening.
    assert "close" not in str(owed(world))
    assert "reopen" not in str(owed(world))
    world.do("close", no, checks=FIVE, report="处置到位")
    world.do("write_back", no, system="12345", what="办结")
    world.do("reopen", no, on_behalf="deputy_head", reason="又来电")
    assert owed(world)[-1] == ("T-100", "reopen", None)
    world.do("upstream_returned", no, reason="重办")
    assert owed(world) == []
    world.do("accept", no, as_="community", grid="仓场")
    assert owed(world) == [("T-100", "accept", None)]


def test_the_platform_that_withdraws_is_told_nothing_and_the_desk_that_does_says_so(
    world: World,
) -> None:
    theirs, ours = hotline(world, "T-1"), hotline(world, "T-2")
    world.do("withdraw", theirs, by=str(Actor("system")), reason="上级撤单")
    world.do("withdraw", ours, reason="重复登记")
    assert owed(world) == [("T-2", "withdraw", None)]


def test_the_closing_of_a_case_is_owed_for_the_cases_merged_into_it(world: World) -> None:
    no, other = hotline(world, "T-1"), hotline(world, "T-2")
    world.do("merge", other, into=no)
    worked(world, no)
    closings = [row for row in world.read(Owed()).rows if row.what == "close"]
    assert [row.external_no for row in closings] == ["T-1", "T-2"]
    assert all("已清理" in page(row) for row in closings)
