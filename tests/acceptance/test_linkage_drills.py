"""Linkage cases from acceptance to closing, through head and street, as drills."""

from __future__ import annotations

import pytest

from tests.acceptance.drilling import (
    act,
    alarms,
    clocks,
    convene,
    drill,
    linkage,
    refusals,
    register,
    state,
)

ALL_PASS = dict.fromkeys(("complete", "law", "summary", "photos", "wording"), "pass")


@pytest.mark.clause("X-5.2.3.3")
def test_a_simple_case_is_convened_by_a_push_alone() -> None:
    output = drill(register(), linkage(), convene("09:20"))

    assert refusals(output) == []
    assert clocks(output, "coordinate", "respond", "record_outcome") == [
        ("coordinate", None, "started", "23T09:25", None),
        ("coordinate", None, "stopped", "23T09:25", True),
        ("respond", "城管", "started", "23T10:30", None),
        ("respond", "公安", "started", "23T10:30", None),
        ("record_outcome", None, "started", "23T11:30", None),
    ]


@pytest.mark.clause("X-5.2.3.5", "X-5.2.3.6")
def test_a_complex_case_needs_instruction_then_a_call_to_each_party_then_the_push() -> None:
    output = drill(
        register(),
        linkage(difficulty="complex"),
        convene("09:06"),
        act("09:07", "record_instruction", giver="deputy_head", text="先查", channel="phone"),
        convene("09:08"),
        act("09:09", "call", party="城管", outcome="no_answer"),
        convene("09:10"),
        act("09:11", "call", party="公安", outcome="reached"),
        convene("09:12"),
    )

    assert refusals(output) == [
        ("convene", "instruction_missing"),
        ("convene", "call_first"),
        ("convene", "call_first"),
    ]
    assert state(output) == "awaiting_response"


@pytest.mark.clause("X-5.2.3.5")
def test_a_line_lead_cannot_instruct_on_the_complex_track() -> None:
    output = drill(
        register(),
        linkage(difficulty="repeat"),
        act("09:07", "record_instruction", giver="line_lead", text="查", channel="phone"),
    )

    assert refusals(output) == [("record_instruction", "bad_value")]


@pytest.mark.clause("X-5.2.3.8", "X-5.2.3.9", "X-5.2.3.10")
def test_an_urgent_case_needs_lead_or_deputy_head_told_calls_and_an_offline_place() -> None:
    output = drill(
        register(urgent=True),
        linkage(difficulty="urgent"),
        act("09:06", "record_instruction", giver="line_lead:城管", text="上", channel="phone"),
        convene("09:07", mode="online"),
        act("09:08", "report_to_head", channel="phone", outcome="已通"),
        convene("09:09", mode="online"),
        act("09:10", "call", party="公安", outcome="reached"),
        act("09:10", "call", party="城管", outcome="busy"),
        convene("09:11", mode="online"),
        convene("09:12"),
    )

    assert refusals(output) == [
        ("convene", "head_not_reported"),
        ("convene", "call_first"),
        ("convene", "offline_required"),
    ]
    assert ("coordinate", None, "stopped", "23T09:15", True) in clocks(output)


@pytest.mark.clause("X-5.2.4.2")
def test_nobody_came_rings_once_five_minutes_after_the_time() -> None:
    output = drill(register(), linkage(), convene("09:20"), act("10:45", "tick", case=None))

    assert alarms(output, "respond") == [
        ("10:15", "respond", "城管", "yellow", ("commander",), True),
        ("10:15", "respond", "公安", "yellow", ("commander",), False),
        ("10:30", "respond", "城管", "red", ("commander",), False),
        ("10:30", "respond", "公安", "red", ("commander",), False),
        ("10:35", "respond", "城管", "red", ("commander",), True),
        ("10:35", "respond", "公安", "red", ("commander",), False),
        ("10:40", "respond", "城管", "red", ("deputy_head",), True),
        ("10:40", "respond", "公安", "red", ("deputy_head",), False),
    ]


def through_outcome() -> list[dict[str, object]]:
    duties = [
        {"party": "城管", "duty": "清理", "limit": "2 h", "lead": True},
        {"party": "公安", "duty": "疏导", "limit": "1小时"},
    ]
    return [
        register(),
        linkage(),
        convene("09:20"),
        act("10:31", "confirm_response", party="城管", outcome="arrived", arrived_at=at("10:25")),
        act("10:32", "confirm_response", party="公安", outcome="late"),
        act("10:50", "record_outcome", agreed=True, duties=duties),
    ]


def at(time: str) -> str:
    return f"2026-11-23T{time}:00+08:00"


@pytest.mark.clause("X-5.2.5.1", "X-2.7")
def test_the_outcome_gives_each_party_its_own_clock() -> None:
    output = drill(*through_outcome())

    assert clocks(output, "respond")[2:] == [
        ("respond", "城管", "stopped", "23T10:30", True),
        ("respond", "公安", "stopped", "23T10:30", False),
    ]
    assert clocks(output, "dispose") == [
        ("dispose", "城管", "started", "23T12:50", None),
        ("dispose", "公安", "started", "23T11:50", None),
    ]


@pytest.mark.clause("X-5.2.5.2", "X-5.2.5.4", "X-5.2.7.9")
def test_closing_is_due_a_day_after_the_last_feedback() -> None:
    output = drill(
        *through_outcome(),
        act("11:00", "file_result", party="公安", text="已疏导"),
        act("11:10", "mark_done", party="城管", completed_at=at("11:05")),
        act("11:20", "file_result", party="城管", text="已清理"),
    )

    assert clocks(output, "file_result", "close") == [
        ("file_result", "公安", "started", "24T00:00", None),
        ("file_result", "公安", "stopped", "24T00:00", True),
        ("file_result", "城管", "started", "24T00:00", None),
        ("file_result", "城管", "stopped", "24T00:00", True),
        ("close", None, "started", "24T11:20", None),
    ]
    assert state(output) == "reviewing"


@pytest.mark.clause("X-5.2.7.1", "X-5.2.7.8")
def test_closing_wants_every_check_and_a_report() -> None:
    filed = [
        act("11:00", "file_result", party="公安", text="已疏导"),
        act("11:20", "file_result", party="城管", text="已清理"),
    ]
    output = drill(
        *through_outcome(),
        *filed,
        act("11:30", "close"),
        act("11:31", "close", checks=ALL_PASS | {"photos": "na"}, report="好"),
        act("11:32", "close", checks=ALL_PASS | {"law": "fail"}, report="好"),
        act("11:33", "close", checks=ALL_PASS, report="  "),
        act("11:34", "close", checks=ALL_PASS, report="综合评价"),
    )

    assert refusals(output) == [
        ("close", "checks_missing"),
        ("close", "checks_missing"),
        ("close", "checks_failed"),
        ("close", "report_missing"),
    ]
    assert state(output) == "closed"


@pytest.mark.clause("X-5.2.6.1", "X-5.2.6.2", "X-5.2.6.3")
def test_without_a_result_the_case_goes_to_the_head_and_then_to_the_street() -> None:
    output = drill(
        *through_outcome()[:-1],
        act("10:50", "record_outcome", agreed=False, reason="分歧"),
        act("10:51", "submit_to_head", reason="协调无果"),
        act("10:52", "submit_to_head", on_behalf="deputy_head", reason="协调无果"),
        act("11:00", "submit_to_street", by="deputy_head", reason="no_result"),
        act("11:10", "record_head_result", by="area_head", progress=False, text="无进展"),
        act("11:20", "submit_to_street", by="deputy_head", reason="no_result"),
        act(
            "11:30",
            "record_street_result",
            by="street_centre",
            progress=True,
            text="定",
            final=True,
        ),
    )

    assert refusals(output) == [
        ("submit_to_head", "not_your_role"),
        ("submit_to_street", "head_record_missing"),
    ]
    assert clocks(output, "head_coordination", "street_coordination", "close") == [
        ("head_coordination", None, "started", "24T10:52", None),
        ("head_coordination", None, "stopped", "24T10:52", True),
        ("street_coordination", None, "started", None, None),
        ("street_coordination", None, "ended", None, None),
        ("close", None, "started", "24T11:30", None),
    ]
    assert state(output) == "reviewing"


@pytest.mark.clause("X-5.1.3")
def test_the_night_desk_takes_over_with_every_clock_running() -> None:
    output = drill(
        register("11-20T18:50"),
        linkage("11-20T18:55"),
        act("11-20T18:59", "hand_over", case=None, to="night_desk", reason="早退"),
        act("11-20T19:00", "hand_over", case=None, to="night_desk", reason="下班"),
        act("11-20T19:01", "roster", case=None, off=["commander"]),
        act("11-20T19:02", "hand_over", case=None, to="night_desk", reason="力量不足"),
        act("11-20T19:16", "take_over", by="night_desk", case=None, red=0),
        act("11-20T19:16", "take_over", by="night_desk", case=None, red=1),
        act("11-20T19:17", "reclassify", difficulty="complex", reason="试"),
        act(
            "11-20T19:18",
            "convene",
            by="night_desk",
            parties=["城管", "公安"],
            mode="offline",
            time="2026-11-20T20:00:00+08:00",
            location="门口",
        ),
    )

    assert refusals(output) == [
        ("hand_over", "handover_not_open"),
        ("hand_over", "handover_not_open"),
        ("take_over", "readback_wrong"),
        ("reclassify", "not_your_role"),
    ]
    assert ("coordinate", None, "stopped", "20T19:15", False) in clocks(output)
