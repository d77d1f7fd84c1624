"""Steps 1 and 2: register, accept, refuse, merge, withdraw, dispatch, and back (T01–T09)."""

from __future__ import annotations

import pytest
from world import FOREIGN_GRID, GRID, OTHER_GRID, World

NUMBERED = ("hotline_12345", "grid", "hotline_12319", "police_110", "online")
PLAIN = ("dept_linkage", "station_linkage", "inspection", "video", "superior", "walk_in")


# ── T01 register ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("X-2.1", "X-2.2", "X-2.3", "X-2.4")
@pytest.mark.parametrize("channel", NUMBERED)
def test_a_numbered_channel_brings_its_number_and_the_upstream_limit(
    world: World, channel: str
) -> None:
    done = world.register(
        channel=channel, external_no="2611A0000001", upstream_due="2026-11-25T09:00"
    )
    case = done.case
    assert (case.state, case.channel, case.external_no) == ("received", channel, "2611A0000001")
    assert case.upstream_due == world.now.replace(day=25)
    assert world.due("triage") == "2026-11-24T09:00:00+08:00"
    missing = world.refused("missing_field", "register", channel=channel, external_no=" ")
    assert missing.params == {"field": "external_no"}


@pytest.mark.parametrize("channel", PLAIN)
def test_the_other_channels_need_no_number(world: World, channel: str) -> None:
    assert world.register(channel=channel).case.state == "received"


@pytest.mark.clause("X-2.4")
def test_a_police_incident_is_turned_back_to_110(world: World) -> None:
    refusal = world.refused(
        "police_incident",
        "register",
        channel="police_110",
        external_no="1",
        police_incident=True,
    )
    assert refusal.clause == "X-2.4"
    world.register(channel="police_110", external_no="1", police_incident=False)
    world.register("c2", channel="grid", external_no="1", police_incident=True)


@pytest.mark.parametrize("name", ["channel", "place", "description"])
@pytest.mark.parametrize("blank", [None, "", "  \n"])
def test_what_a_case_must_say(world: World, name: str, blank: object) -> None:
    assert world.refused("missing_field", "register", **{name: blank}).params == {"field": name}


def test_an_imported_case_may_lack_the_place_and_is_marked(world: World) -> None:
    case = world.register(by="system", place="", grid=None, batch="B1").case
    assert case.marks == ("地点待补", "待定位")
    assert case.area == "140901"


@pytest.mark.parametrize(
    ("by", "may"),
    [
        *((role, True) for role in ("commander", "street_centre", "night_desk", "inspector")),
        *((role, True) for role in ("station", "line_lead")),
        *((role, False) for role in ("deputy_head", "area_head", "party", "admin")),
    ],
)
def test_who_registers(world: World, by: str, may: bool) -> None:
    if may:
        assert world.register(by=by).case.state == "received"
    else:
        world.refused("not_your_role", "register", by=by)


@pytest.mark.parametrize(
    ("given", "area"),
    [
        ({"grid": FOREIGN_GRID}, "140902"),
        ({"grid": None}, "140901"),
        ({"grid": None, "area": "140902"}, "140902"),
        ({"grid": FOREIGN_GRID, "area": "140901"}, "140901"),
    ],
)
def test_the_area_is_as_given_else_the_grids_else_the_desks(
    world: World, given: dict[str, object], area: str
) -> None:
    assert world.register(**given).case.area == area


@pytest.mark.clause("X-5.2.3.4")
def test_a_case_carries_the_flags_of_a_hard_matter(world: World) -> None:
    case = world.register(
        cross_level=True,
        cross_domain="是",
        cross_grids=[GRID, OTHER_GRID],
        legacy=True,
        pain_points=["难点", "堵点"],
        key_work="创城,河长制",
        kind="event",
        discovered_by="technology",
        occurred_at="2026-11-23 08:15",
    ).case
    assert (case.cross_level, case.cross_domain, case.legacy) == (True, True, True)
    assert case.cross_grids == (GRID, OTHER_GRID)
    assert (case.pain_points, case.key_work) == (("难点", "堵点"), ("创城", "河长制"))
    world.do("accept", **{**LINKAGE, "difficulty": "difficult"}, reason="历史遗留")
    assert (world.case().course.track, world.case().legacy) == ("C", True)
    assert (case.kind, case.discovered_by) == ("event", "technology")
    world.refused("bad_value", "register", pain_points=["麻烦"])


FLAGS: list[dict[str, object]] = [
    {"cross_level": True},
    {"cross_domain": True},
    {"cross_grids": [GRID, OTHER_GRID]},
]


@pytest.mark.clause("X-2.5")
@pytest.mark.parametrize("flag", FLAGS)
def test_each_flag_of_its_own_may_make_a_platform_case_a_linkage_case(
    world: World, flag: dict[str, object]
) -> None:
    case = world.register(channel="grid", external_no="1", **flag).case
    shown = {
        "cross_level": case.cross_level,
        "cross_domain": case.cross_domain,
        "cross_grids": list(case.cross_grids),
    }
    assert shown == {"cross_level": False, "cross_domain": False, "cross_grids": [], **flag}
    world.do("accept", **LINKAGE, reason="跨网格、跨领域或跨层级")
    assert world.case().course.class_ == "linkage"
    assert list(world.case().cross_grids) == shown["cross_grids"]


# ── T02, T03 accept ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("X-5.2.1.1")
def test_accepting_at_community_level_stops_triage_and_starts_dispatch(world: World) -> None:
    world.register()
    world.until("16:30")
    world.do("accept", as_="community", grid=GRID)
    assert world.case().state == "to_dispatch"
    assert world.clock("triage").on_time is True
    assert world.due("dispatch") == "2026-11-23T17:30:00+08:00"
    assert [c.change for c in world.changes] == ["started", "stopped", "started"]


def test_a_late_acceptance_is_possible_and_late(world: World) -> None:
    world.register()
    world.until("2026-11-24T09:00:01")
    world.do("accept", as_="community", grid=GRID)
    assert world.clock("triage").on_time is False


def test_an_act_at_due_is_on_time(world: World) -> None:
    world.register()
    world.jump("2026-11-24T09:00:00")
    world.do("accept", as_="community", grid=GRID)
    assert world.clock("triage").on_time is True


def test_a_community_case_needs_grid_and_category(world: World) -> None:
    world.register(category=None, grid=None)
    assert world.refused("missing_field", "accept", as_="community").params["field"] == "grid"
    refusal = world.refused("missing_field", "accept", as_="community", grid=GRID)
    assert refusal.params == {"field": "category"}
    case = world.do("accept", as_="community", grid=GRID, category="暴露垃圾").case
    assert (case.grid, case.category, case.marks) == (GRID, "暴露垃圾", ())


def test_a_grid_of_the_other_area_is_not_accepted_here(world: World) -> None:
    world.register(grid=None)
    refusal = world.refused("not_in_area", "accept", as_="community", grid=FOREIGN_GRID)
    assert refusal.params["belongs_to"] == "140902"


@pytest.mark.clause("X-5.2.3.1", "X-5.2.1.1")
def test_accepting_as_linkage_starts_coordination(world: World) -> None:
    world.linkage("simple")
    case = world.case()
    assert (case.state, case.course.track, case.course.lead) == ("to_coordinate", "S", "城管")
    assert (case.course.difficulty, case.course.basis) == ("simple", "市容条例第三条")
    assert [p.name for p in case.course.parties] == ["城管", "公安"]
    assert world.clock("triage").on_time is True
    assert world.due("coordinate") == "2026-11-23T09:20:00+08:00"


LINKAGE = {"as_": "linkage", "difficulty": "simple", "lead": "城管", "parties": ["城管"]}


@pytest.mark.parametrize("channel", ["grid", "walk_in", "inspection", "superior"])
def test_a_channel_that_is_no_linkage_origin_needs_a_reason(world: World, channel: str) -> None:
    world.register(channel=channel, external_no="1")
    assert world.refused("missing_field", "accept", **LINKAGE).params == {"field": "reason"}
    world.do("accept", **LINKAGE, reason="涉及三家单位")
    assert world.case().course.class_ == "linkage"


@pytest.mark.parametrize("channel", ["dept_linkage", "station_linkage"])
def test_a_department_or_a_station_is_the_origin(world: World, channel: str) -> None:
    world.register(channel=channel)
    assert world.do("accept", **LINKAGE).case.state == "to_coordinate"


@pytest.mark.parametrize("name", ["difficulty", "lead", "parties"])
def test_a_linkage_case_needs(world: World, name: str) -> None:
    world.register()
    given = {**LINKAGE, name: ""}
    assert world.refused("missing_field", "accept", **given).params == {"field": name}


def test_the_lead_is_one_of_the_parties(world: World) -> None:
    world.register()
    world.refused("bad_value", "accept", **{**LINKAGE, "lead": "公安"})


def test_accept_without_saying_as_what(world: World) -> None:
    world.register()
    assert world.refused("missing_field", "accept").params == {"field": "as"}
    world.refused("bad_value", "accept", as_="neither")


def test_a_repeated_or_supervised_matter_is_at_least_complex(world: World) -> None:
    world.register()
    world.do("supervise", target="城管", demand="三日内办结", due="2026-11-26T09:00")
    assert world.do("accept", **LINKAGE).case.course.track == "C"


# ── A-42 urgent at community level ──────────────────────────────────────────────────────────────


def test_an_urgent_community_case_needs_the_deputys_reason_and_goes_out_in_ten_minutes(
    world: World,
) -> None:
    world.register(urgent=True)
    plain = {"as_": "community", "grid": GRID}
    world.refused("instruction_missing", "accept", **plain)
    world.refused("instruction_missing", "accept", **plain, giver="deputy_head")
    world.refused("instruction_missing", "accept", **plain, giver="area_head", reason="小范围")
    world.do("accept", **plain, giver="deputy_head", reason="一处井盖,工作站可处置")
    assert world.due("dispatch") == "2026-11-23T09:10:00+08:00"


# ── T04 refuse ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("X-5.2.1.2", "X-5.2.1.3")
def test_refusing_needs_the_reason_and_the_feedback_within_a_natural_day() -> None:
    world = World("2026-11-21T23:30")  # Saturday
    world.register(grid=None)
    assert world.due("triage") == "2026-11-22T23:30:00+08:00"
    world.until("2026-11-22T23:40")
    given = {"reason": "not_in_area", "belongs_to": FOREIGN_GRID}
    missing = world.refused("missing_field", "refuse", **given)
    assert missing.params == {"field": "fed_back_at"}
    world.do("refuse", **given, fed_back_at="2026-11-22T23:30:00")
    assert world.case().state == "refused"
    assert world.clock("triage").on_time is True
    assert world.clock("triage").stopped_at == world.now.replace(minute=30)


@pytest.mark.clause("X-5.2.1.3")
def test_feedback_after_the_natural_day_is_late(world: World) -> None:
    world.register(grid=None)
    world.until("2026-11-24T09:00:01")
    world.do("refuse", reason="not_in_area", fed_back_at="2026-11-24T09:00:01")
    assert world.clock("triage").on_time is False


@pytest.mark.parametrize("fed_back_at", ["2026-11-23T08:59:59", "2026-11-23T10:00:01"])
def test_the_feedback_lies_between_receipt_and_now(world: World, fed_back_at: str) -> None:
    world.register(grid=None)
    world.until("10:00")
    world.refused("time_order", "refuse", reason="not_in_area", fed_back_at=fed_back_at)


def test_a_case_inside_the_area_is_not_refused(world: World) -> None:
    world.register()
    world.refused("inside_area", "refuse", reason="not_in_area", fed_back_at="2026-11-23T09:00")
    world.register("c2", grid=FOREIGN_GRID, area="140901")
    world.do("refuse", "c2", reason="not_in_area", fed_back_at="2026-11-23T09:00")
    world.refused("bad_value", "refuse", reason="busy", fed_back_at="2026-11-23T09:00")


# ── T07 dispatch, A-15 ──────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("X-5.2.2")
def test_the_worked_example_of_the_contract(world: World) -> None:
    world.register(
        channel="grid",
        external_no="2611A0000001",
        upstream_due="2026-11-24T09:10:00+08:00",
    )
    world.until("09:10")
    world.do("accept", as_="community", grid="嘉乐社区网格")
    assert world.due("dispatch") == "2026-11-23T10:10:00+08:00"
    world.until("10:09")
    world.refused("not_your_role", "dispatch", by="inspector", station=GRID)
    world.until("10:11")
    world.do("dispatch", station=GRID)
    assert world.clock("dispatch").on_time is False
    assert world.due("dispose", GRID) == "2026-11-24T03:25:15+08:00"
    assert world.told() == [
        ("23 09:40:00", "dispatch", "yellow", "commander", False),
        ("23 09:58:00", "dispatch", "yellow", "commander", True),
        ("23 10:10:00", "dispatch", "red", "commander", True),
    ]
    assert [str(a.reason) for a in world.alarms] == ["FIRST", "NEXT_RUNG", "NEXT_RUNG"]
    assert [a.rung for a in world.alarms] == [0, 1, 2]


@pytest.mark.parametrize(
    ("upstream", "due"),
    [
        ("2026-11-30T09:00", "2026-11-29T09:00:00+08:00"),  # a quarter is more than 24 h
        ("2026-11-27T09:00", "2026-11-26T09:00:00+08:00"),  # exactly 24 h
        ("2026-11-23T13:00", "2026-11-23T12:00:00+08:00"),
        ("2026-11-23T11:00:01", "2026-11-23T10:30:00+08:00"),  # 2 h and a second: three quarters
        ("2026-11-23T11:00:00", "2026-11-23T11:00:00+08:00"),  # 2 h: the whole
        ("2026-11-23T09:00:01", "2026-11-23T09:00:01+08:00"),
    ],
)
def test_what_is_kept_of_the_upstream_limit(world: World, upstream: str, due: str) -> None:
    world.community(upstream_due=upstream)
    world.do("dispatch", station=GRID)
    assert world.due("dispose") == due


@pytest.mark.parametrize("upstream", [None, "2026-11-23T09:00", "2026-11-22T09:00"])
def test_without_time_left_the_commander_says_the_due(world: World, upstream: str | None) -> None:
    world.community(upstream_due=upstream)
    assert world.refused("missing_field", "dispatch", station=GRID).params == {"field": "due"}
    world.refused("bad_value", "dispatch", station=GRID, due="2026-11-23T09:00")
    world.do("dispatch", station=GRID, due="2026-11-23T18:00")
    assert world.due("dispose", GRID) == "2026-11-23T18:00:00+08:00"


@pytest.mark.clause("X-5.2.2")
def test_a_case_goes_to_the_station_of_its_grid(world: World) -> None:
    world.community()
    world.refused("bad_value", "dispatch", station=OTHER_GRID, due="2026-11-23T18:00")
    world.refused("bad_value", "dispatch", station="无此站", due="2026-11-23T18:00")
    world.do("dispatch", station="嘉乐", due="2026-11-23T18:00")
    assert world.case().course.station == GRID


# ── T08 wrong station, T09 request linkage ──────────────────────────────────────────────────────


def test_a_wrong_station_returns_the_case_and_a_new_hour_starts(world: World) -> None:
    world.at_station()
    first = world.case().course.first_dispatched_at
    world.until("09:30")
    world.refused("missing_field", "return_to_desk", by="station")
    world.refused("not_your_role", "return_to_desk", reason="不在本网格")
    world.do("return_to_desk", by="station", reason="不在本网格")
    assert world.running() == [("dispatch", None)]
    assert world.due("dispatch") == "2026-11-23T10:30:00+08:00"
    dispose = world.clock("dispose", GRID)
    assert (dispose.ended, dispose.on_time) == (True, None)
    world.refused("bad_value", "dispatch", station=FOREIGN_GRID, due="2026-11-23T18:00")
    world.do("dispatch", station=OTHER_GRID, due="2026-11-23T18:00")
    assert (world.case().grid, world.case().course.station) == (OTHER_GRID, OTHER_GRID)
    assert world.case().course.first_dispatched_at == first


def test_a_station_asks_for_linkage_and_the_case_is_received_anew(world: World) -> None:
    world.at_station(channel="grid", external_no="7")
    no = world.case().no
    world.until("10:00")
    world.do("request_linkage", by="station", reason="需执法", parties="城管、公安")
    assert (world.case().no, world.case().state) == (no, "received")
    assert world.running() == [("triage", None)]
    assert world.due("triage") == "2026-11-24T10:00:00+08:00"
    assert [p.name for p in world.case().course.parties] == ["城管", "公安"]
    assert (world.clock("dispose").ended, world.clock("dispose").on_time) == (True, None)
    # The station's request is the origin: no reason is asked.
    assert world.do("accept", **LINKAGE).case.state == "to_coordinate"
