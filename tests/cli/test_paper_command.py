"""`dutydesk paper`: shown, as JSON, into a file, to a printer that works or fails."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest
from cli_call import Call


@pytest.fixture
def fake(root: Path) -> str:
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(root / 'tests' / 'fake_tool.py'))}"


def printer(command: str) -> None:
    """Settings of this folder with a command that prints."""
    text = Path("dutydesk.toml").read_text(encoding="utf-8")
    before, table, after = text.partition("[print]")
    after = after.replace('command = ""', f"command = '''{command}'''", 1)
    Path("dutydesk.toml").write_text(before + table + after, "utf-8")


def test_a_paper_is_shown_or_one_json_document(desk: Call, one: str) -> None:
    shown = desk("paper", one[-4:])
    assert shown.code == 0
    assert shown.out.startswith("案件情况（发群）\n")
    assert f"案件号：{one}" in shown.out
    found = desk("paper", one, "--kind", "upstream", "--json").json
    assert (found["case"], found["kind"]) == (one, "upstream")
    assert "平台编号：2611A0000001" in found["text"]


def test_a_paper_goes_into_a_file_and_lies_over_none(desk: Call, one: str) -> None:
    assert desk("paper", one, "--out", "a.txt").err == "已写到 a.txt\n"
    assert Path("a.txt").read_text("utf-8").startswith("案件情况（发群）\n")
    assert desk("paper", one, "--out", "a.html").code == 0
    assert Path("a.html").read_text("utf-8").startswith("<!doctype html>")
    again = desk("paper", one, "--out", "a.txt")
    assert again.code == 2
    assert "a.txt" in again.err
    assert desk("paper", one, "--out", "none/a.txt").code == 2


def test_what_is_no_paper_or_no_case_is_told(desk: Call, one: str) -> None:
    answer = desk("paper", one, "--kind", "letter")
    assert answer.code == 2
    assert "contact, group, upstream, why" in answer.err
    answer = desk("paper", one, "--kind", "contact")
    assert answer.code == 2
    assert "没有主送单位" in answer.err
    assert desk("paper", "9999").code == 2


def test_a_paper_is_printed(desk: Call, one: str, fake: str) -> None:
    printer(f"{fake} keep printed.txt {{file}}")
    answer = desk("paper", one, "--print")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == "已交给打印机：request id is office-7\n"
    assert Path("printed.txt").read_text("utf-8").startswith("案件情况（发群）\n")


def test_a_printer_that_fails_is_an_outside_service(desk: Call, one: str, fake: str) -> None:
    printer(f"{fake} fail")
    answer = desk("paper", one, "--print")
    assert answer.code == 4
    assert "printer office: out of paper（退出码 3）" in answer.err


def test_the_doctor_looks_at_folder_and_commands(desk: Call) -> None:
    printer("no-such-program-here")
    text = Path("dutydesk.toml").read_text("utf-8")
    Path("dutydesk.toml").write_text(text.replace('pictures = ""', 'pictures = "none"'), "utf-8")
    answer = desk("doctor", "--json")
    found = {one["name"]: one for one in answer.json}
    assert not found["pictures"]["ok"]
    assert "读不了" in found["pictures"]["detail"]
    assert not found["printing"]["ok"]
    assert found["printing"]["mend"] == "没有这个程序；改 [print] command"
    assert found["clipboard"]["ok"]
    assert "[files] clipboard" in found["clipboard"]["mend"]
