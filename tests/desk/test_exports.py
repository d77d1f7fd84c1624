"""Results go back once, in the layout they came in, and read as unchanged where they come back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from desk_files import COMMANDER, HOTLINE, File, close, do, row
from sampled import sampled

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.desk import Desk
from dutydesk.desk.sheets import guarded
from dutydesk.errors import BadInput
from dutydesk.workflow.cases.acts import Act

HEADER = (*HOTLINE, "答复市民要点")


def numbered(desk: Desk, number: str, channel: str = "hotline_12345") -> str:
    with desk.store.unit() as unit:
        case = unit.case_by_external(channel, number)
    assert case is not None
    return case.no


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def worked(desk: Desk, hotline: File, morning: ManualClock) -> Desk:
    """A1 closed, A2 refused, A3 still open, A4 closed before it came in."""
    old = row("A4", "嘉乐小区5号", "楼道堆物", "已办结")
    desk.import_file(hotline(row("A1"), row("A2", "马陆镇某路"), row("A3"), old), by=COMMANDER)
    morning.advance(minutes=10)
    close(desk, numbered(desk, "A1"))
    fed_back_at = desk.now()
    do(
        desk,
        numbered(desk, "A2"),
        "refuse",
        reason="not_in_area",
        fed_back_at=fed_back_at,
        belongs_to="马陆镇",
    )
    return desk


@pytest.mark.clause("X-7.1.1")
def test_closed_and_refused_go_back_in_the_columns_they_came_in(
    worked: Desk, tmp_path: Path
) -> None:
    out = tmp_path / "back.csv"
    exported = worked.export("hotline_12345", out, by=COMMANDER)
    assert (exported.rows, exported.closed, exported.refused) == (2, 1, 1)
    rows = table(out)
    assert tuple(rows[0])[: len(HEADER)] == HEADER
    assert [(r["工单编号"], r["诉求地址"], r["答复市民要点"]) for r in rows] == [
        ("A1", "嘉乐小区5号", "已清理"),
        ("A2", "马陆镇某路", rows[1]["答复市民要点"]),
    ]
    assert "马陆镇" in "".join(rows[1].values())
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")


def test_each_goes_back_once(worked: Desk, tmp_path: Path) -> None:
    first = worked.export("hotline_12345", tmp_path / "1.csv", by=COMMANDER)
    second = worked.export("hotline_12345", tmp_path / "2.csv", by=COMMANDER)
    assert (second.batch, second.rows, (tmp_path / "2.csv").exists()) == (None, 0, False)
    everything = worked.export("hotline_12345", tmp_path / "3.csv", all_=True, by=COMMANDER)
    assert everything.rows == first.rows == 2


def test_a_case_that_came_back_goes_back_again(
    worked: Desk, hotline: File, morning: ManualClock, tmp_path: Path
) -> None:
    worked.export("hotline_12345", tmp_path / "1.csv", by=COMMANDER)
    morning.advance(minutes=5)
    worked.import_file(hotline(row("A1", "嘉乐小区5号", "楼道堆物", "退回重办")), by=COMMANDER)
    close(worked, numbered(worked, "A1"))
    again = worked.export("hotline_12345", tmp_path / "2.csv", by=COMMANDER)
    assert (again.rows, again.closed) == (1, 1)


@pytest.mark.parametrize("form", sampled(["csv", "tsv", "xlsx", "jsonl"], (0, 2)))
def test_what_was_exported_comes_back_unchanged(worked: Desk, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"back.{form}"
    worked.export("hotline_12345", out, by=COMMANDER)
    again = worked.import_file(out, by=COMMANDER)
    assert (again.rows, again.unchanged, again.rejected) == (2, 2, ())


def test_formulas_are_guarded_and_come_back_unchanged(
    desk: Desk, hotline: File, tmp_path: Path
) -> None:
    desk.import_file(hotline(row("A1", "@嘉乐小区", "=HYPERLINK(1)\n-2楼")), by=COMMANDER)
    close(desk, numbered(desk, "A1"))
    out = tmp_path / "back.csv"
    desk.export("hotline_12345", out, by=COMMANDER)
    assert (table(out)[0]["诉求地址"], table(out)[0]["诉求内容"][:2]) == ("'@嘉乐小区", "'=")
    assert desk.import_file(out, by=COMMANDER).unchanged == 1
    assert [guarded(text) for text in ("=1", " +1", "-", "1-1", "")] == [
        *("'=1", "'+1", "-", "1-1", "")
    ]


def test_a_case_by_hand_leaves_in_dutydesk_s_own_layout(desk: Desk, tmp_path: Path) -> None:
    now = desk.now()
    fields = {"channel": "walk_in", "place": "嘉乐小区", "description": "来访", "urgent": False}
    no = desk.execute(Act("register", COMMANDER, now, now, fields=fields)).case
    assert no is not None
    close(desk, no.no)
    out = tmp_path / "walk_in.jsonl"
    exported = desk.export("walk_in", out, by=COMMANDER)
    line = json.loads(out.read_text(encoding="utf-8"))
    assert (exported.layout, line["channel"], line["result"], line["status"]) == (
        *("dutydesk", "walk_in", "已清理", "closed"),
    )


@pytest.mark.parametrize("form", sampled(["csv", "xlsx", "jsonl"], (1,)))
def test_a_case_by_hand_comes_back_under_our_own_number(
    desk: Desk, morning: ManualClock, tmp_path: Path, form: str
) -> None:
    now = desk.now()
    fields = {"channel": "walk_in", "place": "嘉乐小区", "description": "来访"}
    case = desk.execute(Act("register", COMMANDER, now, now, fields=fields)).case
    assert case is not None
    close(desk, case.no)
    out = tmp_path / f"walk_in.{form}"
    desk.export("walk_in", out, by=COMMANDER)
    again = desk.import_file(out, by=COMMANDER)
    assert (again.rows, again.unchanged, again.rejected) == (1, 1, ())
    other = memory_desk(morning)
    first, second = (other.import_file(out, by=COMMANDER) for _ in range(2))
    assert (first.new, second.unchanged) == (1, 1)
    numbered(other, case.no, "walk_in")
    other.close()


def test_our_own_number_is_a_key_on_its_own_channel_only(desk: Desk, tmp_path: Path) -> None:
    now = desk.now()
    fields = {"channel": "walk_in", "place": "嘉乐小区", "description": "来访"}
    case = desk.execute(Act("register", COMMANDER, now, now, fields=fields)).case
    assert case is not None
    out = tmp_path / "own.csv"
    head = "channel,external_no,reported_at,place,description"
    out.write_text(f"{head}\nvideo,{case.no},2026-11-23 08:00,嘉乐小区,来访\n", encoding="utf-8")
    assert desk.import_file(out, by=COMMANDER).new == 1


def test_a_file_that_cannot_be_written_marks_nothing(worked: Desk, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        worked.export("hotline_12345", tmp_path / "none" / "back.csv", by=COMMANDER)
    with pytest.raises(BadInput):
        worked.export("hotline_12345", tmp_path / "back.docx", by=COMMANDER)
    kept = tmp_path / "kept.csv"
    kept.write_text("yesterday", encoding="utf-8")
    with pytest.raises(BadInput):
        worked.export("hotline_12345", kept, by=COMMANDER)
    assert kept.read_text(encoding="utf-8") == "yesterday"
    assert worked.export("hotline_12345", tmp_path / "back.csv", by=COMMANDER).rows == 2
