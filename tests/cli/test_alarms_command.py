"""`dutydesk alarms`, `ladder` and `forecast`, with what each refuses."""

from __future__ import annotations

import json

from cli_call import Call


def test_alarms_are_listed_acknowledged_shelved_and_their_history_told(desk: Call) -> None:
    assert desk("alarms", "list").code == 0
    assert desk("alarms", "acknowledge").code == 0
    wrong = desk("alarms", "list", "--list", "nothing")
    assert (wrong.code, "standing" in wrong.err) == (2, True)
    none = desk("alarms", "shelve", "nobody|1|0", "--json")
    assert none.code == 1
    assert json.loads(none.out)["refused"]["code"] == "wrong_state"
    late = desk("alarms", "shelve", "nobody|1|0", "--until", "+90", "--json")
    assert json.loads(late.out)["refused"]["code"] == "missing_field"
    assert desk("alarms", "shelve", "x", "--until", "whenever").code == 2
    assert desk("alarms", "unshelve", "nobody|1|0").code == 0
    assert "没有人动过" in desk("alarms", "history", "nobody|1|0").out


def test_the_ladder_of_a_case_and_the_next_hour_are_told(desk: Call) -> None:
    made = desk(
        *("do", "-", "register", "--by", "commander", "--json", "--set", "channel=dept_linkage"),
        *("--set", "place=曹安公路", "--set", "description=占道", "--set", "category=占道"),
    )
    assert made.code == 0, made.err
    no = json.loads(made.out)["case"]
    ladder = [json.loads(line) for line in desk("ladder", no, "--json").out.splitlines()]
    assert {row["case"] for row in ladder} == {no}
    assert next(row["clock"] for row in ladder) == "triage"
    assert desk("ladder", "0000000").code == 2
    assert desk("ladder", no).code == 0
    rows = [
        json.loads(line)
        for line in desk("forecast", "--minutes", "1440", "--json").out.splitlines()
    ]
    assert [(row["case"], row["act"]) for row in rows if row["kind"] == "breach"] == [
        (no, "accept")
    ]
    assert "1 件" in desk("forecast", "--minutes", "1440").out


def test_the_doctor_says_who_keeps_the_clock(desk: Call) -> None:
    found = {row["name"]: row for row in desk("doctor", "--json").json}
    assert found["keeper"]["ok"] is True
    assert "dutydesk watch" in found["keeper"]["mend"]
