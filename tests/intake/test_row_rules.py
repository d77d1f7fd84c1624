"""Every line becomes a row or a refusal, never neither: what is taken, what is refused and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from dutydesk import i18n
from dutydesk.intake import Layout, Reading, read_file
from dutydesk.workflow.time.zone import ZONE

Read = Callable[..., Reading]
HEAD = "hotline_12345_2025"


@pytest.fixture
def read(
    layouts: tuple[Layout, ...],
    columns: Callable[[str], tuple[str, ...]],
    write_text: Callable[..., Path],
) -> Read:
    def made(*rows: list[object], layout: str = HEAD) -> Reading:
        return read_file(write_text([columns(layout), *rows]), layouts)

    return made


def codes(reading: Reading) -> list[tuple[int, str | None, str | None, str]]:
    return [(entry.row, entry.column, entry.value, entry.reason.code) for entry in reading.rejected]


def test_a_good_row_carries_the_fields_of_the_act(
    read: Read, hotline: Callable[..., list[object]]
) -> None:
    reading = read(hotline(), layout=HEAD)
    row = reading.rows[0]
    at = datetime(2026, 1, 30, tzinfo=ZONE)
    assert row.fields == {
        "channel": "hotline_12345",
        "external_no": "20260130000001",
        "reported_at": at,
        "description": "小区门口堆放建筑垃圾",
        "place": "嘉乐路20号",
        "category": "暴露垃圾",
    }
    assert (row.number, row.reported_at, row.history, row.standing) == (2, at, False, "open")
    assert dict(row.hints) == {"source": "电话", "street": "新成路"}
    assert row.raw["12345工单编号"] == "SH20260130000001"
    assert list(row.raw) == list(reading.layout.columns)
    assert reading.newest_at == at


def test_a_row_is_refused_by_row_column_and_value(
    read: Read, hotline: Callable[..., list[object]]
) -> None:
    reading = read(
        hotline(number="1"),
        hotline(number=""),
        hotline(number="无"),
        hotline(number="1.2E+11"),
        hotline(number="2", time="昨天"),
        hotline(number="3", time=""),
        hotline(number="4", text="无"),
        hotline(number="SH1"),
        hotline(number="5"),
    )
    assert [row.fields["external_no"] for row in reading.rows] == ["1", "5"]
    assert codes(reading) == [
        (3, "12345工单编号", "", "number_missing"),
        (4, "12345工单编号", "无", "number_missing"),
        (5, "12345工单编号", "1.2E+11", "number_damaged"),
        (6, "12345受理时间", "昨天", "time_unreadable"),
        (7, "12345受理时间", "", "time_missing"),
        (8, "12345内容描述", "无", "text_missing"),
        (9, "12345工单编号", "SH1", "number_twice"),
    ]
    assert (
        reading.rejected[-1].as_json()["reason"]
        == "同一文件中第 2 行已有这个编号：只取先出现的一行"
    )


def test_a_refusal_names_its_first_fault_and_the_others_after(
    read: Read, hotline: Callable[..., list[object]]
) -> None:
    reading = read(hotline(number="", time="?", text=""))
    assert [entry.as_json() for entry in reading.rejected] == [
        {
            "row": 2,
            "column": "12345工单编号",
            "value": "",
            "reason": "没有编号：补上编号后再导入这一行",
            "also": [
                "时间读不懂：请写成 2026-11-20 18:55:00 这样的形式",
                "没有内容：补上事由后再导入这一行",
            ],
        }
    ]


@pytest.mark.parametrize(
    "mark", ["剔除三大类", "剔除-商办楼宇", "剔除-非物业管理区域", "剔除-无效工单"]
)
def test_what_the_layout_discards_is_refused_with_its_reason(
    read: Read, hotline: Callable[..., list[object]], mark: str
) -> None:
    reading = read(hotline(klass=mark))
    assert codes(reading) == [(2, "十四类", mark, "discarded")]
    assert reading.rejected[0].as_json()["reason"] == "表中已标记剔除，不作为案件"
    i18n.use("en")
    reason = reading.rejected[0].as_json()["reason"]
    assert reason == "marked in the file as one to discard (剔除)"


def test_a_missing_place_is_a_mark_and_never_a_refusal(
    read: Read, hotline: Callable[..., list[object]]
) -> None:
    reading = read(
        hotline(number="1", place="无"), hotline(number="2", place="", estate="嘉乐小区")
    )
    assert reading.rejected == []
    assert "place" not in reading.rows[0].fields
    assert [reason.code for reason in reading.rows[0].warnings] == ["place_missing"]
    assert reading.rows[1].fields["place"] == "嘉乐小区"
    assert reading.rows[1].warnings == ()


def test_every_line_with_anything_in_it_is_accounted_for(
    read: Read, hotline: Callable[..., list[object]]
) -> None:
    rows = [hotline(number=str(n % 7 or ""), time="" if n % 5 == 0 else "45681") for n in range(50)]
    reading = read(*rows, [], ["  ", "\t"])
    assert len(reading.rows) + len(reading.rejected) == 50


def test_control_characters_are_dropped_and_counted_and_markup_is_kept(
    read: Read, hotline: Callable[..., list[object]]
) -> None:
    reading = read(
        hotline(text="\n\t甲\x00乙\x07[/b]\x1b[31m红\n第二行\t尾\r\n", place="嘉乐路\x9b1号")
    )
    assert reading.rows[0].fields["description"] == "甲乙[/b]红\n第二行\t尾"
    assert reading.dropped_controls == 8
    assert not any("\x00" in value for value in reading.rows[0].raw.values())


def test_a_huge_field_is_cut_and_said_so(read: Read, hotline: Callable[..., list[object]]) -> None:
    reading = read(hotline(text="长" * 1_000_000))
    row = reading.rows[0]
    assert row.fields["description"] == "长" * 20_000
    assert [(reason.code, reason.params["length"]) for reason in row.warnings] == [
        ("field_cut", 1_000_000)
    ]


def test_the_grid_list_says_what_is_history(read: Read, line: Callable[..., list[object]]) -> None:
    def case(number: str, status: str, **more: object) -> list[object]:
        cells = {"任务号": number, "发现时间": "2026-11-20 09:00:00", "案件状态": status}
        return line("grid_18", {**cells, "案件小类": "暴露垃圾", "案件属性": "事件", **more})

    reading = read(
        case("2611A0000001", "4"),
        case("2611A0000002", "9"),
        case("2611A0000003", "已结案", 案件子类="垃圾满溢"),
        case("2611A0000004", "已作废", 案件小类="", 案件子类=""),
        case("2611E0000005", "已撤销", 案件属性="12345热线"),
        layout="grid_18",
    )
    assert [(row.standing, row.history) for row in reading.rows] == [
        ("open", False),
        ("history", True),
        ("history", True),
        ("withdrawn", False),
    ]
    assert [row.fields["description"] for row in reading.rows[:3]] == [
        "暴露垃圾",
        "暴露垃圾",
        "暴露垃圾 垃圾满溢",
    ]
    assert [row.fields.get("kind") for row in reading.rows] == ["event", "event", "event", None]
    assert codes(reading) == [(5, "案件小类", "", "text_missing")]


def test_the_17_column_list_loses_the_suffix_of_its_categories(
    layouts: tuple[Layout, ...],
    line: Callable[..., list[object]],
    write_text: Callable[..., Path],
    columns: Callable[[str], tuple[str, ...]],
) -> None:
    cells = {
        "TASKID": "2611A0000001",
        "DISCOVERTIME": "2026/11/20 09:00:00",
        "DESCRIPTION": "绿化带垃圾",
        "ADDRESS": "嘉乐路20号",
        "INFOSOURCENAME": "领导交办",
        "INFOSCNAME": "暴露垃圾(浦东)",
        "URGENTDEGREE": "紧急",
    }
    rows = [columns("grid_17"), line("grid_17", cells)]
    reading = read_file(write_text(rows, "list.tsv", "\t"), layouts)
    assert reading.layout.name == "grid_17"
    fields = reading.rows[0].fields
    assert (fields["category"], fields["urgent"]) == ("暴露垃圾", True)
    assert reading.rows[0].hints["source"] == "领导交办"


@pytest.mark.parametrize(("degree", "urgent"), [("紧急", True), ("一般", False), ("1", None)])
def test_a_degree_in_code_makes_no_case_urgent(
    read: Read, line: Callable[..., list[object]], degree: str, urgent: bool | None
) -> None:
    cells = {"TASKID": "2611A0000001", "DISCOVERTIME": "2026/11/20 09:00:00", "DESCRIPTION": "甲"}
    reading = read(line("grid_17", {**cells, "URGENTDEGREE": degree}), layout="grid_17")
    assert reading.rows[0].fields.get("urgent") is urgent


def test_dutydesks_own_layout_carries_every_field_of_register(
    read: Read, line: Callable[..., list[object]]
) -> None:
    cells = {
        "channel": "police_110",
        "external_no": "A1",
        "reported_at": "2026-11-20T09:00:00+08:00",
        "description": "噪声",
        "upstream_due": "2026-11-21 09:00",
        "urgent": "否",
        "police_incident": "是",
        "caller.name": "张三",
        "caller.phone": "１３８００００１１１１",
        "kind": "部件",
        "discovered_by": "技术",
        "legacy": "1",
        "pain_points": "热点、堵点",
        "place": "嘉乐路",
    }
    fields = read(line("dutydesk", cells), layout="dutydesk").rows[0].fields
    assert fields == {
        "channel": "police_110",
        "external_no": "A1",
        "reported_at": datetime(2026, 11, 20, 9, tzinfo=ZONE),
        "description": "噪声",
        "place": "嘉乐路",
        "upstream_due": datetime(2026, 11, 21, 9, tzinfo=ZONE),
        "urgent": False,
        "police_incident": True,
        "legacy": True,
        "kind": "component",
        "discovered_by": "technology",
        "pain_points": ("热点", "堵点"),
        "caller": {"name": "张三", "phone": "13800001111"},
    }


def test_an_unknown_channel_or_an_unreadable_due_time_is_a_fault(
    read: Read, line: Callable[..., list[object]]
) -> None:
    base = {"reported_at": "2026-11-20", "description": "甲", "place": "乙", "channel": "网格"}
    reading = read(
        line("dutydesk", {**base, "external_no": "1", "channel": "传真"}),
        line("dutydesk", {**base, "external_no": "2", "upstream_due": "尽快"}),
        line("dutydesk", {**base, "external_no": "3", "police_incident": "也许"}),
        line("dutydesk", {**base, "external_no": "4", "urgent": "也许"}),
        layout="dutydesk",
    )
    assert codes(reading) == [
        (2, "channel", "传真", "channel_unknown"),
        (3, "upstream_due", "尽快", "time_unreadable"),
        (4, "police_incident", "也许", "flag_unknown"),
    ]
    assert [(row.fields["channel"], row.warnings[0].code) for row in reading.rows] == [
        ("grid", "value_ignored")
    ]
