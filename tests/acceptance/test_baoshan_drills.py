"""Baoshan Street: self-handling first, upward by levels, three lights, verified on site."""

from __future__ import annotations

from typing import Any

import pytest

from dutydesk.config.procedures import load
from dutydesk.workflow.grid_codes import fits, issued
from tests.acceptance.drilling import refusals, state
from tests.acceptance.ruled import Json, runs, told, under

drill = under("baoshan")
RULE = load("baoshan").values["grid_code"]


def line(at: str, do: str, by: str = "street_centre", **fields: Any) -> Json:
    """One line; ``at`` is month-day and time of 2026, or the whole of it."""
    day = at if at.count("-") == 2 else f"2026-{at}"
    return {"at": f"{day}:00+08:00", "do": do, "by": by, "case": "a"} | fields


def found(at: str = "03-02T09:00", **fields: Any) -> Json:
    when = f"{at if at.count('-') == 2 else f'2026-{at}'}:00+08:00"
    given = {"channel": "terminal", "place": "x", "description": "井盖", "urgency": "ordinary"}
    return line(at, "register", "grid_member:甲", **({"occurred_at": when} | given | fields))


def up(at: str = "03-02T09:10") -> Json:
    return line(at, "report_up", "grid_member:甲", reason="无权处置")


def sent(at: str = "03-02T10:00", **fields: Any) -> Json:
    given = {"lead": "城管科", "level": "street", "matter": "市政设施", "limit": "5 days"}
    return line(at, "dispatch", **(given | fields))


def done(at: str, party: str = "城管科") -> Json:
    return line(at, "file_result", party=party, text="已修")


def verify(at: str, *, right: bool = True, by_whom: str = "甲", **fields: Any) -> Json:
    when = f"2026-{at}:00+08:00"
    given = {"right": right, "by_whom": by_whom, "verified_at": when, "verified_where": "x"}
    return line(at, "verify", "grid_member:甲", **(given | fields))


IN_HAND = (found(), up(), sent())


@pytest.mark.clause("B-3.4.0.1", "B-3.4.2.2", "B-3.4.0.3")
def test_what_the_grid_can_do_itself_it_does_and_it_is_verified_before_closing() -> None:
    output = drill(
        found(),
        line("03-02T09:30", "self_handle", "grid_member:甲", text="已盖好"),
        line("03-02T09:40", "close", report="x"),
        verify("03-02T10:00"),
        line("03-02T10:10", "close", report="自行处置"),
    )

    assert refusals(output) == [("close", "wrong_state")]
    assert state(output) == "closed"
    assert runs(output, "verify") == [(None, "03-03T09:30", True)]


@pytest.mark.clause("B-3.4.2.3", "B-3.4.2.7", "B-3.4.3.2")
def test_the_street_dispatches_with_a_limit_and_the_member_verifies() -> None:
    output = drill(
        *IN_HAND,
        done("03-07T10:00"),
        verify("03-07T11:00"),
        line("03-07T12:00", "close", report="办结"),
    )

    assert refusals(output) == []
    assert runs(output, "dispose") == [("城管科", "03-07T10:00", True)]
    assert state(output) == "closed"


@pytest.mark.clause("B-3.4.3.2")
def test_without_a_matter_table_the_dispatch_names_the_limit() -> None:
    bare = sent()
    del bare["limit"]

    assert refusals(drill(found(), up(), bare)) == [("dispatch", "missing_field")]


@pytest.mark.clause("B-3.4.3.2")
@pytest.mark.parametrize(
    ("at", "limit", "due"),
    [
        ("2026-03-02T23:50", "3天", "03-05T23:50"),
        ("2026-03-03T00:00", "当日", "03-04T00:00"),
        ("2026-03-06T18:00", "2个工作日", "03-11T00:00"),
        # The day before the make-up Saturday of 10 October 2026.
        ("2026-10-09T10:00", "1个工作日", "10-11T00:00"),
        ("2026-01-30T12:00", "3天", "02-02T12:00"),
        ("2024-02-28T12:00", "1天", "02-29T12:00"),
        ("2024-02-29T12:00", "1天", "03-01T12:00"),
        ("2025-12-31T12:00", "1个工作日", "01-05T00:00"),
    ],
)
def test_a_limit_of_any_kind_is_counted_as_it_says(at: str, limit: str, due: str) -> None:
    output = drill(found(at), up(at), sent(at, limit=limit))

    assert runs(output, "dispose") == [("城管科", due, None)]


@pytest.mark.clause("B-3.4.3.3", "B-3.4.3.5")
@pytest.mark.parametrize(
    ("limit", "yellow"),
    [("10 days", "03-10T10:00"), ("3 days", "03-04T10:00"), ("1 day", "03-02T22:00")],
)
def test_yellow_comes_when_a_fifth_or_a_day_is_left_but_never_before_the_half(
    limit: str, yellow: str
) -> None:
    output = drill(found(), up(), sent(limit=limit), line("03-12T10:00", "urge", target="城管科"))

    assert told(output, "dispose")[0] == (yellow, "yellow", ("street_centre",))


@pytest.mark.clause("B-3.4.3.1", "B-3.4.3.5")
def test_who_supervises_is_one_level_above() -> None:
    street = drill(*IN_HAND, line("03-07T10:00", "urge", target="城管科"))
    district = drill(
        found(),
        up(),
        line("03-02T09:20", "send_to_district", reason="权限"),
        line(
            "03-02T10:00",
            "dispatch_district",
            "district_centre",
            lead="区住建局",
            level="district",
            limit="5 days",
        ),
        line("03-07T10:00", "urge", "district_centre", target="区住建局"),
    )

    assert told(street, "dispose")[-1] == (
        "03-07T10:00",
        "red",
        ("street_centre", "office", "community"),
    )
    assert told(district, "dispose") == [
        ("03-06T10:00", "yellow", ("district_centre",)),
        ("03-07T10:00", "red", ("district_centre", "district_unit")),
    ]


@pytest.mark.clause("B-3.4.2.4", "B-3.4.2.5", "B-3.4.2.6")
def test_what_a_level_cannot_do_goes_one_level_up() -> None:
    output = drill(
        *IN_HAND,
        line("03-03T09:00", "return_up", "office:城管科", reason="非职责"),
        line("03-03T09:10", "send_to_district", reason="无权"),
        line("03-03T10:00", "send_to_group", "district_centre", reason="涉多区"),
        line("03-04T09:00", "group_decides", "leading_group", text="由住建牵头"),
        line(
            "03-04T10:00",
            "dispatch_district",
            "district_centre",
            lead="区住建局",
            level="district",
            limit="3 days",
        ),
    )

    assert refusals(output) == []
    assert runs(output, "dispose") == [
        ("城管科", "03-07T10:00", None),
        ("区住建局", "03-07T10:00", None),
    ]


@pytest.mark.clause("B-3.4.2.7", "B-3.4.2.10")
def test_a_wrong_result_goes_back_and_nobody_verifies_his_own() -> None:
    output = drill(
        *IN_HAND,
        done("03-04T10:00"),
        verify("03-04T11:00", by_whom="城管科"),
        verify("03-04T11:10", right=False),
        verify("03-04T11:20", right=False, reason="还是坏的"),
    )

    assert refusals(output) == [("verify", "independence"), ("verify", "missing_field")]
    assert state(output) == "accepted"


@pytest.mark.clause("B-3.2.2")
def test_a_member_may_refuse_what_was_not_admitted() -> None:
    output = drill(
        found(),
        line("03-02T09:20", "refuse_matter", "grid_member:甲", matter="代收费", reason="未准入"),
    )

    assert state(output) == "refused"


@pytest.mark.clause("B-3.2.11", "B-3.4.1.2")
def test_the_time_to_report_runs_from_the_first_moment_and_the_terminal_says_when_it_was() -> None:
    bare = found(urgency="important")
    del bare["occurred_at"]
    output = drill(bare, found("03-02T09:05"), up("03-02T09:20"))

    assert refusals(output) == [("register", "missing_field")]
    assert runs(output, "report") == [(None, None, None)]


@pytest.mark.clause("B-2.2.6", "B-2.2.7")
def test_grid_codes_are_checked_and_issued_and_never_used_again() -> None:
    output = drill(
        found(grid_code="370112001002000"), found("03-02T09:01", grid_code="370112001002003")
    )

    assert refusals(output) == [("register", "bad_value")]
    assert not any(fits(code, RULE) for code in ("", "370113001002003", "37011200100200３"))
    assert issued("370112001002", [], RULE) == "370112001002001"
    assert issued("370112001002", ["370112001002007", "370112001003009"], RULE) == "370112001002008"
    with pytest.raises(ValueError, match="3701120010021000"):
        issued("370112001002", ["370112001002999"], RULE)
