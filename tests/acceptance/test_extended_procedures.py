"""A procedure extends a higher one: the prescribed part stands, local items come beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dutydesk.cli import here
from dutydesk.cli.main import run
from dutydesk.config.procedures import load
from dutydesk.errors import BadInput
from dutydesk.workflow.extending import extend
from tests.acceptance.drilling import refusals, state
from tests.acceptance.ruled import Json, runs, under

RIVER = Path(__file__).parent / "invented" / "river"
UPPER, LOWER = str(RIVER / "upper_street.toml"), str(RIVER / "lower_street.toml")


def line(at: str, do: str, by: str = "desk", **fields: object) -> Json:
    return {"at": f"2026-11-{at}:00+08:00", "do": do, "by": by, "case": "a"} | fields


CASE = (
    line("20T09:00", "register", channel="raft", description="缆绳松"),
    line("20T09:30", "give", lead="甲"),
    line("20T10:00", "warn", text="已劝阻"),
    line("24T10:00", "report", "crew:甲", party="甲", text="已系好"),
)


@pytest.mark.clause("K-2.2.1", "M-5.2")
def test_two_streets_work_under_one_district_each_with_its_own_items() -> None:
    upper, lower = under(UPPER)(*CASE), under(LOWER)(*CASE[:2], CASE[3])

    assert (refusals(upper), state(upper), state(lower)) == ([], "done", "done")
    # The prescribed limit is one, the street's own is another: 5 days there, 3 days here.
    assert runs(upper, "take") == runs(lower, "take") == [(None, "11-20T11:00", True)]
    assert runs(upper, "work") == [("甲", "11-25T09:30", True)]
    assert runs(lower, "work") == [("甲", "11-23T09:30", False)]


@pytest.mark.clause("K-2.2.1", "M-5.2")
@pytest.mark.parametrize(
    ("change", "key", "lock", "at"),
    [
        ('[clocks.take]\nlimit = "4 h"', "clocks.take.limit", "clocks.take", 8),
        ('[[transitions]]\nid = "D2"\nby = ["crew"]', "transitions.D2.by", "transitions", 9),
        ('[states.in]\nzh = "别名"', "states.in.zh", "states", 8),
        ('[[routine]]\ncode = "walk"\nevery = "week"', "routine.walk.every", "routine", 9),
    ],
)
def test_a_prescribed_value_that_is_changed_is_refused_by_file_key_and_reason(
    tmp_path: Path, change: str, key: str, lock: str, at: int
) -> None:
    (tmp_path / "district.toml").write_bytes((RIVER / "district.toml").read_bytes())
    mine = tmp_path / "mine.toml"
    head = '[procedure]\nname = "mine"\nversion = 1\nzh = "x"\nen = "x"\nextends = "district"\n'
    mine.write_text(head + change + "\n", encoding="utf-8")

    with pytest.raises(BadInput) as refused:
        load(str(mine))
    assert (refused.value.file, refused.value.line) == (str(mine), at)
    assert refused.value.message.startswith(f"{key}：上级规程 district 规定了 {lock}，")
    assert run(["procedure", "check", str(mine)]) == 2


def test_a_higher_one_that_is_none_and_a_circle_are_told(tmp_path: Path) -> None:
    one, other = tmp_path / "one.toml", tmp_path / "other.toml"
    for path, higher in ((one, "other"), (other, "one")):
        path.write_text(f'[procedure]\nname = "x"\nextends = "{higher}"\n', encoding="utf-8")
    with pytest.raises(BadInput, match="绕成了圈"):
        load(str(one))
    one.write_text('[procedure]\nname = "x"\nextends = "minhan"\n', encoding="utf-8")
    with pytest.raises(BadInput, match="没有可延伸的上级规程“minhan”；最接近的是 minhang"):
        load(str(one))


@pytest.mark.clause("M-4.1.1.5")
def test_a_shipped_procedure_is_extended_by_a_list_of_ones_own(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    head = '[procedure]\nname = "mine"\nversion = 1\nzh = "x"\nen = "x"\nextends = "minhang"\n'
    own = '[[slots]]\ncode = "own_tasks"\nzh = "一居一方案"\nen = "own"\nbasis = "house"\n'
    mine.write_text(f"{head}{own}entries = []\n", encoding="utf-8")
    assert run(["procedure", "check", str(mine)]) == 0
    assert load(str(mine)).raw["local"] == ["slots.own_tasks"]


def test_show_says_what_is_prescribed_and_what_is_local(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["procedure", "show", UPPER, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["extends"], shown["rollout"]) == ("district", "pilot")
    assert shown["prescribed"] == [
        "states",
        "transitions",
        "clocks.take",
        "fields.channel",
        "routine",
    ]
    assert shown["local"] == ["clocks.work.limit", "routine.lamp", "acts.warn", "transitions.U1"]
    assert [(entry["code"], entry["local"]) for entry in shown["routine"]] == [
        ("walk", False),
        ("lamp", True),
    ]
    assert run(["procedure", "show", UPPER]) == 0
    text = capsys.readouterr().out
    assert "延伸自 district\n推行：试点\n" in text
    assert "本地：clocks.work.limit" in text


@pytest.mark.clause("K-2.2.3")
def test_a_pilot_desk_works_and_a_following_one_is_not_in_force_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        refused = run(["--database", "lower.sqlite3", "init", "--procedure", LOWER])
        assert refused == 2
        assert "还没有启用" in capsys.readouterr().err
        assert not (tmp_path / "dutydesk.toml").exists()
        assert run(["--database", "upper.sqlite3", "init", "--procedure", UPPER]) == 0
    finally:
        here.give(here.Given())


@pytest.mark.clause("X-9.1")
def test_a_changed_procedure_that_strands_open_cases_is_refused_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    mine = tmp_path / "river.toml"
    text = (RIVER / "district.toml").read_text(encoding="utf-8")
    mine.write_text(text, encoding="utf-8")
    told = [x for each in ("channel=raft", "description=缆绳松") for x in ("--set", each)]

    def call(*arguments: str) -> int:
        capsys.readouterr()
        return run([*arguments, "--json"])

    try:
        assert call("--database", "desk.sqlite3", "init", "--procedure", "river.toml") == 0
        for _each in range(2):
            assert call("do", "-", "register", "--by", "desk", *told) == 0
        mine.write_text(
            text.replace("[states.in]", "[states.lying]")
            .replace('from = ["in"]', 'from = ["lying"]')
            .replace('"go in"', '"go lying"'),
            encoding="utf-8",
        )
        assert call("cases") == 1
        refused = json.loads(capsys.readouterr().out)["refused"]
        assert refused["code"] == "cases_stranded"
        assert refused["params"] == {"procedure": "district", "states": {"in": 2}, "count": 2}
        mine.write_text(text, encoding="utf-8")
        assert call("cases") == 0
        assert len(capsys.readouterr().out.splitlines()) == 2
    finally:
        here.give(here.Given())


def test_a_list_without_names_stands_for_the_whole_and_breaks_nothing() -> None:
    higher = {
        "slots": [{"code": "a", "entries": ["一", "二"]}, {"code": "b", "entries": [{"zh": "x"}]}]
    }
    own = {"slots": [{"code": "a", "entries": ["三"]}, {"code": "b", "entries": [{"zh": "y"}]}]}

    assert extend(higher, own)["slots"] == own["slots"]
