"""Step 6: submitted to the area head, his result, submitted to the street, its result."""

from __future__ import annotations

import pytest
from world import World, duties

from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.cases.possible import next_act
from dutydesk.workflow.cases.summary import facets
from dutydesk.workflow.time.zone import iso

# ── T25 submit to head, T26 its result ──────────────────────────────────────────────────────────


@pytest.mark.clause("X-5.2.6.1", "X-5.2.6.2", "X-4.1.9")
@pytest.mark.parametrize(
    "reason", ["疑难复杂", "响应处置不力", "协调无果", "difficult", "other: 他案"]
)
def test_the_deputy_submits_with_a_reason(world: World, reason: str) -> None:
    world.linkage("complex")
    world.refused("missing_field", "submit_to_head", by="deputy_head")
    world.refused("bad_value", "submit_to_head", by="deputy_head", reason="太忙")
    world.refused("not_your_role", "submit_to_head", reason=reason)
    world.refused("not_your_role", "submit_to_head", by="inspector", reason=reason)
    world.do("submit_to_head", behalf="deputy_head", reason=reason)
    assert world.case().state == "at_head"
    assert world.due("head_coordination") == "2026-11-24T09:00:00+08:00"


@pytest.mark.parametrize(
    ("step", "ends", "go_on"),
    [
        ("linkage", ["coordinate"], []),
        ("awaiting", ["respond", "respond", "record_outcome"], []),
        ("coordinating", ["record_outcome"], []),
        ("disposing", [], ["dispose", "dispose"]),
    ],
)
def test_what_a_submission_ends(world: World, step: str, ends: list[str], go_on: list[str]) -> None:
    getattr(world, step)()
    done = world.do("submit_to_head", by="deputy_head", reason="疑难复杂")
    changed = [(c.clock, c.on_time) for c in done.changes if c.change == "ended"]
    assert changed == [(name, None) for name in ends]
    assert [n for n, _ in world.running()] == [*go_on, "head_coordination"]


def test_a_clock_that_is_over_when_submitted_counts_as_late(world: World) -> None:
    world.linkage("simple")
    world.until("09:20:01")
    world.do("submit_to_head", by="deputy_head", reason="疑难复杂")
    clock = world.clock("coordinate")
    assert (clock.ended, clock.on_time) == (True, False)


def test_no_progress_at_the_head_moves_nothing_and_stops_his_clock(world: World) -> None:
    world.at_head()
    world.refused("missing_field", "record_head_result", by="area_head", text="x")
    world.refused("missing_field", "record_head_result", by="area_head", progress=False)
    world.refused(
        "not_your_role", "record_head_result", by="street_centre", progress=False, text="x"
    )
    world.do("record_head_result", by="deputy_head", progress="否", text="无进展")
    assert world.case().state == "at_head"
    assert world.running() == [("dispose", "城管"), ("dispose", "公安")]
    assert world.clock("head_coordination").on_time is True


@pytest.mark.clause("X-5.2.6.3")
def test_the_heads_word_without_progress_makes_the_case_ours_and_the_street_next(
    world: World,
) -> None:
    def stands() -> tuple[str, tuple[str, ...], str | None]:
        case = world.case()
        found = facets(case, world.context)
        offered = next_act(case, Actor("commander"), world.now, world.context)
        return found.hands, found.waiting_for, offered

    world.at_head()
    assert stands() == ("theirs", ("area_head",), "record_head_result")
    world.do("record_head_result", by="deputy_head", progress=False, text="无进展")
    assert stands() == ("mine", ("deputy_head",), "submit_to_street")
    world.do("submit_to_street", by="deputy_head", reason="协调无果")
    assert stands() == ("theirs", ("street_centre",), "record_street_result")


@pytest.mark.clause("X-5.2.6.3")
def test_the_heads_new_duties_start_new_clocks(world: World) -> None:
    world.at_head()
    world.until("09:30")
    given = {"progress": True, "text": "重新分工", "duties": duties("3 h", "3 h")}
    world.refused(
        "bad_value",
        "record_head_result",
        by="area_head",
        **{**given, "duties": given["duties"][1:]},
    )
    world.do("record_head_result", by="area_head", **given)
    assert world.case().state == "disposing"
    runs = [(c.party, c.ended, c.on_time) for c in world.case().clocks if c.name == "dispose"]
    assert runs == [
        ("城管", True, None),
        ("公安", True, None),
        ("城管", False, None),
        ("公安", False, None),
    ]
    assert world.due("dispose", "城管") == "2026-11-23T12:30:00+08:00"


def test_progress_without_duties_goes_back_to_coordinating_or_on_to_the_review(
    world: World,
) -> None:
    world.at_head()
    world.do("record_head_result", by="area_head", progress=True, text="继续协调")
    assert world.case().state == "coordinating"
    world.at_head("c2")
    for party in ("城管", "公安"):
        world.do("file_result", "c2", party=party, text="已办")
    assert world.case("c2").state == "at_head"
    world.do("record_head_result", "c2", by="area_head", progress=True, text="可结")
    assert world.case("c2").state == "reviewing"
    assert world.running("c2") == [("close", None)]


def test_parties_finish_their_work_at_the_head_and_at_the_street(world: World) -> None:
    world.at_head()
    world.do("mark_done", party="城管", completed_at=iso(world.now))
    world.at_street("c2")
    world.do("mark_done", "c2", party="城管", completed_at=iso(world.now))
    world.do("file_result", "c2", party="城管", text="已办")
    assert (world.case().state, world.case("c2").state) == ("at_head", "at_street")


# ── T27 submit to street, T28 its result ────────────────────────────────────────────────────────


@pytest.mark.clause("X-5.2.6.3")
def test_the_street_needs_the_heads_record(world: World) -> None:
    world.at_head()
    given = {"by": "deputy_head", "reason": "疑难复杂"}
    refusal = world.refused("head_record_missing", "submit_to_street", **given)
    assert refusal.clause == "X-5.2.6.3"
    world.refused("not_your_role", "submit_to_street", reason="疑难复杂")
    world.do("record_head_result", by="area_head", progress=False, text="无进展")
    world.do("submit_to_street", **given)
    assert world.case().state == "at_street"
    assert world.due("street_coordination") == ""


def test_both_heads_away_let_the_case_pass(world: World) -> None:
    world.at_head()
    world.do("submit_to_street", behalf="deputy_head", reason="heads_unavailable")
    assert world.case().state == "at_street"
    clock = world.clock("head_coordination")
    assert (clock.ended, clock.on_time) == (True, None)


def test_the_heads_record_counts_for_its_own_submission_only(world: World) -> None:
    world.at_head()
    world.do("record_head_result", by="area_head", progress=True, text="继续")
    world.do("submit_to_head", by="deputy_head", reason="协调无果")
    world.refused("head_record_missing", "submit_to_street", by="deputy_head", reason="协调无果")


def test_no_progress_at_the_street_lets_its_clock_run_on(world: World) -> None:
    world.at_street()
    world.refused("not_your_role", "record_street_result", by="area_head", progress=False, text="x")
    world.do("record_street_result", by="street_centre", progress=False, text="仍在协调")
    assert world.case().state == "at_street"
    assert ("street_coordination", None) in world.running()


@pytest.mark.clause("X-5.2.6.3")
def test_the_streets_result_with_duties_without_and_final(world: World) -> None:
    world.at_street()
    world.do(
        "record_street_result",
        behalf="street_centre",
        progress=True,
        text="分工",
        duties=duties("1 h", "1 h"),
    )
    assert world.case().state == "disposing"
    assert world.clock("street_coordination").running is False
    world.at_street("c2")
    world.do("record_street_result", "c2", by="street_centre", progress=True, text="继续")
    assert world.case("c2").state == "coordinating"
    world.at_street("c3")
    world.do("mark_done", "c3", party="城管", completed_at=iso(world.now))
    done = world.do(
        "record_street_result", "c3", by="street_centre", progress=True, text="定", final=True
    )
    assert world.case("c3").state == "reviewing"
    assert sorted((c.clock, c.change, c.on_time) for c in done.changes) == [
        ("close", "started", None),
        ("dispose", "ended", None),
        ("file_result", "ended", None),
        ("street_coordination", "ended", None),
    ]
    assert world.close("c3").case.state == "closed"


def test_after_a_final_result_only_the_returned_party_owes_its_work(world: World) -> None:
    world.at_street()
    world.do("record_street_result", by="street_centre", progress=True, text="定", final=True)
    world.do("return_for_rework", party="公安", items=["photos"], reason="无照片", limit="1 h")
    assert world.case().course.open_results == ("公安",)
    world.do("file_result", party="公安", text="补照片")
    assert world.case().state == "reviewing"
