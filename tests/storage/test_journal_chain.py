"""The journal's chain names the first row that was changed, removed or moved."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sampled import server_in_soak
from sqlalchemy import select
from stored_samples import NOON, acted, registered

from dutydesk.storage import Store
from dutydesk.storage.journal import BODY, GENESIS, chained
from dutydesk.storage.tables import event, personal
from dutydesk.storage.verify import Broken, Verified, verify

NO = "1409012611200001"
Tamper = Callable[[str], None]


@pytest.fixture
def five(store: Store) -> Store:
    """A store with five events of one case, the first with personal fields."""
    item = registered(NO, personal={"caller": {"name": "张三", "phone": "13800001111"}})
    with store.unit() as unit:
        unit.save(*item)
    for number in range(4):
        with store.unit() as unit:
            item = acted(item[0].case, marks=(str(number),))
            unit.save(*item)
    return store


def test_an_untouched_journal_is_whole(five: Store) -> None:
    assert verify(five) == Verified(5)
    assert verify(five).whole


@server_in_soak("address")
def test_an_empty_journal_is_whole(store: Store) -> None:
    assert verify(store) == Verified(0)


@server_in_soak("address")
def test_each_row_holds_the_hash_of_the_one_before(five: Store) -> None:
    with five.reading() as connection:
        rows = connection.execute(
            select(event.c.prev_hash, event.c.hash).order_by(event.c.id)
        ).all()
    assert [row.prev_hash for row in rows] == [GENESIS, *[row.hash for row in rows[:-1]]]
    assert len({row.hash for row in rows}) == 5


@server_in_soak("address")
@pytest.mark.parametrize(
    "change",
    [
        "data = replace(data, '第一句', '第二句')",
        "by_name = '别人'",
        "at = at + 1000",
        "clause = NULL",
        "personal = NULL",
        "seq = seq + 1",
    ],
)
def test_a_changed_row_is_named(five: Store, tamper: Tamper, change: str) -> None:
    tamper(f"UPDATE event SET {change} WHERE id = 1")
    assert verify(five) == Verified(0, 1, Broken.CHANGED, NO)


@server_in_soak("address")
def test_a_missing_row_is_named(five: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM event WHERE id = 3")
    assert verify(five) == Verified(2, 3, Broken.MISSING)


@server_in_soak("address")
def test_a_missing_first_row_is_named(five: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM event WHERE id = 1")
    assert verify(five) == Verified(0, 1, Broken.MISSING)


def test_a_journal_cut_off_at_its_end_is_noticed(five: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM event WHERE id = 5")
    assert verify(five) == Verified(4, 5, Broken.MISSING, NO)


@server_in_soak("address")
def test_rows_that_changed_places_are_named(five: Store, tamper: Tamper) -> None:
    tamper("UPDATE event SET id = 99 WHERE id = 2")
    tamper("UPDATE event SET id = 2 WHERE id = 3")
    tamper("UPDATE event SET id = 3 WHERE id = 99")
    assert verify(five) == Verified(1, 2, Broken.CHANGED, NO)


@server_in_soak("address")
def test_a_row_that_does_not_follow_the_one_before_is_named(five: Store, tamper: Tamper) -> None:
    """Someone hashed one row anew, but not those after it."""
    tamper("UPDATE event SET by_name = '别人' WHERE id = 2")
    names = ", ".join(BODY)
    with five.reading() as connection:
        row = connection.exec_driver_sql(f"SELECT {names}, prev_hash FROM event WHERE id = 2").one()
    body = [bool(v) if n == "late_entry" else v for n, v in zip(BODY, row[:-1], strict=True)]
    tamper(f"UPDATE event SET hash = '{chained(row[-1], body)}' WHERE id = 2")
    assert verify(five) == Verified(2, 3, Broken.REORDERED, NO)


def test_personal_fields_lie_beside_the_chain_only(five: Store) -> None:
    with five.reading() as connection:
        first = connection.execute(select(event).where(event.c.id == 1)).one()
        held = connection.execute(select(personal)).one()
    assert "13800001111" not in str(tuple(first))
    assert held.body == {"caller": {"name": "张三", "phone": "13800001111"}}
    assert held.digest == first.personal


def test_erased_personal_fields_leave_the_chain_whole(five: Store) -> None:
    with five.unit() as unit:
        first = unit.connection.execute(select(event.c.personal).where(event.c.id == 1)).scalar()
        change = personal.update().where(personal.c.digest == first)
        unit.connection.execute(change.values(salt=None, body=None, erased_at=NOON))
    assert verify(five) == Verified(5)
    with five.reading() as connection:
        held = connection.execute(select(personal)).one()
    assert (held.body, held.salt, held.erased_at) == (None, None, NOON)


@server_in_soak("address")
def test_exchanged_personal_fields_are_named(five: Store, tamper: Tamper) -> None:
    tamper("UPDATE personal SET body = replace(body, '张三', '李四')")
    assert verify(five) == Verified(5, 1, Broken.PERSONAL, NO)


@server_in_soak("address")
def test_removed_personal_fields_are_named(five: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM personal")
    assert verify(five) == Verified(5, 1, Broken.PERSONAL, NO)


@server_in_soak("address")
def test_a_case_that_no_event_brought_where_it_stands_is_named(five: Store, tamper: Tamper) -> None:
    tamper("UPDATE case_row SET state = 'closed'")
    assert verify(five) == Verified(5, 5, Broken.STATE, NO)
