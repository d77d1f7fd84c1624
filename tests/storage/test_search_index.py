"""The search index moves with its case, in the same unit, and forgets old words."""

from __future__ import annotations

from stored_samples import acted, registered

from dutydesk.storage import Store
from dutydesk.storage.mapping import search_text, spaced
from dutydesk.text import fold


def found(store: Store, words: str) -> list[int]:
    phrase = spaced(fold(words)).replace('"', '""')
    with store.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT rowid FROM case_search WHERE case_search MATCH ? ORDER BY rowid",
            (f'"{phrase}"',),
        )
        return [row[0] for row in rows]


def test_one_and_two_characters_find_their_case(memory: Store) -> None:
    with memory.unit() as unit:
        unit.save(*registered("1409012611200001", description="路口井盖破损"))
        unit.save(*registered("1409012611200002", description="绿化带垃圾", place="塔城路１２号"))
    assert found(memory, "井盖") == [1]
    assert found(memory, "井") == [1]
    assert found(memory, "塔城路12号") == [2]
    assert found(memory, "盖井") == []
    assert found(memory, "0002") == [2]


def test_a_phrase_does_not_reach_from_one_field_into_the_next(memory: Store) -> None:
    with memory.unit() as unit:
        unit.save(*registered("1409012611200001", place="嘉乐路", description="口井盖"))
    assert found(memory, "路口") == []


def test_a_changed_case_is_found_by_its_new_words_only(memory: Store) -> None:
    item = registered("1409012611200001", description="路口井盖破损")
    with memory.unit() as unit:
        unit.save(*item)
    with memory.unit() as unit:
        unit.save(*acted(item[0].case, description="路口污水外溢"))
    assert found(memory, "井盖") == []
    assert found(memory, "污水") == [1]


def test_a_case_taken_back_is_not_found(memory: Store) -> None:
    with memory.unit() as unit:
        unit.save(*registered("1409012611200001", description="路口井盖破损"))
    with memory.unit() as unit:
        unit.take_back(["1409012611200001"])
    assert found(memory, "井盖") == []


def test_postgres_keeps_the_folded_text_beside_the_case(store: Store) -> None:
    item = registered("1409012611200001", place="塔城路１２号")
    with store.unit() as unit:
        unit.save(*item)
    with store.reading() as connection:
        text = connection.exec_driver_sql("SELECT search_text FROM case_row").scalar()
    expected = search_text(item[0].case) if store.engine.dialect.name == "postgresql" else None
    assert text == expected
