"""What a database says when it fails, in plain words: what, where and how to mend."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from dutydesk.errors import StoreError
from dutydesk.i18n import _, listed

WAIT_SECONDS = 5
"""How long a writer waits for another before it gives up."""

_HEADER = b"SQLite format 3\x00"


class Stale(StoreError):
    """The case was changed by someone else since it was read; nothing was written.

    `no` is the case, `seen` the version that was expected, `current` the one in the store.
    """

    def __init__(self, no: str, seen: int, current: int | None) -> None:
        super().__init__(
            _("{no} 已被他人改动（版本 {seen} → {current}），没有写入；请重新打开后再办").format(
                no=no, seen=seen, current=current
            )
        )
        self.no = no
        self.seen = seen
        self.current = current


@contextmanager
def plain(where: str) -> Iterator[None]:
    """Turn what a driver raises into a StoreError about `where` (a path or shown address)."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(worded(error.orig or error, where)) from error
    except Exception as error:
        # Of a driver's own errors only SQLite's can be named without loading the other one.
        if not isinstance(error, sqlite3.Error) and not _of_server(error):
            raise
        raise StoreError(worded(error, where)) from error


def _of_server(error: Exception) -> bool:
    return type(error).__module__.partition(".")[0] == "psycopg"


def worded(error: BaseException, where: str) -> str:
    """One plain message for one driver's error."""
    if isinstance(error, sqlite3.Error):
        return _worded_sqlite(error, where)
    # Only the first line: what follows may quote a row, and with it somebody's name.
    text = str(error).strip().partition("\n")[0]
    if "lock timeout" in text:
        return _locked(where, [])
    if type(error).__name__ == "OperationalError":
        return _(
            "连不上数据库 {where}：{text}。请检查服务是否运行、地址和账号；"
            "密码用 dutydesk secret set database 保存"
        ).format(where=where, text=text)
    return _("数据库 {where} 出错：{text}").format(where=where, text=text)


def _worded_sqlite(error: sqlite3.Error, where: str) -> str:
    name = str(getattr(error, "sqlite_errorname", "") or "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return _locked(where, users(Path(where)))
    if name.startswith("SQLITE_FULL") or name in ("SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE"):
        return _(
            "磁盘已满，{where} 写不进去；这一步没有记下，已确认的都还在。请腾出空间后重做这一步"
        ).format(where=where)
    if name.startswith("SQLITE_READONLY"):
        return _("{where} 只能读不能写；请检查文件和文件夹的权限").format(where=where)
    if name.startswith("SQLITE_NOTADB"):
        return not_a_store(where)
    if name.startswith("SQLITE_CORRUPT"):
        return damaged(where)
    if name.startswith("SQLITE_CANTOPEN"):
        return _("打不开 {where}；请检查文件夹是否存在、有没有权限").format(where=where)
    return _("存储 {where} 出错：{text}").format(where=where, text=f"{name} {error}".strip())


def _locked(where: str, who: list[str]) -> str:
    if who:
        return _(
            "{where} 被占用，等了 {seconds} 秒仍写不进去；正在使用它的进程：{who}。请关闭它后重试"
        ).format(where=where, seconds=WAIT_SECONDS, who=listed(who))
    return _("{where} 被另一个程序占用，等了 {seconds} 秒仍写不进去；请稍后重试").format(
        where=where, seconds=WAIT_SECONDS
    )


def not_a_store(where: str) -> str:
    return _("{where} 不是值班台的存储文件；请核对 database 设置，或从备份恢复").format(where=where)


def damaged(where: str) -> str:
    return _(
        "{where} 已损坏或被截断；请先复制一份留底，再用 dutydesk restore 从最近的备份恢复"
    ).format(where=where)


def identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at a path, None where there is none that can be seen."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def moved_away(where: str) -> str:
    return _(
        "存储文件 {where} 被移走、删除或换掉，没有写入；请放回原文件，或从备份恢复后重新打开值班台"
    ).format(where=where)


def check_file(path: Path) -> None:
    """Refuse a SQLite file that is missing, empty, foreign or cut off, before it is opened.

    Raises StoreError; an empty file would otherwise open as a valid, empty database.
    """
    if not path.exists():
        raise StoreError(
            _("没有存储文件 {where}；请核对 database 设置，或用 dutydesk init 新建").format(
                where=path
            )
        )
    size = path.stat().st_size
    if size == 0:
        raise StoreError(
            _(
                "存储文件 {where} 是空的（0 字节）；请从备份恢复，或删去它后用 dutydesk init 新建"
            ).format(where=path)
        )
    with plain_files(path), path.open("rb") as file:
        head = file.read(100)
    if not head.startswith(_HEADER):
        raise StoreError(not_a_store(str(path)))
    if _cut_off(path, head, size):
        raise StoreError(damaged(str(path)))


def check_folder(path: Path) -> None:
    """Refuse a place for a new store whose folder is missing or cannot be written."""
    if not path.parent.is_dir():
        raise StoreError(
            _("没有文件夹 {folder}；请先建立它，或改 database 设置").format(folder=path.parent)
        )
    if not os.access(path.parent, os.W_OK):
        raise StoreError(_("文件夹 {folder} 不能写；请检查权限").format(folder=path.parent))


@contextmanager
def plain_files(path: Path) -> Iterator[None]:
    """Turn an operating system's error about a file into a StoreError."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            _("读写 {where} 失败：{text}").format(where=path, text=error.strerror or str(error))
        ) from error


def _cut_off(path: Path, head: bytes, size: int) -> bool:
    """Whether the file is shorter than its own header says.

    While a write-ahead log lies beside it, the file may lag behind: a checkpoint writes the
    header's page first.
    """
    log = path.with_name(path.name + "-wal")
    if len(head) < 100:
        return True
    if log.exists() and log.stat().st_size:
        return False
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    counted = head[24:28] == head[92:96]
    return counted and size < page * int.from_bytes(head[28:32], "big")


def users(path: Path) -> list[str]:
    """Other processes of this machine that have the file open, as `name (pid)`; Linux only."""
    found: list[str] = []
    for process in Path("/proc").glob("[0-9]*"):
        if process.name == str(os.getpid()):
            continue
        try:
            opened = any(os.readlink(fd) == str(path) for fd in (process / "fd").iterdir())
            if opened:
                found.append(f"{(process / 'comm').read_text().strip()} ({process.name})")
        except OSError:
            # Another person's process, or one that has just ended: it cannot be named.
            continue
    return found
