"""Alarms, duty, messages, batches, spot-checks and leases keep what they are told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sampled import server_in_soak
from sqlalchemy import select
from stored_samples import AREA, COMMANDER, NOON, act_of, alarm_of, minutes, registered

from dutydesk.storage import Batch, Inspection, Line, Message, Sending, Stale, Store
from dutydesk.storage.alarm_life import acknowledge
from dutydesk.storage.tables import alarm, inspection, outbox
from dutydesk.workflow.cases.acts import Event
from dutydesk.workflow.duty.model import DutyState, Presence

NO = "1409012611200001"


def test_an_alarm_is_raised_once_whoever_asks(store: Store) -> None:
    first, second = alarm_of(NO, 0), alarm_of(NO, 1)
    with store.unit() as unit:
        assert unit.raise_alarms([first, first]) == [first]
    with store.unit() as unit:
        assert unit.raise_alarms([first, second]) == [second]
        assert unit.raise_alarms([]) == []


@server_in_soak("address")
def test_an_alarm_lies_there_with_all_it_says(store: Store) -> None:
    told = replace(alarm_of(None), late=True, cases=(NO, "2"), party="城管", rings=False)
    with store.unit() as unit:
        unit.raise_alarms([told])
    with store.reading() as connection:
        row = connection.execute(select(alarm)).one()
    assert (row.addressees, row.cases, row.late, row.rings) == (
        ["commander"],
        [NO, "2"],
        True,
        False,
    )
    assert (row.case_no, row.party, row.reason, row.raised_at) == (None, "城管", "FIRST", NOON)


@server_in_soak("address")
def test_acknowledging_names_alarms_or_takes_all_of_an_area(store: Store) -> None:
    other = replace(alarm_of("2"), area="140902")
    with store.unit() as unit:
        unit.raise_alarms([alarm_of(NO, 0), alarm_of(NO, 1), other])
        assert len(acknowledge(unit.connection, [f"{NO}|1|0"], None, "commander", NOON)) == 1
        assert len(acknowledge(unit.connection, [f"{NO}|1|0"], None, "commander", NOON)) == 0
        assert len(acknowledge(unit.connection, None, AREA, "commander", NOON)) == 1
        assert len(acknowledge(unit.connection, None, None, "commander", NOON)) == 1


def desk_event(seq: int) -> Event:
    return Event("take_over", NOON, NOON, COMMANDER, None, None, seq, {"red": 0})


def test_a_duty_state_reads_back_and_knows_its_version(store: Store) -> None:
    before = DutyState(AREA)
    here = Presence("commander", "present", NOON, "陈一鸣", NOON + minutes(60))
    after = replace(before, holder="night_desk", presence=(here,), version=1)
    act = act_of("take_over", None, key="k")
    with store.unit() as unit:
        assert unit.duty(AREA) == before
        assert unit.save_duty(after, [desk_event(1)], act) == (1,)
    with store.unit() as unit:
        assert unit.duty(AREA) == after
        kept = unit.kept("k")
        assert kept is not None
        assert (kept.case, kept.same(act)) == (None, True)
        assert unit.save_duty(after, [desk_event(2)], act_of("note", None)) == (2,)
    with pytest.raises(Stale), store.unit() as unit:
        unit.save_duty(replace(after, holder="sub_centre"), [], act)


def test_a_message_is_written_once(store: Store) -> None:
    message = Message(
        "m1", AREA, NO, "manual", "公安", "请于14:00到场", NOON,
        state=Sending.SENT, sent_at=NOON, confirmed_by="陈一鸣",
    )  # fmt: skip
    with store.unit() as unit:
        assert unit.put_message(message)
        assert not unit.put_message(message)
    with store.reading() as connection:
        row = connection.execute(select(outbox)).one()
    assert (row.state, row.sent_at, row.confirmed_by) == ("SENT", NOON, "陈一鸣")


@server_in_soak("address")
def test_a_batch_grows_by_chunks_and_reads_back(store: Store) -> None:
    with store.unit() as unit:
        number = unit.next_batch(NOON.date())
        begun = Batch(number, "import", AREA, "清单.xlsx", NOON, "system", digest="d1")
        unit.save_batch(begun, [Line(2, "new", NO, "G1")])
    done = replace(begun, rows=2, new=1, rejected=1)
    with store.unit() as unit:
        unit.save_batch(done, [Line(3, "rejected", detail={"reason": "没有编号"})])
    with store.unit() as unit:
        lines = [Line(2, "new", NO, "G1"), Line(3, "rejected", detail={"reason": "没有编号"})]
        assert unit.batch(number) == (done, lines)
        assert unit.batch("404") is None
        assert unit.batch_of_file("d1") == number
        unit.save_batch(replace(done, undone_at=NOON))
        assert unit.batch_of_file("d1") is None
        assert (number, unit.next_batch(NOON.date())) == ("261120-1", "261120-2")


@server_in_soak("address")
def test_changes_of_an_import_wait_until_someone_looks(store: Store) -> None:
    batch = Batch("261120-1", "import", AREA, "清单.xlsx", NOON, "system")
    changed = Line(2, "changed", NO, "G1", {"place": ["甲", "乙"]})
    with store.unit() as unit:
        unit.save_batch(batch, [changed, Line(3, "unchanged", NO)])
        assert unit.look(NO, NOON) == 1
        assert unit.look(NO, NOON) == 0


@server_in_soak("address")
def test_a_closed_case_goes_back_once_per_episode(store: Store) -> None:
    with store.unit() as unit:
        unit.save(*registered(NO))
        unit.save_batch(Batch("261120-1", "export", AREA, "回传.xlsx", NOON, "system"))
        assert unit.mark_returned("261120-1", [(NO, 1), (NO, 1)], NOON) == 1
        assert unit.mark_returned("261120-1", [(NO, 1), (NO, 2)], NOON) == 1


@server_in_soak("address")
def test_a_spot_check_is_kept(store: Store) -> None:
    record = Inspection(AREA, "嘉乐", NOON, NOON, "inspector:林", "good", none_open=True)
    with store.unit() as unit:
        assert unit.save_inspection(record) == 1
        assert unit.save_inspection(replace(record, none_open=False, case=NO)) == 2
    with store.reading() as connection:
        rows = connection.execute(select(inspection).order_by(inspection.c.id)).all()
    assert [(r.none_open, r.case_no, r.at) for r in rows] == [(True, None, NOON), (False, NO, NOON)]


def test_a_lease_is_one_holders_until_it_ends(store: Store) -> None:
    with store.unit() as unit:
        assert unit.lease("sweep", "a", NOON, 60)
        assert unit.lease("sweep", "a", NOON + minutes(0.5), 60)
        assert not unit.lease("sweep", "b", NOON + minutes(1), 60)
        assert unit.lease("sweep", "b", NOON + minutes(1.5), 60)
        assert unit.lease("sweep", "a", NOON - minutes(600), 60)


@server_in_soak("address")
def test_a_named_text_is_set_and_removed(store: Store) -> None:
    with store.unit() as unit:
        assert unit.text("draft") is None
        unit.save_text("draft", "半句话")
        unit.save_text("draft", "一句话")
        assert unit.text("draft") == "一句话"
        unit.save_text("draft", None)
        assert unit.text("draft") is None


def test_a_change_of_holder_takes_open_cases_along(store: Store) -> None:
    with store.unit() as unit:
        item = registered(NO)
        unit.save(*item)
        moved = unit.change_holder(AREA, "night_desk", ("commander", "night_desk"), NOON)
        case = unit.case(NO)
    assert moved == 1
    assert case == replace(item[0].case, holder="night_desk")
