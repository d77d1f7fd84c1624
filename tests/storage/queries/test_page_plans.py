"""The read statements use the indexes they were written for, and nothing but their columns."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text

from dutydesk.storage import Store
from dutydesk.storage.queries import queue, search
from dutydesk.views.queue import QueueRow


@pytest.fixture
def connection() -> Iterator[Connection]:
    store = Store.open("sqlite://", create=True)
    with store.reading() as found:
        yield found
    store.close()


def plan(connection: Connection, statement: str) -> list[str]:
    return [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {statement}"))]


def test_the_first_page_walks_the_index_of_open_cases_and_never_sorts(
    connection: Connection,
) -> None:
    written = queue._OPEN.compile(dialect=connection.dialect)
    assert plan(connection, f"{written} LIMIT 60") == [
        "SCAN case_row USING INDEX ix_case_row_queue"
    ]


def test_the_columns_of_the_store_are_the_fields_of_a_row() -> None:
    names = tuple(column.key for column in queue.COLUMNS)
    assert names == tuple("queue_rank" if n == "rank" else n for n in QueueRow._fields[:-2])


@pytest.mark.parametrize(
    ("asked", "phrase"),
    [
        ("井盖", '"井 盖"'),
        ("１１０７", '"1 1 0 7"'),
        ("垃圾，请", '"垃 圾 请"'),
        ('"井" OR *', '"井 o r"'),
        ("，。", ""),
        ("", ""),
    ],
)
def test_a_question_is_quoted_character_by_character(asked: str, phrase: str) -> None:
    assert search.phrase(asked) == phrase


def test_a_hit_is_looked_at_once_more() -> None:
    fits = search.fits("垃圾，请")
    assert [fits("暴露垃圾,请处理"), fits("垃圾请"), fits(None), fits("x", "垃圾，请")] == [
        True,
        False,
        False,
        True,
    ]
