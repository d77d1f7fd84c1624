"""A desk in a process of its own is killed; the next start tells what passed, once, with a ring."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from signal import SIGKILL

import pytest
from sqlalchemy import create_engine, text

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import SystemClock
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

PATIENCE = 60.0
PAGE, ASKED = "您离开期间", "听到了吗"
START = [sys.executable, "-m", "dutydesk"]


class Sitting:
    """`dutydesk` on a terminal of its own; everything it wrote is kept."""

    def __init__(self, folder: Path) -> None:
        main, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 116, 0, 0))
        away = {"HOME": str(folder), "XDG_DATA_HOME": str(folder / "data"), "TERM": "xterm"}
        self.process = subprocess.Popen(
            START,
            cwd=folder,
            stdin=other,
            stdout=other,
            stderr=other,
            env={**os.environ, **away, "COLORTERM": "truecolor"},
            start_new_session=True,
        )
        os.close(other)
        self._main, self._seen = main, bytearray()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            while got := os.read(self._main, 65536):
                self._seen += got
        except OSError:
            return

    @property
    def said(self) -> str:
        """Everything written to the terminal so far."""
        return self._seen.decode("utf-8", "replace")

    def press(self, keys: bytes) -> None:
        """Keys from the keyboard."""
        os.write(self._main, keys)

    def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is so; fails with what the terminal got."""
        wait(true, lambda: self.said[-2000:])

    def kill(self) -> None:
        """`kill -9`."""
        self.process.kill()
        assert self.process.wait(PATIENCE) == -SIGKILL
        os.close(self._main)


def wait(true: Callable[[], bool], tell: Callable[[], str] = str) -> None:
    """Wait until something is so, or fail with words."""
    ends = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < ends, tell()
        time.sleep(0.1)


class Room:
    """A folder with settings, a store, and a bell that writes down its rings."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / "desk.sqlite3"
        self.rung = folder / "rung.txt"
        begun = [*START, "--database", "desk.sqlite3", "init"]
        away = {"HOME": str(folder), "XDG_DATA_HOME": str(folder / "data")}
        subprocess.run(begun, cwd=folder, env={**os.environ, **away}, check=True, timeout=PATIENCE)
        settings = folder / "dutydesk.toml"
        said = settings.read_text(encoding="utf-8")
        bell = f"command = 'sh -c \"echo x >> {self.rung}\"'"
        for before, after in (
            ('seat = ""', 'seat = "一号席"'),
            ('bell = "terminal"', 'bell = "command"'),
            ('\ncommand = ""', f"\n{bell}"),
        ):
            assert before in said, before
            # The first of that name: the bell's command stands before those of other tables.
            said = said.replace(before, after, 1)
        settings.write_text(said, encoding="utf-8")
        self._engine = create_engine(f"sqlite:///{self.file}")

    def rings(self) -> int:
        return len(self.rung.read_text().splitlines()) if self.rung.exists() else 0

    def seen(self) -> int:
        """When the seat gave its last sign of life, in ms; 0 without any."""
        with self._engine.connect() as connection:
            found = connection.execute(text("SELECT max(seen_at) FROM seat")).scalar()
        return int(found or 0)

    def an_hour_passes(self) -> None:
        """The seat has been silent for an hour; a case that came in meanwhile is overdue."""
        with self._engine.begin() as connection:
            connection.execute(text("UPDATE seat SET seen_at = seen_at - 3600000"))
        desk = memory_desk(SystemClock(), url=f"sqlite:///{self.file}")
        now = desk.now()
        fields = {"channel": "walk_in", "place": "嘉乐路 3 弄", "description": "积水"}
        other, at = Actor("commander", "顾书宁"), now - timedelta(minutes=40)
        desk.execute(Act("register", other, at, now, fields=fields, seat="二号席"))
        desk.close()


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


@pytest.mark.soak
def test_a_killed_desk_tells_what_passed_once_with_one_ring_and_then_nothing(room: Room) -> None:
    first = Sitting(room.folder)
    first.until(lambda: room.seen() > 0)
    # Only the sound that is tried whenever somebody sits down.
    first.until(lambda: ASKED in first.said)
    first.kill()
    assert PAGE not in first.said
    wait(lambda: room.rings() == 1)
    died = room.seen()

    # Nothing passed: no page, and no ring beside that.
    second = Sitting(room.folder)
    second.until(lambda: room.seen() > died and ASKED in second.said)
    time.sleep(2)
    second.kill()
    assert PAGE not in second.said
    assert room.rings() == 2

    room.an_hour_passes()
    third = Sitting(room.folder)
    third.until(lambda: PAGE in third.said)
    third.until(lambda: "顾书宁" in third.said)
    time.sleep(2)
    # One ring for all of it, and whether that one was heard is what is asked behind the page.
    assert room.rings() == 3
    assert ASKED not in third.said
    third.press(b"\r")
    third.until(lambda: ASKED in third.said)
    third.kill()

    # It has been told: the next start says nothing of it.
    fourth = Sitting(room.folder)
    died = room.seen()
    fourth.until(lambda: room.seen() > died and ASKED in fourth.said)
    time.sleep(2)
    fourth.kill()
    assert PAGE not in fourth.said
