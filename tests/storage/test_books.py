"""Lists that are loaded: kept by edition in either store, changed in place, never deleted."""

from __future__ import annotations

from datetime import datetime

from dutydesk.clock import ZONE
from dutydesk.storage import Store, books
from dutydesk.storage.books import Edition, Entry

AT = datetime(2026, 3, 2, 9, tzinfo=ZONE)


def edition(number: int, **detail: object) -> Edition:
    return Edition(
        number, AT, "commander", "t.csv", "0" * 64, {"added": [], "changed": [], **detail}
    )


def test_an_edition_adds_and_changes_and_leaves_the_rest(address: str) -> None:
    first = [Entry(code, {"name": code}, place, 1, 1) for place, code in enumerate("乙甲", start=1)]
    with Store.open(address, create=True) as store:
        with store.unit() as unit:
            books.save(unit.connection, "matters", edition(1, added=["乙", "甲"]), first)
            books.save(unit.connection, "grids", edition(1), [first[0]])
        with store.unit() as unit:
            changed = Entry("甲", {"name": "改"}, 2, 1, 2)
            books.save(unit.connection, "matters", edition(2), [changed])
        with store.reading() as connection:
            assert books.newest(connection) == {"matters": 2, "grids": 1}
            assert books.entries(connection, "matters") == (first[0], changed)
            assert [one.number for one in books.editions(connection, "matters")] == [2, 1]
            assert books.editions(connection, "matters")[1].detail["added"] == ["乙", "甲"]
