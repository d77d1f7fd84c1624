"""One pass of the clock with as many cases due, among few and among ten times as many open ones."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks import world
from benchmarks.figures import Figure, Scale, interleaved, quiet, seconds, taking
from dutydesk.clock import ManualClock
from dutydesk.desk import Desk

FIRST_WARNING = timedelta(minutes=30)
"""A case that nobody accepted rings after so long: the first moment of its clock."""
MINUTE = timedelta(minutes=1)


def run(scale: Scale) -> list[Figure]:
    """Minute by minute as many cases fall due in each store; the passes are taken in turn."""
    few, many = scale.of(10_000, 100), scale.of(100_000, 1_000)
    rounds, due = scale.of(21, 2), scale.of(50, 5)
    with world.folder() as home:
        stores = [_Store(home / f"{count}.sqlite3", count, rounds, due) for count in (few, many)]
        with quiet():
            small, large = interleaved(rounds, *(store.sweep for store in stores))
            idle = [taking(store.desk.sweep) for store in stores]
        raised = [store.raised for store in stores]
        for store in stores:
            store.desk.close()
    return [
        Figure(
            name="sweep",
            what=f"one pass of the clock, {due} cases due of {many:,} open",
            measured_s=large,
            baseline=f"the same with {few:,} open",
            baseline_s=small,
            bar=1.5,
            note=f"with nothing due {seconds(idle[1])} and {seconds(idle[0])}",
            whole=raised == [rounds * due] * 2,
        )
    ]


class _Store:
    """A store with its open cases, of which some fall due each minute."""

    def __init__(self, path: Path, count: int, rounds: int, due: int) -> None:
        self.clock = ManualClock(world.MORNING)
        self.raised = 0
        with world.desk_at(path) as desk:
            for step in range(1, rounds + 1):
                at = world.MORNING + step * MINUTE - FIRST_WARNING
                numbers = range(step * due, step * due + due)
                world.done(desk, [world.register(n, at, world.MORNING) for n in numbers])
        _add_open(path, count - rounds * due)
        self._opened = world.desk_at(path, self.clock)
        self.desk: Desk = self._opened.__enter__()
        self.desk.sweep()

    def sweep(self) -> float:
        """The seconds of the pass that the next minute needs."""
        self.clock.set(self.clock.now() + MINUTE)
        found: list[Any] = []
        taken = taking(lambda: found.append(self.desk.sweep()))
        self.raised += len(found[0].alarms)
        return taken


def _add_open(path: Path, count: int) -> None:
    """Copy an open case until there are this many more, past the door: they are only there."""
    with world.desk_at(path) as desk:
        (one,) = world.done(desk, [world.register(800_000_000, world.MORNING)])
        assert one.case is not None
    with closing(world.raw(path)) as store:
        found = store.execute("SELECT * FROM case_row WHERE no = ?", (one.case.no,))
        names = [column[0] for column in found.description]
        row = dict(zip(names, found.fetchone(), strict=True))
        holes = ", ".join(f":{name}" for name in names)
        first = store.execute("SELECT max(id) FROM case_row").fetchone()[0] + 1
        many = (_copy(row, first + step, step) for step in range(count - 1))
        store.execute("BEGIN IMMEDIATE")
        store.executemany(f"INSERT INTO case_row ({', '.join(names)}) VALUES ({holes})", many)
        store.execute("COMMIT")


def _copy(row: dict[str, Any], number: int, step: int) -> dict[str, Any]:
    later = 86_400_000 + step
    named = {"id": number, "no": f"14090199{step:08d}", "external_no": f"O{step:09d}"}
    return {**row, **named, "next_due_at": row["next_due_at"] + later}
