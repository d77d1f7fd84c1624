"""Who may act and for whom, the order of refusals, times, corrections, what is open."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from world import FOREIGN_GRID, GRID, World

from dutydesk.errors import BadInput
from dutydesk.workflow.cases.decide import REFUSAL_ORDER
from dutydesk.workflow.duty.model import DutyState
from dutydesk.workflow.time.zone import iso


def night(world: World) -> None:
    world.state = DutyState(world.state.area, holder="night_desk")


# ── recording for others ────────────────────────────────────────────────────────────────────────


def test_what_is_recorded_for_somebody_names_both_and_the_way(world: World) -> None:
    world.disposing()
    world.do("submit_to_head", behalf="deputy_head:周某", reason="疑难复杂")
    event = world.events[-1]
    assert (str(event.by), str(event.on_behalf), event.channel) == (
        "commander",
        "deputy_head:周某",
        "phone",
    )
    world.do(
        *("record_head_result", "c1"),
        behalf="area_head",
        via="in_person",
        progress=False,
        text="无进展",
    )
    assert world.events[-1].channel == "in_person"
    world.refused(
        "bad_value", "submit_to_street", behalf="deputy_head", via="smoke", reason="疑难复杂"
    )


@pytest.mark.parametrize("behalf", ["inspector", "system", "admin", "night_desk", "commander"])
def test_nobody_records_for_those_who_must_act_themselves(world: World, behalf: str) -> None:
    world.disposing()
    world.refused("not_your_role", "submit_to_head", behalf=behalf, reason="疑难复杂")
    refused = world.refused("not_your_role", "urge", behalf=behalf, target="城管")
    assert refused.params["on_behalf"] == behalf


@pytest.mark.parametrize("by", ["inspector", "street_centre", "line_lead", "night_desk", "party"])
def test_only_the_commander_records_for_others(world: World, by: str) -> None:
    world.disposing()
    world.refused("not_your_role", "submit_to_head", by=by, behalf="deputy_head", reason="x")


def test_for_whom_must_fit_the_act(world: World) -> None:
    world.disposing()
    world.refused("not_your_role", "submit_to_head", behalf="area_head", reason="疑难复杂")
    world.at_station("c2")
    world.refused("not_your_role", "return_to_desk", "c2", behalf="deputy_head", reason="x")
    world.do("return_to_desk", "c2", behalf="station", reason="不在本网格")
    assert world.case("c2").state == "to_dispatch"


# ── the night desk ──────────────────────────────────────────────────────────────────────────────


def test_while_the_night_desk_holds_it_is_the_commander(world: World) -> None:
    world.register()
    night(world)
    accept = {"as_": "community", "grid": GRID}
    world.refused("not_your_role", "accept", **accept)
    world.do("accept", by="night_desk", **accept)
    world.do("dispatch", by="night_desk:夜班", station=GRID, due="2026-11-23T20:00")
    world.refused("not_your_role", "file_result", text="x")
    world.do("file_result", by="night_desk", text="已清运")
    assert str(world.events[-1].by) == "night_desk"
    assert world.events[-1].on_behalf is not None
    assert world.close(by="night_desk").case.state == "closed"


def test_what_is_left_to_the_commander_while_the_night_desk_holds(world: World) -> None:
    world.linkage("complex")
    night(world)
    world.register("c2", by="commander")
    world.do("note", text="看到")
    world.do("call", party="城管", outcome="busy")
    world.do("attach", kind="other", file="a")
    for verb, fields in (
        ("urge", {"target": "x"}),
        ("record_instruction", {"giver": "deputy_head", "text": "x", "channel": "phone"}),
        ("contact_citizen", {"outcome": "reached"}),
        ("correct", {"event": 1, "field": "place", "value": "x", "reason": "y"}),
        ("withdraw", {"reason": "x"}),
    ):
        world.refused("not_your_role", verb, **fields)
    world.desk_refused(
        "not_your_role",
        "standing_instruction",
        giver="deputy_head",
        text="x",
        channel="phone",
        difficulties=["complex"],
        until="2026-11-23T20:00",
    )


def test_by_day_the_night_desk_is_a_guest(world: World) -> None:
    world.register("c2", by="night_desk")
    world.register()
    world.refused("not_your_role", "accept", by="night_desk", as_="community", grid=GRID)


# ── the order of refusals ───────────────────────────────────────────────────────────────────────


def test_the_order_is_the_contracts() -> None:
    assert (
        *("stale", "duplicate", "wrong_state", "not_your_role", "missing_field", "bad_value"),
        *("time_order", "instruction_missing", "head_not_reported", "call_first"),
        *("offline_required", "head_record_missing", "results_missing", "checks_missing"),
        *("checks_failed", "report_missing", "not_in_area", "inside_area", "police_incident"),
        *("independence", "handover_not_open", "readback_wrong"),
    ) == REFUSAL_ORDER[: REFUSAL_ORDER.index("act_missing")]


def test_what_a_procedure_asks_for_by_name_comes_last() -> None:
    own = REFUSAL_ORDER[REFUSAL_ORDER.index("act_missing") :]
    assert own[:6] == ("act_missing", "suspended", "pending", "no_clock", "not_overdue", "used_up")
    assert own[6:] == ("cases_stranded",)


BAD_TIME = "2026-11-23T08:00"
TWO_FAULTS = [
    # state, verb, who, fields (each with two faults or more), the first in order
    ("register", "dispatch", "inspector", {}, "wrong_state"),
    ("register", "accept", "inspector", {"as_": "community"}, "not_your_role"),
    ("register", "accept", "commander", {"as_": "linkage", "difficulty": "odd"}, "missing_field"),
    (
        *("register", "accept", "commander"),
        {"as_": "community", "grid": "火星", "at": BAD_TIME},
        "bad_value",
    ),
    (
        *("register", "accept", "commander"),
        {"as_": "community", "grid": FOREIGN_GRID, "at": BAD_TIME},
        "time_order",
    ),
    (
        *("register", "refuse", "commander"),
        {"reason": "not_in_area", "fed_back_at": BAD_TIME},
        "time_order",
    ),
    ("register", "refuse", "commander", {"reason": "busy"}, "missing_field"),
    ("urgent", "convene", "commander", {"parties": ["城管"], "mode": "online"}, "missing_field"),
    ("urgent", "reclassify", "commander", {"difficulty": "simple"}, "not_your_role"),
    (
        *("urgent", "convene", "commander"),
        {
            "parties": ["公安"],
            "time": "2026-11-23T10:00",
            "location": "x",
            "mode": "online",
            "at": BAD_TIME,
        },
        "bad_value",
    ),
    (
        *("urgent", "convene", "commander"),
        {
            "parties": ["城管"],
            "time": "2026-11-23T10:00",
            "location": "x",
            "mode": "online",
            "at": BAD_TIME,
        },
        "time_order",
    ),
    (
        *("urgent", "convene", "commander"),
        {"parties": ["城管"], "time": "2026-11-23T10:00", "location": "x", "mode": "online"},
        "instruction_missing",
    ),
    ("reviewing", "close", "commander", {"checks": {"law": "fail"}}, "checks_missing"),
    ("reviewing", "close", "commander", {"checks": {"law": "odd"}, "at": BAD_TIME}, "bad_value"),
    ("reviewing", "close", "inspector", {"at": BAD_TIME}, "not_your_role"),
]


@pytest.mark.parametrize(("state", "verb", "by", "fields", "code"), TWO_FAULTS)
def test_of_several_refusals_the_first_is_given(
    world: World, state: str, verb: str, by: str, fields: dict[str, object], code: str
) -> None:
    if state == "urgent":
        world.linkage("urgent")
    else:
        getattr(world, state)()
    world.refused(code, verb, by=by, **fields)


def test_a_missing_reason_comes_before_a_bad_class(world: World) -> None:
    """On a channel that is no origin the reason is missing, whatever else is wrong."""
    world.register(channel="grid", external_no="1")
    given = {"as_": "linkage", "difficulty": "odd", "lead": "城管", "parties": ["城管"]}
    assert world.refused("missing_field", "accept", **given).params == {"field": "reason"}


def test_a_field_that_is_bad_is_not_missing_too(world: World) -> None:
    world.community()
    refusal = world.refused("bad_value", "dispatch", station=GRID, due="later")
    assert refusal.params["field"] == "due"


def test_what_the_procedure_does_not_know_is_bad_input(world: World) -> None:
    world.register()
    with pytest.raises(BadInput):
        world.do("teleport")
    with pytest.raises(BadInput):
        world.do("note", text="x", colour="red")
    with pytest.raises(BadInput):
        world.do("take_over", red=0)


# ── times ───────────────────────────────────────────────────────────────────────────────────────


def test_an_act_is_not_in_the_future_and_not_before_what_it_follows(world: World) -> None:
    world.register()
    world.until("09:10")
    accept = {"as_": "community", "grid": GRID}
    world.refused("time_order", "accept", **accept, at="09:10:01")
    world.refused("time_order", "accept", **accept, at="08:59:59")
    world.do("accept", **accept, at="09:00")
    world.until("09:30")
    world.refused("time_order", "note", text="x", at="08:59")
    world.do("dispatch", station=GRID, due="2026-11-23T18:00", at="09:20")
    assert world.clock("dispatch").stopped_at == world.now.replace(minute=20)
    world.refused("time_order", "return_to_desk", by="station", reason="x", at="09:19:59")


@pytest.mark.parametrize(("minutes", "late"), [(5, False), (6, True)])
def test_over_five_minutes_is_a_late_entry(world: World, minutes: int, late: bool) -> None:
    world.register()
    world.advance(minutes=30)
    at = iso(world.now - timedelta(minutes=minutes))
    event = world.do("accept", as_="community", grid=GRID, at=at).events[0]
    assert (event.late_entry, event.recorded_at - event.at) == (late, timedelta(minutes=minutes))


def test_a_late_entry_of_an_act_in_time_is_in_time(world: World) -> None:
    world.community()
    world.until("10:20")
    world.do("dispatch", station=GRID, due="2026-11-23T18:00", at="10:00")
    assert world.clock("dispatch").on_time is True
    assert [t[2] for t in world.told()].count("red") == 2  # what was raised stays on the record


# ── corrections ──────────────────────────────────────────────────────────────────────────


def correct(world: World, event: int, field: str, value: object, **rest: object) -> None:
    world.do("correct", event=event, field=field, value=value, reason="录错", **rest)


def test_a_corrected_arrival_is_judged_anew(world: World) -> None:
    world.awaiting(after_min=30)
    world.until("09:40")
    world.do("confirm_response", party="公安", outcome="arrived")
    event = world.case().last_seq
    assert world.clock("respond", "公安").on_time is False
    correct(world, event, "arrived_at", "2026-11-23T09:29")
    clock = world.clock("respond", "公安")
    assert (clock.on_time, clock.stopped_at) == (True, world.now.replace(minute=29))
    assert world.changes[-1].change == "moved"
    assert world.events[-1].data["reason"] == "录错"


def test_a_corrected_completion_keeps_the_end_of_its_own_day(world: World) -> None:
    world.coordinating()
    world.do(
        "record_outcome",
        agreed=True,
        duties=[{"party": "城管", "duty": "清理", "limit": "2天", "lead": True}],
    )
    world.until("2026-11-24T08:00")
    world.do("mark_done", party="城管", completed_at="2026-11-24T07:00")
    assert world.due("file_result") == "2026-11-25T00:00:00+08:00"
    correct(world, world.case().last_seq, "completed_at", "2026-11-23T22:00")
    assert world.due("file_result") == "2026-11-24T00:00:00+08:00"
    assert world.clock("dispose").stopped_at == world.now.replace(day=23, hour=22)


def test_a_corrected_dispatch_counts_the_reserve_anew(world: World) -> None:
    world.community(upstream_due="2026-11-23T17:00")
    world.until("09:40")
    world.do("dispatch", station=GRID)
    correct(world, world.case().last_seq, "at", "2026-11-23T09:00")
    assert world.due("dispose") == "2026-11-23T15:00:00+08:00"


@pytest.mark.parametrize(
    ("event", "field", "value", "code"),
    [
        (99, "at", "2026-11-23T09:00", "bad_value"),
        (0, "at", "2026-11-23T09:00", "bad_value"),
        (3, "at", "soon", "bad_value"),
        (3, "arrived_at", "2026-11-23T12:00", "time_order"),
        (1, "grid", "火星", "bad_value"),
        (1, "place", "", "missing_field"),
        (1, "place", {"x": 1}, "bad_value"),
        (3, "at", datetime(2026, 11, 23, 9, 0), "bad_value"),
    ],
)
def test_a_correction_that_does_not_fit(
    world: World, event: int, field: str, value: object, code: str
) -> None:
    world.awaiting()
    world.refused(code, "correct", event=event, field=field, value=value, reason="x")


def test_an_arrival_is_not_corrected_to_before_the_push(world: World) -> None:
    world.awaiting()
    world.until("09:20")
    world.do("confirm_response", party="公安", outcome="arrived")
    world.refused(
        "time_order",
        "correct",
        event=world.case().last_seq,
        field="arrived_at",
        value="2026-11-23T08:59",
        reason="x",
    )


def test_a_case_fact_is_set_right(world: World) -> None:
    world.register()
    correct(world, 1, "place", "嘉乐路22号")
    correct(world, 1, "grid", "仓场")
    assert (world.case().place, world.case().grid) == ("嘉乐路22号", "仓场社区网格")


# ── what is open ────────────────────────────────────────────────────────────────────────────────


def test_the_acts_of_a_state_say_whether_they_are_open_and_why_not(world: World) -> None:
    world.linkage("urgent")
    acts = world.possible()
    assert acts["convene"].refusal is not None
    assert (acts["convene"].refusal.code, acts["convene"].clause) == (
        "instruction_missing",
        "X-5.2.3.8",
    )
    assert acts["call"].open
    assert (acts["submit_to_head"].open, acts["submit_to_head"].behalf) == (True, "deputy_head")
    assert "dispatch" not in acts
    inspector = world.possible(by="inspector")
    refusal = inspector["convene"].refusal
    assert refusal is not None
    assert refusal.code == "not_your_role"


@pytest.mark.parametrize("step", ["awaiting", "disposing", "at_head", "at_street", "at_station"])
def test_what_the_commander_records_for_a_party_is_open_to_him(world: World, step: str) -> None:
    getattr(world, step)()
    first = world.procedure.states[world.case().state].keys[0]
    answer = world.possible()[first]
    assert answer.open
    assert answer.behalf in ("party", "area_head", "street_centre", "station")
