"""The shift log: every note, promise and call on no case of the day, in its order, printable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.desk import Desk
from dutydesk.views.promises import StandingPromises
from dutydesk.views.shiftlog import ShiftLog, paper
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
ME = Actor("commander", "陈静")


@pytest.fixture
def desk() -> Iterator[Desk]:
    opened = memory_desk(ManualClock(NOW))
    yield opened
    opened.close()


def do(desk: Desk, at: datetime, verb: str, no: str | None = None, **fields: object) -> str:
    case = desk.execute(Act(verb, ME, at, desk.now(), no, fields)).case
    return case.no if case else ""


def lines(desk: Desk, day: date | None = None) -> list[str]:
    return [row.text for row in desk.read(ShiftLog(day))]


def test_the_day_stands_in_the_order_in_which_things_were(desk: Desk) -> None:
    fields = {"channel": "walk_in", "place": "仓场路 1 号", "description": "堆物", "grid": "仓场"}
    no = do(desk, NOW, "register", None, **fields)
    desk.clock.advance(hours=1)  # type: ignore[attr-defined]
    now, soon = desk.now(), desk.now() + timedelta(minutes=30)
    do(desk, now, "note", no, text="问修好没有 13800000001", promised_by="物业", remind_at=soon)
    do(desk, now, "call", no, party="城管", outcome="reached")
    do(desk, now, "call", None, party="街道办", outcome="reached", said="问天气预警")
    number = desk.read(StandingPromises())[0].id
    desk.clock.advance(minutes=31)  # type: ignore[attr-defined]
    do(desk, desk.now(), "settle", no, promise=number, outcome="kept")
    do(desk, desk.now() - timedelta(minutes=50), "note", None, text="交接时说过门锁坏了")
    assert lines(desk) == [
        "交接时说过门锁坏了",
        "物业：问修好没有 138******0001",
        "致电街道办：接通；对方说：问天气预警",
        "答应的事：做到（物业：问修好没有 138******0001）",
    ]
    assert lines(desk, date(2026, 11, 22)) == []


def test_midnight_parts_the_days(desk: Desk) -> None:
    desk.clock.set(datetime(2026, 11, 23, 23, 59, 59, tzinfo=ZONE))  # type: ignore[attr-defined]
    do(desk, desk.now(), "note", None, text="今天最后一条")
    desk.clock.advance(seconds=1)  # type: ignore[attr-defined]
    do(desk, desk.now(), "note", None, text="第一条")
    assert lines(desk) == ["第一条"]
    assert lines(desk, date(2026, 11, 23)) == ["今天最后一条"]


def test_the_paper_is_plain_text_and_says_that_it_is_an_exercise(desk: Desk) -> None:
    do(desk, NOW, "note", None, text="[/b]\x1b[31m红", remind_at=NOW + timedelta(hours=1))
    rows = desk.read(ShiftLog())
    text = paper(rows, "迎园片区", NOW.date(), desk.words, exercise=True)
    assert text.splitlines() == [
        "值班日志 迎园片区　2026-11-23",
        "演练",
        "1 条",
        "09:00        便签    [/b]红  → 11-23 10:00  协调指挥员 陈静",
    ]
