"""Xinchenglu at the edges of its clocks: every worked instant of the procedure and its readings."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.drilling import act, alarms, convene, drill, linkage, refusals, register
from tests.acceptance.ruled import Json, runs

EDGES = (
    ("2026-11-23T23:50", "2026-11-24T23:50"),
    ("2026-11-24T00:00", "2026-11-25T00:00"),
    ("2026-11-20T19:30", "2026-11-21T19:30"),  # Friday evening
    ("2026-10-09T18:00", "2026-10-10T18:00"),  # the day before a make-up Saturday
    ("2026-09-30T12:00", "2026-10-01T12:00"),  # month end, before a holiday
    ("2024-02-28T10:00", "2024-02-29T10:00"),
    ("2024-02-29T10:00", "2024-03-01T10:00"),
    ("2025-12-31T23:50", "2026-01-01T23:50"),  # year end
)
"""An instant, and the same clock a natural day later: weekends and holidays count (A-01, A-08)."""


def on(at: str, do: str, by: str = "commander", **fields: Any) -> Json:
    """An act at an instant of any year."""
    case = {} if do in ("roster", "hand_over") else {"case": "a"}
    return {"at": f"{at}:00+08:00", "do": do, "by": by} | case | fields


def arrives(at: str, **fields: Any) -> Json:
    """A case comes in by the grid platform at an instant of any year."""
    return register() | {"at": f"{at}:00+08:00"} | fields


def community(at: str) -> Json:
    """Accepted at community level."""
    return on(at, "accept", **{"as": "community"}, grid="嘉乐社区网格")


def agreed(at: str = "10:40", **fields: Any) -> Json:
    """The parties agree on duties and limits."""
    duties = [
        {"party": "城管", "duty": "清理", "limit": "40 h", "lead": True},
        {"party": "公安", "duty": "疏导", "limit": "40 h", "lead": False},
    ]
    return act(at, "record_outcome", agreed=True, duties=duties, basis="市容条例", **fields)


def came(at: str = "10:30", party: str = "城管") -> Json:
    """A party is there."""
    return act(at, "confirm_response", party=party, outcome="arrived")


WORKING = (register(), linkage(), convene("09:20"), came(), came("10:31", "公安"), agreed())


@pytest.mark.clause("X-5.2.3.9", "X-5.1.3")
def test_urgent_on_friday_at_18_55_is_due_at_19_05_whoever_holds_the_desk() -> None:
    output = drill(
        register("11-20T18:50", urgent=True),
        linkage("11-20T18:55", "urgent"),
        act("11-20T19:01", "roster", case=None, off=["commander"]),
        act("11-20T19:02", "hand_over", case=None, to="night_desk", reason="力量不足"),
        act("11-20T19:03", "take_over", by="night_desk", case=None, red=0),
    )

    assert refusals(output) == []
    assert runs(output, "coordinate") == [(None, "11-20T19:05", None)]


@pytest.mark.clause("X-5.2.2")
@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-11-23T16:30", "11-23T17:30"),
        ("2026-11-23T23:50", "11-24T00:50"),
        ("2026-11-20T18:59", "11-20T19:59"),
        ("2026-11-30T23:30", "12-01T00:30"),
        ("2024-02-28T23:30", "02-29T00:30"),
        ("2025-12-31T23:30", "01-01T00:30"),
    ],
)
def test_a_community_case_is_dispatched_within_the_hour_of_its_acceptance(
    at: str, due: str
) -> None:
    output = drill(arrives(at), community(at))

    assert runs(output, "dispatch") == [(None, due, None)]


@pytest.mark.clause("X-5.2.1.3")
@pytest.mark.parametrize(
    ("fed_back", "in_time"), [("2026-11-22T23:30", True), ("2026-11-22T23:31", False)]
)
def test_what_came_on_saturday_at_23_30_is_refused_by_sunday_23_30(
    fed_back: str, in_time: bool
) -> None:
    refused = on(
        fed_back,
        "refuse",
        reason="not_in_area",
        belongs_to="马陆镇",
        fed_back_at=f"{fed_back}:00+08:00",
    )
    output = drill(arrives("2026-11-21T23:30", place="马陆镇宝安公路", grid=None), refused)

    assert runs(output, "triage") == [(None, "11-22T23:30", in_time)]


@pytest.mark.clause("X-5.2.1.3")
@pytest.mark.parametrize(("at", "due"), EDGES)
def test_a_natural_day_is_the_same_clock_of_the_next_day(at: str, due: str) -> None:
    output = drill(arrives(at))

    assert runs(output, "triage") == [(None, due[5:], None)]


@pytest.mark.clause("X-5.2.1.1")
@pytest.mark.parametrize(("urgent", "first"), [(False, "09:30"), (True, "09:05")])
def test_what_nobody_accepts_is_told_at_half_an_hour_urgent_at_five_minutes(
    urgent: bool, first: str
) -> None:
    output = drill(register(urgent=urgent), act("09:40", "note", text="在看"))

    assert [at for at, *_rest in alarms(output, "triage")][:1] == [first]


@pytest.mark.clause("X-5.2.3.5", "X-5.2.3.6")
def test_an_instruction_neither_stops_nor_starts_the_clock() -> None:
    output = drill(
        register(),
        linkage(difficulty="complex"),
        act("09:06", "request_instruction", of="deputy_head"),
        act("09:20", "record_instruction", giver="deputy_head", text="同意", channel="phone"),
    )

    assert refusals(output) == []
    assert runs(output, "coordinate") == [(None, "11-23T09:25", None)]


@pytest.mark.clause("X-5.2.3.6")
def test_the_call_that_nobody_answered_counts_and_the_push_must_be_inside_the_limit() -> None:
    called = (
        act("09:10", "record_instruction", giver="deputy_head", text="同意", channel="phone"),
        act("09:11", "call", party="城管", outcome="no_answer"),
        act("09:12", "call", party="公安", outcome="busy"),
    )
    for pushed, in_time in (("09:25", True), ("09:26", False)):
        output = drill(register(), linkage(difficulty="complex"), *called, convene(pushed))

        assert refusals(output) == []
        assert runs(output, "coordinate") == [(None, "11-23T09:25", in_time)]


@pytest.mark.clause("X-5.2.3.2", "X-5.2.3.7")
def test_another_class_never_gains_time() -> None:
    up = drill(register(), linkage(), act("09:06", "reclassify", difficulty="urgent", reason="x"))
    late = drill(register(), linkage(), act("09:20", "reclassify", difficulty="urgent", reason="x"))
    down = drill(
        register(),
        linkage(difficulty="urgent"),
        act("09:06", "reclassify", by="deputy_head", difficulty="simple", reason="x"),
    )

    assert runs(up, "coordinate")[-1][1] == "11-23T09:16"
    assert runs(late, "coordinate")[-1][1] == "11-23T09:25"
    assert refusals(down) == []
    assert runs(down, "coordinate")[-1][1] == "11-23T09:15"


@pytest.mark.clause("X-5.2.5.2")
def test_what_is_done_at_23_50_is_filed_by_24_00_of_that_night() -> None:
    for filed, in_time in (("11-23T23:59", True), ("11-24T00:01", False)):
        output = drill(
            *WORKING,
            act("23:50", "mark_done", party="城管", completed_at="2026-11-23T23:50:00+08:00"),
            act(filed, "file_result", party="城管", text="已清理"),
        )

        assert refusals(output) == []
        assert runs(output, "file_result") == [("城管", "11-24T00:00", in_time)]


@pytest.mark.clause("X-5.2.7.9")
def test_the_last_feedback_of_friday_17_00_is_closed_by_saturday_17_00() -> None:
    friday = [line | {"at": line["at"].replace("11-23", "11-20")} for line in WORKING]
    friday[2] |= {"time": "2026-11-20T10:30:00+08:00"}
    output = drill(
        *friday,
        act("11-20T15:00", "file_result", party="公安", text="已疏导"),
        act("11-20T17:00", "file_result", party="城管", text="已清理"),
    )

    assert refusals(output) == []
    assert runs(output, "close") == [(None, "11-21T17:00", None)]


@pytest.mark.clause("X-5.1.1", "X-5.1.2", "X-5.1.3")
@pytest.mark.parametrize(("at", "due"), EDGES[2:5])
def test_no_clock_pauses_out_of_hours_or_on_a_holiday(at: str, due: str) -> None:
    output = drill(
        arrives(at), community(at), on(at, "dispatch", station="嘉乐", due=f"{due}:00+08:00")
    )

    assert refusals(output) == []
    assert runs(output, "dispose") == [("嘉乐社区网格", due[5:], None)]


@pytest.mark.clause("X-5.1.3")
@pytest.mark.parametrize(
    ("day", "open_"),
    [
        ("2026-11-23", False),
        ("2026-10-10", False),  # a make-up Saturday is a working day
        ("2026-10-11", True),
        ("2026-10-01", True),
    ],
)
def test_the_desk_is_handed_over_for_want_of_force_outside_working_hours_alone(
    day: str, open_: bool
) -> None:
    leads = ["城管", "公安", "市场监管"]
    output = drill(
        on(f"{day}T10:00", "roster", off=leads),
        on(f"{day}T10:01", "hand_over", to="night_desk", reason="力量不足"),
    )

    assert refusals(output) == ([] if open_ else [("hand_over", "handover_not_open")])
