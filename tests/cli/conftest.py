"""A command line to call in this process, in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_call import Answer, Call

from dutydesk.cli import here
from dutydesk.cli.main import run


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Call]:
    """Calls `dutydesk ARGUMENTS`, in an empty folder; nothing is ever raised."""
    monkeypatch.chdir(tmp_path)

    def called(*arguments: object) -> Answer:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        seen = capsys.readouterr()
        assert "Traceback" not in seen.out + seen.err
        return Answer(code, seen.out, seen.err)

    yield called
    here.give(here.Given())


@pytest.fixture
def desk(call: Call, tmp_path: Path) -> Call:
    """The same, with settings and an empty store in the folder."""
    assert call("--database", "desk.sqlite3", "init").code == 0
    return call


@pytest.fixture
def one(desk: Call) -> str:
    """The number of one registered case at 嘉乐路20号."""
    answer = desk(
        *("do", "-", "register", "--by", "street_centre", "--set", "channel=grid"),
        *("--set", "external_no=2611A0000001", "--set", "place=嘉乐路20号", "--set", "grid=嘉乐"),
        *("--set", "description=绿化带暴露垃圾", "--set", "category=暴露垃圾"),
    )
    assert answer.code == 0, answer.err
    return str(answer.json["case"])
