"""What waits in the watched inbox, for whoever imports by hand: nothing is read, moved or saved."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from dutydesk.errors import OutsideError
from dutydesk.i18n import _
from dutydesk.workflow.time.zone import ZONE

ON_ITS_WAY = (".tmp", ".part", ".partial", ".crdownload", ".download", ".filepart", ".swp", ".lock")
"""Endings under which programs write a file that is not whole yet."""
HIDDEN = (".", "~$", "~")
REFUSED = "refused"
"""The folder inside the inbox where files lie that could not be imported."""
SHOWN = 9
"""House: how many are listed, one for each digit."""
LAST_S = 253_370_764_800
"""Seconds at which the year 9999 begins: a file from a broken clock may name a later one."""


class InboxFile(NamedTuple):
    """A file of the inbox: where it lies, since when, how many bytes; `refused` was tried once."""

    file: str
    at: datetime
    size: int
    refused: bool = False

    @property
    def name(self) -> str:
        return Path(self.file).name


class Waiting(NamedTuple):
    """The newest files, the newest first, and how many there are in all."""

    files: tuple[InboxFile, ...]
    total: int


def waiting(folder: Path) -> Waiting:
    """The newest files of the inbox and of those that it refused.

    Raises OutsideError where the folder is missing or cannot be read.
    """
    try:
        found = [*_files(folder, refused=False)]
        if (folder / REFUSED).is_dir():
            found += _files(folder / REFUSED, refused=True)
    except OSError as error:
        why = error.strerror or str(error)
        raise OutsideError(
            _("收件文件夹 {folder} 读不了：{why}；请检查文件夹和权限").format(
                folder=folder, why=why
            )
        ) from error
    found.sort(key=lambda one: (-one.at.timestamp(), one.file))
    return Waiting(tuple(found[:SHOWN]), len(found))


def _files(folder: Path, *, refused: bool) -> Iterator[InboxFile]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = Path(entry.path)
            if path.name.startswith(HIDDEN) or path.suffix.lower() in ON_ITS_WAY:
                continue
            if refused and path.suffix == ".txt" and path.with_suffix("").exists():
                continue  # the word beside a refused file
            try:
                if not entry.is_file():
                    continue
                stat = entry.stat()
            except FileNotFoundError:
                continue
            seconds = min(max(stat.st_mtime_ns // 1_000_000_000, 0), LAST_S)
            at = datetime.fromtimestamp(seconds, ZONE)
            yield InboxFile(entry.path, at, stat.st_size, refused)
