"""Whatever ends a case ends its alarms in the same transaction, and none comes afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.config.procedures import load
from dutydesk.desk import Desk
from dutydesk.storage.tables import alarm
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor, Case
from dutydesk.workflow.time.zone import parse_instant

START = parse_instant("2026-11-23T09:00:00+08:00")
COMMANDER, STATION = Actor("commander", "陈安"), Actor("station", "嘉乐社区网格")
CHECKS = dict.fromkeys(("complete", "law", "summary", "photos", "wording"), "pass")


def do(
    desk: Desk, verb: str, no: str | None = None, by: Actor = COMMANDER, **given: object
) -> Case:
    case = desk.execute(Act(verb, by, desk.now(), desk.now(), no, given)).case
    assert case is not None
    return case


def register(desk: Desk) -> str:
    given = {"channel": "walk_in", "place": "曹安公路", "description": "楼道堆物"}
    return do(desk, "register", **given, category="楼道堆物").no


def refuse(desk: Desk, no: str) -> Case:
    fed_back_at = desk.now()
    return do(desk, "refuse", no, reason="not_in_area", fed_back_at=fed_back_at, belongs_to="马陆")


def merge(desk: Desk, no: str) -> Case:
    return do(desk, "merge", no, into=register(desk))


def withdraw(desk: Desk, no: str) -> Case:
    return do(desk, "withdraw", no, reason="市民撤回")


def close(desk: Desk, no: str) -> Case:
    do(desk, "accept", no, **{"as": "community", "grid": "嘉乐"})
    do(desk, "dispatch", no, station="嘉乐社区网格", due=desk.now() + timedelta(hours=3))
    files = [{"kind": "photo_before", "file": "a.jpg"}, {"kind": "photo_after", "file": "b.jpg"}]
    done = {"party": "嘉乐社区网格", "text": "已清理", "attachments": files}
    do(desk, "file_result", no, STATION, **done)
    return do(desk, "close", no, checks=CHECKS, report="已清理，现场复核。")


ENDS: dict[str, Callable[[Desk, str], Case]] = {
    "refused": refuse,
    "merged": merge,
    "withdrawn": withdraw,
    "closed": close,
}


def standing(desk: Desk, no: str) -> list[bool]:
    """For each alarm of the case whether it still stands."""
    with desk.store.reading() as connection:
        found = connection.execute(select(alarm.c.ended_at).where(alarm.c.case_no == no))
        return [ended_at is None for (ended_at,) in found]


def test_every_end_state_of_the_procedure_is_told_here() -> None:
    states = load("xinchenglu").states
    assert {name for name, state in states.items() if state.end} == set(ENDS)


@pytest.mark.parametrize("state", ENDS)
def test_the_end_of_a_case_is_the_end_of_its_alarms(state: str) -> None:
    clock = ManualClock(START)
    desk = memory_desk(clock)
    no = register(desk)
    clock.advance(hours=23, minutes=30)
    raised = len(desk.sweep().alarms)
    assert raised > 0
    assert standing(desk, no) == [True] * raised

    assert ENDS[state](desk, no).state == state

    assert standing(desk, no) == [False] * raised
    clock.set(clock.now() + timedelta(days=3))
    assert [found for found in desk.sweep().alarms if found.case == no] == []
    desk.close()
