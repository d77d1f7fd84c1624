"""Merged, split, withdrawn (T05, T05b, T06)."""

from __future__ import annotations

import pytest
from world import World

# ── T05 merge, T05b split, T06 withdraw ─────────────────────────────────────────────────────────


@pytest.mark.clause("X-1.5")
@pytest.mark.parametrize(
    "lead_to", ["received", "community", "at_station", "linkage", "awaiting", "coordinating"]
)
def test_merging_ends_the_clocks_and_links_both(world: World, lead_to: str) -> None:
    world.register("c2", upstream_due="2026-11-27T09:00")
    step = world.register if lead_to == "received" else getattr(world, lead_to)
    step()
    running = world.case().running()
    no, into = world.case().no, world.case("c2").no
    world.set(upstream_due=world.now.replace(day=25))
    world.do("merge", into=into)
    case, other = world.cases[no], world.cases[into]
    assert (case.state, case.merged_into, case.linked) == ("merged", into, (into,))
    assert other.linked == (no,)
    assert other.upstream_due == world.now.replace(day=25)
    ended = [c for c in case.clocks if c.id in {r.id for r in running}]
    assert [(c.ended, c.on_time) for c in ended] == [(True, None)] * len(running)


def test_a_clock_that_is_over_when_it_ends_is_late(world: World) -> None:
    world.register("c2")
    world.community()
    world.until("10:00:01")
    world.do("merge", into=world.case("c2").no)
    assert (world.clock("dispatch").ended, world.clock("dispatch").on_time) == (True, False)


def test_a_case_is_not_merged_into_itself(world: World) -> None:
    world.register()
    world.refused("bad_value", "merge", into=world.case().no)
    world.disposing("simple", "c3")
    world.refused("wrong_state", "merge", "c3", into=world.case().no)


def test_splitting_starts_a_new_triage(world: World) -> None:
    world.register("c2")
    world.register()
    world.do("merge", into=world.case("c2").no)
    world.until("11:00")
    world.refused("missing_field", "split")
    world.do("split", reason="不是同一处")
    assert (world.case().state, world.case().linked) == ("received", ())
    assert world.due("triage") == "2026-11-24T11:00:00+08:00"


OPEN_STEPS = ["community", "at_station", "linkage", "awaiting", "coordinating", "disposing"]


@pytest.mark.parametrize("lead_to", [*OPEN_STEPS, "at_head", "at_street"])
def test_withdrawing_ends_the_case(world: World, lead_to: str) -> None:
    getattr(world, lead_to)()
    world.do("withdraw", by="street_centre", reason="来件撤销")
    assert (world.case().state, world.running()) == ("withdrawn", [])


def test_nothing_is_withdrawn_while_it_is_reviewed(world: World) -> None:
    world.reviewing()
    world.refused("wrong_state", "withdraw", reason="来件撤销")
