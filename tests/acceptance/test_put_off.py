"""Deferral, suspension and appeal: put off as the procedure says, explained, and never erased."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.drilling import refusals, state
from tests.acceptance.ruled import Json, runs, told
from tests.acceptance.test_baoshan_drills import IN_HAND, done, drill, line, verify

NEW = "2026-03-12T18:00:00+08:00"


def asked(at: str = "03-06T09:00", by: str = "office:城管科", **fields: Any) -> Json:
    return line(at, "ask_deferral", by, **({"reason": "等配件"} | fields))


def approved(at: str, by: str = "street_centre", **fields: Any) -> Json:
    return line(at, "approve_deferral", by, **fields)


def suspended(at: str = "03-04T10:00", until: str = "2026-03-20T10:00:00+08:00") -> Json:
    return line(at, "suspend", until=until, reason="汛期不能开挖")


def events(output: list[Json], verb: str) -> list[Json]:
    return [row for row in output if row["kind"] == "event" and row["event"] == verb]


@pytest.mark.clause("B-3.4.3.4")
def test_a_deferral_needs_street_then_district_and_until_then_the_old_limit_stands() -> None:
    half = drill(*IN_HAND, asked(), approved("03-06T10:00"))
    whole = drill(
        *IN_HAND,
        asked(),
        approved("03-06T09:30", "district_centre", due=NEW),
        approved("03-06T10:00"),
        approved("03-06T11:00", "district_centre", due=NEW),
        done("03-12T17:00"),
    )

    assert runs(half, "dispose") == [("城管科", "03-07T10:00", None)]
    assert refusals(whole) == [("approve_deferral", "not_your_role")]
    assert runs(whole, "dispose") == [("城管科", "03-12T18:00", True)]
    assert events(whole, "approve_deferral")[-1]["data"]["moved"] == [
        {"clock": "dispose", "run": 2, "party": "城管科"}
        | {"from": "2026-03-07T10:00:00+08:00", "to": NEW}
    ]


@pytest.mark.clause("B-3.4.3.4")
def test_what_was_asked_for_is_granted_unless_the_approval_says_otherwise() -> None:
    granted = (approved("03-06T10:00"), approved("03-06T11:00", "district_centre"))
    by_date = drill(*IN_HAND, asked(due=NEW), *granted)
    by_limit = drill(*IN_HAND, asked(limit="2个工作日"), *granted)
    unsaid = drill(*IN_HAND, asked(), *granted)

    assert runs(by_date, "dispose") == [("城管科", "03-12T18:00", None)]
    # Saturday 7 March 10:00, and two working days more.
    assert runs(by_limit, "dispose") == [("城管科", "03-11T00:00", None)]
    assert refusals(unsaid) == [("approve_deferral", "missing_field")]


@pytest.mark.clause("B-3.4.3.4")
def test_a_deferral_is_asked_before_the_limit_and_not_approved_by_who_asked() -> None:
    late = asked("03-07T10:01")
    phoned = asked() | {"by": "street_centre:乙", "party": "城管科"}
    own = (
        asked(by="office:乙"),
        approved("03-06T10:00", "street_centre:乙"),
        line("03-06T11:00", "refuse_deferral", "street_centre:丙", reason="不急"),
    )

    assert refusals(drill(*IN_HAND, late)) == [("ask_deferral", "time_order")]
    assert refusals(drill(*IN_HAND, phoned, approved("03-06T10:00", "street_centre:乙"))) == []
    output = drill(*IN_HAND, *own)
    assert refusals(output) == [("approve_deferral", "independence")]
    assert state(output) == "disposing"
    assert runs(output, "dispose") == [("城管科", "03-07T10:00", None)]


@pytest.mark.clause("B-3.4.3.4")
def test_nobody_asks_for_the_past_for_years_or_twice_at_once_and_what_is_granted_is_counted() -> (
    None
):
    granted = (approved("03-06T10:00"), approved("03-06T11:00", "district_centre"))
    wrong = drill(
        *IN_HAND,
        asked(limit="-3天"),
        asked(limit="9999天"),
        asked(due="2026-03-07T09:00:00+08:00"),
        asked(due=NEW),
        asked("03-06T09:10", due=NEW),
    )
    often = drill(
        *IN_HAND,
        *[
            row
            | {"at": row["at"].replace("03-06T", f"03-06T{hour}")[:11] + f"{hour}:0{n}:00+08:00"}
            for hour in ("12", "13", "14")
            for n, row in enumerate((asked(limit="1天"), *granted))
        ],
    )

    assert refusals(wrong) == [
        ("ask_deferral", "bad_value"),
        ("ask_deferral", "bad_value"),
        ("ask_deferral", "time_order"),
        ("ask_deferral", "pending"),
    ]
    assert refusals(often)[0] == ("ask_deferral", "used_up")
    assert runs(often, "dispose") == [("城管科", "03-09T10:00", None)]


def test_a_suspension_pauses_to_its_date_and_rings_then_as_if_it_had_not_been() -> None:
    output = drill(*IN_HAND, suspended(), line("03-23T10:00", "urge", target="城管科"))

    # Two of the five days were used: three are left from 20 March on.
    assert runs(output, "dispose") == [("城管科", "03-23T10:00", None)]
    assert told(output, "dispose") == [
        ("03-22T10:00", "yellow", ("street_centre",)),
        ("03-23T10:00", "red", ("street_centre", "office", "community")),
    ]
    (ended,) = events(output, "resume")
    assert (ended["at"], ended["by"]) == ("2026-03-20T10:00:00+08:00", "system")


def test_what_rang_before_a_suspension_does_not_ring_again_after_it() -> None:
    late = suspended("03-06T12:00")
    output = drill(*IN_HAND, late, line("03-22T10:00", "urge", target="城管科"))

    assert [(at, light) for at, light, _to in told(output, "dispose")] == [
        ("03-06T10:00", "yellow"),
        ("03-21T08:00", "red"),
    ]


def test_a_corrected_start_keeps_the_pause() -> None:
    wrong = line("03-05T10:00", "correct", event=3, field="at", reason="记错了")
    output = drill(
        *IN_HAND,
        suspended(),
        line("03-05T09:00", "resume"),
        wrong | {"value": "2026-03-02T09:30:00+08:00"},
    )

    # Five days from 09:30, and the 23 hours in which it stood still.
    assert runs(output, "dispose") == [("城管科", "03-08T08:30", None)]


def test_a_suspension_ends_early_by_an_act_comes_once_and_nothing_is_done_meanwhile() -> None:
    output = drill(
        *IN_HAND,
        suspended(until="2027-06-01T10:00:00+08:00"),
        suspended(until="2026-03-04T09:00:00+08:00"),
        suspended(),
        done("03-05T10:00"),
        line("03-06T10:00", "resume"),
        suspended("03-06T11:00"),
        asked("03-06T12:00", due=NEW),
    )

    assert refusals(output) == [
        ("suspend", "bad_value"),
        ("suspend", "time_order"),
        ("file_result", "suspended"),
        ("suspend", "used_up"),
    ]
    assert runs(output, "dispose") == [("城管科", "03-09T10:00", None)]


def appeal(at: str = "03-09T11:00", by: str = "office:城管科") -> Json:
    return line(at, "appeal", by, reason="停水三天", evidence="供水公司通知")


def review(at: str, by: str, verdict: str = "accepted") -> Json:
    return line(at, "review_appeal", by, verdict=verdict, text="属实")


def test_an_appeal_comes_once_a_limit_is_reviewed_by_another_and_leaves_the_overdue() -> None:
    output = drill(
        *IN_HAND,
        appeal("03-06T11:00"),
        done("03-09T10:00"),
        line("03-09T10:30", "note", "centre_director:丁", text="看过"),
        appeal(),
        review("03-09T12:00", "street_centre"),
        review("03-09T12:01", "centre_director:城管科"),
        review("03-09T12:02", "centre_director:丁"),
        appeal("03-09T13:00"),
    )

    assert refusals(output) == [
        ("appeal", "not_overdue"),
        ("review_appeal", "not_your_role"),
        ("review_appeal", "independence"),
        ("appeal", "used_up"),
    ]
    assert runs(output, "dispose") == [("城管科", "03-07T10:00", False)]


def test_who_handled_the_case_reviews_no_appeal() -> None:
    handled = line("03-05T10:00", "supervise", "district_centre:戊", target="城管科")
    handled |= {"demand": "办结", "due": NEW}
    output = drill(
        *IN_HAND,
        handled,
        done("03-09T10:00"),
        verify("03-09T10:30"),
        appeal(),
        review("03-09T12:00", "district_centre:戊"),
        review("03-09T12:01", "district_centre:己", "rejected"),
    )

    assert refusals(output) == [("review_appeal", "independence")]
