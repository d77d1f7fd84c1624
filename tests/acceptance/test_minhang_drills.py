"""Minhang: one to three days of self-governance, four of enforcement, seven in all (M-4.1.1)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.drilling import refusals, state
from tests.acceptance.ruled import Json, runs, told, under

drill = under("minhang")


def line(at: str, do: str, by: str = "station_keeper", **fields: Any) -> Json:
    """One line; ``at`` is month-day and time of 2026, or the whole of it."""
    day = at if at.count("-") == 2 else f"2026-{at}"
    return {"at": f"{day}:00+08:00", "do": do, "by": by, "case": "a"} | fields


def found(at: str, **fields: Any) -> Json:
    given = {
        "channel": "patrol",
        "grid_kind": "residential",
        "place": "3号楼",
        "description": "堆物",
    }
    return line(at, "register", "patrol", **(given | fields))


def hard(at: str) -> Json:
    return line(at, "sort", **{"as": "hard"})


def dissuade(at: str, means: str = "dissuasion") -> Json:
    return line(at, "dissuade", means=means, text="上门劝阻")


def hand(at: str, **fields: Any) -> Json:
    given = {"lead": "城管", "joined": "administration", "ineffective": "拒不清理"}
    return line(at, "hand_to_enforcement", **(given | fields))


def filed(at: str, party: str = "城管") -> Json:
    return line(at, "file_result", party=party, text="已清理")


@pytest.mark.clause("M-4.1.1.18", "M-4.1.1.19", "M-4.1.1.17")
def test_both_limits_run_from_discovery_and_a_simple_case_has_none() -> None:
    before = drill(found("03-02T09:00"))
    after = drill(
        found("03-02T09:00"),
        line("03-02T10:00", "sort", **{"as": "simple", "handled_by": "cadre"}),
        line("03-12T10:00", "solve", text="居民自清"),
        line("03-12T11:00", "verify", solved=True, report="已清"),
    )

    assert runs(before, "self_govern") == [(None, "03-05T09:00", None)]
    assert runs(before, "total") == [(None, "03-09T09:00", None)]
    assert runs(after, "self_govern") == [(None, "03-05T09:00", None)]
    assert state(after) == "closed"
    assert told(after, "total") == []


@pytest.mark.clause("M-4.1.1.19", "M-4.1.1.20")
def test_self_governance_within_three_days_closes_the_case() -> None:
    output = drill(
        found("03-02T09:00"),
        hard("03-02T09:30"),
        dissuade("03-02T15:00", "mediation"),
        line("03-05T09:00", "solve", text="签了约定"),
        line("03-05T10:00", "verify", solved=True, report="和解"),
    )

    assert refusals(output) == []
    assert runs(output, "self_govern") == [(None, "03-05T09:00", True)]
    assert runs(output, "total") == [(None, "03-09T09:00", True)]


@pytest.mark.clause("M-4.1.1.20")
def test_nothing_is_handed_over_before_one_dissuasion() -> None:
    output = drill(
        found("03-02T09:00"),
        hard("03-02T09:30"),
        hand("03-02T09:40"),
        dissuade("03-02T15:00"),
        hand("03-02T15:10"),
    )

    assert refusals(output) == [("hand_to_enforcement", "act_missing")]
    assert next(x["clause"] for x in output if x["kind"] == "refused") == "M-4.1.1.21"
    assert state(output) == "enforcing"


@pytest.mark.clause("M-4.1.1.22", "M-4.1.1.17")
@pytest.mark.parametrize(
    ("handed", "due", "in_time"),
    [
        ("03-03T09:00", "03-07T09:00", True),
        ("03-05T09:00", "03-09T09:00", True),
        ("03-05T09:01", "03-09T09:00", False),
        ("03-07T09:00", "03-09T09:00", False),
    ],
)
def test_enforcement_has_four_days_but_never_more_than_seven_in_all(
    handed: str, due: str, in_time: bool
) -> None:
    output = drill(found("03-02T09:00"), hard("03-02T09:30"), dissuade("03-02T15:00"), hand(handed))

    assert runs(output, "enforce") == [("城管", due, None)]
    assert runs(output, "self_govern") == [(None, "03-05T09:00", in_time)]


@pytest.mark.clause("M-4.1.1.19")
@pytest.mark.parametrize(
    ("at", "three", "seven"),
    [
        ("2026-03-02T23:50", "03-05T23:50", "03-09T23:50"),
        ("2026-03-02T00:00", "03-05T00:00", "03-09T00:00"),
        ("2026-01-30T12:00", "02-02T12:00", "02-06T12:00"),
        ("2028-02-26T12:00", "02-29T12:00", "03-04T12:00"),
        ("2028-02-29T12:00", "03-03T12:00", "03-07T12:00"),
        ("2026-03-06T19:00", "03-09T19:00", "03-13T19:00"),  # Friday evening
        ("2026-10-09T18:00", "10-12T18:00", "10-16T18:00"),  # before a make-up Saturday
        ("2026-12-30T12:00", "01-02T12:00", "01-06T12:00"),
    ],
)
def test_natural_days_end_at_the_same_clock(at: str, three: str, seven: str) -> None:
    output = drill(found(at))

    assert runs(output, "self_govern") == [(None, three, None)]
    assert runs(output, "total") == [(None, seven, None)]


@pytest.mark.clause("M-4.1.1.19", "M-4.1.1.22")
def test_holidays_weekends_and_make_up_days_all_count() -> None:
    # Wednesday evening before National Day 2026; 10 October is a make-up Saturday.
    output = drill(
        found("09-30T18:00"), hard("09-30T18:10"), dissuade("10-01T10:00"), hand("10-03T18:00")
    )

    assert runs(output, "self_govern") == [(None, "10-03T18:00", True)]
    assert runs(output, "enforce") == [("城管", "10-07T18:00", None)]


@pytest.mark.clause("M-4.1.1.19")
def test_what_was_found_earlier_counts_from_then() -> None:
    output = drill(found("03-04T09:00", occurred_at="2026-03-02T20:00:00+08:00"))

    assert runs(output, "self_govern") == [(None, "03-05T20:00", None)]
    assert runs(output, "total") == [(None, "03-09T20:00", None)]


@pytest.mark.clause("M-4.1.1.21", "M-4.2.3")
def test_several_forces_come_and_the_case_is_verified_after_the_last_result() -> None:
    output = drill(
        found("03-02T09:00"),
        hard("03-02T09:30"),
        dissuade("03-02T15:00"),
        hand("03-03T09:00", parties=["公安"]),
        line("03-03T10:00", "arrive", "enforcement:城管"),
        filed("03-05T09:00"),
        filed("03-07T09:00", "公安"),
        line("03-07T10:00", "verify", solved=True, report="已拆除"),
    )

    assert refusals(output) == []
    assert runs(output, "on_site") == [(None, None, None)]
    assert runs(output, "enforce") == [("城管", "03-07T09:00", True), ("公安", "03-07T09:00", True)]
    assert state(output) == "closed"


@pytest.mark.clause("M-4.1.1.22")
def test_what_is_not_solved_goes_back_and_stays_inside_the_seven_days() -> None:
    output = drill(
        found("03-02T09:00"),
        hard("03-02T09:30"),
        dissuade("03-02T15:00"),
        hand("03-03T09:00"),
        filed("03-06T09:00"),
        line("03-06T10:00", "verify", solved=False, reason="又堆了"),
        filed("03-08T09:00"),
        line("03-08T10:00", "verify", solved=True, report="清了"),
    )

    assert runs(output, "enforce") == [("城管", "03-07T09:00", True), ("城管", "03-09T09:00", True)]
    assert runs(output, "total") == [(None, "03-09T09:00", True)]


@pytest.mark.clause("M-4.1.1.18")
def test_what_self_governance_did_not_solve_goes_back_to_it() -> None:
    output = drill(
        found("03-02T09:00"),
        hard("03-02T09:30"),
        line("03-03T09:00", "solve", text="劝走了"),
        line("03-03T10:00", "verify", solved=False, reason="又来了"),
    )

    assert state(output) == "self_governing"


@pytest.mark.clause("M-4.1.1.19")
def test_red_is_overdue_and_the_street_hears_a_day_later() -> None:
    output = drill(
        found("03-02T09:00"), hard("03-02T09:30"), line("03-06T10:00", "urge", target="块长")
    )

    assert told(output, "self_govern") == [
        ("03-03T09:00", "yellow", ("station_keeper",)),
        ("03-04T18:36", "yellow", ("station_keeper",)),
        ("03-05T09:00", "red", ("station_keeper", "secretary")),
        ("03-06T09:00", "red", ("street_centre",)),
    ]


@pytest.mark.clause("M-4.1.1.22")
def test_done_at_the_last_second_is_in_time_and_a_minute_later_is_not() -> None:
    start = (
        found("03-02T09:00"),
        hard("03-02T09:30"),
        dissuade("03-02T15:00"),
        hand("03-03T09:00"),
    )

    assert runs(drill(*start, filed("03-07T09:00")), "enforce") == [("城管", "03-07T09:00", True)]
    assert runs(drill(*start, filed("03-07T09:01")), "enforce") == [("城管", "03-07T09:00", False)]


@pytest.mark.clause("M-4.3.2", "M-4.3.3", "M-4.2.4")
def test_the_office_meeting_fixes_duties_and_waits_for_their_feedback() -> None:
    items = [
        {"party": "区水务局", "duty": "疏通", "limit": "3 days", "lead": True},
        {"party": "城管", "duty": "清障", "limit": "2 days"},
    ]
    output = drill(
        found("03-02T09:00"),
        hard("03-02T09:30"),
        dissuade("03-02T15:00"),
        hand("03-03T09:00"),
        line("03-03T15:00", "submit_to_street", reason="权属不清"),
        line("03-03T16:00", "call_meeting", "street_centre", convened_by="invited", issue="权属"),
        line("03-04T09:00", "record_minutes", "street_leader", duties=items, text="纪要"),
        filed("03-05T09:00"),
        filed("03-06T09:00", "区水务局"),
        line("03-06T10:00", "verify", solved=True, report="通了"),
    )

    assert refusals(output) == []
    assert runs(output, "feedback") == [
        ("区水务局", "03-07T09:00", True),
        ("城管", "03-06T09:00", True),
    ]
    assert state(output) == "closed"


@pytest.mark.clause("M-4.2.4", "M-4.3.4")
def test_a_leader_claims_the_task_and_settles_it() -> None:
    output = drill(
        found("03-02T09:00"),
        hard("03-02T09:30"),
        dissuade("03-02T15:00"),
        hand("03-03T09:00"),
        line("03-03T15:00", "submit_to_street", reason="权属不清"),
        line("03-03T16:00", "claim", "street_leader", task="违建", by_whom="演示甲"),
        line("03-03T17:00", "record_street_result", "street_leader", progress=True, text="已商定"),
    )

    assert refusals(output) == []
    assert state(output) == "enforcing"
    assert runs(output, "enforce") == [("城管", "03-07T09:00", None)]


@pytest.mark.clause("M-3.2", "M-4.1.2.7")
def test_only_administrative_enforcement_enforces_and_a_contractor_keeps_to_his_contract() -> None:
    output = drill(
        found("03-02T09:00"),
        line("03-02T09:10", "sort", **{"as": "simple", "handled_by": "market"}),
        hard("03-02T09:30"),
        dissuade("03-02T15:00"),
        hand("03-03T09:00", joined="market"),
    )

    assert refusals(output) == [("sort", "missing_field"), ("hand_to_enforcement", "bad_value")]


@pytest.mark.clause("M-3.1")
def test_only_the_station_and_its_own_hand_over() -> None:
    output = drill(
        found("03-02T09:00"),
        hard("03-02T09:30"),
        dissuade("03-02T15:00"),
        hand("03-03T09:00") | {"by": "patrol"},
    )

    assert refusals(output) == [("hand_to_enforcement", "not_your_role")]


def test_from_shift_to_shift_the_new_person_is_named() -> None:
    output = drill(
        line("03-02T17:00", "hand_over", case=None, to="station_keeper", reason="下班"),
        line("03-02T17:01", "take_over", case=None, red=0),
        line("03-02T17:02", "take_over", "station_keeper:李四", case=None, red=0),
    )
    (refused,) = [each for each in output if each["kind"] == "refused"]
    assert (refused["code"], refused["params"]["field"]) == ("missing_field", "name")
    (taken,) = [each for each in output if each.get("event") == "take_over"]
    assert (taken["by"], taken["data"]["name"]) == ("station_keeper:李四", "李四")
