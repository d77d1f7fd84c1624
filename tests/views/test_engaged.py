"""Who is called together is promised to what else within the hour, and who is next."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.config.model import Person
from dutydesk.desk import Desk
from dutydesk.desk.plan import FullPlan
from dutydesk.views.engaged import AROUND, Engaged, aliases, instead
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.duty.presence import Planned

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
ME = Actor("commander", "陈静")
NAMES = {"城管": "何勇", "公安": "沈立"}


class Named(FullPlan):
    """Leads with names, and a colleague of one of them."""

    people = (
        Person(name="何勇", posts=("line_lead",), department="城管", phone="138 0000 0001"),
        Person(name="赵强", posts=("line_lead",), department="城管", phone="138 0000 0002"),
        Person(name="沈立", posts=("line_lead",), department="公安", phone="138 0000 0003"),
    )

    def planned(self, at: datetime) -> tuple[Planned, ...]:
        names = NAMES | {"市场监管": "方宁" if at.day < 24 else "许然"}
        return tuple(p._replace(name=names.get(p.name, p.name)) for p in super().planned(at))


@pytest.fixture
def desk() -> Iterator[Desk]:
    opened = memory_desk(ManualClock(NOW), plan=Named())
    yield opened
    opened.close()


def do(desk: Desk, verb: str, no: str | None = None, **fields: object) -> str:
    now = desk.now()
    case = desk.execute(Act(verb, ME, now, now, no, fields)).case
    return case.no if case else ""


def linkage(desk: Desk, *parties: str, at: datetime | None = None) -> str:
    fields = {
        "channel": "dept_linkage",
        "place": "迎园路 2 号",
        "description": "占道",
        "grid": "迎园",
    }
    no = do(desk, "register", None, **fields)
    more = {"as": "linkage", "difficulty": "simple", "lead": parties[0], "parties": list(parties)}
    do(desk, "accept", no, **more)
    if at is not None:
        do(desk, "convene", no, parties=list(parties), time=at, location="路口", mode="offline")
    return no


def busy(desk: Desk, party: str, at: datetime, but: str = "") -> list[tuple[datetime, str, str]]:
    (found,) = desk.read(Engaged((party,), at, but))
    return [(one.at, one.case or "", one.text) for one in found.busy]


def test_another_coordination_within_the_hour_stands_in_the_way(desk: Desk) -> None:
    at = NOW + timedelta(minutes=90)
    other = linkage(desk, "城管", "公安", at=at)
    for away, seen in ((0, True), (60, True), (-60, True), (61, False), (-61, False)):
        found = busy(desk, "公安", at + timedelta(minutes=away))
        assert found == ([(at, other, "协调：迎园路 2 号")] if seen else [])
    assert busy(desk, "公安", at, but=other) == []
    assert busy(desk, "市场监管", at) == []


def test_whoever_has_come_still_sits_there_and_a_released_one_does_not(desk: Desk) -> None:
    at = NOW + timedelta(minutes=30)
    other = linkage(desk, "城管", "公安", "市场监管", at=at)
    do(desk, "confirm_response", other, party="公安", outcome="arrived")
    assert len(busy(desk, "公安", at)) == 1
    do(desk, "release", other, party="市场监管", reason="不涉及")
    assert busy(desk, "市场监管", at) == []
    do(desk, "reschedule", other, time=at + timedelta(hours=3), location="路口", reason="下雨")
    assert busy(desk, "公安", at) == []
    do(desk, "withdraw", other, reason="撤回")
    assert busy(desk, "公安", at + timedelta(hours=3)) == []


def test_duties_and_promises_count_and_what_is_settled_does_not(desk: Desk) -> None:
    no = linkage(desk, "城管", "公安", at=NOW + timedelta(minutes=1))
    desk.clock.advance(minutes=2)  # type: ignore[attr-defined]
    for party in ("城管", "公安"):
        do(desk, "confirm_response", no, party=party, outcome="arrived")
    duties = [
        {"party": "城管", "duty": "清理", "limit": "2 小时", "lead": True},
        {"party": "公安", "duty": "疏导", "limit": "5 小时", "lead": False},
    ]
    do(desk, "record_outcome", no, agreed=True, duties=duties, basis="本市市容条例")
    due = desk.now() + timedelta(hours=2)
    assert busy(desk, "城管", due) == [(due, no, "处置：迎园路 2 号")]
    do(desk, "call", no, party="公安", outcome="reached", said="再去一趟", promised_at=due)
    do(desk, "note", None, text="回电", promised_to="公安", remind_at=due)
    assert [text for _at, _no, text in busy(desk, "公安", due)] == [
        "我方答应公安：回电",
        "公安答应：再去一趟",
    ]
    do(desk, "file_result", no, party="城管", text="清完")
    assert busy(desk, "城管", due) == []


def test_a_lead_is_one_person_however_he_is_named(desk: Desk) -> None:
    at = NOW + timedelta(minutes=40)
    linkage(desk, "城管何勇", "公安", at=at)
    for name in ("城管", "何勇", "城管何勇"):
        assert len(busy(desk, name, at)) == 1, name
    assert aliases(desk.context, NOW, "物业李工") == {"物业李工"}


def test_who_is_next_is_a_colleague_of_the_same_post(desk: Desk) -> None:
    names = ("城管", "何勇", "城管何勇", "公安", "物业李工")
    assert [instead(desk.context, NOW, name) for name in names] == ["赵强", "赵强", "赵强", "", ""]


def test_else_it_is_whoever_the_roster_has_there_next(desk: Desk) -> None:
    assert [instead(desk.context, NOW, name) for name in ("市场监管", "市场监管方宁")] == [
        "许然"
    ] * 2


def test_the_nearest_in_time_stands_first(desk: Desk) -> None:
    for minutes in (20, 60, 95):
        linkage(desk, "公安", at=NOW + timedelta(minutes=minutes))
    found = busy(desk, "公安", NOW + timedelta(minutes=70))
    assert [at - NOW for at, _no, _text in found] == [
        timedelta(minutes=60),
        timedelta(minutes=95),
        timedelta(minutes=20),
    ]


@pytest.mark.soak
def test_it_is_cheap_with_many_open_cases(desk: Desk) -> None:
    at = NOW + timedelta(minutes=50)
    for _n in range(150):
        linkage(desk, "城管", "公安", at=at)
    asked = Engaged(("城管", "公安", "市场监管"), at + AROUND, "x")
    taken = []
    for _turn in range(5):
        began = time.thread_time()
        found = desk.read(asked)
        taken.append(time.thread_time() - began)
    assert len(found[0].busy) == 150
    assert min(taken) < 0.05
