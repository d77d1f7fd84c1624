"""Steps 5 and 6: outcome, duties, done and filed, submission to head and street."""

from __future__ import annotations

from datetime import timedelta

import pytest
from world import GRID, World, duties

PHOTOS = [
    {"kind": "photo_before", "file": "前.jpg"},
    {"kind": "photo_after", "file": "后.jpg"},
    {"kind": "enforcement", "file": "文书.pdf"},
    {"kind": "plan", "file": "方案.docx"},
]


# ── T19, T20 outcome ────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("X-5.2.5.1", "X-2.7")
def test_the_outcome_gives_each_party_duty_start_and_limit(world: World) -> None:
    world.coordinating()
    given = duties("4 h", "1个自然日")
    given[1]["start"] = "2026-11-23T10:00"
    world.do("record_outcome", agreed=True, duties=given)
    assert world.case().state == "disposing"
    assert world.due("dispose", "城管") == "2026-11-23T13:00:00+08:00"
    assert world.due("dispose", "公安") == "2026-11-24T10:00:00+08:00"
    assert [(p.duty, p.required) for p in world.case().course.parties] == [
        ("清理", True),
        ("维持秩序", True),
    ]
    assert world.clock("record_outcome").on_time is True
    assert world.case().course.lead == "城管"


def test_a_duty_may_run_in_working_days_and_working_hours(world: World) -> None:
    world.coordinating()
    world.do("record_outcome", agreed=True, duties=duties("3个工作日", "4 working hours"))
    assert world.due("dispose", "城管") == "2026-11-27T00:00:00+08:00"
    assert world.due("dispose", "公安") == "2026-11-23T14:30:00+08:00"
    runs = [clock for clock in world.case().clocks if clock.name == "dispose"]
    assert [(run.limit, run.counted) for run in runs] == [
        ("3 working days", "working_day:end_of_day"),
        ("4 working hours", "working_hours"),
    ]


@pytest.mark.clause("X-5.2.5.1")
@pytest.mark.parametrize("name", ["party", "duty", "limit"])
def test_no_duty_without_party_words_and_limit(world: World, name: str) -> None:
    world.coordinating()
    given = duties("4 h", "2 h")
    given[1][name] = " "
    refusal = world.refused("missing_field", "record_outcome", agreed=True, duties=given)
    assert refusal.params == {"field": f"duties.{name}"}


@pytest.mark.parametrize(
    "change",
    [
        [{"party": "消防", "duty": "查", "limit": "1 h", "lead": True}],
        [{"party": "城管", "duty": "查", "limit": "1 h"}],
        duties("1 h", "1 h")[:1] * 2,
        [{**d, "lead": True} for d in duties("1 h", "1 h")],
        [{"party": "城管", "duty": "查", "limit": "很快", "lead": True}],
        [{"party": "城管", "duty": "查", "limit": "0 h", "lead": True}],
        [{"party": "城管", "duty": "查", "limit": "3 workdays", "lead": True}],
        "城管",
    ],
)
def test_duties_that_do_not_fit(world: World, change: object) -> None:
    world.coordinating()
    world.refused("bad_value", "record_outcome", agreed=True, duties=change)


def test_an_outcome_needs_agreement_or_a_reason_and_a_basis(world: World) -> None:
    world.coordinating()
    assert world.refused("missing_field", "record_outcome").params == {"field": "agreed"}
    assert world.refused("missing_field", "record_outcome", agreed=True).params == {
        "field": "duties"
    }
    assert world.refused("missing_field", "record_outcome", agreed=False).params == {
        "field": "reason"
    }
    course = world.case().course
    world.set(course=type(course)(**{**_fields(course), "basis": None}))
    given = {"agreed": True, "duties": duties("1 h", "1 h")}
    assert world.refused("missing_field", "record_outcome", **given).params == {"field": "basis"}
    world.do("record_outcome", **given, basis="城管条例")
    assert world.case().course.basis == "城管条例"


def _fields(course: object) -> dict[str, object]:
    return {name: getattr(course, name) for name in type(course).__dataclass_fields__}


@pytest.mark.clause("X-5.2.6.1")
def test_no_agreement_proposes_to_submit_and_moves_nothing(world: World) -> None:
    world.coordinating()
    world.do("record_outcome", agreed=False, reason="两家各执一词")
    assert world.case().state == "coordinating"
    assert world.case().course.proposals == ("no_result",)
    assert world.running() == []


def test_who_has_no_duty_owes_no_result(world: World) -> None:
    world.coordinating()
    world.do("record_outcome", agreed=True, duties=duties("4 h", "2 h")[:1])
    world.do("file_result", party="城管", text="已清理")
    assert world.case().state == "reviewing"


# ── T10, T21, T22 done and filed ─────────────────────────────────────────────────────────


def test_photos_taken_when_it_was_done_are_kept_with_the_party(world: World) -> None:
    world.coordinating()
    world.do("record_outcome", agreed=True, duties=duties("4 h", "2 h"))
    world.until("12:00")
    world.do("mark_done", party="城管", completed_at="2026-11-23T12:00", attachments=PHOTOS)
    assert {a.party for a in world.case().attachments} == {"城管"}
    assert len(world.case().attachments) == len(PHOTOS)


@pytest.mark.clause("X-5.2.5.2")
def test_done_at_ten_to_midnight_is_filed_until_midnight(world: World) -> None:
    world.coordinating()
    world.do("record_outcome", agreed=True, duties=duties("2天", "2天"))
    world.until("23:50")
    world.do("mark_done", party="城管", completed_at="2026-11-23T23:50")
    assert world.clock("dispose", "城管").on_time is True
    assert world.due("file_result", "城管") == "2026-11-24T00:00:00+08:00"
    world.until("2026-11-24T00:00:00")
    world.do("file_result", party="城管", text="已清理")
    assert world.clock("file_result", "城管").on_time is True
    assert world.case().state == "disposing"
    assert world.running() == [("dispose", "公安")]


@pytest.mark.clause("X-5.2.5.2")
def test_filed_the_day_after_is_late_and_says_so(world: World) -> None:
    world.disposing()
    world.do("mark_done", party="城管", completed_at="2026-11-23T09:00")
    world.until("2026-11-24T00:00:01")
    done = world.do("file_result", party="城管", text="已清理")
    assert world.clock("file_result", "城管").on_time is False
    assert done.events[0].data["next_day"] is True


@pytest.mark.clause("X-5.2.5.2")
def test_filed_at_the_stroke_of_midnight_is_on_time_and_of_the_same_day(world: World) -> None:
    world.disposing()
    world.do("mark_done", party="城管", completed_at="2026-11-23T09:00")
    world.until("2026-11-24T00:00:00")
    done = world.do("file_result", party="城管", text="已清理")
    assert world.clock("file_result", "城管").on_time is True
    assert "next_day" not in done.events[0].data


def test_filing_without_marking_completes_at_the_same_moment(world: World) -> None:
    world.disposing()
    world.until("10:30")
    done = world.do("file_result", party="城管", text="已清理")
    assert world.clock("dispose", "城管").stopped_at == world.now
    filed = world.clock("file_result", "城管")
    assert (filed.started_at, filed.stopped_at, filed.on_time) == (world.now, world.now, True)
    assert "next_day" not in done.events[0].data
    assert [(c.clock, c.change) for c in done.changes] == [
        ("dispose", "stopped"),
        ("file_result", "started"),
        ("file_result", "stopped"),
    ]


def test_done_and_filed_in_one_entry_after_midnight_raises_no_alarm(world: World) -> None:
    world.disposing()
    world.jump("2026-11-24T08:00")
    world.do("file_result", party="城管", text="已清理", completed_at="2026-11-23T10:00")
    world.do("file_result", party="公安", text="已维持", completed_at="2026-11-23T10:00")
    assert world.clock("dispose", "城管").on_time is True
    assert world.clock("file_result", "城管").on_time is False
    assert world.events[-1].data["next_day"] is True
    world.advance(hours=1)
    assert [t for t in world.told() if t[1] == "file_result"] == []


@pytest.mark.clause("X-5.2.5.1")
def test_completion_lies_between_the_outcome_and_now(world: World) -> None:
    world.disposing()
    world.until("10:00")
    for completed_at in ("2026-11-23T08:59:59", "2026-11-23T10:00:01"):
        world.refused("time_order", "mark_done", party="城管", completed_at=completed_at)
    missing = world.refused("missing_field", "mark_done", party="城管")
    assert missing.params == {"field": "completed_at"}
    done = {"completed_at": "2026-11-23T10:00"}
    missing = world.refused("missing_field", "mark_done", by="party", **done)
    assert missing.params == {"field": "party"}
    # The party named is what lets the commander record for it: without it the role comes first.
    world.refused("not_your_role", "mark_done", **done)
    world.until("12:00")
    world.do("mark_done", party="公安", completed_at="2026-11-23T11:00:01")
    assert world.clock("dispose", "公安").on_time is False
    world.refused("bad_value", "mark_done", party="公安", completed_at="2026-11-23T12:00")


@pytest.mark.clause("X-5.2.5.3", "X-5.2.5.4", "X-5.2.7.9")
def test_results_are_text_with_typed_attachments_and_the_last_one_opens_the_review(
    world: World,
) -> None:
    world.disposing()
    world.refused("missing_field", "file_result", party="城管", text=" ")
    world.refused(
        "bad_value", "file_result", party="城管", text="x", attachments=[{"kind": "x", "file": "y"}]
    )
    world.do("file_result", party="城管", text="已清理", attachments=PHOTOS)
    assert [(a.kind, a.party) for a in world.case().attachments] == [
        ("photo_before", "城管"),
        ("photo_after", "城管"),
        ("enforcement", "城管"),
        ("plan", "城管"),
    ]
    assert world.case().course.open_results == ("公安",)
    world.until("10:00")
    world.do("file_result", by="line_lead:公安", party="公安", text="已维持")
    assert world.case().state == "reviewing"
    assert world.due("close") == "2026-11-24T10:00:00+08:00"
    assert world.running() == [("close", None)]


def test_a_result_is_filed_once(world: World) -> None:
    world.disposing()
    world.do("file_result", party="城管", text="已清理")
    world.refused("bad_value", "file_result", party="城管", text="再填")
    world.refused("bad_value", "file_result", party="消防", text="x")
    world.refused("not_your_role", "file_result", by="inspector", party="公安", text="x")


@pytest.mark.clause("X-5.2.5.4")
def test_a_station_files_without_naming_itself(world: World) -> None:
    world.at_station()
    world.until("11:00")
    world.do("mark_done", by="station", completed_at="2026-11-23T10:30")
    assert world.clock("dispose", GRID).stopped_at == world.now - timedelta(minutes=30)
    world.do("file_result", by="station", text="已清运")
    assert world.case().state == "reviewing"
    assert world.due("close") == "2026-11-24T11:00:00+08:00"


def test_the_commander_files_for_a_station_by_any_of_its_names(world: World) -> None:
    world.at_station()
    world.do("file_result", party="嘉乐", text="已清运", via="phone")
    assert world.case().state == "reviewing"
    assert world.events[-1].on_behalf is not None
