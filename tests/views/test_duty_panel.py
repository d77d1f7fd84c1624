"""Who holds the desk, who is there, and who takes over within the hour."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from views_world import World

from dutydesk.views.duty import DutyPanel, OnDutyNow
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor


def panel(world: World) -> DutyPanel:
    return world.read(OnDutyNow())


def say(world: World, verb: str, by: str = "commander", **fields: Any) -> None:
    now = world.clock.now()
    world.desk.execute(Act(verb, Actor(by), now, now, None, fields))


@pytest.mark.clause("X-3.4.1.2")
def test_the_three_leads_are_always_named_in_their_order(world: World) -> None:
    say(world, "presence", post="城管", status="out")
    world.clock.advance(minutes=5)
    say(world, "presence", post="公安", status="off")
    leads = panel(world).leads
    assert [(row.label, row.status, row.status_label, row.counts) for row in leads] == [
        ("公安", "off", "离岗", False),
        ("城管", "out", "外出", True),
        ("市场监管", "unknown", "未报到", True),
    ]
    assert leads[0].since_at == world.clock.now()


def test_force_is_short_when_no_lead_is_there(world: World) -> None:
    assert panel(world).short is False
    for post in ("公安", "城管", "市场监管"):
        say(world, "presence", post=post, status="off")
    assert panel(world).short is True


def test_who_takes_over_is_announced_in_the_last_hour_only(world: World) -> None:
    told = []
    for minutes in (0, 6 * 60 - 1, 1):
        world.clock.advance(minutes=minutes)
        told.append(panel(world).takeover)
    assert told[0] is None
    assert told[1] is None
    assert told[2] is not None
    assert told[2].startswith("19:00 由街道值班")


def test_a_handover_on_its_way_says_for_whom_the_desk_waits(world: World) -> None:
    say(world, "hand_over", by="deputy_head", to="night_desk", reason="全员外出处置")
    found = panel(world)
    assert (found.handed_to, found.handed_at) == ("night_desk", world.clock.now())
    assert found.takeover == "12:00 起等街道值班接班"
    say(world, "take_over", by="night_desk", red=0)
    found = panel(world)
    assert (found.holder, found.holder_label, found.takeover) == ("night_desk", "街道值班", None)


def test_opening_and_closing_are_said_as_they_come(world: World) -> None:
    open_now = panel(world)
    assert (open_now.open, open_now.opens_at) == (True, None)
    assert open_now.closes_at == world.clock.now() + timedelta(hours=7)
    world.clock.advance(hours=7)
    closed = panel(world)
    assert (closed.open, closed.closes_at) == (False, None)
    assert closed.opens_at == world.clock.now().replace(day=23, hour=8, minute=30)
