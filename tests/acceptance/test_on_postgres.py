"""A day through the whole desk on PostgreSQL is the day that SQLite plays, line for line."""

from __future__ import annotations

from pathlib import Path

import pytest
from sampled import sampled

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.config.procedures import load
from dutydesk.desk import Desk
from dutydesk.desk.boards import write_board
from dutydesk.desk.drill import play, read_lines
from dutydesk.desk.plan import FullPlan
from dutydesk.storage.verify import verify
from dutydesk.views.queue import Filters, Queue
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.time.zone import parse_instant
from tests.acceptance.drilling import Json

pytestmark = pytest.mark.postgres
EVENING = parse_instant("2026-11-25T20:00:00+08:00")
COMMANDER = Actor("commander", "陈安")
HEADER = "工单编号,受理时间,内容描述,地址\n"


def played(root: Path, name: str, url: str) -> list[Json]:
    """The output of a shipped drill on this store."""
    text = (root / "dutydesk" / "drills" / f"{name}.jsonl").read_text(encoding="utf-8")

    def open_desk(clock: ManualClock, plan: FullPlan) -> Desk:
        return memory_desk(clock, plan=plan, url=url)

    return list(play(read_lines(text.split("\n"), None, load("xinchenglu")), open_desk))


@pytest.mark.parametrize("name", sampled(["linkage", "community", "storm"], (1,)))
def test_a_day_on_a_server_is_the_day_in_a_file(
    root: Path, tmp_path: Path, postgres: str, name: str
) -> None:
    file = f"sqlite:///{tmp_path / 'desk.sqlite3'}"
    assert played(root, name, postgres) == played(root, name, file)
    after = [memory_desk(EVENING, url=url) for url in (postgres, file)]
    rows, whole = ([ask(desk) for desk in after] for ask in (_queue, _verified))
    assert rows[0] == rows[1]
    assert whole[0] == whole[1]
    assert whole[0][0] is None
    for desk in after:
        desk.close()


def _queue(desk: Desk) -> list[tuple[object, ...]]:
    return [tuple(row) for row in desk.read(Queue(Filters()))]


def _verified(desk: Desk) -> tuple[int | None, int]:
    found = verify(desk.store)
    return found.broken, found.rows


def test_a_shift_with_import_alarms_and_board_on_a_server(tmp_path: Path, postgres: str) -> None:
    clock = ManualClock(parse_instant("2026-11-23T09:00:00+08:00"))
    desk = memory_desk(clock, url=postgres)
    export = tmp_path / "12345.csv"
    lines = [f"G2611{n:04d},2026-11-23 08:{n:02d},路口井盖破损,嘉乐路{n}号\n" for n in range(1, 21)]
    export.write_text(HEADER + "".join(lines), encoding="utf-8")

    first, again = (desk.import_file(export, by=COMMANDER) for _turn in range(2))
    assert (first.new, again.new, again.unchanged) == (20, 0, 20)

    other = memory_desk(clock, url=postgres)
    clock.advance(minutes=30)
    alarms = [*desk.sweep().alarms, *other.sweep().alarms]
    assert len({alarm.key for alarm in alarms}) == len(alarms) == 20
    clock.advance(hours=26)
    missed = [alarm.late for alarm in desk.sweep().alarms]
    assert len(missed) >= 20
    assert set(missed) == {True}
    assert other.sweep().alarms == ()

    paper = write_board(desk, tmp_path / "board").read_text(encoding="utf-8")
    assert all(row.no[-4:] in paper for row in desk.read(Queue(Filters())))
    assert _verified(desk)[0] is None
    desk.close()
    other.close()
