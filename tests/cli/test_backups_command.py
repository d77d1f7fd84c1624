"""A backup is made while the desk is in use, and put back with the old store laid aside."""

from __future__ import annotations

from pathlib import Path

import pytest

from dutydesk.cli.main import run


def test_a_store_comes_back_from_its_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    store = ["--database", "sqlite:///desk.db"]
    case = ["--by", "commander", "--set", "channel=walk_in", "place=嘉乐路", "description=垃圾"]
    assert run([*store, "init"]) == 0
    assert run([*store, "do", "-", "register", *case]) == 0
    assert run([*store, "backup", "copy.db"]) == 0
    assert run([*store, "do", "-", "register", *case]) == 0

    assert run([*store, "restore", "copy.db"]) == 0

    capsys.readouterr()
    assert run([*store, "cases", "--json"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert len(list(tmp_path.glob("desk*.db*"))) >= 2


def test_a_file_that_is_no_backup_leaves_the_store_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    store = ["--database", "sqlite:///desk.db"]
    assert run([*store, "init"]) == 0
    (tmp_path / "no.db").write_text("这不是备份", encoding="utf-8")

    assert run([*store, "restore", "no.db"]) == 3
    assert run([*store, "verify"]) == 0
