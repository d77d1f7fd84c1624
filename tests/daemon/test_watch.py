"""The headless process keeps alarms, board, inbox and bell, and ends cleanly when asked."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from keeping import register

from dutydesk.clock import ManualClock, SystemClock
from dutydesk.config.model import Alarm
from dutydesk.config.settings import Settings
from dutydesk.daemon import Bell, watch
from dutydesk.desk import Desk
from dutydesk.desk.boards import LATEST, write_board
from dutydesk.errors import OutsideError
from dutydesk.views.leaving import Leaving


def test_watch_does_all_of_it_and_stops_when_asked(desks, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    clock = SystemClock()
    desk: Desk = desks(clock)
    register(desk, clock.now() - timedelta(days=3))
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    settings = Settings.model_validate(
        {
            "database": {"url": f"sqlite:///{tmp_path / 'store.sqlite3'}"},
            "alarm": {"bell": "off"},
            "inbox": {"folder": str(inbox)},
        }
    )

    def stop() -> None:
        until = time.monotonic() + 20
        while not (tmp_path / "board" / LATEST).exists() and time.monotonic() < until:
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=stop).start()
    assert watch(desk, settings) == 0
    log = (tmp_path / "watch.log").read_text(encoding="utf-8")
    assert "watch started" in log
    assert log.rstrip().endswith("watch stopped")
    assert " late" in log
    stamps = [datetime.fromisoformat(line.split()[0]) for line in log.splitlines()]
    assert {stamp.utcoffset() for stamp in stamps} == {timedelta(hours=8)}
    assert abs(stamps[-1] - clock.now()) < timedelta(minutes=1)
    with desk.store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM alarm").scalar_one() > 0
        asked = "SELECT holder FROM lease WHERE name LIKE 'watch:%'"
        assert connection.exec_driver_sql(asked).scalar_one().endswith(f" {os.getpid()}")
    # It said that it keeps the clock, and takes the word back as it goes.
    assert desk.read(Leaving()).kept_by is None


def test_the_newest_boards_are_kept(desk: Desk, morning: ManualClock, tmp_path: Path) -> None:
    no = register(desk)
    for _ in range(5):
        newest = write_board(desk, tmp_path / "board", 3)
        morning.advance(minutes=30)
    names = sorted(path.name for path in (tmp_path / "board").iterdir())
    assert names == [
        "board-20261123-100000.txt",
        "board-20261123-103000.txt",
        "board-20261123-110000.txt",
        LATEST,
    ]
    text = newest.read_text(encoding="utf-8")
    assert text == (tmp_path / "board" / LATEST).read_text(encoding="utf-8")
    assert no[-4:] in text


def test_a_board_that_cannot_be_written_says_where(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "board").write_text("a file", encoding="utf-8")
    with pytest.raises(OutsideError, match="board"):
        write_board(desk, tmp_path / "board")


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bell_rings_as_the_settings_say(tmp_path: Path) -> None:
    out = Terminal()
    Bell(Alarm(bell="terminal"), out).ring()
    Bell(Alarm(bell="off"), out).ring()
    assert out.getvalue() == "\a"
    paths = [tmp_path / name for name in ("plain", "urgent")]
    plain, urgent = (f"{sys.executable} -c \"open(r'{path}', 'w')\"" for path in paths)
    bell = Bell(Alarm(bell="command", command=plain, urgent_command=urgent), out)
    bell.ring(urgent=True)
    assert [path.exists() for path in paths] == [False, True]
    bell.ring()
    assert [path.exists() for path in paths] == [True, True]


@pytest.mark.parametrize("command", ["no-such-program-here", f"{sys.executable} -c 1/0", "'open"])
def test_a_bell_that_fails_says_so(command: str) -> None:
    with pytest.raises(OutsideError, match="响铃命令"):
        Bell(Alarm(bell="command", command=command)).ring()
