"""How late alarms are on the record: `watch` keeps the clock while another desk writes."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from benchmarks import world
from benchmarks.figures import Figure, Scale, seconds, share
from benchmarks.start import SETTINGS
from benchmarks.terminal import ROOT, environ
from dutydesk.clock import SystemClock
from dutydesk.desk import Desk

FIRST_WARNING = timedelta(minutes=30)
"""A case that nobody accepted rings after so long: the first moment of its clock."""
PATIENCE_S = 10
LOOK_S = 0.004
PAUSE_S = 0.02


def run(scale: Scale) -> list[Figure]:
    """Real time: the moments lie in a window of a few seconds that begins once all is running."""
    clocks, alarms = scale.of(10_000, 40), scale.of(1_000, 6)
    window, lead = scale.of(8, 1), timedelta(seconds=scale.of(6, 2))
    with world.folder() as home:
        path = home / "desk.sqlite3"
        with world.desk_at(path, SystemClock()) as desk:
            rest = _running(desk, 0, [desk.now()] * (clocks - alarms))
            with _watch(home, path), _writer(home, path, rest[:50]):
                _until_watched(path)
                first = desk.now() + lead
                moments = [first + timedelta(seconds=n % window) for n in range(alarms)]
                _running(desk, clocks, [at - FIRST_WARNING for at in moments])
                if desk.now() >= first:
                    raise RuntimeError("the machine is too busy: the first moment has gone by")
                bare = _Timer(sorted(set(moments)))
                late = _seen(path, first, alarms, window)
                bare.join()
    lost = alarms - len(late)
    worst = max(late, default=0.0)
    return [
        Figure(
            name="alarm",
            what=f"alarm on the record after its moment, {clocks:,} running clocks, one other "
            f"desk writing: 999 of 1,000 of {alarms:,} alarms",
            measured_s=share(late, 0.999) if late else float(PATIENCE_S),
            baseline="a bare timer for the same moments, median",
            baseline_s=median(bare.late),
            bar=1.0,
            bar_on="seconds",
            note=f"median {seconds(median(late)) if late else '—'}, worst {seconds(worst)}, "
            f"lost {lost}",
            whole=lost == 0,
        )
    ]


def _running(desk: Desk, first: int, received: list[datetime]) -> list[str]:
    """Cases received at these moments, each with one running clock; gives their numbers."""
    now = desk.now()
    acts = [world.register(first + number, at, now) for number, at in enumerate(received)]
    return [found.case.no for found in world.done(desk, acts) if found.case is not None]


@contextmanager
def _process(home: Path, *arguments: str) -> Iterator[None]:
    command = [sys.executable, "-m", *arguments]
    running = subprocess.Popen(command, cwd=ROOT, env=environ(home), stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        gone = running.poll()
        running.terminate()
        running.wait(10)
    if gone is not None:
        raise RuntimeError(f"{arguments[0]} ended by itself with code {gone}")


def _watch(home: Path, path: Path) -> AbstractContextManager[None]:
    settings = home / "dutydesk.toml"
    settings.write_text(SETTINGS.format(path=path), encoding="utf-8")
    return _process(home, "dutydesk", "--config", str(settings), "watch")


def _writer(home: Path, path: Path, numbers: list[str]) -> AbstractContextManager[None]:
    return _process(home, "benchmarks.apps.writing", str(path), str(PAUSE_S), *numbers)


def _until_watched(path: Path) -> None:
    """Wait until both have begun: the one has its lease, the other has written."""
    end = time.perf_counter() + 120
    with closing(world.raw(path)) as store:
        while time.perf_counter() < end:
            leased = store.execute("SELECT count(*) FROM lease").fetchone()[0]
            written = store.execute("SELECT verb FROM event ORDER BY id DESC").fetchone()[0]
            if leased and written == "note":
                return
            time.sleep(0.05)
    raise RuntimeError("watch or the other desk did not begin")


def _seen(path: Path, first: datetime, count: int, window: int) -> list[float]:
    """Seconds from each moment to when another program could read its alarm."""
    late: list[float] = []
    last = 0
    end = first.timestamp() + window + PATIENCE_S
    with closing(world.raw(path)) as store:
        while len(late) < count and _wall() < end:
            fresh = store.execute(
                "SELECT rowid, planned_at FROM alarm WHERE rowid > ? AND planned_at >= ?",
                (last, int(first.timestamp()) * 1000),
            ).fetchall()
            now = _wall()
            for row, planned in fresh:
                last = row
                late.append(now - planned / 1000)
            time.sleep(LOOK_S)
    return late


class _Timer(threading.Thread):
    """Sleeps until each moment and notes how late it woke."""

    def __init__(self, moments: list[datetime]) -> None:
        super().__init__(daemon=True)
        self._moments = moments
        self.late: list[float] = []
        self.start()

    def run(self) -> None:
        """Wait for one moment after the other."""
        for at in self._moments:
            time.sleep(max(0.0, at.timestamp() - _wall()))
            self.late.append(max(_wall() - at.timestamp(), 1e-6))


def _wall() -> float:
    """The wall clock with its fractions: the desk's own clock counts whole seconds."""
    return time.time()  # noqa: TID251
