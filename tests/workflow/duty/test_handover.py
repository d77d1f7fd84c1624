"""Hand over and take over: who may, when, the red count read back, and no due time moves (T30)."""

from __future__ import annotations

import pytest
from world import MONDAY, World

from dutydesk.errors import BadInput

EVENING = "2026-11-20T19:00"  # Friday: the closing instant itself is outside planned hours
TO_NIGHT = {"to": "night_desk", "reason": "力量不足"}


def handed(start: str = EVENING) -> World:
    world = World(start)
    world.off("公安", "城管", "市场监管")
    world.desk("hand_over", **TO_NIGHT)
    return world


def at_night(start: str = EVENING) -> World:
    world = handed(start)
    world.desk("take_over", by="night_desk", red=0)
    return world


def test_the_holder_changes_when_the_other_side_takes_over() -> None:
    world = handed()
    assert (world.state.holder, world.state.handed_to) == ("sub_centre", "night_desk")
    world.desk("take_over", by="night_desk", red=0)
    assert (world.state.holder, world.state.handed_to) == ("night_desk", None)
    assert world.events[-1].data["holder"] == "night_desk"


@pytest.mark.parametrize("by", ["night_desk", "street_centre"])
def test_who_takes_over(by: str) -> None:
    world = handed()
    world.desk_refused("not_your_role", "take_over", by="commander")
    world.desk_refused("not_your_role", "take_over", by="inspector")
    world.desk("take_over", by=by)
    assert world.state.holder == "night_desk"


def test_the_red_count_is_read_back() -> None:
    world = handed()
    world.desk_refused("missing_field", "take_over", by="night_desk", read=None)
    world.desk_refused("bad_value", "take_over", by="night_desk", read="many")
    refusal = world.desk_refused("readback_wrong", "take_over", by="night_desk", red=3, read=2)
    assert refusal.clause == "X-5.1.3"
    world.desk("take_over", by="night_desk", red=3, read="3")
    assert world.state.holder == "night_desk"


def test_nothing_is_taken_over_that_was_not_handed() -> None:
    World(EVENING).desk_refused("wrong_state", "take_over", by="night_desk")


@pytest.mark.parametrize("name", ["to", "reason"])
def test_what_a_handover_says(name: str) -> None:
    world = World(EVENING)
    world.off("commander")
    world.desk_refused("missing_field", "hand_over", **{**TO_NIGHT, name: " "})
    world.desk_refused("bad_value", "hand_over", **{**TO_NIGHT, "to": "commander"})


# ── A-09 ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("by", ["commander", "deputy_head"])
def test_outside_planned_hours_it_needs_a_force_that_is_too_small(by: str) -> None:
    world = World(EVENING)
    refusal = world.desk_refused("handover_not_open", "hand_over", by=by, **TO_NIGHT)
    assert refusal.params == {"why": "force_sufficient"}
    world.off("公安", "城管")
    world.desk_refused("handover_not_open", "hand_over", by=by, **TO_NIGHT)
    world.off("市场监管")
    world.desk("hand_over", by=by, **TO_NIGHT)
    assert world.state.handed_to == "night_desk"


def test_without_a_commander_the_force_is_always_too_small() -> None:
    world = World(EVENING)
    world.off("commander")
    world.desk("hand_over", by="deputy_head", **TO_NIGHT)
    assert world.state.handed_to == "night_desk"


@pytest.mark.parametrize("start", [MONDAY, "2026-11-20T18:59:59", "2026-11-20T08:30"])
def test_inside_planned_hours_it_is_the_deputys(start: str) -> None:
    world = World(start)
    refusal = world.desk_refused("handover_not_open", "hand_over", **TO_NIGHT)
    assert refusal.params == {"why": "planned_hours"}
    world.desk_refused("missing_field", "hand_over", by="deputy_head", to="night_desk")
    world.desk("hand_over", behalf="deputy_head", **TO_NIGHT)
    assert world.state.handed_to == "night_desk"


@pytest.mark.parametrize("start", ["2026-11-21T10:00", "2026-10-01T10:00", "2026-11-23T08:29:59"])
def test_rest_days_holidays_and_early_mornings_are_outside(start: str) -> None:
    world = World(start)
    assert world.desk_refused("handover_not_open", "hand_over", **TO_NIGHT).params == {
        "why": "force_sufficient"
    }


def test_a_make_up_day_is_worked() -> None:
    world = World("2026-10-10T10:00")
    assert world.desk_refused("handover_not_open", "hand_over", **TO_NIGHT).params == {
        "why": "planned_hours"
    }


@pytest.mark.parametrize("by", ["inspector", "area_head", "station", "line_lead", "night_desk"])
def test_who_does_not_hand_over(by: str) -> None:
    world = World(EVENING)
    world.off("commander")
    world.desk_refused("not_your_role", "hand_over", by=by, **TO_NIGHT)


# ── and back ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("start", [EVENING, MONDAY])
def test_the_night_desk_gives_back_at_any_time_when_a_commander_is_on_duty(start: str) -> None:
    world = World(start)
    world.off("公安", "城管", "市场监管")
    world.desk("hand_over", behalf="deputy_head", **TO_NIGHT)
    world.desk("take_over", by="night_desk")
    back = {"to": "commander", "reason": "到岗"}
    world.desk_refused("not_your_role", "hand_over", **back)
    world.desk_refused("bad_value", "hand_over", by="night_desk", to="street_centre", reason="x")
    world.desk("hand_over", by="night_desk", **back)
    world.desk_refused("not_your_role", "take_over", by="night_desk")
    world.desk("take_over", by="commander", red=1, read=1)
    assert world.state.holder == "sub_centre"


def test_the_night_desk_does_not_give_back_to_nobody() -> None:
    world = at_night()
    world.off("commander")
    refusal = world.desk_refused(
        "handover_not_open", "hand_over", by="night_desk", to="commander", reason="x"
    )
    assert refusal.params == {"why": "no_operator"}


def test_the_holder_changes_but_no_due_time() -> None:
    world = World("2026-11-20T18:55")
    world.linkage("urgent")
    world.awaiting("simple", "c2")
    dues = {no: [c.due_at for c in case.clocks] for no, case in world.cases.items()}
    world.until("19:00")
    world.off("公安", "城管", "市场监管")
    world.desk("hand_over", **TO_NIGHT)
    world.desk("take_over", by="night_desk")
    world.until("19:10")
    assert {no: [c.due_at for c in case.clocks] for no, case in world.cases.items()} == dues
    assert world.due("coordinate") == "2026-11-20T19:05:00+08:00"
    world.expect_alarm("19:05:00", "coordinate", "red", "night_desk+deputy_head+area_head", True)


# ── presence, notes ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("X-3.4.1.2")
def test_posts_and_leads_are_set_present_out_or_off_as_events() -> None:
    world = World()
    world.desk("presence", post="城管", status="out", name="演示甲")
    world.desk("presence", post="城管", status="off")
    world.desk("presence", post="commander", status="present")
    assert [(p.post, p.status, p.name) for p in world.state.presence] == [
        ("城管", "off", None),
        ("commander", "present", None),
    ]
    assert [e.verb for e in world.events] == ["presence"] * 3
    world.desk_refused("bad_value", "presence", post="城管", status="asleep")
    world.desk_refused("not_your_role", "presence", by="party", post="城管", status="off")


def test_a_note_of_the_desk_changes_nothing_else() -> None:
    world = World()
    world.desk("note", text="雨大")
    assert world.state.version == 1
    world.desk_refused("missing_field", "note", text="")
    with pytest.raises(BadInput):
        world.desk("accept")


def test_an_act_of_the_desk_is_not_in_the_future() -> None:
    World().desk_refused("time_order", "note", text="x", at="09:00:01")
