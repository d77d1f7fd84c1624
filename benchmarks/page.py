"""The first page of the queue out of many cases, beside the same columns read by raw sqlite3."""

from __future__ import annotations

from contextlib import closing

from benchmarks import world
from benchmarks.figures import Figure, Scale, interleaved, quiet, taking
from dutydesk.views.queue import Queue

ROWS = 60
COLUMNS = (
    *("no", "external_no", "channel", "state", "class_", "track", "difficulty", "urgent"),
    *("urged", "queue_rank", "clock", "clock_party", "started_at", "due_at", "yellow_at"),
    *("red_at", "waiting_since", "hands", "area", "grid", "category", "place"),
    *("substr(description, 1, 120)", "received_at", "version", "holder", "marks", "waiting_for"),
)
STATEMENT = (
    f"SELECT {', '.join(COLUMNS)} FROM case_row WHERE is_open = 1 "
    f"ORDER BY queue_rank, queue_at, no LIMIT {ROWS}"
)


def run(scale: Scale) -> list[Figure]:
    """Both read 60 rows of the same file, in turn."""
    cases, still_open = scale.of(100_000, 300), scale.of(5_000, 100)
    with world.folder() as home:
        path = home / "desk.sqlite3"
        with world.desk_at(path) as desk:
            world.fill(desk, still_open)
        world.add_ended(path, cases - still_open - 1)
        with world.desk_at(path) as desk, closing(world.raw(path)) as store, quiet():
            question = Queue(limit=ROWS)
            shown = [row.no for row in desk.read(question)]
            assert shown == [row[0] for row in store.execute(STATEMENT)]
            ours, bare = interleaved(
                scale.of(1_000, 5),
                lambda: taking(lambda: desk.read(question)),
                lambda: taking(lambda: store.execute(STATEMENT).fetchall()),
            )
    return [
        Figure(
            name="page",
            what=f"first queue page ({ROWS} rows) at {cases:,} cases, {still_open:,} open",
            measured_s=ours,
            baseline="raw sqlite3, same columns",
            baseline_s=bare,
            bar=2,
        )
    ]
