"""The commander's operations from each channel, and the five checks of the closing (X-4.2.1)."""

from __future__ import annotations

import copy
import tomllib
from typing import Any

import pytest
from world import CHECKS, GRID, World

from dutydesk.config.procedures import FOLDER
from dutydesk.workflow.check import check
from dutydesk.workflow.procedure import build

CHANNELS = ("hotline_12345", "grid", "hotline_12319", "police_110")
NOT_HIS = ("inspector", "deputy_head", "area_head", "line_lead", "street_centre")


def once(world: World, verb: str, **fields: Any) -> None:
    """The act is the commander's, nobody else's, and leaves an event of its own."""
    for by in NOT_HIS:
        world.refused("not_your_role", verb, by=by, **fields)
    before = len(world.events)
    world.do(verb, **fields)
    assert [(e.verb, str(e.by)) for e in world.events[before:]] == [(verb, "commander")]


@pytest.mark.clause("X-4.2.1.4", "X-4.2.1.1")
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_community_case_is_accepted_dispatched_verified_and_closed_by_acts_of_their_own(
    world: World, channel: str
) -> None:
    world.register(channel=channel, external_no="2611A0000001")
    once(world, "accept", as_="community", grid=GRID)
    once(world, "dispatch", station=GRID, due="2026-11-23T18:00")
    world.do("file_result", by="station", text="已清运")
    world.refused("not_your_role", "record_verification", by="inspector", verdict="verified")
    world.do("record_verification", verdict="verified", by_whom="网格员")
    assert world.events[-1].verb == "record_verification"
    once(world, "close", checks=CHECKS, report="齐")
    assert world.case().state == "closed"


@pytest.mark.clause("X-4.2.1.4", "X-4.2.1.1")
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_linkage_case_is_coordinated_by_the_commander(world: World, channel: str) -> None:
    world.register(channel=channel, external_no="2611A0000001")
    once(
        world,
        "accept",
        as_="linkage",
        difficulty="simple",
        lead="城管",
        parties=["城管"],
        reason="需执法",
    )
    push = {"parties": ["城管"], "time": "2026-11-23T09:30", "location": "现场"}
    once(world, "convene", **push, mode="offline")
    world.do("confirm_response", party="城管", outcome="arrived")
    duties = [{"party": "城管", "duty": "清理", "limit": "2 h", "lead": True}]
    once(world, "record_outcome", agreed=True, duties=duties, basis="条例")
    assert world.case().state == "disposing"


TABLE = tomllib.loads((FOLDER / "xinchenglu.toml").read_text(encoding="utf-8"))


@pytest.mark.clause("X-5.2.7.7")
def test_a_procedure_may_add_a_check(world: World) -> None:
    table = copy.deepcopy(TABLE)
    table["fields"]["checks"]["choices"].append("privacy")
    world.procedure = build(table)
    assert check(world.procedure) == ()
    world.reviewing()
    refusal = world.refused("checks_missing", "close", checks=CHECKS, report="齐")
    assert refusal.params == {"items": ["privacy"]}
    world.close(checks={**CHECKS, "privacy": "pass"})
    assert world.case().state == "closed"


@pytest.mark.clause("X-5.2.7.7")
@pytest.mark.parametrize("item", list(CHECKS))
def test_a_procedure_never_takes_one_of_the_five_away(item: str) -> None:
    table = copy.deepcopy(TABLE)
    table["fields"]["checks"]["choices"].remove(item)
    (problem,) = check(build(table))
    assert (problem.code, problem.where) == ("check_removed", "fields.checks")
    assert problem.params["name"] == item
