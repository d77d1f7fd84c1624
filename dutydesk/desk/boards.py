"""The paper for an outage, written to a second place: whole files, a few kept, the newest named."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from dutydesk.errors import OutsideError
from dutydesk.i18n import _
from dutydesk.views.board import Board

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk

LATEST = "board-latest.txt"
PATTERN = "board-[0-9]*.txt"


def write_board(desk: Desk, folder: Path, keep: int = 3, *, exercise: bool = False) -> Path:
    """Write the board of this area as it is now, and drop all but the newest `keep` of them.

    A reader sees the old file or the new one, never half of one; `board-latest.txt` always is
    the newest. Raises OutsideError when the folder cannot be written.
    """
    text = desk.read(Board(desk.ground.area, exercise=exercise))
    path = folder / f"board-{desk.now():%Y%m%d-%H%M%S}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _put(path, text)
        _put(folder / LATEST, text)
        for old in sorted(folder.glob(PATTERN))[:-keep]:
            old.unlink(missing_ok=True)
    except OSError as error:
        raise OutsideError(
            _("看板写不到 {folder}：{why}；请检查文件夹和磁盘").format(
                folder=folder, why=error.strerror or error
            )
        ) from error
    return path


def _put(path: Path, text: str) -> None:
    """Replace a file in one step; what it holds is on the disk before it bears its name."""
    waiting = path.with_name(f".{path.name}.part")
    try:
        with waiting.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)
