"""The desk that test_killed.py kills: acts without end, each confirmed after its commit."""

from __future__ import annotations

from multiprocessing.connection import Connection

from stored_samples import AREA, NOON, acted, alarm_of, registered

from dutydesk.storage import Store


def work(path: str, confirm: Connection) -> None:
    with Store.open(f"sqlite:///{path}") as store:
        while True:
            with store.unit() as unit:
                no = unit.next_no(AREA, NOON.date())
                item = registered(no, key=no)
                unit.save(*item)
                unit.raise_alarms([alarm_of(no)])
                ids = unit.save(*acted(item[0].case, marks=("重复",)))
            confirm.send((no, ids[-1]))
