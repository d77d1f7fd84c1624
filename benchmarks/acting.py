"""One act through the door, beside the same rows written by raw sqlite3 into the same schema."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from statistics import median

from benchmarks import world
from benchmarks.figures import Figure, Scale, quiet, taking
from benchmarks.recording import recorded, replay
from dutydesk.desk import Desk
from dutydesk.workflow.cases.acts import Act

ROAD: tuple[tuple[str, dict[str, object]], ...] = (
    ("accept", world.ACCEPTED),
    ("dispatch", {"station": "嘉乐社区网格城运工作站", "due": world.MORNING + timedelta(days=1)}),
    ("note", {"text": "已与工作站通话，正在赶往现场"}),
)


def run(scale: Scale) -> list[Figure]:
    """Each act is done at the desk, then its rows are written once more into a copied store."""
    cases = scale.of(150, 3)
    ours: list[float] = []
    bare: list[float] = []
    with world.folder() as home:
        path = home / "desk.sqlite3"
        with world.desk_at(path) as desk:
            world.fill(desk, scale.of(2_000, 20))
        twin = world.copied(path, home / "twin.sqlite3")
        with (
            world.desk_at(path) as desk,
            closing(world.raw(twin)) as store,
            recorded(desk.store.engine) as written,
            quiet(),
        ):

            def both(act: Act) -> str:
                answers = []
                written.clear()
                ours.append(taking(lambda: answers.append(desk.execute(act))))
                bare.append(taking(lambda: replay(store, written)))
                assert answers[0].case is not None
                return str(answers[0].case.no)

            for number in range(cases):
                at = world.MORNING + timedelta(seconds=number)
                no = both(world.register(700_000_000 + number, at))
                for verb, fields in ROAD:
                    both(world.act(verb, no, at, **fields))
            _same_rows(desk, store)
    return [
        Figure(
            name="act",
            what="one act: rules, state, events, clocks, one commit, synchronous FULL",
            measured_s=median(ours),
            baseline="raw sqlite3, the same rows in one transaction, FULL",
            baseline_s=median(bare),
            bar=8,
            note="register, accept, dispatch, note: a fourth each",
        )
    ]


def _same_rows(desk: Desk, store: sqlite3.Connection) -> None:
    """Fails where the two stores do not hold the very same rows."""
    with desk.store.reading() as own:
        for table in ("case_row", "clock_run", "event"):
            asked = f"SELECT * FROM {table} ORDER BY 1, 2"
            ones = [tuple(row) for row in own.exec_driver_sql(asked)]
            assert ones == store.execute(asked).fetchall()
