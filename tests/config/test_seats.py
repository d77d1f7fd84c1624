"""The name of a seat: given, or this machine's with a number of its own for each desk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dutydesk.config import seats

ANOTHER = "import sys, pathlib\nfrom dutydesk.config.seats import seat_name\n"
ANOTHER += "print(seat_name('', pathlib.Path(sys.argv[1])), flush=True)\nsys.stdin.read()\n"


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seats.socket, "gethostname", lambda: "zhiban.local")


def test_the_name_in_the_settings_is_the_seats(tmp_path: Path) -> None:
    assert seats.seat_name(" 一号席 ", tmp_path) == "一号席"
    assert list(tmp_path.iterdir()) == []


def test_each_desk_on_a_machine_has_its_number_until_it_ends(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ANOTHER, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert not other.stdout.readline().strip().endswith("-2")
        assert seats.seat_name("", tmp_path) == "zhiban-2"
        other.kill()
        other.wait()
    assert seats.seat_name("", tmp_path) == "zhiban"


def test_where_no_file_can_be_made_the_machines_name_stands(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert seats.seat_name("", tmp_path / "file" / "folder") == "zhiban"
