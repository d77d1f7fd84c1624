"""The throw-away folder of a demonstration: it goes with its process, however that ends."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

if sys.platform != "win32":
    import fcntl

PREFIX = "dutydesk-demo-"
HELD = "held"
"""The file in the folder that its process keeps locked for as long as it lives."""

_own: list[tempfile.TemporaryDirectory[str]] = []


def folder() -> Path:
    """A new empty folder inside the one of this process; what dead ones left is removed first."""
    if not _own:
        remove_left(Path(tempfile.gettempdir()))
        _own.append(tempfile.TemporaryDirectory(prefix=PREFIX))
        _hold(Path(_own[0].name))
    return Path(tempfile.mkdtemp(dir=_own[0].name))


def leave() -> None:
    """Remove the folder of this process."""
    while _own:
        _own.pop().cleanup()


def leave_when_ended() -> None:
    """A terminal that is closed, or an asked end, leaves no folder behind; in the main thread.

    From here on every temporary file of this process, papers too, lies in its folder.
    """
    tempfile.tempdir = str(folder())
    for name in ("SIGHUP", "SIGTERM"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, _ended)


def remove_left(above: Path) -> None:
    """Remove the folders of demonstrations that have ended without it: those of this user whose
    lock nobody holds. A folder that lives, belongs to somebody else or has no lock stays."""
    if sys.platform == "win32":
        return
    for found in above.glob(f"{PREFIX}*"):
        if not found.is_symlink() and found.is_dir() and found.stat().st_uid == os.getuid():
            _remove_if_left(found)


def _remove_if_left(found: Path) -> None:
    with contextlib.suppress(OSError):
        opened = os.open(found / HELD, os.O_RDWR | os.O_NOFOLLOW)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(found)
        finally:
            os.close(opened)


def _hold(made: Path) -> None:
    """Lock the folder's mark; it has its name only once it is locked, so none is seen unheld."""
    if sys.platform == "win32":
        return
    fresh = made / f".{HELD}"
    fcntl.flock(os.open(fresh, os.O_RDWR | os.O_CREAT, 0o600), fcntl.LOCK_EX)
    fresh.rename(made / HELD)


def _ended(number: int, _frame: FrameType | None) -> None:
    """Clean up, then end as the signal would have."""
    with contextlib.suppress(OSError):
        leave()
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
