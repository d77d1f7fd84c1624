"""One schema, whichever way it was made, with every constraint named."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from older import to_first_revision
from sqlalchemy import Engine, FromClause, String, TableClause, inspect
from sqlmodel import AutoString
from stored_samples import registered

from dutydesk.errors import StoreError
from dutydesk.storage import Store, tables
from dutydesk.storage.engine import HEAD, REVISIONS, connect, create, upgrade
from dutydesk.storage.migrations.run import revisions
from dutydesk.storage.schema import metadata


def shape(engine: Engine) -> dict[str, object]:
    """Every table with its columns, keys, constraints and indexes, in no order of writing."""
    found = inspect(engine)
    shapes: dict[str, object] = {}
    for table in sorted(found.get_table_names()):
        shapes[table] = (
            [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table)],
            found.get_pk_constraint(table)["constrained_columns"],
            sorted(str(u) for u in found.get_unique_constraints(table)),
            sorted(str(f) for f in found.get_foreign_keys(table)),
            sorted(_index(i) for i in found.get_indexes(table)),
        )
    return shapes


def _index(index: Mapping[str, Any]) -> tuple[str, str, str]:
    options = {name: str(value) for name, value in index["dialect_options"].items()}
    return index["name"], str(index["column_names"]), str(sorted(options.items()))


def statements(engine: Engine) -> list[str]:
    """What SQLite keeps of each statement, its parts sorted: constraints come in any order."""
    with engine.begin() as connection:
        rows = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        return sorted(" ".join(sorted(re.findall(r"[^\s,()]+", row[0]))) for row in rows)


def test_a_new_store_and_a_migrated_one_are_the_same_file(tmp_path) -> None:
    made, migrated = (connect(f"sqlite:///{tmp_path / name}") for name in ("a", "b"))
    create(made)
    upgrade(migrated)
    assert statements(made) == statements(migrated)
    assert shape(made) == shape(migrated)


def test_a_new_store_and_a_migrated_one_are_the_same_on_a_server(postgres: str) -> None:
    engine = connect(postgres)
    create(engine)
    made = shape(engine)
    metadata().drop_all(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    upgrade(engine)
    assert shape(engine) == made
    assert set(made) == {*metadata().tables, "alembic_version"}
    engine.dispose()


def test_a_migrated_store_opens_and_counts_as_newest(address: str) -> None:
    engine = connect(address)
    upgrade(engine)
    engine.dispose()
    with Store.open(address) as store, store.unit() as unit:
        assert unit.next_due_at() is None


def test_the_program_knows_every_revision_that_lies_there() -> None:
    assert revisions() == REVISIONS
    assert REVISIONS[-1] == HEAD


def test_every_constraint_and_index_has_a_name() -> None:
    unnamed = [
        (table.name, item)
        for table in metadata().sorted_tables
        for item in (*table.constraints, *table.indexes)
        if item.name is None
    ]
    assert unnamed == []


def plan(store: Store, statement: str) -> str:
    with store.reading() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
    return " ".join(str(row[-1]) for row in rows)


def test_open_cases_are_found_by_the_partial_indexes(memory: Store) -> None:
    due = "SELECT no FROM case_row WHERE is_open = 1 AND next_due_at <= 5 ORDER BY next_due_at, no"
    queue = "SELECT no FROM case_row WHERE is_open = 1 ORDER BY queue_rank, queue_at, no"
    assert "USING INDEX ix_case_row_next_due" in plan(memory, due)
    assert "ORDER BY" not in plan(memory, due)
    assert "USING INDEX ix_case_row_queue" in plan(memory, queue)
    assert "ORDER BY" not in plan(memory, queue)


@pytest.fixture
def first_revision(tmp_path: Path) -> Path:
    """A store with one case, as the first revision left it."""
    file = tmp_path / "desk.db"
    with Store.open(f"sqlite:///{file}", create=True) as store, store.unit() as unit:
        unit.save(*registered("1409012611200001"))
    with sqlite3.connect(file) as old:
        to_first_revision(old.execute)
    return file


def test_what_only_reads_refuses_an_older_store_and_leaves_it_as_it_is(
    first_revision: Path,
) -> None:
    before = first_revision.read_bytes()
    with pytest.raises(StoreError, match=r"结构 0001.*请先在席位上打开值班台"):
        Store.open(f"sqlite:///{first_revision}", only_read=True)
    assert first_revision.read_bytes() == before


@pytest.mark.postgres
def test_what_only_reads_refuses_an_older_store_on_a_server(postgres: str) -> None:
    with Store.open(postgres, create=True) as store, store.unit() as unit:
        unit.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(StoreError, match="结构 0001"):
        Store.open(postgres, only_read=True)


def test_a_store_of_the_first_revision_is_brought_up_to_date(first_revision: Path) -> None:
    file = first_revision
    with Store.open(f"sqlite:///{file}") as store, store.reading() as connection:
        names = set(inspect(connection).get_table_names())
        assert {"contact", "writeback", "claim", "seat"} <= names
        assert store.change_mark() == 1


def _held(tables: Iterable[FromClause]) -> dict[str, dict[str, type]]:
    """Of each table its columns by name, each with what lies in it; SQLModel has its own text."""
    text = {AutoString: String}
    return {
        str(table.description): {c.name: text.get(type(c.type), type(c.type)) for c in table.c}
        for table in tables
    }


def test_statements_name_the_columns_that_the_classes_declare() -> None:
    named = [held for held in vars(tables).values() if isinstance(held, TableClause)]
    assert _held(named) == _held(metadata().tables.values())
