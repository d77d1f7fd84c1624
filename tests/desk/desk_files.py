"""Rows, acts and short ways through a case, for the tests of the desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dutydesk.desk import Desk
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

HOTLINE = ("工单编号", "受理时间", "诉求地址", "诉求内容", "工单状态", "催办次数", "截止时间")
COMMANDER = Actor("commander", "陈静")
File = Callable[..., Path]


def row(
    number: str, place: str = "嘉乐小区5号", text: str = "楼道堆物", *rest: str
) -> tuple[str, ...]:
    """One order of the hotline, taken on the day before."""
    return (number, "2026-11-22 10:00:00", place, text, *rest)


def do(desk: Desk, no: str, verb: str, by: Actor = COMMANDER, **fields: object) -> None:
    """One act at the desk, now."""
    now = desk.now()
    desk.execute(Act(verb, by, now, now, no, fields))


def close(desk: Desk, no: str) -> None:
    """Take a community case from receipt to closing."""
    do(desk, no, "accept", **{"as": "community", "grid": "嘉乐社区网格", "category": "楼道堆物"})
    due = desk.now().replace(hour=18)
    do(desk, no, "dispatch", station="嘉乐社区网格", due=due)
    do(desk, no, "file_result", party="嘉乐社区网格", text="已清理")
    checks = dict.fromkeys(("complete", "law", "summary", "photos", "wording"), "pass")
    do(desk, no, "close", checks=checks, report="楼道已清理，居民满意。")
