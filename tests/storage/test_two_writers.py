"""Two programs on one store: no update is lost, no number or alarm is given twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from stored_samples import AREA, NOON, acted, registered

from dutydesk.storage import Stale, Store
from dutydesk.storage.verify import Verified, verify

NO = "1409012611200001"
ROUNDS = 20

WRITER = """
import json, sys
sys.path.insert(0, sys.argv[2])
from stored_samples import *
from dutydesk.storage import Store

numbers, raised = [], []
with Store.open(sys.argv[1]) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    for turn in range(int(sys.argv[3])):
        with store.unit() as unit:
            case = unit.case("1409012611200001")
            unit.save(*acted(case, urged=case.urged + 1))
            number = unit.next_no(AREA, NOON.date())
            unit.save(*registered(number))
            numbers.append(number)
            raised += [one.key for one in unit.raise_alarms([alarm_of("x", turn)])]
print(json.dumps([numbers, raised]))
"""


def test_two_processes_write_as_if_one_after_the_other(address: str) -> None:
    with Store.open(address, create=True) as store:
        with store.unit() as unit:
            unit.next_no(AREA, NOON.date())
            unit.save(*registered(NO))
        command = [sys.executable, "-c", WRITER, address, str(Path(__file__).parent), str(ROUNDS)]
        writers = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write("go\n")
            writer.stdin.flush()
        results = [json.loads(writer.communicate(timeout=60)[0]) for writer in writers]
        with store.unit() as unit:
            case = unit.case(NO)
        assert case is not None
        assert (case.urged, case.version) == (2 * ROUNDS, 2 * ROUNDS + 1)
        numbers = [number for given, _raised in results for number in given]
        assert sorted(numbers) == [f"140901261120{n:04d}" for n in range(2, 2 * ROUNDS + 2)]
        raised = [key for _given, keys in results for key in keys]
        assert sorted(raised) == sorted(f"x|1|{turn}" for turn in range(ROUNDS))
        assert verify(store) == Verified(4 * ROUNDS + 1)


def test_the_second_of_two_who_saw_the_same_case_is_told(address: str) -> None:
    with Store.open(address, create=True) as one, Store.open(address) as other:
        item = registered(NO)
        with one.unit() as unit:
            unit.save(*item)
        with one.unit() as unit:
            seen = unit.case(NO)
        assert seen is not None
        with other.unit() as unit:
            unit.save(*acted(seen, marks=("先到",)))
        with pytest.raises(Stale) as caught, one.unit() as unit:
            unit.save(*acted(seen, marks=("后到",)))
        assert (caught.value.seen, caught.value.current) == (1, 2)
        with one.unit() as unit:
            after = unit.case(NO)
        assert after is not None
        assert after.marks == ("先到",)


def test_the_change_mark_shows_what_the_other_wrote(address: str) -> None:
    with Store.open(address, create=True) as one, Store.open(address) as other:
        assert one.change_mark() == 0
        with other.unit() as unit:
            unit.save(*registered(NO))
            assert one.change_mark() == 0
        assert one.change_mark() == 1


def test_a_reading_sees_one_state_while_the_other_writes(file: Path) -> None:
    address = f"sqlite:///{file}"
    count = "SELECT count(*) FROM event"
    with Store.open(address) as one, Store.open(address) as other:
        with one.reading() as connection:
            assert connection.exec_driver_sql(count).scalar() == 0
            with other.unit() as unit:
                unit.save(*registered(NO))
            assert connection.exec_driver_sql(count).scalar() == 0
        with one.reading() as connection:
            assert connection.exec_driver_sql(count).scalar() == 1
