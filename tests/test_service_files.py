"""The files that start `watch` by themselves: whole, never timed out, and of a command that is."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dutydesk.cli.table import COMMANDS

SERVICE = Path(__file__).parents[1] / "docs" / "service"
UNIT = SERVICE / "dutydesk-watch.service"
TASK = SERVICE / "dutydesk-watch.xml"
NS = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}


def test_the_unit_starts_watch_again_whatever_ended_it() -> None:
    unit = configparser.ConfigParser(strict=True, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(UNIT.read_text(encoding="utf-8"))
    service = unit["Service"]
    assert service["ExecStart"].split()[-1] == "watch"
    assert "watch" in COMMANDS
    assert (service["Restart"], unit["Unit"]["StartLimitIntervalSec"]) == ("always", "0")
    assert service["KillSignal"] == "SIGTERM"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_itself_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    """The program is not where the unit has it: another that is stands in for it."""
    text = re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", UNIT.read_text(encoding="utf-8"))
    file = tmp_path / UNIT.name
    file.write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "--user", "--man=no", "verify", str(file)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    assert UNIT.name not in done.stderr, done.stderr


def test_the_task_has_no_time_limit_and_one_instance() -> None:
    root = ElementTree.parse(TASK).getroot()

    def value(path: str) -> str | None:
        found = root.find("/".join(f"t:{part}" for part in path.split("/")), NS)
        return None if found is None else found.text

    assert value("Settings/ExecutionTimeLimit") == "PT0S"
    assert value("Settings/MultipleInstancesPolicy") == "IgnoreNew"
    assert value("Settings/DisallowStartIfOnBatteries") == "false"
    assert value("Actions/Exec/Command") == "dutydesk"
    arguments = value("Actions/Exec/Arguments")
    assert arguments is not None
    assert arguments.split()[-1] == "watch"
