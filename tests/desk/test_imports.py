"""An import accounts for every row, and says what each known number brings."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from desk_files import COMMANDER, HOTLINE, File, close, do, row

from dutydesk.clock import ManualClock
from dutydesk.desk import Desk
from dutydesk.desk.imports import CHUNK
from dutydesk.errors import BadInput, Refused


def counts(imported: object) -> tuple[int, ...]:
    names = ("rows", "new", "changed", "unchanged")
    found = tuple(getattr(imported, name) for name in names)
    return (*found, len(imported.rejected))  # type: ignore[attr-defined]


def only_case(desk: Desk, number: str):  # type: ignore[no-untyped-def]
    with desk.store.unit() as unit:
        return unit.case_by_external("hotline_12345", number)


@pytest.mark.clause("X-7.1.1")
def test_each_row_is_new_changed_unchanged_or_rejected(desk: Desk, hotline: File) -> None:
    first = desk.import_file(hotline(row("A1"), row("A2"), row("")), by=COMMANDER)
    assert counts(first) == (3, 2, 0, 0, 1)
    assert [(r.row, r.column) for r in first.rejected] == [(4, "工单编号")]
    second = desk.import_file(
        hotline(row("A1"), row("A2", text="楼道堆物，已有三天"), row("A3")), by=COMMANDER
    )
    assert counts(second) == (3, 1, 1, 1, 0)
    changed = second.details["changes"]
    assert [(c["external_no"], c["fields"]) for c in changed] == [
        ("A2", {"description": ["楼道堆物", "楼道堆物，已有三天"]})
    ]
    assert only_case(desk, "A2").description == "楼道堆物，已有三天"


def test_the_same_file_twice_changes_nothing_and_says_so(desk: Desk, hotline: File) -> None:
    path = hotline(row("A1"), row("A2"))
    first = desk.import_file(path, by=COMMANDER)
    case = only_case(desk, "A1")
    second = desk.import_file(path, by=COMMANDER)
    assert counts(second) == (2, 0, 0, 2, 0)
    assert second.details["same_as"] == first.batch
    assert only_case(desk, "A1") == case


def test_the_time_of_import_starts_the_clock_and_not_the_file_s(desk: Desk, hotline: File) -> None:
    desk.import_file(hotline(row("A1")), by=COMMANDER)
    case = only_case(desk, "A1")
    assert case.received_at == desk.now()
    assert case.reported_at == desk.now() - timedelta(hours=23)
    assert [(c.name, c.started_at) for c in case.clocks] == [("triage", desk.now())]


@pytest.mark.clause("X-1.2", "X-3.1.2")
def test_a_doubtful_place_is_no_reason_to_refuse_a_row(desk: Desk, hotline: File) -> None:
    imported = desk.import_file(
        hotline(
            row("A1", "嘉乐小区5号"), row("A2", "新成路118号"), row("A3", "某处"), row("A4", "")
        ),
        by=COMMANDER,
    )
    cases = [only_case(desk, number) for number in ("A1", "A2", "A3", "A4")]
    assert [(c.area, c.grid, c.marks) for c in cases] == [
        ("140901", "嘉乐社区网格", ()),
        ("140901", None, ("待定位",)),
        ("140901", None, ("待定位",)),
        ("140901", None, ("地点待补", "待定位")),
    ]
    assert imported.details["unplaced"] == 3


def test_a_file_of_closed_orders_is_history_without_clocks(desk: Desk, hotline: File) -> None:
    imported = desk.import_file(
        hotline(row("A1", "嘉乐小区", "旧事", "已办结"), row("A2")), by=COMMANDER
    )
    old = only_case(desk, "A1")
    assert (old.state, old.clocks, old.closed_at) == ("closed", (), None)
    assert imported.details["history"] == 1
    assert desk.next_due_at() == desk.now() + timedelta(minutes=30)
    everything = desk.import_file(hotline(row("B1"), name="b.csv"), by=COMMANDER, history=True)
    assert everything.details["history"] == 1


def test_a_correction_at_the_desk_does_not_make_the_same_file_look_changed(
    desk: Desk, hotline: File
) -> None:
    path = hotline(row("A1"))
    desk.import_file(path, by=COMMANDER)
    no = only_case(desk, "A1").no
    do(desk, no, "correct", event=1, field="place", value="嘉乐小区6号", reason="门牌写错")
    assert counts(desk.import_file(path, by=COMMANDER)) == (1, 0, 0, 1, 0)
    assert only_case(desk, "A1").place == "嘉乐小区6号"


def test_urged_is_counted_once_for_each_time_the_file_says_so(desk: Desk, hotline: File) -> None:
    desk.import_file(hotline(row("A1")), by=COMMANDER)
    one = desk.import_file(hotline(row("A1", "嘉乐小区5号", "楼道堆物", "", "1")), by=COMMANDER)
    same = desk.import_file(hotline(row("A1", "嘉乐小区5号", "楼道堆物", "", "1")), by=COMMANDER)
    two = desk.import_file(hotline(row("A1", "嘉乐小区5号", "楼道堆物", "", "2")), by=COMMANDER)
    assert [i.details["urged"] for i in (one, same, two)] == [1, 0, 1]
    assert (only_case(desk, "A1").urged, only_case(desk, "A1").marks) == (2, ("催",))


def test_a_moved_due_time_is_named(desk: Desk, hotline: File) -> None:
    desk.import_file(
        hotline(row("A1", "嘉乐小区5号", "堆物", "", "", "2026-11-25 10:00")), by=COMMANDER
    )
    moved = desk.import_file(
        hotline(row("A1", "嘉乐小区5号", "堆物", "", "", "2026-11-24 10:00")), by=COMMANDER
    )
    assert moved.details["changes"][0]["kinds"] == ["fields", "due_moved"]
    assert only_case(desk, "A1").upstream_due.day == 24


def test_withdrawn_upstream_is_withdrawn_here_or_listed(desk: Desk, hotline: File) -> None:
    desk.import_file(hotline(row("A1"), row("A2")), by=COMMANDER)
    close(desk, only_case(desk, "A2").no)
    rows = [row(n, "嘉乐小区5号", "楼道堆物", "撤单") for n in ("A1", "A2")]
    imported = desk.import_file(hotline(*rows), by=COMMANDER)
    assert [c["kinds"] for c in imported.details["changes"]] == [["withdrawn"], ["standing"]]
    assert [only_case(desk, n).state for n in ("A1", "A2")] == ["withdrawn", "closed"]
    again = desk.import_file(hotline(*rows), by=COMMANDER)
    assert counts(again) == (2, 0, 0, 2, 0)


def test_returned_upstream_begins_a_new_run_also_of_a_merged_case(
    desk: Desk, hotline: File
) -> None:
    desk.import_file(hotline(row("A1"), row("A2")), by=COMMANDER)
    do(desk, only_case(desk, "A2").no, "merge", into=only_case(desk, "A1").no)
    desk.clock.advance(minutes=10)  # type: ignore[attr-defined]
    back = desk.import_file(
        hotline(row("A1"), row("A2", "嘉乐小区5号", "楼道堆物", "退回重办")), by=COMMANDER
    )
    assert back.details["returned"] == 1
    case = only_case(desk, "A1")
    assert (case.state, case.run, case.marks) == ("received", 2, ("回",))
    assert only_case(desk, "A2").state == "merged"


def test_a_row_that_the_rules_refuse_is_rejected_in_their_words(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "来源渠道,上级编号,上报时间,事由,地点,警情\n"
        "110,P1,2026-11-22 10:00,打架,嘉乐小区,是\n"
        "110,P2,2026-11-22 10:05,噪音,嘉乐小区,否\n",
        encoding="utf-8",
    )
    imported = desk.import_file(path, by=COMMANDER)
    assert counts(imported) == (2, 1, 0, 0, 1)
    refused = imported.rejected[0]
    assert (refused.row, refused.column, refused.value) == (2, "警情", "是")
    assert "警情" in refused.reason


def test_a_preview_gives_the_same_answer_and_writes_nothing(desk: Desk, hotline: File) -> None:
    path = hotline(row("A1"), row(""))
    mark = desk.change_mark()
    seen = desk.import_file(path, by=COMMANDER, dry_run=True)
    assert (seen.batch, desk.change_mark(), only_case(desk, "A1")) == (None, mark, None)
    assert counts(desk.import_file(path, by=COMMANDER)) == counts(seen)


@pytest.mark.soak
def test_a_cancelled_import_keeps_what_is_in_and_a_second_one_goes_on(
    desk: Desk, hotline: File
) -> None:
    path = hotline(*(row(f"A{n}") for n in range(2 * CHUNK + 10)))
    seen: list[int] = []
    first = desk.import_file(
        path,
        by=COMMANDER,
        progress=lambda done, of: seen.append(done),
        cancelled=lambda: seen[-1] > CHUNK,
    )
    assert seen == [CHUNK, 2 * CHUNK]
    assert (counts(first), first.details["cancelled"]) == ((CHUNK, CHUNK, 0, 0, 0), True)
    second = desk.import_file(path, by=COMMANDER)
    assert counts(second) == (2 * CHUNK + 10, CHUNK + 10, 0, CHUNK, 0)


def test_the_cases_of_one_import_ring_once(desk: Desk, hotline: File, morning: ManualClock) -> None:
    desk.import_file(hotline(*(row(f"A{n}") for n in range(CHUNK + 20))), by=COMMANDER)
    morning.advance(minutes=30)
    swept = desk.sweep()
    assert len(swept.alarms) == CHUNK + 20
    assert sum(alarm.rings for alarm in swept.alarms) == 1
    assert {alarm.silence for alarm in swept.alarms if not alarm.rings} == {"together"}


def test_a_batch_is_taken_back_and_can_come_in_again(desk: Desk, hotline: File) -> None:
    desk.import_file(hotline(row("A1")), by=COMMANDER)
    before = only_case(desk, "A1")
    path = hotline(row("A1", text="另一说法"), row("A2"))
    batch = desk.import_file(path, by=COMMANDER).batch
    new = only_case(desk, "A2").no
    undone = desk.undo_import(batch, COMMANDER)
    assert undone == (batch, 1, 1)
    after = only_case(desk, "A1")
    assert (after.description, after.state) == (before.description, before.state)
    assert [c.running for c in after.clocks] == [True]
    with desk.store.unit() as unit:
        withdrawn = unit.case(new)
    assert (withdrawn.state, withdrawn.external_no) == ("withdrawn", None)
    assert counts(desk.import_file(path, by=COMMANDER)) == (2, 1, 1, 0, 0)
    with pytest.raises(BadInput):
        desk.undo_import(batch, COMMANDER)


def test_a_batch_is_not_taken_back_once_a_case_was_touched(desk: Desk, hotline: File) -> None:
    batch = desk.import_file(hotline(row("A1"), row("A2")), by=COMMANDER).batch
    touched = only_case(desk, "A1").no
    do(desk, touched, "note", text="已电话了解")
    with pytest.raises(Refused, match=touched):
        desk.undo_import(batch, COMMANDER)
    assert only_case(desk, "A2").state == "received"


def test_what_came_back_or_was_withdrawn_is_as_before_when_taken_back(
    desk: Desk, hotline: File
) -> None:
    desk.import_file(hotline(row("A1"), row("A2")), by=COMMANDER)
    before = [only_case(desk, n) for n in ("A1", "A2")]
    batch = desk.import_file(
        hotline(
            row("A1", "嘉乐小区5号", "楼道堆物", "撤单"),
            row("A2", "嘉乐小区5号", "楼道堆物", "退回重办"),
        ),
        by=COMMANDER,
    ).batch
    desk.undo_import(batch, COMMANDER)
    after = [only_case(desk, n) for n in ("A1", "A2")]
    for old, new in zip(before, after, strict=True):
        running = [(c.id, c.due_at) for c in new.clocks if c.running]
        assert (new.state, new.run, running) == (
            old.state,
            old.run,
            [(c.id, c.due_at) for c in old.clocks],
        )


def test_a_caller_s_name_and_number_are_listed_covered(desk: Desk, hotline: File) -> None:
    header = (*HOTLINE, "反映人", "来电号码")
    old = (*row("A1"), "", "", "", "张三", "13800001111")
    new = (*row("A1"), "", "", "", "张三", "13900002222")
    desk.import_file(hotline(old, header=header), by=COMMANDER)
    changed = desk.import_file(hotline(new, header=header), by=COMMANDER)
    assert changed.details["changes"][0]["fields"] == {
        "caller": ["张** 138******1111", "张** 139******2222"]
    }
    assert only_case(desk, "A1").caller.phone == "13900002222"


@pytest.mark.soak
def test_the_message_board_is_accounted_for(desk: Desk, root: Path) -> None:
    shared = Path(os.environ.get("DUTYDESK_SHARED") or root.parent / "shared")
    found = sorted((shared / "data" / "messages").glob("*messages*.xlsx"))
    if not found:
        pytest.skip("the message board is not here")
    imported = desk.import_file(found[0], by=COMMANDER)
    assert counts(imported) == (2772, 2772, 0, 0, 0)
    assert counts(desk.import_file(found[0], by=COMMANDER)) == (2772, 0, 0, 2772, 0)


def test_an_unknown_number_that_comes_as_returned_carries_it_as_a_paste_does(
    desk: Desk, hotline: File
) -> None:
    path = hotline(row("A1"), row("A2", "嘉乐小区5号", "楼道堆物", "退回重办"))
    back = desk.import_file(path, by=COMMANDER)
    assert (counts(back), back.details["returned"]) == ((2, 2, 0, 0, 0), 1)
    case = only_case(desk, "A2")
    assert (case.state, case.marks, only_case(desk, "A1").marks) == ("received", ("回",), ())
    assert counts(desk.import_file(path, by=COMMANDER)) == (2, 0, 0, 2, 0)
    assert desk.undo_import(str(back.batch), by=COMMANDER).withdrawn == 2
