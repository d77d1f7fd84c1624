"""How soon the desk paints, and how soon its queue is there, beside a bare Textual app."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks import world
from benchmarks.apps.bare import MARKER
from benchmarks.figures import Figure, Scale
from benchmarks.terminal import terminal
from dutydesk.clock import SystemClock
from dutydesk.views.queue import Queue

FIRST_PAINT = "正在打开值班台"
SETTINGS = '[database]\nurl = "{path}"\n\n[alarm]\nbell = "off"\n'


def run(scale: Scale) -> list[Figure]:
    """All in terminals of the same size, in turn; from the start of the process."""
    cases = scale.of(1_000, 20)
    bare: list[float] = []
    first: list[float] = []
    filled: list[float] = []
    with world.folder() as home:
        desk, text = prepared(home, cases)
        # The first start of each also writes byte code; it is not counted.
        if not scale.quick:
            _bare(home)
            _desk(home, desk, text)
        for number in range(scale.of(11, 1)):
            if number % 2:
                bare.append(_bare(home))
            paint, queue = _desk(home, desk, text)
            first.append(paint)
            filled.append(queue)
            if not number % 2:
                bare.append(_bare(home))
    return [
        Figure(
            name="start",
            what="start of the desk to its first paint",
            measured_s=median(first),
            baseline="a bare Textual app in the same terminal",
            baseline_s=median(bare),
            bar=1.6,
        ),
        Figure(
            name="filled",
            what=f"start of the desk to the filled queue, {cases:,} open cases",
            measured_s=median(filled),
            baseline="a bare Textual app in the same terminal",
            baseline_s=median(bare),
            bar=4,
        ),
    ]


def prepared(home: Path, cases: int) -> tuple[Sequence[str], str]:
    """The command of a desk over so many open cases, and what its first row says."""
    path = home / "desk.sqlite3"
    with world.desk_at(path, SystemClock()) as desk:
        world.fill(desk, cases, desk.now())
        desk.sweep()
        (row,) = desk.read(Queue(limit=1))
    settings = home / "dutydesk.toml"
    settings.write_text(SETTINGS.format(path=path), encoding="utf-8")
    return ("-m", "dutydesk", "--config", str(settings)), row.place


def _bare(home: Path) -> float:
    with terminal(("-m", "benchmarks.apps.bare"), home) as shown:
        return shown.until(MARKER)


def _desk(home: Path, program: Sequence[str], text: str) -> tuple[float, float]:
    with terminal(program, home) as shown:
        return shown.until(FIRST_PAINT), shown.until(text)
