"""From a key to the end of its repaint while five hundred alarms come in."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import monotonic

from benchmarks import world
from benchmarks.figures import Figure, Scale, seconds, share
from benchmarks.key import Keys
from benchmarks.start import prepared
from benchmarks.sweeping import FIRST_WARNING
from benchmarks.terminal import terminal
from dutydesk.clock import SystemClock

BAR_S = 0.020
LEAD_S = 14
"""The desk is open and still, and its keys have been measured at rest, before the first alarm."""


def run(scale: Scale) -> list[Figure]:
    """The same keys on the same desk: first at rest, then while the alarms come."""
    alarms, window = scale.of(500, 12), scale.of(5, 1)
    with world.folder() as home:
        program, text = prepared(home, scale.of(1_000, 20))
        path = home / "desk.sqlite3"
        with world.desk_at(path, SystemClock()) as desk:
            first = desk.now() + timedelta(seconds=LEAD_S)
            moments = [first + timedelta(seconds=n % window) for n in range(alarms)]
            acts = [
                world.register(500_000 + n, at - FIRST_WARNING, desk.now())
                for n, at in enumerate(moments)
            ]
            world.done(desk, acts)
            left = (first - desk.now()).total_seconds()
        begins = monotonic() + left
        with terminal(program, home) as shown:
            shown.until(text)
            shown.drain(1)
            keys = Keys(shown)
            rest = _until(keys, begins - 0.5)
            flood = _until(keys, begins + window + 2)
        came = _raised(path)
    if not rest or not flood:
        raise RuntimeError("the machine is too busy: the desk was not open before the flood")
    return [
        Figure(
            name="flood",
            what=f"key press to repaint while {alarms} alarms come in {window} s, "
            f"median of {len(flood)}",
            measured_s=median(flood),
            baseline="the same desk at rest",
            baseline_s=median(rest),
            bar=BAR_S,
            bar_on="seconds",
            note=f"95 of 100 within {seconds(share(flood, 0.95))}, worst {seconds(max(flood))}; "
            f"{came} alarms on the record",
            whole=came >= alarms,
        )
    ]


def _until(keys: Keys, end: float) -> list[float]:
    found: list[float] = []
    while monotonic() < end:
        found.append(keys.press())
    return found


def _raised(path: Path) -> int:
    with closing(world.raw(path)) as store:
        asked = "SELECT count(*) FROM alarm a JOIN case_row c ON c.no = a.case_no "
        asked += "WHERE c.external_no LIKE 'B0005%'"
        return int(store.execute(asked).fetchone()[0])
