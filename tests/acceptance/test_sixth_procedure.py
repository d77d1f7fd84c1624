"""A sixth procedure, invented, as data alone: the engine plays it from first bell to afloat."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.cli import here
from dutydesk.cli.main import run
from dutydesk.clock import ZONE, ManualClock
from dutydesk.desk import Desk
from dutydesk.errors import Refused
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from tests.acceptance.drilling import refusals, state
from tests.acceptance.ruled import Json, runs, told, under

FERRY = str(Path(__file__).parent / "invented" / "ferry.toml")
drill = under(FERRY)


def line(at: str, do: str, by: str = "keeper", case: str = "a", **fields: Any) -> Json:
    return {"at": f"2026-11-{at}:00+08:00", "do": do, "by": by, "case": case} | fields


def ring(at: str = "20T09:00", **fields: Any) -> Json:
    given = {"channel": "gong", "description": "撞上木桩", "size": "大船"} | fields
    return line(at, "ring", **given)


def test_it_passes_its_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["procedure", "check", FERRY]) == 0
    assert capsys.readouterr().out.startswith("ferry 周全：5 个状态")


def test_a_case_goes_from_the_bell_to_the_water() -> None:
    output = drill(
        ring(),
        line("20T09:05", "send", lead="甲"),
        line("20T09:06", "lower_gate"),
        line("20T09:07", "send", lead="甲", parties=["乙"]),
        line("20T12:00", "patch", "boatman:甲", party="甲", text="补板"),
        line("20T16:00", "patch", party="乙", text="上漆"),
        line("20T16:30", "look_over", "harbour_chief", verdict="还漏"),
        line("21T09:00", "patch", party="甲", text="再补"),
        line("21T09:10", "patch", party="乙", text="再漆"),
        line("21T10:00", "look_over", "harbour_chief", verdict="不漏"),
    )

    assert refusals(output) == [("send", "act_missing")]
    assert state(output) == "afloat"
    assert runs(output, "answer") == [(None, "11-20T09:15", True)]
    assert runs(output, "mend") == [
        ("甲", "11-23T09:07", True),
        ("乙", "11-23T09:07", True),
        ("甲", "11-23T16:30", True),
        ("乙", "11-23T16:30", True),
    ]
    # The 20th is a Friday: one working day ends with Monday.
    assert runs(output, "look") == [(None, "11-24T00:00", True), (None, "11-24T00:00", True)]


def test_it_declares_in_a_few_lines_what_may_be_put_off() -> None:
    in_hand = (ring(), line("20T09:06", "lower_gate"), line("20T09:07", "send", lead="甲"))
    output = drill(
        *in_hand,
        line("20T10:00", "suspend", until="2026-11-21T10:00:00+08:00", reason="大雾"),
        line("21T11:00", "ask_deferral", "boatman:甲", reason="缺木料", limit="1 day"),
        line("21T12:00", "approve_deferral", "keeper"),
        line("21T12:01", "approve_deferral", "harbour_chief"),
        line("21T12:02", "approve_deferral", "keeper"),
    )

    assert refusals(output) == [("approve_deferral", "not_your_role")]
    # Three days, a day of fog, a day more.
    assert runs(output, "mend") == [("甲", "11-25T09:07", None)]


def test_a_limit_varies_by_a_field_of_its_own_and_is_capped_from_the_fact() -> None:
    small = drill(
        ring(size="小船"), line("20T09:06", "lower_gate"), line("20T10:00", "send", lead="甲")
    )
    late = drill(
        ring(occurred_at="2026-11-18T06:00:00+08:00"),
        line("20T09:06", "lower_gate"),
        line("20T10:00", "send", lead="甲"),
    )

    assert runs(small, "mend") == [("甲", "11-20T15:30", None)]
    assert runs(late, "mend") == [("甲", "11-22T06:00", None)]


def test_a_guard_tells_two_people_apart(tmp_path: Path) -> None:
    text = Path(FERRY).read_text(encoding="utf-8")
    guarded = text.replace('guards = ["did lower_gate"]', 'guards = ["another lower_gate"]')
    mine = tmp_path / "ferry.toml"
    mine.write_text(guarded, encoding="utf-8")
    output = under(str(mine))(
        ring(),
        line("20T09:01", "lower_gate", "keeper:甲"),
        line("20T09:02", "send", "keeper:甲", lead="丙"),
        line("20T09:03", "send", "keeper:乙", lead="丙"),
    )

    assert refusals(output) == [("send", "independence")]
    assert state(output) == "mending"


def test_its_own_people_are_alarmed() -> None:
    output = drill(ring(), line("20T09:20", "wave_off", reason="认错了"))

    assert state(output) == "waved_off"
    assert told(output, "answer") == [
        ("11-20T09:10", "yellow", ("keeper",)),
        ("11-20T09:15", "red", ("keeper", "harbour_chief")),
    ]


@pytest.fixture
def desk() -> Iterator[Desk]:
    found = memory_desk(ManualClock(datetime(2026, 11, 20, 9, 0, tzinfo=ZONE)), procedure=FERRY)
    yield found
    found.close()


def test_the_door_plays_it(desk: Desk) -> None:
    now = desk.clock.now()
    keeper, given = Actor("keeper"), {"channel": "lantern", "description": "漏水", "size": "小船"}

    def do(verb: str, by: Actor, **fields: object) -> str:
        done = desk.execute(Act(verb, by, now, now, no, fields))
        assert done.case is not None
        return done.case.state

    opened = desk.execute(Act("ring", keeper, now, now, None, given)).case
    assert opened is not None
    assert opened.extra == (("size", "小船"),)
    no = opened.no
    with pytest.raises(Refused, match="not_your_role"):
        do("send", Actor("boatman"), lead="甲")
    assert do("lower_gate", keeper) == "struck"
    assert do("send", keeper, lead="甲") == "mending"
    assert do("patch", keeper, party="甲", text="补好") == "ashore"
    assert do("look_over", Actor("harbour_chief"), verdict="不漏") == "afloat"
    with desk.store.unit() as unit:
        assert unit.due_cases(datetime(2027, 1, 1, tzinfo=ZONE), 10) == []


def test_the_command_line_plays_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Json:
        capsys.readouterr()
        code = run([*arguments, "--json"])
        seen = capsys.readouterr()
        assert code == 0, seen.err
        found: Json = json.loads(seen.out.splitlines()[0]) if seen.out else {}
        return found

    def do(no: str, verb: str, by: str, *given: str) -> Json:
        return call("do", no, verb, "--by", by, *(x for each in given for x in ("--set", each)))

    try:
        call("--database", "desk.sqlite3", "init", "--procedure", FERRY)
        no = do("-", "ring", "keeper", "channel=gong", "description=撞", "size=大船")["case"]
        do(no, "lower_gate", "keeper")
        do(no, "send", "keeper", "lead=甲")
        assert call("cases")["waiting_for"] == "甲"
        do(no, "patch", "boatman:甲", "party=甲", "text=好了")
        assert do(no, "look_over", "harbour_chief", "verdict=不漏")["state"] == "afloat"
        assert call("case", no)["state"] == "afloat"
        assert call("cases") == {}
    finally:
        here.give(here.Given())
