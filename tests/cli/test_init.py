"""`dutydesk init`: settings and store, never a question, never an overwrite."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from cli_call import Call

from dutydesk.cli.main import run
from dutydesk.config.settings import load_settings


def test_settings_and_store_are_made(call: Call, tmp_path: Path) -> None:
    answer = call("init", "--json")
    assert answer.code == 0
    found = answer.json
    assert list(found) == ["settings", "store", "procedure", "area"]
    assert (found["settings"], found["procedure"], found["area"]) == (
        *(str(tmp_path / "dutydesk.toml"), "xinchenglu", "140901"),
    )
    store = Path(found["store"].removeprefix("sqlite:///"))
    assert stat.S_IMODE(store.stat().st_mode) == 0o600
    assert call("cases", "--json").code == 0
    store.unlink()


def test_area_and_database_stand_in_the_file(call: Call, tmp_path: Path) -> None:
    assert call("--database", "mine.sqlite3", "init", "--area", "140902").code == 0
    settings = load_settings(tmp_path / "dutydesk.toml", environ={})
    assert settings.desk.area == "140902"
    assert settings.database.url == str(tmp_path / "mine.sqlite3")
    assert (tmp_path / "mine.sqlite3").stat().st_size > 0


def test_a_settings_file_is_never_overwritten(desk: Call, tmp_path: Path) -> None:
    before = (tmp_path / "dutydesk.toml").read_bytes()
    answer = desk("init")
    assert (answer.code, answer.out) == (2, "")
    assert "设置文件已经有了，不会覆盖" in answer.err
    assert (tmp_path / "dutydesk.toml").read_bytes() == before


def test_a_store_that_is_there_is_kept(desk: Call, one: str, tmp_path: Path) -> None:
    (tmp_path / "dutydesk.toml").unlink()
    assert desk("--database", "desk.sqlite3", "init").code == 0
    assert [row["no"] for row in desk("cases", "--json").lines] == [one]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--area", "140903"), "没有片区“140903”；最接近的是 14090"),
        (("--procedure", "xinchengl"), "没有名为“xinchengl”的办理规程；最接近的是 xinchenglu"),
    ],
)
def test_what_is_not_known_is_told_and_nothing_is_left(
    call: Call, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    answer = call("init", *options)
    assert answer.code == 2
    assert said in answer.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_missing_is_told_and_nothing_is_left(call: Call, tmp_path: Path) -> None:
    answer = call("--database", "nowhere/desk.sqlite3", "init")
    assert answer.code == 3
    assert "没有文件夹" in answer.err
    assert list(tmp_path.iterdir()) == []
    answer = call("--config", "nowhere/dutydesk.toml", "init")
    assert answer.code == 2


def test_a_lost_store_is_made_anew_under_settings_that_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = ["--database", "sqlite:///desk.db"]
    assert run([*store, "init"]) == 0
    (tmp_path / "desk.db").unlink()

    assert run([*store, "init"]) == 0
    assert run([*store, "verify"]) == 0
    assert run([*store, "init"]) == 2
