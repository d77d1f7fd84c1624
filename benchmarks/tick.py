"""One second of the queue beside the same second of the same rows in a DataTable, in CPU time."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks import world
from benchmarks.apps.ticking import VISIBLE
from benchmarks.figures import Figure, Scale
from benchmarks.terminal import WIDTH, Terminal, TooLate, terminal


def run(scale: Scale) -> list[Figure]:
    """Each in a terminal with 50 rows in sight, every one of which changes each second."""
    count, ticks = scale.of(10_000, 60), scale.of(15, 1)
    ours: list[float] = []
    bare: list[float] = []
    with world.folder() as home:
        for number in range(scale.of(2, 1)):
            for kind, found in (("queue", ours), ("table", bare)):
                found += _costs(kind, count, ticks, home / f"{kind}{number}.json", home)
    return [
        Figure(
            name="tick",
            what=f"one tick, {VISIBLE} visible rows, {count:,} open cases, CPU",
            measured_s=median(ours),
            baseline="the same rows in a DataTable, CPU",
            baseline_s=median(bare),
            bar=1 / 8,
            note="all rows in sight are due within minutes, so all of them change",
        )
    ]


def _costs(kind: str, count: int, ticks: int, file: Path, home: Path) -> list[float]:
    """CPU seconds per tick, the idle pause taken off."""
    program = ["-m", "benchmarks.apps.ticking", kind, str(count), str(ticks), str(file)]
    with terminal(program, home, WIDTH, VISIBLE + 1) as shown:
        _wait(shown, file)
    found = json.loads(file.read_text())
    idle = median(found["idle"])
    return [busy - idle for busy in found["busy"]]


def _wait(shown: Terminal, file: Path, limit_s: float = 60) -> None:
    end = perf_counter() + limit_s
    while not (file.exists() and file.read_text().endswith("}")):
        if perf_counter() > end or (shown.ended and not file.exists()):
            raise TooLate(shown.text)
        shown.drain(0.05)
