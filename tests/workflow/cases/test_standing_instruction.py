"""A standing instruction of the deputy head satisfies the guard while it runs (A-41)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from world import World

# ── A-41 standing instruction ───────────────────────────────────────────────────────────────────

STORM = {
    "giver": "deputy_head",
    "text": "台风期间先处置后报告",
    "channel": "phone",
    "difficulties": ["complex"],
    "until": "2026-11-23T21:00",
}


@pytest.mark.clause("X-5.2.3.5")
def test_a_standing_instruction_satisfies_the_guard_and_the_push_names_it(world: World) -> None:
    done = world.desk("standing_instruction", **STORM)
    assert str(done.event.on_behalf) == "deputy_head"
    world.linkage("complex")
    for party in ("公安", "城管"):
        world.do("call", party=party, outcome="reached")
    event = world.convene().events[0]
    assert event.data["standing_instruction"] == done.event.seq


def test_an_instruction_of_its_own_is_not_a_standing_one(world: World) -> None:
    world.desk("standing_instruction", **STORM)
    world.ready("complex")
    assert "standing_instruction" not in world.convene().events[0].data


def test_a_standing_instruction_holds_for_its_classes_and_its_time(world: World) -> None:
    world.desk("standing_instruction", **STORM)
    world.linkage("difficult")
    push = {"parties": ["城管"], "location": "现场", "mode": "online"}
    world.refused("instruction_missing", "convene", **push, time="2026-11-23T23:00")
    world.linkage("complex", "c2")
    world.refused("call_first", "convene", "c2", **push, time="2026-11-23T23:00")
    world.jump("21:00:01")
    world.refused("instruction_missing", "convene", "c2", **push, time="2026-11-23T23:00")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"until": "2026-11-24T09:00:01"}, "bad_value"),
        ({"until": "2026-11-23T09:00"}, "bad_value"),
        ({"giver": "line_lead"}, "bad_value"),
        ({"giver": "area_head"}, "bad_value"),
        ({"difficulties": ["odd"]}, "bad_value"),
        *(({name: ""}, "missing_field") for name in STORM),
        ({"by": "inspector"}, "not_your_role"),
        ({"by": "night_desk"}, "not_your_role"),
    ],
)
def test_what_a_standing_instruction_must_say(
    world: World, change: dict[str, object], code: str
) -> None:
    world.desk_refused(code, "standing_instruction", **{**STORM, **change})


def test_a_standing_instruction_runs_a_whole_day_at_most(world: World) -> None:
    world.desk("standing_instruction", **{**STORM, "until": "2026-11-24T09:00"}, by="deputy_head")
    assert world.state.standing[0].until_at == world.now + timedelta(hours=24)
