"""The month's sample at the desk: drawn once, kept, judged by inspections, frozen at its end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sampled import on_both
from views_world import World

from dutydesk.clock import ZONE
from dutydesk.desk.sampling import draw_sample
from dutydesk.errors import BadInput, Refused
from dutydesk.storage.journal import events, head
from dutydesk.views.sampling import Sample
from dutydesk.views.sampling_rows import MonthSample, as_document
from dutydesk.workflow.cases.model import Actor

INSPECTOR = Actor("inspector", "周敏")
CHECKS = dict.fromkeys(("complete", "law", "summary", "photos", "wording"), "pass")


def closed(world: World, no: str) -> None:
    world.do("accept", no, as_="community", grid="仓场社区网格", category="暴露垃圾")
    world.do("dispatch", no, station="仓场社区网格", due=world.clock.now() + timedelta(days=2))
    world.do("file_result", no, party="仓场社区网格", text="已清理", on_behalf="station")
    world.do("close", no, checks=CHECKS, report="已办结")


def a_month(world: World, reported: int, only_closed: int, both: int) -> dict[str, list[str]]:
    """October's cases that are closed in November, November's that are, and those still open."""
    made: dict[str, list[str]] = {}
    world.clock.set(datetime(2026, 10, 30, 9, tzinfo=ZONE))
    made["closed_only"] = [arrival(world) for _n in range(only_closed)]
    world.clock.set(datetime(2026, 11, 20, 9, tzinfo=ZONE))
    made["both"] = [arrival(world) for _n in range(both)]
    made["reported_only"] = [arrival(world) for _n in range(reported)]
    for no in (*made["closed_only"], *made["both"]):
        closed(world, no)
    return made


def arrival(world: World) -> str:
    return world.register(channel="superior", category="暴露垃圾")


def refused(world: World, no: str) -> None:
    world.do("refuse", no, reason="not_in_area", fed_back_at=world.clock.now())


def drawn(world: World, **given: Any) -> MonthSample:
    return draw_sample(world.desk, "2026-11", INSPECTOR, **given)


def figures(sample: MonthSample) -> list[tuple[int, int, int, int]]:
    return [(row.population, row.wanted, row.drawn, row.done) for row in sample.strata]


@on_both("world")
@pytest.mark.clause("X-4.2.2.6", "X-4.2.2.7")
def test_a_month_is_drawn_once_and_its_inspections_fulfil_it(world: World) -> None:
    made = a_month(world, 3, 2, 5)
    assert figures(world.read(Sample())) == [(3, 2, 0, 0), (2, 1, 0, 0), (5, 3, 0, 0)]
    first = drawn(world, seed=7)
    assert figures(first) == [(3, 2, 2, 0), (2, 1, 1, 0), (5, 3, 3, 0)]
    assert all(row.no in made[row.stratum] for row in first.rows)
    mark = world.desk.change_mark()
    assert drawn(world) == drawn(world, seed=7) == first
    assert world.desk.change_mark() == mark, "what adds nothing writes nothing"
    with world.desk.store.reading() as connection:
        last = head(connection).id
        (event,) = events(connection, last, last)
    assert (event.verb, event.by, event.data["seed"]) == ("sample", INSPECTOR, 7)
    told = [no for found in event.data["drawn"].values() for no in found]
    assert sorted(told) == sorted(row.no for row in first.rows)

    assert first.light == "yellow", "on the 20th something is left"
    for row in first.left:
        world.desk.inspect("仓场", INSPECTOR, case=row.no, verdict="属实，已处置到位")
    done = world.read(Sample("2026-11"))
    assert (done.done, done.wanted, done.left, done.light) == (6, 6, (), "green")
    assert {(row.verdict, row.by) for row in done.rows} == {("属实，已处置到位", "inspector:周敏")}


def test_a_check_beside_the_draw_is_shown_apart_and_lessens_nothing(world: World) -> None:
    made = a_month(world, 4, 0, 0)
    targeted = made["reported_only"]
    for no in targeted:
        world.desk.inspect("仓场", INSPECTOR, case=no, reason="重复案件", verdict="属实")
    world.clock.advance(seconds=1)
    found = drawn(world, seed=1)
    assert figures(found)[0] == (4, 2, 2, 0), "checked before the lot fell: nothing is counted"
    assert figures(found)[1:] == [(0, 0, 0, 0), (0, 0, 0, 0)]
    world.desk.inspect("仓场", INSPECTOR, case=found.left[0].no, reason="重复案件", verdict="属实")
    after = world.read(Sample())
    assert (after.done, set(after.beyond)) == (1, set(targeted) - {found.left[0].no})


def test_what_was_judged_while_open_is_judged_again_once_closed(world: World) -> None:
    (no,) = a_month(world, 1, 0, 0)["reported_only"]
    drawn(world, seed=1)
    world.desk.inspect("仓场", INSPECTOR, case=no, verdict="属实")
    assert world.read(Sample()).complete
    world.clock.advance(hours=1)
    closed(world, no)
    again = world.read(Sample())
    assert figures(again) == [(0, 0, 0, 0), (0, 0, 0, 0), (1, 1, 1, 0)]


def test_the_month_grows_by_tranches_and_is_frozen_after_its_end(world: World) -> None:
    a_month(world, 3, 0, 0)
    first = drawn(world, seed=3)
    more = [arrival(world) for _n in range(2)]
    elsewhere = [world.register(channel="superior", place="别处", grid=None) for _n in range(2)]
    refused(world, elsewhere[0])
    world.clock.advance(hours=1)
    second = drawn(world)
    assert figures(second)[0] == (6, 3, 3, 0)
    assert {row.no for row in first.rows} < {row.no for row in second.rows}
    assert (second.tranches, second.frozen, second.seed) == (2, False, 3)

    world.clock.set(datetime(2026, 12, 1, 9, tzinfo=ZONE))
    assert world.read(Sample()).month == "2026-11", "the first working day is left for the rest"
    last = drawn(world)
    assert (last.frozen, f"{last.due_at:%m-%d %H:%M}") == (True, "12-02 00:00")
    refused(world, elsewhere[1])
    closed(world, more[1])
    assert world.read(Sample("2026-11")).strata == last.strata
    assert drawn(world) == world.read(Sample("2026-11"))
    world.clock.set(datetime(2026, 12, 2, 0, 0, 1, tzinfo=ZONE))
    late = world.read(Sample())
    assert (late.month, late.light, late.complete) == ("2026-11", "red", False)


def test_what_is_not_drawn(world: World) -> None:
    a_month(world, 1, 0, 0)
    drawn(world, seed=5)
    mark = world.desk.change_mark()
    with pytest.raises(Refused) as refused:
        draw_sample(world.desk, "2026-11", Actor("commander"))
    assert (refused.value.code, refused.value.clause) == ("not_your_role", "X-4.2.2.7")
    for month, seed in (("2026-11", 6), ("2026-12", None), ("2026-10", -1)):
        with pytest.raises(BadInput):
            draw_sample(world.desk, month, INSPECTOR, seed)
    with pytest.raises(BadInput):
        world.read(Sample("2026-13"))
    assert world.desk.change_mark() == mark


def test_the_json_carries_every_figure(world: World) -> None:
    a_month(world, 1, 0, 1)
    document = as_document(drawn(world, seed=5))
    wanted = {"month": "2026-11", "seed": 5, "population": 2, "wanted": 2, "drawn": 2, "done": 0}
    assert {name: document[name] for name in wanted} == wanted
    assert [row["stratum"] for row in document["strata"]] == [
        *("reported_only", "closed_only", "both")
    ]
    assert set(document["cases"][0]) == {
        *("no", "grid", "stratum", "drawn_at", "done_at", "verdict", "by")
    }
