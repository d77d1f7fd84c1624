"""Who is on duty now: what people said overrides the plan while the turn lasts."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dutydesk.config.procedures import load
from dutydesk.workflow.duty.model import DutyState, Presence
from dutydesk.workflow.duty.presence import (
    OnDuty,
    Planned,
    Said,
    Slot,
    Status,
    on_duty,
    said_in,
)
from dutydesk.workflow.time.zone import ZONE

MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=ZONE)
NOON = MORNING.replace(hour=12)
EVENING = MORNING.replace(hour=19, minute=0)
LEAD = Slot("140901", "line_lead", "城管")
TURN = Planned(LEAD, "演示甲", MORNING, EVENING)


def lead(*said: Said, at: datetime = NOON, turn: Planned | None = TURN) -> OnDuty:
    (found,) = on_duty([LEAD], [turn] if turn else [], said, at)
    return found


def test_a_plan_alone_is_unknown_and_counts_as_on_call() -> None:
    assert lead() == OnDuty(LEAD, "演示甲", Status.UNKNOWN, MORNING, EVENING)
    assert lead().counts


@pytest.mark.clause("X-3.4.1.2")
def test_present_out_and_off_each_override_the_plan_and_the_latest_counts() -> None:
    said = [
        Said(LEAD, Status.PRESENT, MORNING),
        Said(LEAD, Status.OUT, MORNING + timedelta(hours=1)),
        Said(LEAD, Status.OFF, MORNING + timedelta(hours=2)),
    ]
    moments = [MORNING + timedelta(minutes=minutes) for minutes in (0, 60, 120)]
    found = [lead(*said, at=moment) for moment in moments]
    assert [entry.status for entry in found] == [Status.PRESENT, Status.OUT, Status.OFF]
    assert [entry.counts for entry in found] == [True, True, False]
    assert [entry.since_at for entry in found] == moments


def test_what_was_said_in_the_turn_before_is_over() -> None:
    assert lead(Said(LEAD, Status.OFF, MORNING - timedelta(hours=1))).status is Status.UNKNOWN


def test_at_a_vacant_post_it_holds_until_midnight() -> None:
    said = Said(LEAD, Status.PRESENT, NOON, "演示乙")
    assert lead(turn=None) == OnDuty(LEAD, None, Status.VACANT, None, None)
    assert lead(said, turn=None).name == "演示乙"
    assert lead(said, turn=None, at=NOON + timedelta(hours=12)).status is Status.VACANT


def test_a_relief_ends_by_itself() -> None:
    relief = Said(LEAD, Status.PRESENT, NOON, "演示乙", NOON + timedelta(hours=1))
    assert (lead(relief).name, lead(relief).until_at) == ("演示乙", NOON + timedelta(hours=1))
    assert lead(relief, at=NOON + timedelta(hours=1)).name == "演示甲"


def test_the_stored_state_of_a_desk_says_the_same() -> None:
    state = DutyState(
        "140901",
        presence=(Presence("城管", "out", NOON), Presence("commander", "present", NOON, "演示丙")),
    )
    assert said_in(state, load("xinchenglu").parts) == (
        Said(LEAD, Status.OUT, NOON),
        Said(Slot("140901", "commander"), Status.PRESENT, NOON, "演示丙"),
    )
