"""The ledger of write-backs: an export ticks, an undone import brings back, two seats tick once."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_files import COMMANDER, File, close, do, row
from older import to_first_revision

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.desk import Desk
from dutydesk.desk.writebacks import tick
from dutydesk.errors import BadInput
from dutydesk.storage.writebacks import entries
from dutydesk.views.writebacks import Owed, OwedCount
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.cases.owing import Entry

COMMUNITY = {"as": "community", "grid": "嘉乐社区网格", "category": "楼道堆物"}


def numbered(desk: Desk, number: str) -> str:
    with desk.store.unit() as unit:
        case = unit.case_by_external("hotline_12345", number)
    assert case is not None
    return case.no


def entered(desk: Desk, no: str) -> list[Entry]:
    with desk.store.reading() as connection:
        return entries(connection, [no])[no]


def owed(desk: Desk) -> list[tuple[str, str]]:
    return [(one.external_no, one.what) for one in desk.read(Owed()).rows]


def test_an_export_ticks_what_it_carried_and_names_its_batch(
    desk: Desk, hotline: File, tmp_path: Path
) -> None:
    desk.import_file(hotline(row("A1"), row("A2")), by=COMMANDER)
    close(desk, numbered(desk, "A1"))
    do(desk, numbered(desk, "A2"), "accept", **COMMUNITY)
    exported = desk.export("hotline_12345", tmp_path / "back.csv", by=COMMANDER)
    assert owed(desk) == [("A2", "accept")]
    assert {e.batch for e in entered(desk, numbered(desk, "A1"))} == {exported.batch}


def test_an_import_that_withdraws_ends_what_is_owed_and_undoing_it_brings_it_back(
    desk: Desk, hotline: File
) -> None:
    desk.import_file(hotline(row("A1")), by=COMMANDER)
    do(desk, numbered(desk, "A1"), "accept", **COMMUNITY)
    gone = hotline(row("A1", "嘉乐小区5号", "楼道堆物", "已撤单"), name="2.csv")
    batch = desk.import_file(gone, by=COMMANDER).batch
    assert (desk.read(OwedCount()), batch is not None) == (0, True)
    desk.undo_import(str(batch), COMMANDER)
    assert owed(desk) == [("A1", "accept")]


def test_a_returned_order_begins_anew_and_undoing_brings_the_old_run_back(
    desk: Desk, hotline: File
) -> None:
    desk.import_file(hotline(row("A1")), by=COMMANDER)
    close(desk, numbered(desk, "A1"))
    before = owed(desk)
    back = hotline(row("A1", "嘉乐小区5号", "楼道堆物", "退回重办"), name="2.csv")
    batch = desk.import_file(back, by=COMMANDER).batch
    assert owed(desk) == []
    desk.undo_import(str(batch), COMMANDER)
    assert owed(desk) == before


def test_an_undone_import_of_new_cases_leaves_nothing_owed(desk: Desk, hotline: File) -> None:
    batch = desk.import_file(hotline(row("A1")), by=COMMANDER).batch
    desk.undo_import(str(batch), COMMANDER)
    assert owed(desk) == []


def test_a_repeated_act_owes_once(desk: Desk) -> None:
    now = desk.now()
    fields = {"channel": "grid", "external_no": "G1", "place": "嘉乐", "description": "垃圾"}
    case = desk.execute(Act("register", COMMANDER, now, now, None, fields)).case
    assert case is not None
    act = Act("accept", COMMANDER, now, now, case.no, COMMUNITY, key="k1")
    assert [desk.execute(act).repeated for _turn in range(2)] == [False, True]
    assert desk.read(OwedCount()) == 1


@pytest.mark.postgres
def test_two_desks_that_tick_the_same_entry(morning: ManualClock, postgres: str) -> None:
    _twice(morning, postgres)


def test_two_desks_that_tick_the_same_entry_of_a_file(morning: ManualClock, tmp_path: Path) -> None:
    _twice(morning, f"sqlite:///{tmp_path / 'desk.sqlite3'}")


def _twice(clock: ManualClock, url: str) -> None:
    """The second is told who was first; the record holds one entry of it."""
    one, other = (memory_desk(clock, url=url) for _seat in range(2))
    now = clock.now()
    fields = {"channel": "grid", "external_no": "G1", "place": "嘉乐", "description": "垃圾"}
    case = one.execute(Act("register", COMMANDER, now, now, None, fields)).case
    assert case is not None
    do(one, case.no, "accept", **COMMUNITY)
    [row_] = one.read(Owed()).rows
    assert row_.id is not None
    assert tick(one, [row_.id], COMMANDER, "R-1").done == 1
    clock.advance(minutes=3)
    second = tick(other, [row_.id], Actor("night_desk", "邵平"), "R-2")
    [first] = second.before
    said = (second.done, first.ticked_by, first.receipt, first.ticked_at)
    assert said == (0, "commander:陈静", "R-1", now)
    with pytest.raises(BadInput):
        tick(other, [9999], COMMANDER)
    for desk in (one, other):
        desk.close()


@pytest.mark.soak
@pytest.mark.postgres
def test_an_old_store_on_a_server_owes_what_was_closed(morning: ManualClock, postgres: str) -> None:
    _brought_up_to_date(morning, postgres)


def test_an_old_store_owes_what_was_closed(morning: ManualClock, tmp_path: Path) -> None:
    _brought_up_to_date(morning, f"sqlite:///{tmp_path / 'desk.sqlite3'}")


def _brought_up_to_date(morning: ManualClock, url: str) -> None:
    """A store from before the ledger: closed, refused, and neither exported nor ticked."""
    desk = memory_desk(morning, url=url)
    numbers = []
    for number in ("OLD", "A1", "A2", "A3"):
        now = desk.now()
        fields = {"channel": "grid", "external_no": number, "place": "某路", "description": "垃圾"}
        case = desk.execute(Act("register", COMMANDER, now, now, None, fields)).case
        assert case is not None
        numbers.append(case.no)
        if number == "OLD":
            close(desk, case.no)
            morning.advance(hours=31 * 24)
    close(desk, numbers[1])
    do(desk, numbers[2], "refuse", reason="not_in_area", fed_back_at=desk.now())
    do(desk, numbers[2], "write_back", system="网格化平台", what="不予受理")
    with desk.store.engine.begin() as old:
        to_first_revision(old.exec_driver_sql)
    desk.close()
    again = memory_desk(morning, url=url)
    assert owed(again) == [("A1", "close")]
    assert again.read(Owed()).rows[0].since_at == morning.now()
    again.close()


def test_a_receipt_is_one_line_without_what_could_move_a_cursor(desk: Desk) -> None:
    now = desk.now()
    fields = {"channel": "grid", "external_no": "G1", "place": "嘉乐", "description": "垃圾"}
    case = desk.execute(Act("register", COMMANDER, now, now, None, fields)).case
    assert case is not None
    do(desk, case.no, "accept", **COMMUNITY)
    [row_] = desk.read(Owed()).rows
    assert tick(desk, [row_.id or 0], COMMANDER, "R\x1b[31m-\u202e1\n2 ").done == 1
    assert [e.receipt for e in entered(desk, case.no)] == ["R-1 2"]
