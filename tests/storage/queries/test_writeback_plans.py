"""Counting and listing what platforms do not know yet reads the partial index, and nothing else."""

from __future__ import annotations

import pytest

from dutydesk.storage import Store

OPEN = "FROM writeback WHERE ticked_at IS NULL AND area = '140901'"


@pytest.mark.parametrize(
    "statement",
    [
        f"SELECT count(*) {OPEN}",
        f"SELECT * {OPEN} ORDER BY channel, since_at, id LIMIT 500",
    ],
)
def test_open_entries_come_from_their_partial_index(memory: Store, statement: str) -> None:
    with memory.reading() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
    plan = " ".join(str(row[-1]) for row in rows)
    assert "INDEX ix_writeback_owed" in plan
    assert "ORDER BY" not in plan
