"""A procedure as a drawing, and what differs between two of them."""

from __future__ import annotations

import copy

import pytest

from dutydesk.config.procedures import load, names
from dutydesk.views.labels import Words
from dutydesk.views.mermaid import mermaid
from dutydesk.views.procedure_diff import Change, differences

XINCHENGLU = load("xinchenglu")


def test_every_state_and_every_way_is_drawn() -> None:
    lines = mermaid(XINCHENGLU).splitlines()
    assert lines[0] == "stateDiagram-v2"
    for state in XINCHENGLU.states.values():
        assert f"    {state.name}: {state.label.zh}" in lines
    assert "    [*] --> received: T01 登记 X-2.1" in lines
    assert "    to_dispatch --> at_station: T07 派单 X-5.2.2" in lines
    assert "    reviewing --> closed: T29 结案评价 X-5.2.7.8" in lines
    assert "    closed --> [*]" in lines
    ways = [line.strip() for line in lines if "-->" in line]
    targets = {row.to for row in XINCHENGLU.transitions if row.to}
    assert {way.partition(" --> ")[2].partition(":")[0] for way in ways} == {*targets, "[*]"}


@pytest.mark.parametrize("name", names())
def test_each_way_of_every_procedure_is_drawn_with_its_clause(name: str) -> None:
    procedure = load(name)
    words = Words(procedure, "zh_CN")
    drawn = mermaid(procedure, words)
    ways = [line.partition(": ")[2] for line in drawn.splitlines() if "-->" in line]
    said = {act for way in ways for act in way.split(", ")}
    moving = [row for row in procedure.transitions if row.to and set(row.from_) != {row.to}]
    wanted = {f"{r.id} {words.verb(r.verb)}" + (f" {r.clause}" if r.clause else "") for r in moving}
    assert wanted - said == set()
    assert all(f"    {state}: " in drawn for state in procedure.states)


def test_an_act_that_leaves_a_case_where_it_is_is_not_drawn() -> None:
    assert "便签" not in mermaid(XINCHENGLU)


def test_the_drawing_speaks_english() -> None:
    drawn = mermaid(XINCHENGLU, Words(XINCHENGLU, "en"))
    assert "    to_dispatch --> at_station: T07 dispatch X-5.2.2" in drawn.splitlines()


def test_a_procedure_does_not_differ_from_itself() -> None:
    assert differences(XINCHENGLU.raw, XINCHENGLU.raw) == ()


def test_each_changed_value_is_named_with_old_and_new() -> None:
    other = copy.deepcopy(dict(XINCHENGLU.raw))
    other["clocks"]["dispatch"]["limit"] = "45 min"
    other["transitions"][0]["clause"] = "X-9"
    other["transitions"].reverse()
    del other["roles"]["admin"]
    other["states"]["waiting"] = {"zh": "等", "en": "wait"}
    found = {change.path: change for change in differences(XINCHENGLU.raw, other)}
    assert found == {
        "clocks.dispatch.limit": Change("clocks.dispatch.limit", "60 min", "45 min"),
        "transitions.T01.clause": Change("transitions.T01.clause", "X-2.1", "X-9"),
        "roles.admin": Change("roles.admin", XINCHENGLU.raw["roles"]["admin"], None),
        "states.waiting": Change("states.waiting", None, {"zh": "等", "en": "wait"}),
    }


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_label_cannot_break_the_drawing(lang: str) -> None:
    for line in mermaid(XINCHENGLU, Words(XINCHENGLU, lang)).splitlines():
        assert line.count(": ") <= 1
        assert ";" not in line
