"""A desk that is killed in the middle of acts keeps everything it confirmed, and nothing torn."""

from __future__ import annotations

import random
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from signal import SIGKILL

import pytest
from killed_worker import work
from sqlalchemy import func, select

from dutydesk.storage import Store
from dutydesk.storage.backup import quick_check
from dutydesk.storage.tables import alarm, case_row, clock_run, event
from dutydesk.storage.verify import Verified, verify

# A server that has everything imported gives a new process in milliseconds.
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["dutydesk.storage"])


def kill_after(path: Path, acknowledgements: int) -> list[tuple[str, int]]:
    """Let a worker confirm so many acts, kill it mid-work, and give all that it confirmed."""
    here, there = PROCESSES.Pipe(duplex=False)
    worker = PROCESSES.Process(target=work, args=(str(path), there))
    worker.start()
    there.close()
    confirmed = [here.recv() for _ in range(acknowledgements)]
    worker.kill()
    worker.join()
    with suppress(EOFError):
        while True:
            confirmed.append(here.recv())
    here.close()
    assert worker.exitcode == -SIGKILL
    return confirmed


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


@pytest.mark.parametrize("kills", [20, pytest.param(200, marks=pytest.mark.soak)])
def test_kills_lose_and_tear_nothing(file: Path, kills: int) -> None:
    play(file, kills)
