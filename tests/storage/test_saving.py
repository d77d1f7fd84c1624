"""A unit saves an outcome wholly: state, clocks, events, key, alarms; or nothing of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sampled import server_in_soak
from sqlalchemy import func, select
from stored_samples import (
    AREA,
    NOON,
    act_of,
    acted,
    alarm_of,
    closed,
    facets_of,
    minutes,
    registered,
    triage,
)

from dutydesk.storage import Stale, Store
from dutydesk.storage.alarm_life import acknowledge
from dutydesk.storage.tables import alarm, clock_run, event
from dutydesk.workflow.cases.model import Case


def put(store: Store, *items: tuple) -> list[tuple[int, ...]]:
    with store.unit() as unit:
        return unit.save_many(items)


def taken(store: Store, no: str) -> Case:
    with store.unit() as unit:
        case = unit.case(no)
    assert case is not None
    return case


def test_a_registered_case_is_there_for_the_next_unit(store: Store) -> None:
    item = registered("1409012611200001", external_no="G1")
    assert put(store, item) == [(1,)]
    with store.unit() as unit:
        assert unit.case("1409012611200001") == item[0].case
        assert unit.case("1409012611209999") is None
        assert unit.case_by_external("grid", "G1") == item[0].case
        assert unit.case_by_external("hotline_12345", "G1") is None


@server_in_soak("address")
def test_within_a_unit_what_was_saved_is_seen_before_it_is_written(store: Store) -> None:
    item = registered("1409012611200001", external_no="G1", key="k1")
    with store.unit() as unit:
        assert unit.save(*item) == (1,)
        assert unit.case("1409012611200001") == item[0].case
        assert unit.case_by_external("grid", "G1") == item[0].case
        kept = unit.kept("k1")
        assert kept is not None
        assert (kept.case, kept.first_event, kept.last_event) == ("1409012611200001", 1, 1)
        after = acted(item[0].case, marks=("待定位",))
        assert unit.save(*after) == (2,)
        assert unit.resolve("0001") == ("1409012611200001",)
        assert unit.case("1409012611200001") == after[0].case
    assert taken(store, "1409012611200001") == after[0].case


def test_nothing_of_a_unit_stays_when_it_is_broken_off(store: Store) -> None:
    put(store, registered("1409012611200001"))
    before = taken(store, "1409012611200001"), store.change_mark()

    def break_off() -> None:
        with store.unit() as unit:
            unit.save(*acted(before[0], marks=("重复",)))
            unit.raise_alarms([alarm_of("1409012611200001")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert (taken(store, "1409012611200001"), store.change_mark()) == before


def test_an_outcome_decided_on_an_older_version_is_stale(store: Store) -> None:
    first = registered("1409012611200001")
    put(store, first)
    put(store, acted(first[0].case, marks=("甲",)))
    with pytest.raises(Stale) as caught:
        put(store, acted(first[0].case, marks=("乙",)))
    assert (caught.value.no, caught.value.seen, caught.value.current) == ("1409012611200001", 1, 2)
    assert taken(store, "1409012611200001").marks == ("甲",)


@server_in_soak("address")
def test_a_chunk_of_outcomes_numbers_its_events_in_order(store: Store) -> None:
    items = [registered(f"140901261120{n:04d}", external_no=f"G{n}") for n in range(1, 51)]
    second = acted(items[0][0].case, "accept")
    assert put(store, *items, second) == [(n,) for n in range(1, 52)]
    assert taken(store, "1409012611200001") == second[0].case
    with store.unit() as unit:
        cases = unit.cases(["1409012611200003", "404", "1409012611200002"])
        assert [case.no for case in cases] == ["1409012611200003", "1409012611200002"]
        found = unit.cases_by_external("grid", ["G7", "G8", "none"])
        assert {n: c.no for n, c in found.items()} == {
            "G7": "1409012611200007",
            "G8": "1409012611200008",
        }


def test_a_number_is_given_once_across_units_and_grows_past_four_digits(store: Store) -> None:
    day = NOON.date()
    with store.unit() as unit:
        given = [unit.next_no(AREA, day) for _ in range(3)]
    with store.unit() as unit:
        given += [unit.next_no(AREA, day), unit.next_no("140902", day)]
        for _ in range(9995):
            last = unit.next_no(AREA, day)
    assert given == [
        *("1409012611200001", "1409012611200002", "1409012611200003"),
        *("1409012611200004", "1409022611200001"),
    ]
    assert last == "1409012611209999"
    with store.unit() as unit:
        assert unit.next_no(AREA, day) == "14090126112010000"


@server_in_soak("address")
def test_a_tail_finds_its_numbers_open_and_newest_first(store: Store) -> None:
    old, new = registered("1409012611190012"), registered("1409012611200012")
    done = registered("1409012611210012")
    put(store, old, new, done, closed(done[0].case))
    with store.unit() as unit:
        assert unit.resolve("0012") == ("1409012611200012", "1409012611190012", "1409012611210012")
        assert unit.resolve("200012", AREA) == ("1409012611200012",)
        assert unit.resolve("0012", "140902") == ()
        assert unit.resolve("%") == ()
        assert unit.resolve("") == ()


@server_in_soak("address")
def test_a_key_knows_its_act_from_another(store: Store) -> None:
    item = registered("1409012611200001", key="k1")
    put(store, item)
    with store.unit() as unit:
        kept = unit.kept("k1")
        assert unit.kept("k2") is None
    assert kept is not None
    later = act_of("register", None, NOON + minutes(3), "k1")
    assert kept.same(later)
    assert not kept.same(act_of("note", None, NOON, "k1"))


@server_in_soak("address")
def test_events_read_back_as_they_were_written(store: Store) -> None:
    item = registered("1409012611200001", personal={"caller": {"name": "张三"}})
    put(store, item)
    with store.unit() as unit:
        assert unit.events(1, 1) == [replace(item[0].events[0], personal=None)]


@server_in_soak("address")
def test_due_cases_are_the_open_ones_whose_moment_has_come(store: Store) -> None:
    first = registered("1409012611200001", at=NOON)
    second = registered("1409012611200002", at=NOON - minutes(10))
    done = registered("1409012611200003", at=NOON - minutes(20))
    put(store, first, second, done, closed(done[0].case))
    moment = facets_of(first[0].case).next_due_at
    assert moment is not None
    with store.unit() as unit:
        assert unit.next_due_at() == moment - minutes(10)
        assert unit.due_cases(moment - minutes(11), 10) == []
        assert [c.no for c in unit.due_cases(moment - minutes(10), 10)] == ["1409012611200002"]
        due = [c.no for c in unit.due_cases(moment, 10)]
        assert due == ["1409012611200002", "1409012611200001"]
        assert [c.no for c in unit.due_cases(moment, 1)] == ["1409012611200002"]


@server_in_soak("address")
def test_what_a_sweep_moves_is_kept_and_leaves_version_and_journal_alone(store: Store) -> None:
    item = registered("1409012611200001")
    put(store, item)
    mark = store.change_mark()
    rung = replace(item[0].case.clocks[0], rungs=1, raised_at=NOON + minutes(720))
    swept = replace(item[0].case, clocks=(rung,))
    facets = facets_of(swept)._replace(next_due_at=NOON + timedelta(days=1))
    with store.unit() as unit:
        unit.save_swept(swept, facets)
    with store.unit() as unit:
        assert unit.case("1409012611200001") == swept
        assert unit.next_due_at() == NOON + timedelta(days=1)
    assert store.change_mark() > mark
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(event)).scalar() == 1


def test_a_sweep_of_a_case_that_moved_on_is_stale(store: Store) -> None:
    item = registered("1409012611200001")
    put(store, item, acted(item[0].case))
    with pytest.raises(Stale), store.unit() as unit:
        unit.save_swept(item[0].case, facets_of(item[0].case))


@server_in_soak("address")
def test_an_act_after_a_sweep_in_one_unit_keeps_both(store: Store) -> None:
    item = registered("1409012611200001")
    put(store, item)
    rung = replace(item[0].case.clocks[0], rungs=1)
    swept = replace(item[0].case, clocks=(rung,))
    after = acted(swept, marks=("甲",))
    with store.unit() as unit:
        unit.save_swept(swept, facets_of(swept))
        unit.save(*after)
    assert taken(store, "1409012611200001") == after[0].case


@server_in_soak("address")
def test_an_end_state_ends_the_alarms_of_its_case_in_the_same_unit(store: Store) -> None:
    one, other = registered("1409012611200001"), registered("1409012611200002")
    put(store, one, other)
    with store.unit() as unit:
        unit.raise_alarms([alarm_of("1409012611200001"), alarm_of("1409012611200002")])
    put(store, closed(one[0].case, at=NOON + minutes(5)))
    with store.reading() as connection:
        rows = connection.execute(select(alarm.c.case_no, alarm.c.ended_at).order_by(alarm.c.key))
        assert [tuple(row) for row in rows] == [
            ("1409012611200001", NOON + minutes(5)),
            ("1409012611200002", None),
        ]


@server_in_soak("address")
def test_a_clock_run_keeps_who_held_the_case_when_it_was_due(store: Store) -> None:
    late, soon = triage(NOON, 1), triage(NOON + minutes(60), 2)
    item = registered("1409012611200001", clocks=(late, soon))
    put(store, item)
    after = late.due_at
    assert after is not None
    handed = acted(item[0].case, at=after + minutes(1), holder="night_desk")
    put(store, handed)
    with store.reading() as connection:
        rows = connection.execute(select(clock_run.c.id, clock_run.c.holder).order_by("id"))
        assert [tuple(row) for row in rows] == [(1, "sub_centre"), (2, "night_desk")]


@server_in_soak("address")
def test_a_stopped_clock_is_written_once_more(store: Store) -> None:
    item = registered("1409012611200001")
    put(store, item, closed(item[0].case, at=NOON + minutes(5)))
    with store.reading() as connection:
        row = connection.execute(select(clock_run)).one()
    assert (row.stopped_at, row.on_time, row.ended) == (NOON + minutes(5), True, False)


@server_in_soak("address")
def test_cases_taken_back_leave_only_their_events(store: Store) -> None:
    put(store, registered("1409012611200001", external_no="G1", key="k1"))
    with store.unit() as unit:
        assert unit.take_back(["1409012611200001", "404"]) == 1
        assert unit.case("1409012611200001") is None
        assert unit.case_by_external("grid", "G1") is None
        assert unit.kept("k1") is None
        assert len(unit.events(1, 9)) == 1
    put(store, registered("1409012611200002", external_no="G1"))
    assert taken(store, "1409012611200002").external_no == "G1"


def test_the_change_mark_grows_with_every_writing_and_only_then(store: Store) -> None:
    marks = [store.change_mark()]
    put(store, registered("1409012611200001"))
    marks.append(store.change_mark())
    with store.unit() as unit:
        unit.raise_alarms([alarm_of("1409012611200001")])
    marks.append(store.change_mark())
    with store.unit() as unit:
        assert len(acknowledge(unit.connection, None, None, "commander", NOON)) == 1
        unit.touch()
    marks.append(store.change_mark())
    with store.unit() as unit:
        assert len(acknowledge(unit.connection, None, None, "commander", NOON)) == 0
        assert unit.raise_alarms([alarm_of("1409012611200001")]) == []
    marks.append(store.change_mark())
    assert marks == [0, 1, 2, 3, 3]


def test_one_thread_opens_one_unit_at_a_time(memory: Store) -> None:
    with memory.unit(), pytest.raises(RuntimeError, match="open"), memory.unit():
        pass


def test_in_memory_a_reading_inside_a_unit_sees_it(memory: Store) -> None:
    with memory.unit() as unit:
        unit.save(*registered("1409012611200001"))
        with memory.reading() as connection:
            assert connection.execute(select(func.count()).select_from(event)).scalar() == 1
    assert memory.change_mark() == 1
