"""An import of a large csv file, beside raw executemany of the rows that result from it."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

from benchmarks import world
from benchmarks.figures import Figure, Scale, taking
from dutydesk.storage.mapping import BETWEEN, spaced
from dutydesk.storage.schema import metadata
from dutydesk.storage.tables import SEARCH_TABLE
from dutydesk.text import fold

HEADER = (
    *("12345工单编号", "12345受理时间", "12345工单来源", "12345诉求地址", "12345工单类型"),
    *("12345内容描述", "来电号码", "诉求人", "居村委名", "小区名称", "街道", "一级业务分类"),
    *("二级业务分类", "三级业务分类"),
)


SEARCHED = ("no", "external_no", "place", "category", "grid", "description")
"""What a case is found by, as `mapping.search_text` joins it."""
TABLES = tuple(table.name for table in metadata().sorted_tables)


class Many(NamedTuple):
    """One statement and all its rows."""

    statement: str
    rows: list[Any]


def run(scale: Scale) -> list[Figure]:
    """The import is held up every 10,000 rows, and what it wrote since is written once more."""
    count, step = scale.of(100_000, 400), scale.of(10_000, 200)
    with world.folder() as home:
        file = _csv(home / "12345.csv", count)
        path = home / "desk.sqlite3"
        with world.desk_at(home / "twin.sqlite3"):
            pass
        with (
            world.desk_at(path) as desk,
            closing(world.raw(path)) as own,
            closing(world.raw(home / "twin.sqlite3")) as twin,
        ):
            stepping = _Stepping(own, twin, step)
            answer = desk.import_file(file, by=world.COMMANDER, progress=stepping.progress)
            stepping.pause()
            assert (answer.rows, answer.new) == (count, count)
            for table in TABLES:
                assert _count(own, table) == _count(twin, table)
    parts = count / step
    return [
        Figure(
            name="import",
            what=f"import of {count:,} csv rows",
            measured_s=median(stepping.ours) * parts,
            baseline="raw executemany of the resulting rows, index and hashes included",
            baseline_s=median(stepping.bare) * parts,
            bar=12,
            note=f"{step / median(stepping.ours):,.0f} csv rows a second",
        )
    ]


class _Stepping:
    """Seconds of the import, and of the bare writing of the same rows, step by step."""

    def __init__(self, own: sqlite3.Connection, twin: sqlite3.Connection, step: int) -> None:
        self._own = own
        self._twin = twin
        self._step = step
        self._next = step
        self._last = dict.fromkeys(TABLES, 0)
        self.ours: list[float] = []
        self.bare: list[float] = []
        self._since = perf_counter()

    def progress(self, row: int, _share: float | None) -> None:
        """Called by the import between two of its transactions."""
        if row >= self._next:
            self._next += self._step
            self.pause()

    def pause(self) -> None:
        """Write what came in since the last pause, past everything but the driver."""
        taken = perf_counter() - self._since
        rows = self._fresh()
        if sum(len(many.rows) for many in rows) >= self._step:
            self.ours.append(taken)
            self.bare.append(taking(lambda: _write(self._twin, rows)))
        else:
            _write(self._twin, rows)
        self._since = perf_counter()

    def _fresh(self) -> list[Many]:
        found: list[Many] = []
        for table in TABLES:
            asked = f"SELECT rowid, * FROM {table} WHERE rowid > ? ORDER BY rowid"
            rows = self._own.execute(asked, (self._last[table],)).fetchall()
            if rows:
                self._last[table] = rows[-1][0]
                holes = ", ".join("?" * (len(rows[0]) - 1))
                found.append(Many(f"INSERT INTO {table} VALUES ({holes})", [r[1:] for r in rows]))
        found.append(self._searched(found))
        return found

    def _searched(self, found: list[Many]) -> Many:
        """The rows of the search index, which keeps no texts of its own."""
        names = [f"v_{column.name}" for column in metadata().tables["case_row"].columns]
        made: list[tuple[int, str]] = []
        for many in found:
            if many.statement.startswith("INSERT INTO case_row "):
                for row in many.rows:
                    held = dict(zip(names, row, strict=True))
                    parts = (held[f"v_{name}"] for name in SEARCHED)
                    made.append((held["v_id"], spaced(fold(BETWEEN.join(p for p in parts if p)))))
        return Many(f"INSERT INTO {SEARCH_TABLE} (rowid, text) VALUES (?, ?)", made)


def _csv(path: Path, count: int) -> Path:
    """Work orders as the hotline exports them."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        for number in range(count):
            given = world.fields(number)
            reported = world.MORNING - timedelta(seconds=number % 14_000 + 60)
            caller = given["caller"]
            assert isinstance(caller, dict)
            out.writerow(
                (
                    *(given["external_no"], f"{reported:%Y-%m-%d %H:%M:%S}", "电话"),
                    *(given["place"], "投诉举报", given["description"]),
                    *(caller["phone"], caller["name"], "嘉乐社区", "", "新成路街道"),
                    *("城市管理", "市容环境", given["category"]),
                )
            )
    return path


def _count(store: sqlite3.Connection, table: str) -> int:
    found: int = store.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return found


def _write(store: sqlite3.Connection, tables: list[Many]) -> None:
    store.execute("BEGIN IMMEDIATE")
    for statement, rows in tables:
        store.executemany(statement, rows)
    store.execute("COMMIT")
