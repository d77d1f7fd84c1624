"""Copies of a SQLite store that are whole: made while it is in use, checked, put back."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from dutydesk.errors import StoreError
from dutydesk.i18n import _, listed
from dutydesk.storage import faults
from dutydesk.storage.engine import HEAD, REVISIONS
from dutydesk.storage.store import Store


def backup(store: Store, target: Path) -> int:
    """Copy the whole store to `target` in one step, checked; gives its size in bytes.

    People go on working meanwhile. An older file of that name is replaced only by a whole copy.
    Raises StoreError: a store that is no SQLite file, no folder, full, damaged.
    """
    if store.path is None:
        raise StoreError(
            _("{where} 不是文件；PostgreSQL 请用 pg_dump 备份").format(where=store.where)
        )
    if target.exists() and target.samefile(store.path):
        raise StoreError(_("备份不能写到存储文件自己：{where}").format(where=target))
    _check_target(target)
    with _beside(target) as copy:
        _copy(store.path, copy)
        _checked(copy)
        os.replace(copy, target)
    return target.stat().st_size


def restore(source: Path, target: Path) -> Path | None:
    """Put a backup in the place of the store; gives where the old one was laid aside, if any.

    Raises StoreError, and leaves the store as it is: a backup that is damaged, foreign or of a
    newer schema; a store that another program has open.
    """
    _check_source(source)
    faults.check_folder(target)
    who = faults.users(target)
    if who:
        raise StoreError(
            _("{where} 正在使用：{who}。请先关闭它们再恢复").format(where=target, who=listed(who))
        )
    with _beside(target) as copy:
        _copy(source, copy)
        _checked(copy)
        aside = _lay_aside(target)
        os.replace(copy, target)
    return aside


def quick_check(store: Store) -> list[str]:
    """What SQLite finds wrong with its own file, in its own words; empty when it is sound.

    It sees torn pages and lost links, not a changed letter: that is the chain's business.
    """
    if store.engine.dialect.name != "sqlite":
        return []
    with store.reading() as connection:
        found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check")]
        lost = [str(tuple(r)) for r in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    return [text for text in found if text != "ok"] + lost


def _check_target(target: Path) -> None:
    """Refuse a place where no backup can be laid, about the place, not about the settings."""
    if target.is_dir():
        raise StoreError(_("{where} 是文件夹；请写上备份的文件名").format(where=target))
    if not target.parent.is_dir():
        raise StoreError(
            _("没有文件夹 {folder}；请先建立它，或把备份写到别处").format(folder=target.parent)
        )
    faults.check_folder(target)


def _check_source(source: Path) -> None:
    """Refuse what is no backup at all, about the file that was named."""
    if not source.is_file():
        raise StoreError(_("没有备份文件 {where}；请核对文件名和路径").format(where=source))
    faults.check_file(source)


def _copy(source: Path, target: Path) -> None:
    """One pass over all pages: a copy in steps starts anew at each write and may never end."""
    with faults.plain(str(source)), closing(_open(source)) as old, closing(_open(target)) as new:
        old.backup(new, pages=-1)
        # A copy in one file can be carried away; a log beside it would be left behind.
        new.execute("PRAGMA journal_mode=DELETE")
    with faults.plain_files(target):
        os.chmod(target, 0o600)
        with target.open("rb+") as file:
            os.fsync(file.fileno())


def _checked(path: Path) -> None:
    """Raise StoreError unless the file is sound and of a schema that is known here."""
    with faults.plain(str(path)), closing(_open(path)) as copy:
        if copy.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise StoreError(faults.damaged(str(path)))
        named = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
        if copy.execute(named).fetchone() is None:
            raise StoreError(faults.not_a_store(str(path)))
        revision = str(copy.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    if revision not in REVISIONS:
        raise StoreError(
            _(
                "备份是更新版本的值班台做的（结构 {revision}），本程序只认到 {head}；请先升级"
            ).format(revision=revision, head=HEAD)
        )


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(str(path), timeout=faults.WAIT_SECONDS, isolation_level=None)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A working file in the target's folder, so that it can take its place in one step."""
    copy = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with faults.plain_files(copy):
            copy.unlink(missing_ok=True)
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _lay_aside(target: Path) -> Path | None:
    """Move the store and its log out of the way, under the first free name."""
    if not target.exists():
        return None
    number = 1
    while (aside := target.with_name(f"{target.name}.old{number}")).exists():
        number += 1
    with faults.plain_files(target):
        # The log goes first: beside a file that is not its own it would corrupt that one.
        for ending in ("-wal", "-shm"):
            log = target.with_name(target.name + ending)
            if log.exists():
                os.replace(log, aside.with_name(aside.name + ending))
        os.replace(target, aside)
    return aside
