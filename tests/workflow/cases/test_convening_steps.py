"""Steps 3 and 4: classify, instruct, call, report, push, respond, second coordination."""

from __future__ import annotations

from datetime import timedelta

import pytest
from world import World

from dutydesk.workflow.time.zone import iso

C_CLASSES = ("complex", "difficult", "repeat", "supervised")
U_CLASSES = ("urgent", "major")


def later(world: World, minutes: int) -> str:
    return iso(world.now + timedelta(minutes=minutes))


# ── tracks ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("X-5.2.3.2", "X-5.2.3.4", "X-5.2.3.7")
@pytest.mark.parametrize(
    ("difficulty", "track", "due"),
    [
        ("simple", "S", "09:20:00"),
        *((d, "C", "09:20:00") for d in C_CLASSES),
        *((d, "U", "09:10:00") for d in U_CLASSES),
    ],
)
def test_each_class_has_its_track_and_limit(
    world: World, difficulty: str, track: str, due: str
) -> None:
    world.linkage(difficulty)
    assert world.case().course.track == track
    assert world.due("coordinate") == f"2026-11-23T{due}+08:00"


@pytest.mark.clause("X-2.10")
def test_urgent_accepted_five_minutes_before_closing_is_due_after_closing() -> None:
    world = World("2026-11-20T18:55")
    world.linkage("urgent")
    assert world.due("coordinate") == "2026-11-20T19:05:00+08:00"


# ── T13 track S ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("X-5.2.3.3")
def test_a_simple_case_is_pushed_within_twenty_minutes(world: World) -> None:
    world.linkage("simple")
    world.until("09:20")
    done = world.convene(after_min=40, mode="online")
    case = done.case
    assert case.state == "awaiting_response"
    assert (case.course.location, case.course.mode) == ("嘉乐路20号", "online")
    assert world.clock("coordinate").on_time is True
    for party in ("城管", "公安"):
        assert world.due("respond", party) == "2026-11-23T10:00:00+08:00"
    outcome = world.clock("record_outcome")
    assert iso(outcome.started_at) == "2026-11-23T10:00:00+08:00"
    assert world.due("record_outcome") == "2026-11-23T11:00:00+08:00"


@pytest.mark.clause("X-5.2.3.3")
@pytest.mark.parametrize("name", ["parties", "time", "location", "mode"])
def test_nothing_is_pushed_without_information_time_and_place(world: World, name: str) -> None:
    world.linkage("simple")
    given = {"parties": ["城管"], "time": "2026-11-23T09:30", "location": "现场", "mode": "offline"}
    given[name] = ""
    assert world.refused("missing_field", "convene", **given).params == {"field": name}


def test_the_coordination_lies_ahead_and_the_lead_is_invited(world: World) -> None:
    world.linkage("simple")
    given = {"parties": ["城管"], "location": "现场", "mode": "offline"}
    world.refused("bad_value", "convene", **given, time="2026-11-23T09:00")
    refusal = world.refused(
        "bad_value", "convene", **{**given, "parties": ["公安"]}, time="2026-11-23T09:30"
    )
    assert refusal.params["field"] == "lead"


def test_the_parties_of_the_push_are_the_cases_parties_from_then_on(world: World) -> None:
    world.linkage("simple")
    world.convene(parties=["市场监管", "城管"])
    assert [p.name for p in world.case().course.parties] == ["市场监管", "城管"]
    assert {p for n, p in world.running() if n == "respond"} == {"市场监管", "城管"}


def test_a_simple_case_takes_no_instruction(world: World) -> None:
    world.linkage("simple")
    world.refused("wrong_state", "request_instruction", of="deputy_head")
    refusal = world.refused(
        "wrong_state", "record_instruction", giver="deputy_head", text="办", channel="phone"
    )
    assert refusal.params["difficulty"] == "simple"
    asked = {"state": "to_coordinate", "verb": "dispatch"}
    assert world.refused("wrong_state", "dispatch", station="嘉乐").params == asked


# ── T11, T12, T14 track C ───────────────────────────────────────────────────────────────────────


@pytest.mark.clause("X-5.2.3.5", "X-5.2.3.6")
@pytest.mark.parametrize("difficulty", C_CLASSES)
def test_a_complex_case_needs_instruction_then_calls_then_the_push(
    world: World, difficulty: str
) -> None:
    world.linkage(difficulty)
    push = {
        "parties": ["城管", "公安"],
        "time": "2026-11-23T09:40",
        "location": "现场",
        "mode": "online",
    }
    refusal = world.refused("instruction_missing", "convene", **push)
    assert refusal.clause == "X-5.2.3.5"
    world.do("request_instruction", of="deputy_head")
    given = {"text": "联合处置", "channel": "phone"}
    world.refused("bad_value", "record_instruction", giver="line_lead", **given)
    world.do("record_instruction", giver="deputy_head", **given)
    assert str(world.events[-1].on_behalf) == "deputy_head"
    refusal = world.refused("call_first", "convene", **push)
    assert refusal.params == {"parties": ["城管", "公安"]}
    world.do("call", party="城管", outcome="reached", said="马上到")
    assert world.refused("call_first", "convene", **push).params == {"parties": ["公安"]}
    world.do("call", party="公安", outcome="no_answer")
    assert world.do("convene", **push).case.state == "awaiting_response"


@pytest.mark.parametrize("outcome", ["reached", "no_answer", "busy", "declined", "left_word"])
def test_an_attempt_counts_as_a_call(world: World, outcome: str) -> None:
    world.linkage("complex", parties=("城管",))
    world.do("record_instruction", giver="deputy_head", text="办", channel="phone")
    world.do("call", party="城管", outcome=outcome)
    assert world.convene(parties=["城管"]).case.state == "awaiting_response"


def test_the_area_head_instructs_for_an_absent_deputy(world: World) -> None:
    world.linkage("complex")
    world.do("record_instruction", by="area_head", giver="area_head", text="办", channel="phone")
    assert world.case().course.instructions[0].giver == "area_head"


def test_one_does_not_write_anothers_instruction(world: World) -> None:
    world.linkage("urgent")
    world.refused(
        "not_your_role",
        "record_instruction",
        by="line_lead",
        giver="deputy_head",
        text="办",
        channel="phone",
    )


@pytest.mark.clause("X-5.2.3.8")
@pytest.mark.parametrize("giver", ["deputy_head", "line_lead:公安"])
def test_on_track_u_the_line_lead_may_instruct_and_the_record_names_him(
    world: World, giver: str
) -> None:
    world.linkage("urgent")
    world.do("record_instruction", giver=giver, text="立即到场", channel="phone")
    assert world.case().course.instructions[0].giver == giver


# ── T15 track U ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("X-5.2.3.8", "X-5.2.3.9", "X-5.2.3.10")
def test_an_urgent_case_needs_instruction_report_calls_and_an_offline_meeting(
    world: World,
) -> None:
    world.linkage("urgent")
    push = {
        "parties": ["城管", "公安"],
        "time": "2026-11-23T09:25",
        "location": "现场",
        "mode": "online",
    }
    assert world.refused("instruction_missing", "convene", **push).clause == "X-5.2.3.8"
    world.do("record_instruction", giver="line_lead", text="到场", channel="phone")
    assert world.refused("head_not_reported", "convene", **push).clause == "X-5.2.3.9"
    world.do("report_to_head", channel="phone", outcome="no_answer")
    assert world.refused("call_first", "convene", **push).clause == "X-5.2.3.10"
    for party in ("公安", "城管"):
        world.do("call", party=party, outcome="reached")
    assert world.refused("offline_required", "convene", **push).clause == "X-5.2.3.10"
    world.until("09:10")
    world.do("convene", **{**push, "mode": "offline"})
    assert world.clock("coordinate").on_time is True
    assert world.due("coordinate") == "2026-11-23T09:10:00+08:00"


# ── T16 reclassify ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("old", "new", "at", "due"),
    [
        ("simple", "urgent", "09:05", "09:15:00"),
        ("simple", "urgent", "09:15", "09:20:00"),
        ("simple", "complex", "09:05", "09:20:00"),
        ("complex", "difficult", "09:05", "09:20:00"),
    ],
)
def test_an_upgrade_never_gains_time(world: World, old: str, new: str, at: str, due: str) -> None:
    world.linkage(old)
    world.until(at)
    world.do("reclassify", difficulty=new, reason="现场升级")
    assert world.due("coordinate") == f"2026-11-23T{due}+08:00"
    assert world.changes[-1].change == "moved"
    assert len([c for c in world.case().clocks if c.name == "coordinate"]) == 1


def test_only_the_deputy_downgrades_and_no_time_is_won(world: World) -> None:
    world.linkage("urgent")
    world.until("09:02")
    given = {"difficulty": "simple", "reason": "已缓和"}
    world.refused("not_your_role", "reclassify", **given)
    world.refused("not_your_role", "reclassify", difficulty="simple")
    world.refused("not_your_role", "reclassify", by="line_lead", **given)
    world.do("reclassify", behalf="deputy_head", **given)
    assert world.case().course.track == "S"
    assert world.due("coordinate") == "2026-11-23T09:10:00+08:00"
    world.linkage("complex", "c2")
    world.do("reclassify", "c2", by="deputy_head", **given)
    assert world.case("c2").course.track == "S"


def test_reclassifying_needs_class_and_reason(world: World) -> None:
    world.linkage("simple")
    world.refused("missing_field", "reclassify", difficulty="urgent")
    world.refused("bad_value", "reclassify", difficulty="odd", reason="x")


# ── T17 response ─────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("X-5.2.4.2")
def test_each_party_confirms_and_on_time_is_judged_by_arrival(world: World) -> None:
    world.awaiting(after_min=30)
    world.until("09:35")
    world.do("confirm_response", party="公安", outcome="arrived", arrived_at="2026-11-23T09:30")
    assert world.case().state == "awaiting_response"
    assert world.clock("respond", "公安").on_time is True
    world.do("confirm_response", party="城管", outcome="late", arrived_at="2026-11-23T09:30:01")
    assert world.case().state == "coordinating"
    assert world.clock("respond", "城管").on_time is False
    assert [p.outcome for p in world.case().course.parties] == ["late", "arrived"]


@pytest.mark.clause("X-5.2.4.2")
def test_an_absent_party_is_late_even_before_its_time(world: World) -> None:
    world.awaiting(after_min=30)
    world.until("09:10")
    world.do("confirm_response", party="城管", outcome="absent")
    clock = world.clock("respond", "城管")
    assert (clock.on_time, clock.ended, clock.stopped_at) == (False, False, world.now)
    assert world.case().state == "awaiting_response"
    assert world.case().course.proposals == ("poor_response",)


def test_the_arrival_lies_between_the_push_and_now(world: World) -> None:
    world.awaiting()
    world.until("09:20")
    for arrived_at in ("2026-11-23T08:59:59", "2026-11-23T09:20:01"):
        world.refused(
            "time_order",
            "confirm_response",
            party="城管",
            outcome="arrived",
            arrived_at=arrived_at,
        )


def test_a_latecomer_confirms_while_coordinating_and_while_disposing(world: World) -> None:
    world.awaiting(after_min=30)
    world.until("09:30")
    world.do("confirm_response", party="城管", outcome="arrived")
    world.until("09:40")
    # His own arrival was before the lead's entry: it follows the push, not the lead.
    world.do("confirm_response", party="公安", outcome="arrived", at="09:29")
    assert world.clock("respond", "公安").on_time is True
    world.do("invite", party="市场监管", reason="涉证照", time=later(world, 10))
    world.do(
        "record_outcome",
        agreed=True,
        duties=[{"party": "城管", "duty": "清理", "limit": "2 h", "lead": True}],
    )
    world.until("09:55")
    world.do("confirm_response", party="市场监管", outcome="late")
    assert world.clock("respond", "市场监管").on_time is False
    assert world.case().state == "disposing"


def test_a_party_speaks_for_itself_or_through_the_commander(world: World) -> None:
    world.awaiting()
    world.do("confirm_response", by="party:公安", party="公安", outcome="arrived")
    assert world.events[-1].on_behalf is None
    world.do("confirm_response", party="城管", outcome="arrived", via="wechat")
    event = world.events[-1]
    assert (str(event.by), str(event.on_behalf), event.channel) == (
        "commander",
        "party:城管",
        "wechat",
    )
    world.refused(
        "not_your_role", "confirm_response", by="inspector", party="公安", outcome="arrived"
    )
    world.refused("bad_value", "confirm_response", party="消防", outcome="arrived")


# ── T18 second coordination, T34 invite and release ─────────────────────────────────────────────


def test_a_second_coordination_starts_new_response_clocks_and_moves_the_outcome(
    world: World,
) -> None:
    world.awaiting(after_min=30)
    world.until("09:35")
    world.do("confirm_response", party="城管", outcome="arrived")
    given = {"time": "2026-11-23T10:30", "location": "居委会", "reason": "缺一方"}
    for name in given:
        world.refused("missing_field", "reschedule", **{**given, name: " "})
    world.refused("bad_value", "reschedule", **{**given, "time": "2026-11-23T09:35"})
    world.do("reschedule", **given)
    assert world.case().state == "awaiting_response"
    first = [c for c in world.case().clocks if c.name == "respond"][:2]
    assert [(c.party, c.ended, c.on_time) for c in first] == [
        ("城管", False, False),
        ("公安", True, False),
    ]
    assert world.due("respond", "城管") == world.due("respond", "公安")
    assert world.due("respond", "公安") == "2026-11-23T10:30:00+08:00"
    assert world.due("record_outcome") == "2026-11-23T11:30:00+08:00"
    assert world.changes[-1].change == "moved"


def test_an_invited_party_has_its_own_time_and_may_become_the_lead(world: World) -> None:
    world.coordinating()
    world.do("invite", party="市场监管", reason="跨领域", time=later(world, 45), lead=True)
    assert world.case().course.lead == "市场监管"
    assert world.due("respond", "市场监管") == "2026-11-23T09:45:00+08:00"
    world.refused("bad_value", "release", party="市场监管", reason="换人")
    world.do("release", party="公安", reason="不涉及")
    assert [p.name for p in world.case().course.parties] == ["城管", "市场监管"]


def test_whoever_has_come_becomes_the_lead_without_being_waited_for_again(world: World) -> None:
    world.coordinating()
    came = next(p.name for p in world.case().course.parties if p.outcome is not None)
    other = next(p.name for p in world.case().course.parties if p.name != came)
    for name in (other, came):
        world.do("invite", party=name, reason="换牵头", time=later(world, 45), lead=True)
        assert world.case().course.lead == name
    assert not world.case().running("respond", came)
    world.do("release", party=other, reason="不涉及")


def test_releasing_the_last_that_owes_a_result_opens_the_review(world: World) -> None:
    world.disposing()
    world.do("file_result", party="城管", text="已清理")
    world.do("release", party="公安", reason="不需处置")
    assert world.case().state == "reviewing"
    assert world.running() == [("close", None)]
    assert world.clock("dispose", "公安").ended is True
