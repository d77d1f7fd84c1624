"""A ringing command runs beside the desk: one that hangs, fails or is missing holds up nothing."""

from __future__ import annotations

import sys
import time

import pytest

from dutydesk.config.model import Alarm
from dutydesk.screens.sound import Sound


@pytest.fixture
def rung() -> list[str]:
    return []


def sound(rung: list[str], **settings: str) -> Sound:
    return Sound(Alarm(**settings), lambda: rung.append("bell"))  # type: ignore[arg-type]


def test_the_terminal_rings_and_off_is_off(rung: list[str]) -> None:
    assert sound(rung, bell="terminal").ring() is None
    assert sound(rung, bell="off").ring() is None
    assert sound(rung, bell="off").off
    assert rung == ["bell"]


def test_a_command_that_hangs_is_never_waited_for(rung: list[str]) -> None:
    hanging = f'{sys.executable} -c "import time; time.sleep(60)"'
    bell = sound(rung, bell="command", command=hanging)
    began = time.monotonic()
    assert [bell.ring() for _turn in range(3)] == [None] * 3
    assert time.monotonic() - began < 5
    assert rung == []
    for run in bell._running:
        run.kill()
        run.wait()


@pytest.mark.parametrize("command", ["no-such-program-here", "'open", "/"])
def test_a_command_that_cannot_run_says_so_and_the_terminal_rings(
    rung: list[str], command: str
) -> None:
    said = sound(rung, bell="command", command=command).ring()
    assert said is not None
    assert said.startswith(f"告警命令 {command} 不能运行（")
    assert said.endswith("），已改用终端响铃")
    assert rung == ["bell"]
