"""The simple roster: turns by RRULE, fair, and who is planned at an instant."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutydesk.config.procedures import load
from dutydesk.config.roster import roster_of
from dutydesk.config.rota import Rotation
from dutydesk.config.settings import parse_settings
from dutydesk.workflow.duty.presence import Planned, Slot, Status, on_duty
from dutydesk.workflow.time.zone import ZONE

AREAS = ("140901", "140902")
PARTS = load("xinchenglu").parts
LEADS = """
[[rota]]
post = "line_lead"
department = "公安"
area = "140901"
names = ["演示甲", "演示乙"]
rule = "FREQ=DAILY"
start = 2026-11-02
[[rota]]
post = "night_desk"
names = ["夜值一", "夜值二", "夜值三"]
rule = "FREQ=WEEKLY;BYDAY=MO,WE,FR"
start = 2026-11-02
open = "19:00"
close = "08:30"
[[person]]
name = "演示丙"
posts = ["commander", "inspector"]
area = "140901"
phone = "13800000003"
[[person]]
name = "演示丁"
posts = ["line_lead"]
department = "城管"
"""


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}:00").replace(tzinfo=ZONE)


def planned(moment: str) -> dict[Slot, str]:
    roster = roster_of(parse_settings(LEADS), AREAS, PARTS)
    return {entry.slot: entry.name for entry in roster.planned(at(moment))}


POLICE = Slot("140901", "line_lead", "公安")
NIGHT = Slot(None, "night_desk")


def test_the_turn_goes_on_each_day_and_holds_within_its_hours_only() -> None:
    assert [planned(f"{day:02} 09:00")[POLICE] for day in (2, 3, 4)] == [
        "演示甲",
        "演示乙",
        "演示甲",
    ]
    assert POLICE not in planned("02 08:29")
    assert planned("02 08:30")[POLICE] == "演示甲"
    assert POLICE not in planned("02 19:00")
    assert POLICE not in planned("01 09:00")


def test_a_night_turn_ends_on_the_next_morning() -> None:
    assert [planned(f"{day:02} 23:00").get(NIGHT) for day in (2, 3, 4, 6, 9)] == [
        *("夜值一", None, "夜值二", "夜值三", "夜值一")
    ]
    assert planned("03 08:29")[NIGHT] == "夜值一"
    assert NIGHT not in planned("03 08:30")


def test_a_post_without_a_rota_is_held_by_its_first_person_in_each_area_meant() -> None:
    plan = planned("05 03:00")
    assert plan[Slot("140901", "commander")] == "演示丙"
    assert Slot("140902", "commander") not in plan
    assert [plan[Slot(area, "line_lead", "城管")] for area in AREAS] == ["演示丁", "演示丁"]


def test_a_turn_says_from_when_to_when() -> None:
    roster = roster_of(parse_settings(LEADS), AREAS, PARTS)
    (turn,) = [entry for entry in roster.planned(at("02 20:00")) if entry.slot == NIGHT]
    assert turn == Planned(NIGHT, "夜值一", at("02 19:00"), at("03 08:30"))


def test_a_stretch_lists_every_turn_in_it() -> None:
    roster = roster_of(parse_settings(LEADS), AREAS, PARTS)
    week = roster.planned_between(at("02 00:00"), at("07 00:00"))
    assert [entry.name for entry in week if entry.slot == NIGHT] == ["夜值一", "夜值二", "夜值三"]
    assert len([entry for entry in week if entry.slot == POLICE]) == 5
    assert len([entry for entry in week if entry.slot.post == "inspector"]) == 5


@pytest.mark.clause("X-3.4.1.2")
def test_the_three_lead_slots_and_both_posts_always_stand_there() -> None:
    roster = roster_of(parse_settings(LEADS), ("140901",), PARTS)
    now = at("02 09:00")
    shown = {entry.slot: entry for entry in on_duty(roster.slots, roster.planned(now), (), now)}

    leads = [shown[Slot("140901", "line_lead", name)] for name in ("公安", "城管", "市场监管")]
    assert [(lead.name, lead.status) for lead in leads] == [
        ("演示甲", Status.UNKNOWN),
        ("演示丁", Status.UNKNOWN),
        (None, Status.VACANT),
    ]
    assert shown[Slot("140901", "commander")].name == "演示丙"


@pytest.mark.clause("X-3.3.3")
def test_a_vacant_and_a_doubly_planned_post_are_both_shown() -> None:
    turns = """
    [[rota]]
    post = "inspector"
    area = "140901"
    names = ["演示戊"]
    rule = "FREQ=DAILY"
    start = 2026-11-02
    """
    double = parse_settings(turns + turns.replace("演示戊", "演示己"))
    roster = roster_of(double, ("140901",), PARTS)
    now = at("02 09:00")
    shown = {
        entry.slot.post: entry for entry in on_duty(roster.slots, roster.planned(now), (), now)
    }
    assert (shown["inspector"].name, shown["inspector"].others) == ("演示戊", ("演示己",))
    assert (shown["commander"].name, shown["commander"].status) == (None, Status.VACANT)


@given(
    names=st.lists(st.sampled_from("甲乙丙丁戊己庚"), min_size=1, unique=True).map(tuple),
    rule=st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TH,SA", "FREQ=DAILY;INTERVAL=3"]),
    skip=st.integers(0, 400),
)
def test_a_rotation_is_fair(names: tuple[str, ...], rule: str, skip: int) -> None:
    start = date(2026, 1, 1)
    rotation = Rotation(names, rule, start, time(8), time(20))
    begin = datetime.combine(start, time(0), ZONE)
    turns = rotation.between(begin, begin + timedelta(days=500))

    cycle = [turn.name for turn in turns[skip % 60 :][: len(names)]]
    assert Counter(cycle) == Counter(names)
    assert [turn.name for turn in turns[: len(names)]] == list(names)
    assert [rotation.at(turn.from_at) for turn in turns] == list(turns)
