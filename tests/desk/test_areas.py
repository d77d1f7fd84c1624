"""Two sub-centres in one store, and what the commander owes to those he has tasked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.desk import Desk
from dutydesk.views.card import Card
from dutydesk.views.queue import Filters, Queue, is_mine, light, millis
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor, Case
from dutydesk.workflow.time.zone import parse_instant

START = parse_instant("2026-11-23T09:00")
COMMANDER = Actor("commander", "陈安")


def do(desk: Desk, no: str | None, verb: str, **fields: object) -> Case:
    now = desk.now()
    case = desk.execute(Act(verb, COMMANDER, now, now, case=no, fields=fields)).case
    assert case is not None
    return case


def register(desk: Desk, grid: str, **fields: object) -> Case:
    given = {"channel": "walk_in", "place": grid, "description": "垃圾", "grid": grid}
    return do(desk, None, "register", **(given | {"category": "暴露垃圾"} | fields))


def seen(desk: Desk, area: str | None) -> list[str]:
    return sorted(row.no for row in desk.read(Queue(Filters(area=area))))


@pytest.mark.clause("X-3.3.2")
def test_two_sub_centres_share_a_store_and_the_street_sees_both(tmp_path: Path) -> None:
    clock = ManualClock(START)
    west = memory_desk(clock, url=f"sqlite:///{tmp_path / 'desk.db'}")
    mine = register(west, "嘉乐").no
    east = Desk(west.store, clock, west.ground)
    theirs = register(east, "墅沟").no

    assert (mine[:6], theirs[:6]) == ("140901", "140902")
    assert seen(west, "140901") == [mine]
    assert seen(west, "140902") == [theirs]
    assert seen(west, None) == [mine, theirs]


@pytest.mark.clause("X-4.2.1.12")
def test_a_task_from_above_keeps_who_gave_it_and_until_when() -> None:
    desk = memory_desk(START)
    due = START + timedelta(days=2)
    case = register(desk, "嘉乐", channel="superior", issuer="区城运中心", upstream_due=due)

    card = desk.read(Card(case.no))

    assert (card.channel, card.issuer, card.upstream_due) == ("superior", "区城运中心", due)


@pytest.mark.clause("X-4.2.1.8")
def test_a_task_near_its_limit_stands_in_the_list_and_urging_is_on_the_record() -> None:
    clock = ManualClock(START)
    desk = memory_desk(clock)
    case = register(desk, "嘉乐")
    do(desk, case.no, "accept", **{"as": "community", "grid": "嘉乐"})
    do(desk, case.no, "dispatch", station="嘉乐", due=START + timedelta(hours=4))
    clock.advance(hours=3)
    desk.sweep()

    waiting = desk.read(Queue(part="theirs"))
    now = millis(desk.now())
    assert [(row.no, light(row, now), is_mine(row, now)) for row in waiting] == [
        (case.no, "yellow", False)
    ]
    urge = next(row for row in desk.read(Card(case.no)).acts if row.verb == "urge")
    assert (urge.open, urge.key) == (True, "3")

    do(desk, case.no, "urge", target="嘉乐站", text="请抓紧")

    card = desk.read(Card(case.no))
    assert (card.urged, card.events[-1].verb) == (1, "urge")
