"""A desk begins with any procedure, and a change of procedure says which open cases it touches."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cli_call import Call

from dutydesk.config.settings import load_settings


@pytest.fixture
def mine(tmp_path: Path, root: Path) -> Path:
    """A copy of the shipped procedure, one limit changed and one state renamed."""
    text = (root / "dutydesk/workflow/procedures/xinchenglu.toml").read_text(encoding="utf-8")
    old = 'limit = "1 natural day"\nbasis = "text"\nclause = "X-5.2.1.3"'
    assert old in text
    changed = text.replace(old, old.replace("1 natural", "2 natural"))
    path = tmp_path / "mine.toml"
    path.write_text(changed.replace("received", "lying_in"), encoding="utf-8")
    return path


def test_a_desk_begins_with_a_shipped_procedure(call: Call, tmp_path: Path) -> None:
    answer = call("--database", "desk.sqlite3", "init", "--procedure", "minhang", "--json")
    assert (answer.code, answer.json["procedure"]) == (0, "minhang")
    done = call(
        *("do", "-", "register", "--by", "patrol", "--set", "channel=patrol", "--set", "place=x"),
        *("--set", "grid_kind=street", "--set", "description=占道", "--json"),
    )
    assert (done.code, done.json["state"]) == (0, "found")


@pytest.mark.parametrize("folder", [".", "elsewhere"])
def test_a_desk_begins_with_a_file_of_ones_own(
    call: Call, tmp_path: Path, mine: Path, folder: str
) -> None:
    (tmp_path / "elsewhere").mkdir()
    settings = f"{folder}/dutydesk.toml"
    mine.write_text(mine.read_text(encoding="utf-8").replace("lying_in", "received"), "utf-8")
    answer = call(
        "--config", settings, "--database", "desk.sqlite3", "init", "--procedure", "mine.toml"
    )
    assert answer.code == 0, answer.err
    named = load_settings(tmp_path / settings, environ={}).desk.procedure
    assert named == ("mine.toml" if folder == "." else str(tmp_path / "mine.toml"))
    assert call("--config", settings, "cases", "--json").code == 0


def test_an_unsound_file_of_ones_own_begins_nothing(call: Call, tmp_path: Path, mine: Path) -> None:
    text = mine.read_text(encoding="utf-8").replace('"category_known"', '"category_knwon"')
    mine.write_text(text, encoding="utf-8")
    answer = call("init", "--procedure", "mine.toml")
    assert answer.code == 2
    assert "没有关卡 category_knwon" in answer.err
    assert not (tmp_path / "dutydesk.toml").exists()


def test_the_open_cases_that_a_change_touches_are_counted(desk: Call, one: str, mine: Path) -> None:
    answer = desk("procedure", "diff", "xinchenglu", "mine.toml", "--cases", "--json")
    assert answer.json["cases"] == [
        {"kind": "state_gone", "name": "received", "cases": 1, "old": None, "new": None},
        {
            "kind": "limit",
            "name": "triage",
            "cases": 1,
            "old": "1 natural day",
            "new": "2 natural days",
        },
    ]
    told = desk("procedure", "diff", "xinchenglu", "mine.toml", "--cases").out.splitlines()[-2:]
    assert told == [
        "1 件在办案件所在的状态 received 没有了，先办到别的状态再换规程",
        "1 件在办案件的时限 triage 由 1 natural day 改为 2 natural days，已起算的不改期",
    ]
    same = desk("procedure", "diff", "xinchenglu", "xinchenglu", "--cases").out
    assert same == "没有不同\n在办案件都不受影响\n"


def test_each_procedure_is_listed_with_its_governing_document(call: Call) -> None:
    listed = call("procedure", "list").out
    assert "minhang" in listed
    assert "闵委办发〔2017〕13号" in listed


def test_a_new_desk_of_another_procedure_has_its_own_area_and_posts(
    call: Call, tmp_path: Path
) -> None:
    answer = call(
        *("--database", "desk.sqlite3", "init", "--procedure", "minhang", "--area", "310112")
    )
    assert answer.code == 0, answer.err
    text = (tmp_path / "dutydesk.toml").read_text(encoding="utf-8")
    assert "# 岗位：station_keeper 工作站值守，enforcement 执法联动力量" in text
    assert '#posts = ["station_keeper"]' in text
    assert "line_lead" not in text
    assert call("cases", "--json").code == 0


@pytest.mark.parametrize("name", ["xinchenglu", "jinshan", "baoshan", "minhang", "hongkou"])
def test_each_shipped_procedure_is_compared_with_a_newer_file(
    call: Call, root: Path, tmp_path: Path, name: str
) -> None:
    text = (root / f"dutydesk/workflow/procedures/{name}.toml").read_text(encoding="utf-8")
    newer = tmp_path / "newer.toml"
    newer.write_text(re.sub(r"(?m)^version = \d+", "version = 99", text), encoding="utf-8")
    answer = call("procedure", "diff", name, newer)
    assert (answer.code, answer.err) == (0, "")
    assert "procedure.version" in answer.out
    assert len(answer.out.splitlines()) == 1
