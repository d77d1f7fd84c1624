"""A store that cannot be used says what, where and how to mend, and loses nothing."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from stored_samples import NOON, acted, registered

from dutydesk.errors import StoreError
from dutydesk.storage import Store, faults
from dutydesk.storage.engine import HEAD
from dutydesk.storage.verify import Verified, verify

NO = "1409012611200001"


def refusal(path: Path | str, *, create: bool = False) -> str:
    """What opening the store says."""
    address = path if isinstance(path, str) else f"sqlite:///{path}"
    with pytest.raises(StoreError) as caught:
        Store.open(address, create=create)
    assert caught.value.exit_code == 3
    return caught.value.message


def filled(path: Path, cases: int = 1) -> None:
    with Store.open(f"sqlite:///{path}") as store, store.unit() as unit:
        for number in range(1, cases + 1):
            unit.save(*registered(f"140901261120{number:04d}", description="路口井盖破损" * 20))


def test_a_missing_file_is_named_and_init_offered(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite3"
    assert refusal(path) == f"没有存储文件 {path}；请核对 database 设置，或用 dutydesk init 新建"
    assert not path.exists()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none" / "desk.sqlite3"
    said = f"没有文件夹 {path.parent}；请先建立它，或改 database 设置"
    assert refusal(path, create=True) == said


def test_an_empty_file_is_not_taken_for_an_empty_store(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite3"
    path.touch()
    assert refusal(path) == (
        f"存储文件 {path} 是空的（0 字节）；请从备份恢复，或删去它后用 dutydesk init 新建"
    )
    assert path.stat().st_size == 0


@pytest.mark.parametrize("create", [False, True])
def test_another_kind_of_file_is_left_alone(tmp_path: Path, create: bool) -> None:
    path = tmp_path / "desk.sqlite3"
    path.write_text("这是一封信" * 100, encoding="utf-8")
    before = path.read_bytes()
    said = f"{path} 不是值班台的存储文件；请核对 database 设置，或从备份恢复"
    assert refusal(path, create=create) == said
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite3"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE songs (name TEXT)")
    said = f"{path} 里没有值班台的数据；请核对 database 设置，或用 dutydesk init 新建"
    assert refusal(path) == said
    assert refusal(path, create=True) == said


@pytest.mark.parametrize("rest", [50, 4096, 40960])
def test_a_file_that_was_cut_off_is_called_damaged(file: Path, rest: int) -> None:
    filled(file, 50)
    file.write_bytes(file.read_bytes()[:rest])
    assert refusal(file) == faults.damaged(str(file))


def test_a_zeroed_header_is_no_store(file: Path) -> None:
    filled(file)
    file.write_bytes(b"\0" * 100 + file.read_bytes()[100:])
    assert refusal(file) == faults.not_a_store(str(file))


def test_a_damaged_page_is_reported_when_it_is_met(file: Path) -> None:
    filled(file, 400)
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 12288) + whole[-4096:])
    with pytest.raises(StoreError) as caught, Store.open(f"sqlite:///{file}") as store:
        verify(store)
    assert caught.value.message == faults.damaged(str(file))


def test_a_newer_schema_is_refused_and_left_alone(file: Path) -> None:
    filled(file)
    with sqlite3.connect(file) as other:
        other.execute("UPDATE alembic_version SET version_num = '0099'")
    assert refusal(file) == (
        f"{file} 是更新版本的值班台建立的（结构 0099），本程序只认到 {HEAD}；"
        "请升级 dutydesk，不要用旧程序打开它"
    )


def test_a_newer_schema_on_a_server_is_refused(postgres: str) -> None:
    with Store.open(postgres, create=True) as store, store.unit() as unit:
        unit.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0099'")
    assert "结构 0099" in refusal(postgres)


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    said = refusal("postgresql+psycopg://desk:geheim@127.0.0.1:1/desk")
    assert said.startswith("连不上数据库 postgresql+psycopg://desk:***@127.0.0.1:1/desk")
    assert "geheim" not in said


@pytest.mark.parametrize("address", ["mysql://x/y", "oracle://x", "desk.sqlite3"])
def test_another_kind_of_address_is_refused(address: str) -> None:
    assert "数据库" in refusal(address)


HOLDER = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.readline()
"""


def test_a_locked_store_names_who_holds_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "WAIT_SECONDS", 0.2)
    filled(file)
    command = [sys.executable, "-c", HOLDER, str(file)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with Store.open(f"sqlite:///{file}") as store:
            with pytest.raises(StoreError) as caught, store.unit():
                pass
            with store.reading() as connection:
                assert connection.exec_driver_sql("SELECT count(*) FROM event").scalar() == 1
        said = caught.value.message
        holder.communicate("go\n")
    assert said.startswith(f"{file} 被占用，等了 0.2 秒仍写不进去；正在使用它的进程：")
    assert f"({holder.pid})" in said


FULL = """
import json, resource, signal, sys
sys.path.insert(0, sys.argv[2])
from stored_samples import registered
from dutydesk.errors import StoreError
from dutydesk.storage import Store

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000))
confirmed = 0
with Store.open("sqlite:///" + sys.argv[1]) as store:
    try:
        while True:
            with store.unit() as unit:
                unit.save(*registered(f"140901261120{confirmed + 1:04d}", description="井盖" * 99))
            confirmed += 1
    except StoreError as error:
        with store.unit() as unit:
            last = unit.case(f"140901261120{confirmed:04d}") is not None
        print(json.dumps([confirmed, error.message, last]))
"""


def test_a_full_disk_loses_nothing_that_was_confirmed(file: Path) -> None:
    command = [sys.executable, "-c", FULL, str(file), str(Path(__file__).parent)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    confirmed, said, last = json.loads(done.stdout)
    assert said == (
        f"磁盘已满，{file} 写不进去；这一步没有记下，已确认的都还在。请腾出空间后重做这一步"
    )
    assert confirmed > 5
    assert last
    with Store.open(f"sqlite:///{file}") as store:
        assert verify(store) == Verified(confirmed)
        with store.unit() as unit:
            unit.save(*registered("1409012611210001"))
        assert verify(store) == Verified(confirmed + 1)


def test_a_store_that_may_only_be_read_says_so(file: Path) -> None:
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as reader:
        with pytest.raises(sqlite3.OperationalError) as caught:
            reader.execute("DELETE FROM event")
        said = faults.worded(caught.value, str(file))
    assert said == f"{file} 只能读不能写；请检查文件和文件夹的权限"


def test_what_a_server_says_never_quotes_a_row(postgres: str) -> None:
    first = registered(NO, external_no="G1")
    other = registered("1409012611200002", external_no="G1", description="张三的电话")
    with Store.open(postgres, create=True) as store:
        with store.unit() as unit:
            unit.save(*first)
        with pytest.raises(StoreError) as caught, store.unit() as unit:
            unit.save(*other)
    assert "uq_case_row_channel_external_no" in caught.value.message
    assert "张三" not in caught.value.message


def test_a_new_store_file_is_its_owners_only(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_store_of_ours_opens_again(file: Path) -> None:
    filled(file)
    with Store.open(f"sqlite:///{file}", create=True) as store, store.unit() as unit:
        case = unit.case(NO)
        assert case is not None
        unit.save(*acted(case, at=NOON))
    with Store.open(f"sqlite:///{file}") as store:
        assert verify(store) == Verified(2)


def test_a_file_that_is_removed_under_the_desk_takes_nothing_more_and_says_so(
    tmp_path: Path,
) -> None:
    path, aside = tmp_path / "desk.sqlite3", tmp_path / "aside.sqlite3"
    with Store.open(f"sqlite:///{path}", create=True) as store:
        with store.unit() as unit:
            unit.save(*registered(NO))
        mark = store.change_mark()
        path.rename(aside)
        for asked in (store.change_mark, lambda: store.unit().__enter__()):
            with pytest.raises(StoreError) as caught:
                asked()
            assert caught.value.message == (
                f"存储文件 {path} 被移走、删除或换掉，没有写入；"
                "请放回原文件，或从备份恢复后重新打开值班台"
            )
        aside.rename(path)
        assert store.change_mark() == mark
