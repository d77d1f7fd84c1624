"""Jinshan: 1, 5, 15 and 12 working days, three rules of assignment, re-visit and supervision."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.drilling import refusals, state
from tests.acceptance.ruled import Json, runs, told, under

drill = under("jinshan")


def line(at: str, do: str, by: str = "acceptor", **fields: Any) -> Json:
    """One line; ``at`` is month-day and time of 2026, or the whole of it."""
    day = at if at.count("-") == 2 else f"2026-{at}"
    return {"at": f"{day}:00+08:00", "do": do, "by": by, "case": "a"} | fields


def order(at: str = "11-20T18:00") -> Json:
    given = {"channel": "hotline_12345", "external_no": "J1", "place": "x", "description": "堵塞"}
    return line(at, "register", "system", **given)


def assign(at: str = "11-20T18:30", **fields: Any) -> Json:
    return line(
        at, "assign", **({"rule": "in_charge", "complexity": "complex", "lead": "水务"} | fields)
    )


def taken(at: str = "11-20T19:00") -> Json:
    return line(at, "accept_order", "unit:水务")


def done(at: str, party: str = "水务", **fields: Any) -> Json:
    given = {"party": party, "result_kind": "solved", "text": "已疏通"}
    return line(at, "file_result", **(given | fields))


def revisit(at: str, satisfaction: str) -> Json:
    return line(at, "revisit", satisfaction=satisfaction, report="已回访")


def supervise(at: str) -> Json:
    return line(
        at, "order_supervision", method="phone", demand="再办", due="2026-11-30T18:00:00+08:00"
    )


TO_REVISIT = (order(), assign(), taken(), done("11-24T10:00"))


@pytest.mark.clause("J-8.1", "J-8.3")
def test_friday_evening_counts_from_monday_one_fifteen_and_twelve() -> None:
    output = drill(order(), assign())

    assert runs(output, "contact") == [(None, "11-24T00:00", None)]
    assert runs(output, "reply") == [(None, "12-12T00:00", None)]
    assert runs(output, "internal") == [("水务", "12-09T00:00", None)]


@pytest.mark.clause("J-8.1")
def test_a_simple_order_has_five_working_days() -> None:
    output = drill(order(), assign(complexity="simple"))

    assert runs(output, "reply") == [(None, "11-28T00:00", None)]
    assert runs(output, "internal") == [("水务", "11-28T00:00", None)]


@pytest.mark.clause("J-8.1")
@pytest.mark.parametrize(
    ("at", "first", "fifth"),
    [
        ("2026-11-16T23:50", "11-18T00:00", "11-24T00:00"),
        ("2026-11-17T00:00", "11-19T00:00", "11-25T00:00"),
        # The day before the make-up Saturday of 10 October 2026.
        ("2026-10-09T10:00", "10-11T00:00", "10-16T00:00"),
        # The last working day before National Day.
        ("2026-09-30T12:00", "10-09T00:00", "10-14T00:00"),
        ("2024-02-28T10:00", "03-01T00:00", "03-07T00:00"),
        ("2024-02-29T10:00", "03-02T00:00", "03-08T00:00"),
        # 2028 is not published: weekends alone are rest days.
        ("2028-02-28T10:00", "03-01T00:00", "03-07T00:00"),
        ("2026-04-30T10:00", "05-07T00:00", "05-12T00:00"),
        # Over the year's end: 1 to 3 January rest, Sunday the 4th makes up for it.
        ("2025-12-30T10:00", "01-01T00:00", "01-08T00:00"),
    ],
)
def test_working_days_over_midnight_make_up_days_and_ends_of_months(
    at: str, first: str, fifth: str
) -> None:
    output = drill(order(at), assign(at, complexity="simple"))

    assert runs(output, "contact") == [(None, first, None)]
    assert runs(output, "reply") == [(None, fifth, None)]


@pytest.mark.clause("J-8.5")
def test_the_unit_is_reminded_three_two_and_one_working_day_before() -> None:
    output = drill(order(), assign(), taken(), line("12-10T09:00", "urge", target="水务"))

    assert [(at, light) for at, light, _ in told(output, "internal")] == [
        ("12-04T00:00", "yellow"),
        ("12-07T00:00", "yellow"),
        ("12-08T00:00", "yellow"),
        ("12-09T00:00", "red"),
        ("12-10T00:00", "red"),
    ]
    assert told(output, "internal")[0][2] == ("acceptor", "unit")


@pytest.mark.clause("J-8.2")
def test_what_is_not_accepted_comes_up_every_day() -> None:
    output = drill(order(), assign(), taken("11-23T19:00"))

    assert [at for at, _, _ in told(output, "unaccepted")] == [
        "11-21T18:30",
        "11-22T18:30",
        "11-23T18:30",
    ]


@pytest.mark.clause("J-6.2", "J-6.4")
@pytest.mark.parametrize(
    ("rule", "found", "standing"),
    [
        ("in_charge", [], "to_assign"),
        ("designated", [("return_order", "wrong_state")], "to_accept"),
    ],
)
def test_who_is_designated_cannot_send_the_order_back(
    rule: str, found: list[tuple[str, str]], standing: str
) -> None:
    output = drill(
        order(),
        assign(rule=rule),
        line("11-20T19:00", "return_order", "unit:水务", reason="非职责"),
    )

    assert refusals(output) == found
    assert state(output) == standing
    # The refusal says why, with its clause, and not only where the case stands.
    told = [(x["message"], x["clause"]) for x in output if x["kind"] == "refused"]
    assert told == ([("派单规则是“指定谁谁办理”，不能“退单”", "J-6.4")] if found else [])


@pytest.mark.clause("J-6.1", "J-6.3", "J-15.1")
def test_the_lead_needs_a_plan_and_shares_limit_and_result_with_the_others() -> None:
    several = {"rule": "leading", "parties": ["城管", "环保"]}
    output = drill(
        order(),
        assign(**several),
        assign("11-20T18:40", **several, plan="联合方案"),
        taken(),
        done("11-24T10:00"),
        done("11-24T11:00", "城管"),
        done("11-24T12:00", "环保"),
    )

    assert refusals(output) == [("assign", "missing_field")]
    assert runs(output, "internal") == [
        ("水务", "12-09T00:00", True),
        ("城管", "12-09T00:00", True),
        ("环保", "12-09T00:00", True),
    ]
    assert state(output) == "to_revisit"


@pytest.mark.clause("J-8.1")
def test_the_first_contact_stops_its_clock_and_late_is_late() -> None:
    in_time = drill(order(), line("11-23T23:59", "contact", outcome="reached"))
    late = drill(order(), line("11-24T00:01", "contact", outcome="no_answer"))

    assert runs(in_time, "contact") == [(None, "11-24T00:00", True)]
    assert runs(late, "contact") == [(None, "11-24T00:00", False)]


@pytest.mark.clause("J-8.7")
def test_a_satisfied_citizen_archives_the_order() -> None:
    output = drill(*TO_REVISIT, revisit("11-25T10:00", "satisfied"))

    assert refusals(output) == []
    assert state(output) == "archived"
    assert runs(output, "reply") == [(None, "12-12T00:00", True)]


@pytest.mark.clause("J-8.7", "J-8.8")
@pytest.mark.parametrize("said", ["unsatisfied", "not_rated"])
def test_unsatisfied_and_unrated_must_be_supervised_and_answered(said: str) -> None:
    archive = {"report": "已答复"}
    output = drill(
        *TO_REVISIT,
        revisit("11-25T10:00", said),
        line("11-25T10:10", "archive", **archive),
        supervise("11-25T10:20"),
        line("11-25T10:30", "archive", **archive),
        line("11-26T10:00", "answer_supervision", "unit:水务", answer="已整改"),
        line("11-26T11:00", "archive", **archive),
    )

    assert refusals(output) == [("archive", "act_missing"), ("archive", "results_missing")]
    assert runs(output, "supervision") == [(None, "11-30T18:00", True)]
    assert state(output) == "archived"


@pytest.mark.clause("J-8.7")
def test_a_second_unsatisfied_round_is_supervised_anew() -> None:
    output = drill(
        *TO_REVISIT,
        revisit("11-25T10:00", "unsatisfied"),
        supervise("11-25T10:20"),
        line("11-26T10:00", "answer_supervision", "unit:水务", answer="已整改"),
        line("11-26T11:00", "redo", reason="没有解决"),
        done("11-27T10:00"),
        revisit("11-27T11:00", "unsatisfied"),
        line("11-27T12:00", "archive", report="x"),
    )

    assert refusals(output) == [("archive", "act_missing")]
    assert runs(output, "internal") == [
        ("水务", "12-09T00:00", True),
        ("水务", "12-09T00:00", True),
    ]


@pytest.mark.clause("J-5.2")
def test_a_leaders_order_has_its_own_date_and_is_answered_before_archiving() -> None:
    given = {"order_no": "督1", "demand": "限期", "due": "2026-11-24T12:00:00+08:00"}
    output = drill(
        order(),
        assign(),
        taken(),
        line("11-23T09:00", "leader_order", "leader", **given),
        done("11-24T10:00"),
        revisit("11-24T11:00", "satisfied"),
        line("11-24T11:30", "answer_leader_order", "unit:水务", answer="已办"),
        revisit("11-24T11:40", "satisfied"),
    )

    assert refusals(output) == [("revisit", "results_missing")]
    assert runs(output, "leader_order") == [(None, "11-24T12:00", True)]
    assert state(output) == "archived"


@pytest.mark.clause("J-5.4", "J-5.5")
def test_who_is_published_explains_in_writing_within_a_week() -> None:
    published = line("11-25T11:00", "publish", party="水务", reason="buck_passing")
    start = (*TO_REVISIT, revisit("11-25T10:00", "unsatisfied"), published)
    told_in_time = line(
        "12-02T23:00", "explain", "unit:水务", party="水务", text="说明", file="s.pdf"
    )
    late = told_in_time | {"at": "2026-12-03T00:01:00+08:00"}

    assert runs(drill(*start), "bulletin_reply") == [("水务", "12-03T00:00", None)]
    assert runs(drill(*start, told_in_time), "bulletin_reply") == [("水务", "12-03T00:00", True)]
    assert runs(drill(*start, late), "bulletin_reply") == [("水务", "12-03T00:00", False)]


@pytest.mark.clause("J-5.5")
@pytest.mark.parametrize(
    ("day", "at", "due"),
    [
        ("11-20", "11-27T23:50", "12-05T00:00"),  # Friday night: weekends count
        ("11-20", "11-28T00:00", "12-06T00:00"),
        ("09-18", "09-30T12:00", "10-08T00:00"),  # month end, over National Day
        ("12-18", "12-31T23:50", "01-08T00:00"),  # year end
        ("2024-02-20", "2024-02-22T10:00", "03-01T00:00"),  # 29 February is the seventh day
    ],
)
def test_a_week_is_seven_calendar_days_to_24_00(day: str, at: str, due: str) -> None:
    first = (order(f"{day}T10:00"), assign(f"{day}T10:30"), taken(f"{day}T11:00"))
    output = drill(*first, line(at, "publish", party="水务", reason="poor_handling"))

    assert refusals(output) == []
    assert runs(output, "bulletin_reply") == [("水务", due, None)]


@pytest.mark.clause("J-8.11", "J-6.5")
def test_joint_supervision_is_led_by_the_bureau_with_one_of_three_reasons() -> None:
    output = drill(
        order(),
        assign(),
        taken(),
        line("11-23T09:00", "coordinate", form="on_site", participants=["水务"], text="现场"),
        line("11-23T10:00", "start_joint", reason="inaction"),
        line("11-23T10:10", "start_joint", "supervision_bureau", reason="lazy"),
        line("11-23T10:20", "start_joint", "supervision_bureau", reason="slow_action"),
        line("11-23T15:00", "end_joint", "supervision_bureau", finding="限期办结"),
        done("11-24T10:00"),
    )

    assert refusals(output)[1:] == [("start_joint", "bad_value")]
    assert state(output) == "to_revisit"
    assert runs(output, "internal")[-1] == ("水务", "12-09T00:00", True)


@pytest.mark.clause("J-15.2", "J-18.1")
def test_what_cannot_be_solved_now_needs_analysis_measures_and_a_date() -> None:
    short = done("11-24T10:00", result_kind="not_now")
    whole = short | {
        "analysis": "缺权属",
        "measures": "立项",
        "follow_up": "2027-03-01T09:00:00+08:00",
    }
    output = drill(
        order(), assign(), taken(), short, done("11-24T10:10", result_kind="self_governed")
    )

    assert refusals(output) == [("file_result", "missing_field"), ("file_result", "missing_field")]
    assert state(drill(order(), assign(), taken(), whole)) == "to_revisit"


@pytest.mark.clause("J-9.5", "J-14.3")
def test_the_workstation_says_which_of_its_six_duties_it_did() -> None:
    output = drill(
        order(),
        line("11-20T19:00", "station_action", "workstation", station_duty="dissuade"),
        line("11-20T19:10", "station_action", "workstation", station_duty="ignore"),
        line("11-20T19:20", "report_up", "workstation", target="区网格化中心", text="险情"),
    )

    assert refusals(output) == [("station_action", "bad_value")]
