"""A flood on a real store: grouped by unit and step, one sound, a banner, nothing lost; it ends."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.screens.parts.alarm_line import alarm_line
from dutydesk.storage.tables import alarm
from dutydesk.views.alarms import AlarmCount, LiveAlarms
from dutydesk.views.labels import Words
from dutydesk.views.queue import millis
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

NINE = datetime(2026, 11, 23, 9, tzinfo=ZONE)
BY = Actor("commander", "陈安")


@pytest.mark.parametrize("count", [14])
def test_a_flood_is_one_banner_with_its_groups_and_ends_by_itself(count: int) -> None:
    clock = ManualClock(NINE)
    desk = memory_desk(clock)

    def do(verb: str, no: str | None = None, **given: object) -> str:
        done = desk.execute(Act(verb, BY, desk.now(), desk.now(), no, given))
        assert done.case is not None
        return done.case.no

    for _case in range(count):
        given = {"channel": "dept_linkage", "place": "曹安公路", "description": "占道"}
        no = do("register", **given, category="占道")
        parties = {"difficulty": "simple", "lead": "城管", "parties": ["城管"]}
        do("accept", no, **{"as": "linkage", "grid": "嘉乐"}, **parties)
        clock.advance(seconds=1)
    clock.advance(minutes=16)
    swept = desk.sweep()
    assert sum(one.rings for one in swept.alarms) == 10
    counted = desk.read(AlarmCount(desk.context.area))
    assert [(group.unit, group.alarms) for group in counted.flood] == [("城管", count)]
    words = Words(desk.context.procedure)
    line = alarm_line(
        desk.read(LiveAlarms()), millis(desk.now()), words, 80, flash=True, counted=counted
    )
    said = "".join(span.text for span in line)
    assert f"告警潮 {count} 条" in said
    assert f"城管 {words.clock('coordinate')} {count}" in said
    with desk.store.reading() as connection:
        raised = connection.execute(select(func.count()).select_from(alarm)).scalar_one()
    assert raised == len(swept.alarms)
    clock.set(desk.now() + timedelta(minutes=3))
    desk.acknowledge(BY)
    clock.set(NINE + timedelta(hours=1))
    desk.sweep()
    clock.advance(minutes=15)
    desk.sweep()
    assert desk.read(AlarmCount(desk.context.area)).flood == ()
