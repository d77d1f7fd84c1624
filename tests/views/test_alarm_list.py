"""The lists and figures of the alarm screen, on a file and on a server."""

from __future__ import annotations

from datetime import timedelta

from sampled import on_both
from views_world import World

from dutydesk.desk import alarming
from dutydesk.views.alarm_list import AlarmBook, AlarmHistory, as_document, state_words
from dutydesk.views.forecast import MinutesToRed
from dutydesk.views.labels import Words
from dutydesk.views.ladder import LadderAhead
from dutydesk.workflow.cases.model import Actor

BY = Actor("commander", "陈安")


def lives(world: World, which: str = "standing") -> list[str]:
    return [row.life.value for row in world.read(AlarmBook(which)).rows]


@on_both("world")
def test_each_list_holds_what_it_says_and_the_figures_count_it(world: World) -> None:
    no = world.linkage("simple")
    world.clock.advance(minutes=21)
    world.desk.sweep()
    assert lives(world) == ["unacknowledged", "unacknowledged", "suppressed"]
    top = world.read(AlarmBook()).rows[0]
    assert (top.light, top.priority, top.case) == ("red", "medium", no)
    figures = world.read(AlarmBook()).figures
    assert (figures.hour, figures.day, figures.standing, figures.stale) == (2, 2, 2, 0)
    assert figures.shape == (0, 50, 50)
    assert alarming.shelve(world.desk, BY, [top.key], world.clock.now() + timedelta(hours=1), "等")
    assert lives(world, "shelved") == ["shelved"]
    assert len(lives(world)) == 2
    assert world.read(AlarmBook()).figures.shelved == 1
    assert alarming.unshelve(world.desk, BY, [top.key]) == (top.key,)
    world.desk.acknowledge(BY)
    world.clock.advance(minutes=16)
    world.desk.sweep()
    reminded = next(row for row in world.read(AlarmBook()).rows if row.key == top.key)
    words = Words(world.desk.context.procedure)
    assert state_words(reminded, words, world.clock.now()) == "已确认，未办"
    did = [step.did for step in world.read(AlarmHistory(top.key))]
    assert did == ["shelved", "unshelved", "acknowledged", "reminded"]
    assert {row.priority for row in world.read(AlarmBook(priority="low")).rows} == {"low"}
    assert as_document(top)["state"] == "unacknowledged"
    assert world.read(LadderAhead(no)) is not None
    assert world.read(MinutesToRed()).rows == ()


@on_both("world")
def test_after_an_outage_what_is_stale_is_not_rung_and_can_be_looked_through(world: World) -> None:
    world.register()
    world.clock.advance(minutes=3 * 24 * 60)
    swept = world.desk.sweep()
    assert swept.alarms
    assert not any(one.rings for one in swept.alarms)
    late = world.read(AlarmBook("late")).rows
    assert {row.key for row in late} == {one.key for one in swept.alarms if one.late}
    assert "stale" in {row.silence for row in late}
    assert len(lives(world, "today")) >= len(late)
