"""The name of a seat: the one in the settings, else one made of this machine's, always the same."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import fcntl

MOST_SEATS: Final = 9
"""How many desks without a name are told apart on one machine."""
_kept: list[int] = []
"""What keeps a number taken while this desk runs."""


def seat_name(given: str, folder: Path) -> str:
    """The name given, else this machine's; a second desk here gets `-2`, a third `-3`.

    Which numbers are taken stands in locked files in `folder`; they are free again when their desk
    ends, however it ends. Where files cannot be locked every desk has the machine's name.
    """
    if given.strip():
        return given.strip()
    machine = socket.gethostname().partition(".")[0] or "desk"
    for number in range(1, MOST_SEATS + 1):
        if _taken(folder / f"seat-{number}.lock"):
            continue
        return machine if number == 1 else f"{machine}-{number}"
    return f"{machine}-{os.getpid()}"


def _taken(file: Path) -> bool:
    """Whether another desk holds this number; else it is this desk's from now on."""
    if sys.platform == "win32":
        return False
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        opened = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return False
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        return True
    _kept.append(opened)
    return False
