"""The folder of a demonstration goes with its process, and the next one removes what was left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dutydesk.demo.folder import HELD, remove_left

if sys.platform == "win32":
    pytest.skip("files are not locked there", allow_module_level=True)

HOLDER = """
import signal, tempfile
from dutydesk.demo.folder import folder, leave_when_ended
leave_when_ended()
tempfile.mkdtemp(prefix="papers-")
print(folder(), flush=True)
signal.pause()
"""


def holder(above: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "TMPDIR": str(above)}
    made = subprocess.Popen(
        [sys.executable, "-c", HOLDER], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert made.stdout is not None
    assert Path(made.stdout.readline().strip()).is_dir()
    return made


def end(process: subprocess.Popen[str], number: signal.Signals) -> None:
    process.send_signal(number)
    assert process.wait(10) == -number
    assert process.stdout is not None
    process.stdout.close()


def test_a_closed_terminal_leaves_no_folder(tmp_path: Path) -> None:
    one = holder(tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
    end(one, signal.SIGHUP)
    assert list(tmp_path.iterdir()) == []


def test_only_the_folder_of_a_dead_demonstration_is_removed(tmp_path: Path) -> None:
    dead = holder(tmp_path)
    left = next(tmp_path.iterdir())
    end(dead, signal.SIGKILL)
    assert left.is_dir()
    foreign = tmp_path / "dutydesk-demo-foreign"
    foreign.mkdir()
    live = holder(tmp_path)
    held = {one for one in tmp_path.iterdir() if (one / HELD).exists()}
    assert left not in held
    assert len(held) == 1
    remove_left(tmp_path)
    assert set(tmp_path.iterdir()) == held | {foreign}
    end(live, signal.SIGTERM)
    assert set(tmp_path.iterdir()) == {foreign}
