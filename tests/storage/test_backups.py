"""A copy is whole or it is not made; a store is put back only from a whole one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from stored_samples import acted, registered

from dutydesk.errors import StoreError
from dutydesk.storage import Store, faults
from dutydesk.storage.backup import backup, quick_check, restore
from dutydesk.storage.verify import Verified, verify

NO = "1409012611200001"


@pytest.fixture
def one_case(file: Path) -> Path:
    with Store.open(f"sqlite:///{file}") as store, store.unit() as unit:
        unit.save(*registered(NO))
    return file


def events(path: Path) -> Verified:
    with Store.open(f"sqlite:///{path}") as store:
        return verify(store)


def test_a_copy_is_made_while_people_work_and_opens_by_itself(
    one_case: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    with Store.open(f"sqlite:///{one_case}") as store:
        with store.reading():
            assert backup(store, copy) == copy.stat().st_size
        with store.unit() as unit:
            case = unit.case(NO)
            assert case is not None
            unit.save(*acted(case))
        assert verify(store) == Verified(2)
    assert events(copy) == Verified(1)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.glob("*.part*")] == []


def test_a_restored_store_is_the_copy_and_the_old_one_is_laid_aside(
    one_case: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    with Store.open(f"sqlite:///{one_case}") as store:
        backup(store, copy)
        with store.unit() as unit:
            unit.save(*registered("1409012611200002"))
    aside = restore(copy, one_case)
    assert events(one_case) == Verified(1)
    assert aside == one_case.with_name("desk.sqlite3.old1")
    assert events(aside) == Verified(2)
    assert restore(copy, one_case) == one_case.with_name("desk.sqlite3.old2")


def test_a_store_that_is_gone_or_damaged_is_restored(one_case: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    with Store.open(f"sqlite:///{one_case}") as store:
        backup(store, copy)
    one_case.write_bytes(b"\0" * 500)
    assert restore(copy, one_case) is not None
    assert events(one_case) == Verified(1)
    one_case.unlink()
    assert restore(copy, one_case) is None
    assert events(one_case) == Verified(1)


def test_a_damaged_copy_is_refused_and_the_store_stays(one_case: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    with Store.open(f"sqlite:///{one_case}") as store:
        backup(store, copy)
    whole = copy.read_bytes()
    copy.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 8192) + whole[-4096:])
    with pytest.raises(StoreError) as caught:
        restore(copy, one_case)
    assert caught.value.message == faults.damaged(str(copy))
    assert events(one_case) == Verified(1)


def test_a_copy_of_a_newer_program_is_refused(one_case: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    with Store.open(f"sqlite:///{one_case}") as store:
        backup(store, copy)
    with sqlite3.connect(copy) as other:
        other.execute("UPDATE alembic_version SET version_num = '0099'")
    with pytest.raises(StoreError, match="结构 0099"):
        restore(copy, one_case)
    assert events(one_case) == Verified(1)


def test_a_copy_goes_nowhere_but_beside(one_case: Path, tmp_path: Path) -> None:
    with (
        Store.open(f"sqlite:///{one_case}") as store,
        pytest.raises(StoreError, match="存储文件自己"),
    ):
        backup(store, one_case)


def test_a_place_where_no_backup_can_lie_is_named_itself(one_case: Path, tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{one_case}") as store:
        with pytest.raises(StoreError, match="；请先建立它，或把备份写到别处"):
            backup(store, tmp_path / "none" / "copy.sqlite3")
        with pytest.raises(StoreError, match="是文件夹；请写上备份的文件名"):
            backup(store, tmp_path)
    with pytest.raises(StoreError, match="没有备份文件"):
        restore(tmp_path / "none.db", one_case)


def test_a_store_on_a_server_or_in_memory_names_its_own_way(memory: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="pg_dump"):
        backup(memory, tmp_path / "copy.sqlite3")


def test_a_sound_store_has_nothing_to_complain_of(store: Store) -> None:
    with store.unit() as unit:
        unit.save(*registered(NO))
    assert quick_check(store) == []


def test_a_lost_link_is_complained_of(one_case: Path) -> None:
    with sqlite3.connect(one_case) as other:
        other.execute("DELETE FROM case_row")
    with Store.open(f"sqlite:///{one_case}") as store:
        assert len(quick_check(store)) == 1
