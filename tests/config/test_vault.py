"""Secrets in an encrypted file: nothing in clear, refused plainly, whole whatever happens."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dutydesk.cli.main import run
from dutydesk.cli.secret import app
from dutydesk.config import secrets
from dutydesk.config.passphrase import DESCRIPTOR, VARIABLE, Passphrase
from dutydesk.config.settings import load_settings
from dutydesk.errors import OutsideError

PHRASE, SECRET = "correct horse", "p@ss:w/rd 一"
SETTINGS = '[secrets]\nstore = "file"\nfile = "kept.sealed"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "dutydesk.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(VARIABLE, PHRASE)
    load_settings(environ={}, here=tmp_path)
    yield tmp_path
    secrets.choose_file(None)


def test_what_is_kept_is_read_again_and_stands_nowhere_in_clear(folder: Path) -> None:
    secrets.set_secret("channel_app", SECRET)
    secrets.set_secret("database", "other")
    file = folder / "kept.sealed"
    assert file.stat().st_mode & 0o777 == 0o600
    raw = file.read_text(encoding="utf-8")
    assert not any(part in raw for part in (SECRET, "p@ss", PHRASE, "other"))
    assert secrets.get_secret("channel_app", {}) == SECRET
    assert secrets.secret_source("channel_app", {}) == "file"
    assert secrets.get_secret("channel_other", {}) is None
    assert secrets.delete_secret("channel_app")
    assert not secrets.delete_secret("channel_app")
    secrets.choose_file(None)
    load_settings(environ={}, here=folder)
    assert secrets.get_secret("database", {}) == "other"
    assert [one.name for one in folder.iterdir() if one.name.endswith(".part")] == []


@pytest.mark.parametrize("harm", ["phrase", "box", "names", "cut", "open"])
def test_a_wrong_passphrase_or_a_changed_file_is_refused_plainly(
    folder: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    secrets.set_secret("channel_app", SECRET)
    file = folder / "kept.sealed"
    raw = file.read_text(encoding="utf-8")
    told = {"cut": "不是完好的密钥文件", "open": "chmod 600"}.get(harm, "口令不对，或文件被改动过")
    if harm == "phrase":
        monkeypatch.setenv(VARIABLE, "another horse")
    elif harm == "box":
        box = raw.rindex('"box": "') + 9
        file.write_text(raw[:box] + ("A" if raw[box] != "A" else "B") + raw[box + 1 :])
    elif harm == "names":
        file.write_text(raw.replace('"channel_app"', '"channel_app", "database"'))
    elif harm == "cut":
        file.write_text(raw[:-9])
    else:
        file.chmod(0o644)
    secrets.choose_file(None)
    secrets.choose_file(file)
    with pytest.raises(OutsideError, match=told) as caught:
        secrets.unlock()
    assert SECRET not in str(caught.value)
    assert "horse" not in str(caught.value)
    before = file.read_bytes()
    with pytest.raises(OutsideError):
        secrets.set_secret("database", "new")
    assert file.read_bytes() == before


def test_a_write_that_is_torn_leaves_the_old_file_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets.set_secret("channel_app", SECRET)

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutsideError, match="No space left"):
        secrets.set_secret("channel_app", "new")
    assert secrets.get_secret("channel_app", {}) == SECRET
    assert sorted(one.name for one in folder.iterdir()) == ["dutydesk.toml", "kept.sealed"]


def test_the_passphrase_comes_by_a_descriptor_and_never_from_a_thread_or_without_a_terminal() -> (
    None
):
    read, write = os.pipe()
    os.write(write, f"{PHRASE}\nrest".encode())
    os.close(write)
    by_descriptor = Passphrase({DESCRIPTOR: str(read)})
    assert (by_descriptor.source, by_descriptor(), by_descriptor()) == (
        "descriptor", PHRASE, PHRASE,
    )  # fmt: skip
    with pytest.raises(OutsideError, match="文件描述符"):
        Passphrase({DESCRIPTOR: "9999"})()
    with pytest.raises(OutsideError, match=VARIABLE):
        Passphrase({})()


def test_without_the_package_it_is_said_and_a_short_passphrase_is_not_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "short")
    with pytest.raises(OutsideError, match="至少 8"):
        secrets.set_secret("channel_app", SECRET)
    monkeypatch.setenv(VARIABLE, PHRASE)
    monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)
    with pytest.raises(OutsideError, match=r"dutydesk\[vault\]"):
        secrets.set_secret("channel_app", SECRET)
    assert not (folder / "kept.sealed").exists()


@pytest.mark.usefixtures("folder")
def test_the_commands_say_where_it_is_kept(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = CliRunner().invoke(app(), ["set", "database"], input=f"{SECRET}\n").output
    assert told.startswith("已存入加密的文件 ")
    assert told.endswith("：database\n")
    assert CliRunner().invoke(app(), ["list"]).output == "database\t加密的文件\n"
    run(["doctor"])
    assert "口令来自环境变量，打得开" in capsys.readouterr().out
    monkeypatch.setenv(VARIABLE, "another horse")
    secrets.choose_file(None)
    run(["doctor"])
    found = capsys.readouterr().out
    assert "不对  sealed  打不开加密的密钥文件" in found
