"""The command line as a whole: version, help, languages, usage errors, and what never leaves."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from cli_call import Call
from sampled import sampled

from dutydesk import __version__
from dutydesk.cli import app, outlet
from dutydesk.cli.main import asks_version
from dutydesk.cli.table import COMMANDS


def python(
    *arguments: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    )


def test_the_version_imports_next_to_nothing() -> None:
    code = (
        "import sys; from dutydesk.cli.main import run; before = set(sys.modules);"
        "run(['--version']); new = set(sys.modules) - before;"
        "print(sorted(n for n in new if n.partition('.')[0] in ('typer', 'dutydesk', 'rich')))"
    )
    assert python("-c", code).stdout.decode() == f"dutydesk {__version__}\n[]\n"


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (["--version"], True),
        (["--lang", "en", "--version"], True),
        (["--config=x.toml", "--version"], True),
        (["--config", "--version"], False),
        (["cases", "--version"], False),
        ([], False),
    ],
)
def test_the_version_is_asked_for_before_a_command(arguments: list[str], asked: bool) -> None:
    assert asks_version(arguments) is asked


def test_help_names_every_command_and_option(call: Call) -> None:
    answer = call("--help")
    assert answer.code == 0
    assert answer.out.startswith("用法：dutydesk [选项] 命令 …\n")
    listed = answer.out.partition("命令：\n")[2].splitlines()
    assert [line.split()[0] for line in listed] == list(COMMANDS)
    for option in ("--config FILE", "--database URL", "--lang zh_CN|en", "--version"):
        assert f"  {option}" in answer.out


@pytest.mark.parametrize("name", list(COMMANDS))
def test_each_command_has_help(call: Call, name: str) -> None:
    parts = COMMANDS[name].parts or {}
    for arguments in [(name,), *((name, part) for part in parts)]:
        answer = call(*arguments, "--help")
        assert answer.code == 0
        assert answer.out.startswith(f"用法：dutydesk {' '.join(arguments)} [选项]")
        assert answer.err == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["caess"], "没有命令“caess”；最接近的是 cases\n"),
        (["calendar", "shwo"], "没有命令“shwo”；最接近的是 show\n"),
        (
            ["cases", "--satte", "x"],
            "没有选项 --satte；最接近的是 --state；用法见 dutydesk cases --help\n",
        ),
        (["cases", "extra"], "多余的参数：extra；用法见 dutydesk cases --help\n"),
        (["cases", "--limit", "x"], "--limit：应为整数；用法见 dutydesk cases --help\n"),
        (["cases", "--state"], "--state 后面要写内容\n"),
        (["case"], "缺少 NO；用法见 dutydesk case --help\n"),
        (["do", "1", "accept"], "缺少 --by；用法见 dutydesk do --help\n"),
        (["--lang", "de", "cases"], "没有语言“de”；最接近的是 en (zh_CN, en)\n"),
    ],
)
def test_a_wrong_usage_is_told_in_plain_words(call: Call, arguments: list[str], said: str) -> None:
    answer = call(*arguments)
    assert (answer.code, answer.out, answer.err) == (2, "", said)


def test_a_number_out_of_range_is_told(call: Call) -> None:
    answer = call("cases", "--limit", "0")
    assert answer.code == 2
    assert answer.err == "--limit：应不小于 1；用法见 dutydesk cases --help\n"


def test_without_a_command_a_terminal_is_needed(call: Call) -> None:
    answer = call()
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("这里没有终端，值班台画不出来")
    assert call("demo").code == 2


@pytest.mark.parametrize(
    "locale",
    sampled(
        [
            {"LC_ALL": "C"},
            {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            {"PYTHONIOENCODING": "ascii"},
        ],
        (1,),
    ),
)
def test_chinese_leaves_as_utf_8_under_any_locale(locale: dict[str, str]) -> None:
    asked = ("due", "--from", "2026-11-20 18:55", "--limit", "2紧急工作时")
    done = python("-m", "dutydesk", *asked, env=locale)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode("utf-8").startswith("起算 2026-11-20 18:55:00  时限 2紧急工作时\n")


def test_english_is_spoken_when_asked_for(call: Call) -> None:
    assert call("--lang", "en", "due", "--from", "2026-11-20 18:55", "--limit", "1 h").code == 0
    answer = call("due", "--from", "x", "--limit", "1 h")
    assert answer.err.startswith("时间“x”读不懂")


def test_an_unexpected_fault_is_one_line_with_the_log(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("the cat sat on it")

    monkeypatch.setattr(app, "root", fail)
    answer = call("cases")
    assert answer.code == 2
    assert answer.err.startswith("程序出了意外：the cat sat on it；详情记在 ")
    log = Path(answer.err.strip().rpartition(" ")[2])
    assert log.name == "dutydesk.log"
    assert "RuntimeError: the cat sat on it" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 3),
        (KeyboardInterrupt(), 130),
        (BrokenPipeError(), 0),
        (RecursionError("deep"), 2),
    ],
)
def test_what_the_machine_does_has_its_exit_code(
    error: BaseException, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outlet, "_close_quietly", lambda stream: None)

    def work() -> int:
        raise error

    assert outlet.guarded(work, as_json=False) == code


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = (
        f"{sys.executable} -m dutydesk calendar show 2026 --json | true; echo ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("0\n", "")


def bash(command: str, unbuffered: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", command],
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("unbuffered", sampled(["", "1"], (0,)))
@pytest.mark.parametrize("end", sampled(["| true", ">/dev/full", "2>/dev/full", "2>&-"], (0, 1)))
def test_a_refusal_that_nobody_hears_is_still_a_refusal(
    desk: Call, one: str, end: str, unbuffered: str
) -> None:
    act = f"{sys.executable} -m dutydesk do {one} close --by commander --json"
    done = bash(f"{act} {end}; echo ${{PIPESTATUS[0]}}", unbuffered)
    assert done.stdout.splitlines()[-1] == "1"
    assert done.stderr.count("\n") <= 1


@pytest.mark.parametrize(
    ("asked", "code"),
    sampled(
        [("--version", "3"), ("procedure list", "3"), ("case", "2"), ("case 2>/dev/full", "2")],
        (0, 2),
    ),
)
def test_a_full_disk_behind_the_output_is_an_exit_code(asked: str, code: str) -> None:
    for unbuffered in ("", "1"):
        done = bash(f"{sys.executable} -m dutydesk {asked} >/dev/full; echo $?", unbuffered)
        assert done.stdout == f"{code}\n"
        assert done.stderr.count("\n") <= 1


def test_the_second_screen_needs_a_terminal_too(call: Call) -> None:
    answer = call("follow", "--seat", "一号席")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("这里没有终端，值班台画不出来")
