"""A spot-check on site goes on the record with where, when, what and the verdict."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from desk_files import COMMANDER, File, row

from dutydesk.desk import Desk
from dutydesk.errors import Refused
from dutydesk.storage.journal import events
from dutydesk.workflow.cases.model import Actor

INSPECTOR = Actor("inspector", "周敏")
GRID = "嘉乐社区网格"


@pytest.mark.clause("X-4.2.2.5")
def test_a_check_of_a_case_with_its_reason(desk: Desk, hotline: File) -> None:
    desk.import_file(hotline(row("A1")), by=COMMANDER)
    with desk.store.unit() as unit:
        case = unit.case_by_external("hotline_12345", "A1")
    assert case is not None
    record = desk.inspect(
        "嘉乐", INSPECTOR, case=case.no, reason="重复案件", verdict="属实", place="嘉乐小区5号"
    )
    assert (record.grid, record.case, record.reason, record.at) == (
        *(GRID, case.no, "repeated", desk.now()),
    )
    with desk.store.reading() as connection:
        (event,) = events(connection, 2, 2)
    assert (event.verb, event.by, event.case) == ("inspect", INSPECTOR, None)
    assert event.data == {
        "inspection": 1,
        "grid": GRID,
        "case": case.no,
        "reason": "repeated",
        "verdict": "属实",
        "place": "嘉乐小区5号",
    }


def test_none_open_is_a_check_too(desk: Desk) -> None:
    at = desk.now() - timedelta(minutes=40)
    record = desk.inspect(GRID, INSPECTOR, none_open=True, verdict="无在办案件", at=at)
    assert (record.none_open, record.case, record.at, record.recorded_at) == (
        *(True, None, at, desk.now()),
    )


@pytest.mark.parametrize(
    ("by", "given", "code"),
    [
        ("commander", {"none_open": True, "verdict": "好"}, "not_your_role"),
        ("inspector", {"none_open": True, "verdict": " "}, "missing_field"),
        ("inspector", {"verdict": "好"}, "missing_field"),
        ("inspector", {"grid": "月球", "none_open": True, "verdict": "好"}, "bad_value"),
        ("inspector", {"grid": "新成", "none_open": True, "verdict": "好"}, "bad_value"),
        ("inspector", {"none_open": True, "reason": "顺路", "verdict": "好"}, "bad_value"),
        ("inspector", {"case": "140901", "verdict": "好"}, "bad_value"),
        ("inspector", {"none_open": True, "verdict": "好", "late": -5}, "time_order"),
    ],
)
def test_what_is_not_recorded(desk: Desk, by: str, given: dict[str, Any], code: str) -> None:
    late = given.pop("late", None)
    at = None if late is None else desk.now() - timedelta(minutes=late)
    mark = desk.change_mark()
    with pytest.raises(Refused) as refused:
        desk.inspect(given.pop("grid", GRID), Actor(by), at=at, **given)
    assert (refused.value.code, desk.change_mark()) == (code, mark)
