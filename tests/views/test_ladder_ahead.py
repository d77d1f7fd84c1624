"""The ladder played dry and the minutes to red, against what the sweep then really does."""

from __future__ import annotations

from datetime import datetime, timedelta

from views_world import World

from dutydesk.clock import ZONE
from dutydesk.views.alarms import LiveAlarms
from dutydesk.views.forecast import MinutesToRed, as_documents
from dutydesk.views.ladder import LadderAhead, as_document
from dutydesk.workflow.alarms.ahead import Breach, together


def test_the_dry_run_names_what_the_sweep_then_raises(world: World) -> None:
    no = world.linkage("simple")
    plan = world.read(LadderAhead(no))
    assert plan is not None
    said = [(row.at, row.clock, row.light) for row in plan.rows if row.clock == "coordinate"]
    assert [light for _at, _clock, light in said] == ["yellow", "yellow", "red", "red"]
    for at, _clock, _light in said:
        world.clock.set(at)
        world.desk.sweep()
    raised = [row for row in world.read(LiveAlarms()) if row.clock == "coordinate"]
    assert sorted(row.planned_at for row in raised) == [
        int(at.timestamp()) * 1000 for at, *_rest in said
    ]
    roles = [one["role"] for one in as_document(plan.rows[-1])["told"]]  # type: ignore[attr-defined]
    assert roles
    after = world.read(LadderAhead(no))
    assert after is not None
    assert not [row for row in after.rows if row.clock == "coordinate"]
    assert world.read(LadderAhead("nobody")) is None


def test_on_the_way_up_each_channel_is_said(world: World) -> None:
    no = world.linkage("simple")
    plan = world.read(LadderAhead(no, {"escalate": "wecom"}))
    assert plan is not None
    last = [row for row in plan.rows if row.clock == "coordinate"][-1]
    assert {one.told.role: one.channel for one in last.reached} == {"deputy_head": "wecom"}
    by_hand = world.read(LadderAhead(no))
    assert by_hand is not None
    last = [row for row in by_hand.rows if row.clock == "coordinate"][-1]
    assert [one.channel for one in last.reached] == ["manual"]


def test_minutes_to_red_gives_each_case_the_one_act_that_saves_it(world: World) -> None:
    simple, urgent = world.linkage("simple"), world.linkage("urgent")
    found = world.read(MinutesToRed())
    rows = [row for row in found.rows if row.case in (simple, urgent)]
    assert [row.case for row in rows] == [urgent, simple]
    assert rows[1].act == "convene"
    assert rows[0].act in ("request_instruction", "record_instruction", "report_to_head", "call")
    documents = as_documents(found, world.clock.now())
    assert documents[0]["kind"] == "breach"
    assert documents[0]["minutes"] <= 10
    assert world.read(MinutesToRed(timedelta(minutes=1))).rows == ()


def test_units_that_breach_within_a_quarter_of_an_hour_breach_together() -> None:
    nine = datetime(2026, 11, 23, 9, tzinfo=ZONE)

    def at(minutes: int) -> datetime:
        return nine + timedelta(minutes=minutes)

    found = together(
        [
            Breach(at(0), "城管", "a"),
            Breach(at(15), "城管", "b"),
            Breach(at(16), "城管", "c"),
            Breach(at(1), "公安", "d"),
            Breach(at(2), "公安", "d"),
        ]
    )
    assert [(crowd.unit, crowd.cases) for crowd in found] == [("城管", ("a", "b"))]
