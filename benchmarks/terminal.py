"""A program in a terminal of its own: started, typed into, and read until it has painted."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WIDTH, HEIGHT = 116, 62
SILENCE_S = 0.008
"""A repaint has ended when nothing came for so long."""


class TooLate(Exception):
    """The program did not paint what was waited for; holds the end of what it did paint."""


class Terminal:
    """A running program, its output so far, and the moment at which it was started."""

    def __init__(self, pid: int, file: int) -> None:
        self.pid = pid
        self._file = file
        self._started = time.perf_counter()
        self._seen = b""
        self.ended = False

    @property
    def text(self) -> str:
        """The end of what it painted, with its escapes."""
        return self._seen[-2000:].decode(errors="replace")

    def until(self, marker: str, limit_s: float = 60) -> float:
        """Read until the text is there; gives the seconds since the start. Raises TooLate."""
        wanted = marker.encode()
        end = time.perf_counter() + limit_s
        while wanted not in self._seen:
            left = end - time.perf_counter()
            self._read(left)
            if left <= 0 or self.ended:
                raise TooLate(self.text)
        return time.perf_counter() - self._started

    def press(self, keys: str, limit_s: float = 2) -> float:
        """Write keys and give the seconds until the last byte of the repaint that follows."""
        start = last = time.perf_counter()
        os.write(self._file, keys.encode())
        wait = limit_s
        while self._read(wait):
            last, wait = time.perf_counter(), SILENCE_S
        if last == start:
            raise TooLate(f"no repaint after {keys!r}")
        return last - start

    def drain(self, seconds: float) -> None:
        """Let it paint for so long."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0 and not self.ended:
            self._read(left)

    def _read(self, wait_s: float) -> bool:
        ready, _writable, _broken = select.select([self._file], [], [], wait_s)
        if not ready:
            return False
        try:
            found = os.read(self._file, 1 << 16)
        except OSError:
            self.ended = True
            return False
        self._seen = (self._seen + found)[-(1 << 18) :]
        return bool(found)


@contextmanager
def terminal(
    arguments: Sequence[str], home: Path, width: int = WIDTH, height: int = HEIGHT
) -> Iterator[Terminal]:
    """Python with these arguments in a terminal of this size; ended without ceremony."""
    around = environ(home)
    command = [sys.executable, *arguments]
    pid, file = pty.fork()
    if pid == 0:
        size = struct.pack("HHHH", height, width, 0, 0)
        fcntl.ioctl(0, termios.TIOCSWINSZ, size)
        os.chdir(ROOT)
        os.execve(sys.executable, command, around)
    try:
        yield Terminal(pid, file)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(file)


def environ(home: Path) -> dict[str, str]:
    """A plain terminal, and nobody's own settings."""
    dropped = ("DUTYDESK_", "TEXTUAL", "PYTHONDONTWRITEBYTECODE")
    kept = {n: v for n, v in os.environ.items() if not n.startswith(dropped)}
    folders = {f"XDG_{n}_HOME": str(home / n.lower()) for n in ("CONFIG", "DATA", "STATE", "CACHE")}
    return (
        kept
        | folders
        | {"HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONUTF8": "1"}
        | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    )
