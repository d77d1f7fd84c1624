"""A desk that is killed in the middle of acts keeps everything it confirmed, and nothing torn."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from dutydesk.storage import Store
from dutydesk.storage.backup import quick_check
from dutydesk.storage.tables import alarm, case_row, clock_run, event
from dutydesk.storage.verify import Verified, verify

WORKER = """
import sys
sys.path.insert(0, sys.argv[2])
from stored_samples import *
from dutydesk.storage import Store

with Store.open("sqlite:///" + sys.argv[1]) as store:
    while True:
        with store.unit() as unit:
            no = unit.next_no(AREA, NOON.date())
            item = registered(no, key=no)
            ids = unit.save(*item)
            unit.raise_alarms([alarm_of(no)])
            ids += unit.save(*acted(item[0].case, marks=("重复",)))
        print(no, ids[-1], flush=True)
"""


def kill_after(path: Path, acknowledgements: int) -> list[tuple[str, int]]:
    """Let a worker confirm so many acts, kill it mid-work, and give all that it confirmed."""
    command = [sys.executable, "-c", WORKER, str(path), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        lines = [worker.stdout.readline() for _ in range(acknowledgements)]
        worker.kill()
        lines += worker.stdout.readlines()
    return [(no, int(last)) for no, last in (line.split() for line in lines if line[-1:] == "\n")]


def check(path: Path, confirmed: list[tuple[str, int]]) -> None:
    with Store.open(f"sqlite:///{path}") as store:
        with store.unit() as unit:
            for no, last in confirmed:
                case = unit.case(no)
                assert case is not None, no
                assert (case.version, case.marks) == (2, ("重复",))
                kept = unit.kept(no)
                assert kept is not None
                assert kept.first_event == last - 1
        assert quick_check(store) == []
        with store.reading() as connection:
            counts = [
                connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (case_row, clock_run, alarm, event)
            ]
        # Each act is one unit: whatever of it is there, all of it is there.
        assert counts[:3] == [counts[0]] * 3
        assert verify(store) == Verified(2 * counts[0])
        assert counts[0] >= len(confirmed)


def play(path: Path, kills: int) -> None:
    chance = random.Random(20261120)
    confirmed: list[tuple[str, int]] = []
    for _ in range(kills):
        confirmed += kill_after(path, chance.randint(1, 40))
        check(path, confirmed)
    assert len({no for no, _last in confirmed}) == len(confirmed)


def test_twenty_kills_lose_and_tear_nothing(file: Path) -> None:
    play(file, 20)


@pytest.mark.soak
def test_two_hundred_kills_lose_and_tear_nothing(file: Path) -> None:
    play(file, 200)
