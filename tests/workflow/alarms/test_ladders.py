"""The alarms of each clock: moment, light, whom, ring (procedures.md 3.3)."""

from __future__ import annotations

import pytest
from world import GRID, World, duties

CC = "commander"
DH = "deputy_head"
AH = "area_head"


def told(world: World, clock: str, label: str = "c1") -> list[tuple[str, str, str, bool]]:
    return [(at, light, to, r) for at, c, light, to, r in world.told(label) if c == clock]


@pytest.mark.clause("X-5.2.1.3")
def test_triage(world: World) -> None:
    world.register()
    world.until("2026-11-25T09:00")
    assert told(world, "triage") == [
        ("23 09:30:00", "yellow", CC, True),
        ("23 21:00:00", "yellow", CC, False),
        ("24 05:00:00", "yellow", CC, False),  # closed hours
        ("24 09:00:00", "red", "commander+deputy_head", True),
    ]
    assert [a.rung for a in world.alarms] == [0, 1, 2, 3]
    assert [str(a.reason) for a in world.alarms] == ["FIRST", *["NEXT_RUNG"] * 3]


def test_triage_of_a_case_marked_urgent(world: World) -> None:
    world.register(urgent=True)
    world.until("09:30")
    assert told(world, "triage") == [("23 09:05:00", "yellow", CC, True)]


@pytest.mark.clause("X-5.2.2")
def test_dispatch(world: World) -> None:
    world.community()
    world.until("18:00")
    assert told(world, "dispatch") == [
        ("23 09:30:00", "yellow", CC, False),
        ("23 09:48:00", "yellow", CC, True),
        ("23 10:00:00", "red", CC, True),
        ("23 10:15:00", "red", DH, True),
    ]


def test_dispatch_of_an_urgent_community_case(world: World) -> None:
    world.register(urgent=True)
    world.do("accept", as_="community", grid=GRID, giver=DH, reason="小范围")
    world.until("18:00")
    assert told(world, "dispatch") == [
        ("23 09:05:00", "yellow", CC, False),
        ("23 09:08:00", "yellow", CC, True),
        ("23 09:10:00", "red", DH, True),
    ]


@pytest.mark.clause("X-5.2.3.3")
def test_coordinate_simple(world: World) -> None:
    world.linkage("simple")
    world.until("18:00")
    assert told(world, "coordinate") == [
        ("23 09:10:00", "yellow", CC, False),
        ("23 09:16:00", "yellow", CC, True),
        ("23 09:20:00", "red", CC, True),
        ("23 09:30:00", "red", DH, True),
    ]


@pytest.mark.clause("X-5.2.3.6")
@pytest.mark.parametrize(("instructed", "to"), [(False, DH), (True, CC)])
def test_coordinate_complex(world: World, instructed: bool, to: str) -> None:
    world.linkage("complex")
    if instructed:
        world.do("record_instruction", giver=DH, text="办", channel="phone")
    world.until("18:00")
    assert told(world, "coordinate") == [
        ("23 09:10:00", "yellow", to, False),
        ("23 09:16:00", "yellow", CC, True),
        ("23 09:20:00", "red", "commander+deputy_head", True),
        ("23 09:40:00", "red", AH, True),
    ]


@pytest.mark.clause("X-5.2.3.7", "X-5.2.3.10")
@pytest.mark.parametrize(("instructed", "to"), [(False, "deputy_head+line_lead"), (True, CC)])
def test_coordinate_urgent(world: World, instructed: bool, to: str) -> None:
    world.linkage("urgent")
    if instructed:
        world.do("record_instruction", giver="line_lead", text="办", channel="phone")
    world.until("18:00")
    assert told(world, "coordinate") == [
        ("23 09:03:00", "yellow", to, True),
        ("23 09:05:00", "yellow", CC, False),
        ("23 09:08:00", "yellow", CC, True),
        ("23 09:10:00", "red", "commander+deputy_head+area_head", True),
        ("23 09:20:00", "red", "street_centre", True),
    ]


def test_a_standing_instruction_counts_from_when_it_was_given(world: World) -> None:
    world.linkage("complex")
    world.until("09:05")
    world.desk(
        "standing_instruction",
        giver=DH,
        text="办",
        channel="phone",
        difficulties=["complex"],
        until="2026-11-23T18:00",
    )
    world.until("09:10")
    assert told(world, "coordinate") == [("23 09:10:00", "yellow", CC, False)]


@pytest.mark.clause("X-5.2.4.2")
def test_response_lights_at_the_time_and_rings_once_per_case_five_minutes_later(
    world: World,
) -> None:
    world.awaiting(after_min=30)
    world.until("09:45")
    assert [(a.planned_at.minute, a.party, a.light, a.to, a.rings) for a in world.alarms] == [
        (15, "城管", "yellow", (CC,), True),
        (15, "公安", "yellow", (CC,), False),
        (30, "城管", "red", (CC,), False),
        (30, "公安", "red", (CC,), False),
        (35, "城管", "red", (CC,), True),
        (35, "公安", "red", (CC,), False),
        (40, "城管", "red", (DH,), True),
        (40, "公安", "red", (DH,), False),
    ]


def test_who_has_come_is_not_rung_for(world: World) -> None:
    world.awaiting(after_min=30)
    world.until("09:30")
    world.do("confirm_response", party="城管", outcome="arrived")
    world.until("09:35")
    assert [(a.party, a.rings) for a in world.alarms if a.planned_at.minute == 35] == [
        ("公安", True)
    ]


def test_record_outcome(world: World) -> None:
    world.awaiting(after_min=30)
    for party in ("公安", "城管"):
        world.do("confirm_response", party=party, outcome="arrived")
    world.until("18:00")
    assert told(world, "record_outcome") == [
        ("23 10:00:00", "yellow", CC, False),
        ("23 10:30:00", "red", CC, True),
        ("23 11:00:00", "red", DH, True),
    ]


@pytest.mark.clause("X-5.2.5.1")
def test_dispose_rings_at_red_only_and_above_the_holder_never(world: World) -> None:
    world.coordinating()
    world.do("record_outcome", agreed=True, duties=duties("4 h", "2 h")[:1])
    world.until("18:00")
    assert told(world, "dispose") == [
        ("23 11:00:00", "yellow", CC, False),
        ("23 12:12:00", "yellow", CC, False),
        ("23 13:00:00", "red", "party+commander", True),
        ("23 14:00:00", "red", DH, False),
    ]


def test_a_station_with_two_hours_or_less_is_not_warned(world: World) -> None:
    world.at_station(upstream_due="2026-11-23T11:00")
    world.until("11:00")
    assert told(world, "dispose") == [("23 11:00:00", "red", "party+commander", True)]


@pytest.mark.clause("X-5.2.5.2")
def test_file_result_goes_up_at_the_next_opening(world: World) -> None:
    world.disposing()
    world.do("mark_done", party="城管", completed_at="2026-11-23T09:00")
    world.until("2026-11-24T09:00")
    assert told(world, "file_result") == [
        ("23 22:00:00", "yellow", CC, False),
        ("23 23:30:00", "yellow", CC, False),
        ("24 00:00:00", "red", "party+commander", False),
        ("24 08:30:00", "red", DH, False),
    ]


def test_a_result_due_after_friday_goes_up_on_monday() -> None:
    world = World("2026-11-20T09:00")
    world.disposing()
    world.do("mark_done", party="城管", completed_at="2026-11-20T09:00")
    world.until("2026-11-23T08:30")
    assert told(world, "file_result")[-1] == ("23 08:30:00", "red", DH, False)


@pytest.mark.clause("X-5.2.7.9")
def test_close(world: World) -> None:
    world.reviewing()
    world.until("2026-11-25T18:00")
    assert told(world, "close") == [
        ("23 21:00:00", "yellow", CC, False),
        ("24 05:00:00", "yellow", CC, False),
        ("24 08:00:00", "yellow", CC, False),
        ("24 09:00:00", "red", "commander+deputy_head", True),
        ("25 09:00:00", "red", AH, False),
    ]


def test_head_coordination(world: World) -> None:
    world.at_head()
    world.until("2026-11-25T18:00")
    assert told(world, "head_coordination") == [
        ("23 21:00:00", "yellow", CC, False),
        ("24 09:00:00", "red", DH, True),
    ]


def test_street_coordination_reminds_daily_and_never_turns_red(world: World) -> None:
    world.at_street()
    world.until("2026-11-26T09:00")
    assert told(world, "street_coordination") == [
        ("24 09:00:00", "yellow", DH, False),
        ("25 09:00:00", "yellow", DH, False),
        ("26 09:00:00", "yellow", DH, False),
    ]
    reasons = [str(a.reason) for a in world.alarms if a.clock == "street_coordination"]
    assert reasons == ["FIRST", "REPEAT", "REPEAT"]


# ── after a reclassification ─────────────────────────────────────────────────────────────


def test_after_an_upgrade_the_new_tracks_rungs_hold_and_their_numbers_go_on(
    world: World,
) -> None:
    world.linkage("simple")
    world.until("09:12")
    world.do("reclassify", difficulty="urgent", reason="升级")
    # Due stays 09:20: its ten minutes began at 09:10, so the warning of 09:13 is still to come.
    world.until("18:00")
    assert [(a.rung, *t) for a, t in zip(world.alarms, told(world, "coordinate"), strict=True)] == [
        (0, "23 09:10:00", "yellow", CC, False),
        (1, "23 09:13:00", "yellow", "deputy_head+line_lead", False),  # acted a minute ago
        (2, "23 09:15:00", "yellow", CC, False),
        (3, "23 09:18:00", "yellow", CC, True),
        (4, "23 09:20:00", "red", "commander+deputy_head+area_head", True),
        (5, "23 09:30:00", "red", "street_centre", True),
    ]


def test_a_warning_not_later_than_the_move_is_left_out(world: World) -> None:
    world.linkage("complex")
    world.until("09:06")
    world.do("reclassify", difficulty="major", reason="升级")  # due 09:16, began 09:06
    world.linkage("complex", "c2")
    world.until("09:19")
    world.do("reclassify", "c2", difficulty="major", reason="升级")  # due 09:26, began 09:16
    world.until("09:26")
    assert [t[0] for t in told(world, "coordinate", "c2")] == [
        "23 09:16:00",  # as complex
        "23 09:21:00",  # 3 min after 09:16 is the moment of the move: left out
        "23 09:24:00",
        "23 09:26:00",
    ]


def test_a_warning_at_the_start_is_left_out(world: World) -> None:
    world.ready()
    world.convene(after_min=15)
    world.until("09:15")
    assert [t[0] for t in told(world, "respond")] == ["23 09:15:00"] * 2


def test_a_moved_coordination_moves_the_warning_of_its_outcome(world: World) -> None:
    world.awaiting(after_min=30)
    world.until("09:10")
    world.do("reschedule", time="2026-11-23T11:00", location="居委会", reason="等人")
    for party in ("公安", "城管"):
        world.do("confirm_response", party=party, outcome="arrived")
    world.until("11:59")
    assert told(world, "record_outcome") == [("23 11:30:00", "yellow", CC, False)]
