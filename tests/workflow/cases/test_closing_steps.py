"""Step 7 and after: review, rework, close, reopen, returned upstream, side acts."""

from __future__ import annotations

import pytest
from world import CHECKS, FOREIGN_GRID, GRID, World

REWORK = {"party": "公安", "items": ["photos"], "reason": "照片不清", "limit": "2 h"}


@pytest.mark.clause("X-5.2.7.9")
def test_feedback_on_friday_at_five_is_due_on_saturday_at_five() -> None:
    world = World("2026-11-20T16:00")
    world.disposing()
    world.until("16:30")
    world.do("file_result", party="城管", text="已清理")
    world.until("17:00")
    world.do("file_result", party="公安", text="已维持")
    assert world.due("close") == "2026-11-21T17:00:00+08:00"


@pytest.mark.clause("X-5.2.7.1", "X-5.2.7.8")
def test_closing_in_time(world: World) -> None:
    world.reviewing()
    done = world.close()
    case = world.case()
    assert (case.state, case.closed_at, case.running()) == ("closed", world.now, ())
    assert case.course.report == "两方按时处置,现场已清。"
    assert dict(case.course.checks) == CHECKS
    assert [(c.clock, c.on_time) for c in done.changes] == [("close", True)]


@pytest.mark.clause("X-5.2.7.9")
def test_closing_late_is_possible_and_late(world: World) -> None:
    world.reviewing()
    world.jump("2026-11-24T09:00:01")
    world.close()
    assert world.clock("close").on_time is False


@pytest.mark.clause("X-5.2.7.2", "X-5.2.7.3", "X-5.2.7.4", "X-5.2.7.5", "X-5.2.7.6")
@pytest.mark.parametrize("item", list(CHECKS))
def test_each_of_the_five_checks_is_asked_and_a_failed_one_blocks(world: World, item: str) -> None:
    world.reviewing()
    without = {k: v for k, v in CHECKS.items() if k != item}
    given = {"report": "齐"}
    for checks in (without, {**CHECKS, item: ""}, {**CHECKS, item: "na"}):
        refusal = world.refused("checks_missing", "close", checks=checks, **given)
        assert refusal.params == {"items": [item]}
    blank = {"notes": {item: " "}}
    world.refused("checks_missing", "close", checks={**CHECKS, item: "na"}, **given, **blank)
    refusal = world.refused("checks_failed", "close", checks={**CHECKS, item: "fail"}, **given)
    assert refusal.params == {"items": [item]}
    world.refused("bad_value", "close", checks={**CHECKS, item: "perhaps"}, **given)
    note = {"notes": {item: "无此项"}}
    assert world.close(checks={**CHECKS, item: "na"}, **note).case.state == "closed"


@pytest.mark.clause("X-5.2.7.8")
@pytest.mark.parametrize("report", [None, "", " \n"])
def test_no_closing_without_the_report(world: World, report: object) -> None:
    world.reviewing()
    world.refused("report_missing", "close", checks=CHECKS, report=report)


def test_closing_never_says_missing_field_and_gives_the_first_reason(world: World) -> None:
    world.reviewing()
    assert world.refused("checks_missing", "close").params == {"items": list(CHECKS)}
    failed = {**CHECKS, "law": "fail"}
    world.refused("checks_failed", "close", checks=failed)
    del failed["photos"]
    world.refused("checks_missing", "close", checks=failed)
    world.do("return_for_rework", **REWORK)
    world.set(state="reviewing")
    world.refused("results_missing", "close")
    world.refused("not_your_role", "close", by="inspector")


@pytest.mark.clause("X-4.1.8")
def test_an_urgent_case_closes_only_when_the_head_has_been_told(world: World) -> None:
    world.reviewing("urgent")
    refusal = world.refused("head_not_reported", "close")
    assert refusal.clause == "X-4.1.8"
    world.refused("not_your_role", "report_result", channel="phone", outcome="已办")
    world.refused("missing_field", "report_result", by="deputy_head", channel="phone")
    world.do("report_result", by="deputy_head", channel="phone", outcome="已办结")
    assert world.case().course.result_reported_at == world.now
    assert world.close().case.state == "closed"
    world.reviewing("simple", "c2")
    world.refused(
        "wrong_state", "report_result", "c2", by="deputy_head", channel="phone", outcome="x"
    )


# ── T24 rework ───────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("X-5.2.7.1")
def test_rework_stops_the_review_and_starts_the_partys_new_limit(world: World) -> None:
    world.reviewing()
    for name in REWORK:
        world.refused("missing_field", "return_for_rework", **{**REWORK, name: ""})
    world.refused("bad_value", "return_for_rework", **{**REWORK, "party": "消防"})
    world.refused("bad_value", "return_for_rework", **{**REWORK, "limit": "soon"})
    world.until("10:00")
    world.do("return_for_rework", **REWORK)
    assert world.case().state == "disposing"
    close = world.clock("close")
    assert (close.ended, close.on_time) == (False, True)
    assert world.due("dispose", "公安") == "2026-11-23T12:00:00+08:00"
    assert world.case().course.open_results == ("公安",)
    world.do("file_result", party="公安", text="已补照片")
    assert world.case().state == "reviewing"
    assert len([c for c in world.case().clocks if c.name == "close"]) == 2


def test_the_second_return_proposes_to_submit(world: World) -> None:
    world.reviewing()
    world.do("return_for_rework", **REWORK)
    assert world.case().course.proposals == ()
    world.do("file_result", party="公安", text="补")
    world.do("return_for_rework", **REWORK)
    assert world.case().course.proposals == ("poor_response",)
    assert world.case().course.returns == 2


def test_a_stations_result_goes_back_to_the_station(world: World) -> None:
    world.at_station()
    world.do("file_result", by="station", text="已清运")
    world.do("return_for_rework", **{**REWORK, "party": GRID})
    assert world.case().state == "at_station"
    assert world.due("dispose", GRID) == "2026-11-23T11:00:00+08:00"
    world.do("file_result", by="station", text="已再清")
    assert world.case().state == "reviewing"


# ── T33 reopen, T37 returned upstream ────────────────────────────────────────────────────


def test_only_the_deputy_reopens(world: World) -> None:
    world.closed()
    world.until("11:00")
    world.refused("not_your_role", "reopen", reason="复查不合格")
    world.refused("missing_field", "reopen", by="deputy_head")
    world.do("reopen", behalf="deputy_head", reason="复查不合格")
    assert (world.case().state, world.case().closed_at) == ("reviewing", None)
    assert world.due("close") == "2026-11-24T11:00:00+08:00"


STEPS = ["register", "at_station", "linkage", "awaiting", "disposing", "at_street", "closed"]


@pytest.mark.parametrize("step", STEPS)
def test_what_upstream_sends_back_begins_a_new_run(world: World, step: str) -> None:
    getattr(world, step)()
    no = world.case().no
    world.until("09:05")
    world.refused("missing_field", "upstream_returned", by="system")
    world.refused("not_your_role", "upstream_returned", by="street_centre", reason="重办")
    done = world.do(
        "upstream_returned", by="system", reason="市民不满意", upstream_due="2026-11-26T09:00"
    )
    case = world.case()
    assert (case.no, case.state, case.run, case.marks) == (no, "received", 2, ("回",))
    assert case.course.parties == ()
    assert world.running() == [("triage", None)]
    assert world.due("triage") == "2026-11-24T09:05:00+08:00"
    assert case.upstream_due == world.now.replace(day=26, hour=9, minute=0)
    assert all(c.on_time is None for c in done.changes if c.change == "ended")


# ── T31, T35, T36 side acts ─────────────────────────────────────────────────────────────────────


def test_urging_and_supervising_are_on_the_record(world: World) -> None:
    world.at_station()
    world.do("urge", target=GRID)
    world.do("urge", by="deputy_head", target=GRID, text="快办")
    demand = {"target": GRID, "demand": "今日办结"}
    world.refused("missing_field", "supervise", **demand)
    world.refused("bad_value", "supervise", **demand, due="2026-11-20T01:00")
    world.do("supervise", by="inspector", **demand, due="2026-11-23T18:00")
    assert (world.case().urged, world.case().marks) == (2, ("督办",))
    world.closed("c2")
    world.refused("wrong_state", "urge", "c2", target=GRID)


def test_verifying_is_an_act_of_its_own_and_never_by_who_disposed(world: World) -> None:
    world.register()
    world.do("request_verification", target="嘉乐社区网格")
    world.refused("bad_value", "record_verification", by="station", verdict="maybe")
    world.do("record_verification", by="station", verdict="partly", text="属实,量少")
    world.reviewing("simple", "c2")
    refusal = world.refused(
        "independence", "record_verification", "c2", verdict="verified", by_whom="城管"
    )
    assert refusal.params == {"who": "城管"}
    world.do("record_verification", "c2", verdict="verified", by_whom="网格员丙")


SIDE = [
    ("note", {"text": "已通知"}),
    ("attach", {"kind": "other", "file": "a.pdf"}),
    ("contact_citizen", {"outcome": "reached", "satisfaction": "satisfied"}),
    ("call", {"party": "caller", "outcome": "reached", "said": "谢谢"}),
    ("write_back", {"system": "12345", "what": "办结"}),
    ("request_guidance", {"target": "公安", "text": "如何适用"}),
    ("record_guidance", {"text": "按第三条"}),
]


@pytest.mark.parametrize(("verb", "fields"), SIDE)
@pytest.mark.parametrize("step", ["register", "at_street", "closed"])
def test_side_acts_move_nothing_in_any_state(
    world: World, verb: str, fields: dict[str, object], step: str
) -> None:
    getattr(world, step)()
    before = world.case()
    done = world.do(verb, **fields)
    assert (done.case.state, done.case.clocks, done.changes) == (before.state, before.clocks, ())
    assert done.case.version == before.version + 1
    assert done.events[0].seq == before.last_seq + 1


def test_a_promise_lies_ahead(world: World) -> None:
    world.register()
    world.refused(
        "bad_value", "call", party="城管", outcome="reached", promised_at="2026-11-23T08:00"
    )


def test_upstream_changes_and_urges(world: World) -> None:
    world.register()
    changes = {"place": "嘉乐路22号", "upstream_due": "2026-11-25T09:00"}
    world.do("upstream_changed", by="system", changes=changes)
    assert world.case().place == "嘉乐路22号"
    assert world.case().upstream_due == world.now.replace(day=25)
    world.do("upstream_urged", by="system")
    assert (world.case().urged, world.case().marks) == (1, ("催",))
    world.do("upstream_changed", by="system", changes={"grid": FOREIGN_GRID})
