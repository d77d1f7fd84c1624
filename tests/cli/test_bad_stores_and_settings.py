"""Stores and settings that cannot be used: a plain message, the right exit code, nothing lost."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from cli_call import Call

READERS = (("cases", "--json"), ("case", "1", "--json"), ("verify", "--json"), ("sweep", "--json"))
WRITER = ("do", "-", "note", "--by", "commander", "--set", "text=x", "--json")


@pytest.mark.parametrize("arguments", [*READERS, WRITER])
def test_a_missing_store_is_told(call: Call, arguments: tuple[str, ...]) -> None:
    answer = call("--database", "none.sqlite3", *arguments)
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith("没有存储文件 ")
    assert "dutydesk init" in answer.err


def _folder(path: Path) -> None:
    path.mkdir()


def _empty(path: Path) -> None:
    path.touch()


def _words(path: Path) -> None:
    path.write_text("编号,地点\n" * 50, encoding="utf-8")


def _other(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()


@pytest.mark.parametrize("make", [_folder, _empty, _words, _other])
@pytest.mark.parametrize("arguments", [("cases", "--json"), WRITER])
def test_what_is_no_store_is_told(
    call: Call, tmp_path: Path, make: object, arguments: tuple[str, ...]
) -> None:
    assert callable(make)
    make(tmp_path / "x.sqlite3")
    answer = call("--database", "x.sqlite3", *arguments)
    assert (answer.code, answer.out) == (3, "")
    assert "x.sqlite3" in answer.err


def test_a_store_cut_short_is_told(desk: Call, one: str, tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite3"
    path.write_bytes(path.read_bytes()[:9000])
    for log in tmp_path.glob("desk.sqlite3-*"):
        log.unlink()
    answer = desk("cases", "--json")
    assert (answer.code, answer.out) == (3, "")
    assert "损坏或被截断" in answer.err


def test_a_store_of_a_newer_program_is_told(desk: Call, one: str, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "desk.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    answer = desk("cases", "--json")
    assert answer.code == 3
    assert "请升级 dutydesk" in answer.err


def test_a_chain_that_was_touched_is_told(desk: Call, one: str, tmp_path: Path) -> None:
    assert desk("verify", "--json").json == {
        "ok": True, "rows": 1, "first_broken": None, "reason": None, "case": None
    }  # fmt: skip
    assert desk("verify").out == "事件链完整，共 1 条\n"
    with sqlite3.connect(tmp_path / "desk.sqlite3") as connection:
        connection.execute("UPDATE event SET by_name = '别人'")
    connection.close()
    answer = desk("verify", "--json")
    assert answer.code == 3
    assert answer.json == {
        "ok": False, "rows": 0, "first_broken": 1, "reason": "changed", "case": one
    }  # fmt: skip
    assert answer.err.startswith(f"事件链在第 1 条断开（{one}）：内容被改过")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[desk]\naera = '140901'\n", "dutydesk.toml:2: 不认识的键 desk.aera；最接近的是 area"),
        ("[desk]\n\narea = '150101'\n", "dutydesk.toml:3: desk.area：没有片区“150101”；"),
        ("[desk]\narea = 140901\n", "dutydesk.toml:2: desk.area 的值不对"),
        ("[board]\nevery = '0 分钟'\n", "dutydesk.toml:2: board.every：“0 分钟”不是时限"),
        ("[desk\n", "dutydesk.toml:1"),
    ],
)
def test_wrong_settings_are_told_with_their_line(
    call: Call, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "dutydesk.toml").write_text(text, encoding="utf-8")
    for arguments in (("cases", "--json"), ("sweep",), ("init",), ("watch",)):
        answer = call(*arguments)
        assert (answer.code, answer.out) == (2, "")
        if arguments != ("init",):
            assert said in answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("due", "--from", "2026-11-20 10:00", "--limit", "1 h"),
        ("drill", "--list"),
        ("procedure", "list"),
        ("calendar", "show", "2026"),
        ("--version",),
    ],
)
def test_some_commands_need_neither_settings_nor_store(
    call: Call, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "dutydesk.toml").write_text("not toml", encoding="utf-8")
    assert call(*arguments).code == 0


def test_a_named_settings_file_must_be_there(call: Call) -> None:
    answer = call("--config", "none.toml", "cases")
    assert answer.code == 2
    assert answer.err == "none.toml: 没有这个设置文件；用 dutydesk init 可以新建一个\n"


def test_the_settings_speak_their_language(desk: Call, tmp_path: Path) -> None:
    file = tmp_path / "dutydesk.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('language = "zh_CN"', 'language = "en"'), encoding="utf-8")
    assert desk("case", "1").code == 2
    assert desk("--lang", "zh_CN", "case", "1").err == "没有编号为 1 的案件\n"


@pytest.mark.parametrize(
    "url", ["mysql://h/x", "postgresql://u:secret@h/x", "postgresql://h:99999/x"]
)
@pytest.mark.parametrize("way", ["--database", "DUTYDESK_DATABASE", "database.url"])
def test_a_bad_address_is_blamed_on_where_it_was_said(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, way: str
) -> None:
    file = tmp_path / "dutydesk.toml"
    file.write_text("[desk]\n", encoding="utf-8")
    options: tuple[str, ...] = ()
    if way == "--database":
        options = (way, url)
    elif way == "database.url":
        file.write_text(f'[database]\nurl = "{url}"\n', encoding="utf-8")
    else:
        monkeypatch.setenv(way, url)
    answer = call(*options, "cases")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"{file}: {way}" if way == "database.url" else way)
    assert ("dutydesk.toml" in answer.err) == (way == "database.url")
    assert "secret@" not in answer.err
