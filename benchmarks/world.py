"""Invented stores for measuring: cases that came through the door, and bulk behind them."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import Clock
from dutydesk.desk import Desk, Done
from dutydesk.errors import Refused
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.time.zone import parse_instant

MORNING = parse_instant("2026-11-20T10:00:00+08:00")
COMMANDER = Actor("commander", "李甲")
MATTERS = (
    ("井盖破损", "门口非机动车道的井盖破损下沉，夜间骑行有危险，请尽快处理"),
    ("暴露垃圾", "绿化带内堆放生活垃圾，多日没有清理，气味明显，居民要求清运"),
    ("占道堆物", "商铺在人行道上堆放货物，行人只能走机动车道，已经反映过一次"),
    ("路灯不亮", "小区北门外连续三盏路灯不亮，晚间看不清路面，希望修复"),
    ("噪声扰民", "底楼餐饮店的排风机夜间运转，声音很大，影响楼上住户休息"),
)
GRID = "嘉乐社区网格"
ACCEPTED: dict[str, object] = {"as": "community", "grid": GRID}
PLACES = ("新成路", "嘉乐路", "仓场路", "墅沟路", "清河路")


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with TemporaryDirectory(prefix="dutydesk-bench-") as name:
        yield Path(name)


@contextmanager
def desk_at(path: Path, clock: Clock | datetime = MORNING) -> Iterator[Desk]:
    """A desk over a SQLite file, made where there is none, every post filled."""
    opened = memory_desk(clock, url=f"sqlite:///{path}")
    try:
        yield opened
    finally:
        opened.close()


def fields(number: int) -> dict[str, object]:
    """What is known of the invented case of this number."""
    category, text = MATTERS[number % len(MATTERS)]
    street = PLACES[number // 7 % len(PLACES)]
    return {
        "channel": "hotline_12345",
        "external_no": f"B{number:09d}",
        "place": f"{street}{number % 900 + 1}号",
        "description": f"{street}{number % 900 + 1}号{text}",
        "category": category,
        "grid": GRID,
        "caller": {"name": "王某", "phone": f"1380000{number % 10000:04d}"},
    }


def register(number: int, at: datetime, now: datetime | None = None) -> Act:
    """The act that brings the case of this number in."""
    return Act("register", COMMANDER, at, now or at, fields=fields(number))


def act(verb: str, case: str, at: datetime, **given: object) -> Act:
    """An act on a case by the commander."""
    return Act(verb, COMMANDER, at, at, case=case, fields=given)


def done(desk: Desk, acts: list[Act]) -> list[Done]:
    """All of them done; raises the first refusal."""
    found: list[Done] = []
    for answer in desk.execute_all(acts):
        if isinstance(answer, Refused):
            raise answer
        found.append(answer)
    return found


def fill(desk: Desk, count: int, before: datetime = MORNING) -> list[str]:
    """Open cases of the last hours, one in three accepted; gives their numbers.

    Their first warnings lie behind them and their next ones hours ahead: no alarm comes while
    something else is measured.
    """
    moments = [before - timedelta(seconds=2_400 + number * 3 % 36_000) for number in range(count)]
    cases = done(desk, [register(number, at) for number, at in enumerate(moments)])
    numbers = [found.case.no for found in cases if found.case is not None]
    third = [act("accept", no, before, **ACCEPTED) for no in numbers[::3]]
    done(desk, third)
    return numbers


def add_ended(path: Path, count: int) -> None:
    """Copy a withdrawn case until there are this many more, past the door: they are only bulk."""
    with desk_at(path) as desk:
        (one,) = done(desk, [register(800_000_000, MORNING)])
        assert one.case is not None
        done(desk, [act("withdraw", one.case.no, MORNING, reason="重复登记")])
    with closing(raw(path)) as store:
        found = store.execute("SELECT * FROM case_row WHERE no = ?", (one.case.no,))
        names = [column[0] for column in found.description]
        row = dict(zip(names, found.fetchone(), strict=True))
        holes = ", ".join(f":{name}" for name in names)
        first = store.execute("SELECT max(id) FROM case_row").fetchone()[0] + 1
        many = (_copy(row, first + step, step) for step in range(count))
        store.execute("BEGIN IMMEDIATE")
        store.executemany(f"INSERT INTO case_row ({', '.join(names)}) VALUES ({holes})", many)
        store.execute("COMMIT")


def _copy(row: dict[str, Any], number: int, step: int) -> dict[str, Any]:
    received = row["received_at"] - 86_400_000 - step * 60_000
    return {
        **row,
        "id": number,
        "no": f"14090199{step:08d}",
        "external_no": f"E{step:09d}",
        "received_at": received,
        "closed_at": received + 3_600_000,
    }


def raw(path: Path) -> sqlite3.Connection:
    """A bare connection set up as the store sets up its own."""
    store = sqlite3.connect(path, isolation_level=None)
    store.execute("PRAGMA journal_mode=WAL")
    store.execute("PRAGMA synchronous=FULL")
    store.execute("PRAGMA foreign_keys=ON")
    return store


def copied(source: Path, target: Path) -> Path:
    """A second store with the same content; nobody may have the first one open."""
    with closing(raw(source)) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(source, target)
    return target
