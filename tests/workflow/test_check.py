"""`procedure check`: the shipped procedure is sound, and each planted fault is named."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dutydesk.config.procedures import FOLDER, load
from dutydesk.workflow import check_problem
from dutydesk.workflow.check import Problem, check, check_table
from dutydesk.workflow.check_problem import CODES
from dutydesk.workflow.procedure import build

TABLE = tomllib.loads((FOLDER / "xinchenglu.toml").read_text(encoding="utf-8"))
Plant = Callable[[dict[str, Any]], object]


def row(table: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(r for r in table["transitions"] if r["id"] == name)
    return found


def planted(plant: Plant) -> tuple[Problem, ...]:
    table = copy.deepcopy(TABLE)
    plant(table)
    return check_table(table)


def test_the_shipped_procedure_is_sound() -> None:
    assert check(load("xinchenglu")) == ()
    assert check_table(TABLE) == ()


def _second_dispatch(table: dict[str, Any]) -> None:
    table["transitions"].append({**row(table, "T07"), "id": "T07x"})


def _island(table: dict[str, Any]) -> None:
    table["states"]["island"] = {**table["states"]["reviewing"], "keys": [], "main": None}
    table["transitions"].append(
        {"id": "TX", "from": ["island"], "verb": "close", "effects": ["go closed"]}
    )


def _dead_end(table: dict[str, Any]) -> None:
    for name in ("T24", "T24b", "T29"):
        table["transitions"].remove(row(table, name))
    table["states"]["reviewing"].update(keys=["note"], main="note")
    table["states"]["closed"].update(keys=["note"])
    del table["acts"]["close"], table["acts"]["return_for_rework"]


@pytest.mark.parametrize(
    ("plant", "code", "where"),
    [
        (_second_dispatch, "overlap", "to_dispatch.dispatch"),
        (lambda t: row(t, "T03").update(when={}), "overlap", "received.accept"),
        (lambda t: t["transitions"].remove(row(t, "T20")), "gap", "coordinating.record_outcome"),
        (lambda t: t["transitions"].remove(row(t, "T22b")), "gap", "disposing.file_result"),
        (_island, "unreachable_state", "states.island"),
        (
            lambda t: row(t, "T29").update(effects=["set closed", "go closed"]),
            "clock_runs_at_end",
            "states.closed",
        ),
        (
            lambda t: t["clocks"].update(extra=t["clocks"]["close"]),
            "clock_never_started",
            "clocks.extra",
        ),
        (
            lambda t: t["states"]["received"]["keys"].append("dispatch"),
            "key_not_allowed",
            "states.received",
        ),
        (
            lambda t: t["states"]["received"].update(main="close"),
            "key_not_allowed",
            "states.received",
        ),
        (
            lambda t: t["states"]["received"].update(keys=["note"] * 2),
            "keys_do_not_fit",
            "states.received",
        ),
        (
            lambda t: t["transitions"].remove(row(t, "T36h")),
            "act_without_transition",
            "acts.reveal",
        ),
        (
            lambda t: t["acts"]["hand_over"].update(bundle=True),
            "bundle_needs_cases",
            "acts.hand_over",
        ),
        (lambda t: t["acts"]["linked"].update(bundle=True), "bundle_needs_cases", "acts.linked"),
        (
            lambda t: t["acts"]["register"].update(bundle=True),
            "bundle_needs_cases",
            "acts.register",
        ),
    ],
)
def test_a_fault_in_the_shape(plant: Plant, code: str, where: str) -> None:
    assert (code, where) in {(p.code, p.where) for p in planted(plant)}


def test_a_state_without_way_out() -> None:
    codes = {(p.code, p.where) for p in planted(_dead_end)}
    assert ("no_way_out", "states.reviewing") in codes


def test_a_clock_that_nothing_stops() -> None:
    def plant(table: dict[str, Any]) -> None:
        for each in table["transitions"]:
            each["effects"] = [
                e
                for e in each.get("effects", ())
                if e.split()[:2] not in (["stop", "close"], ["end", "close"])
            ]

    assert ("clock_never_stopped", "clocks.close") in {(p.code, p.where) for p in planted(plant)}


@pytest.mark.parametrize(
    ("plant", "code", "where", "name"),
    [
        (
            lambda t: row(t, "T07")["from"].append("moon"),
            "unknown_state",
            "transitions.T07",
            "moon",
        ),
        (
            lambda t: row(t, "T07").update(effects=["go moon"]),
            "unknown_state",
            "transitions.T07",
            "moon",
        ),
        (lambda t: row(t, "T07").update(verb="fly"), "unknown_verb", "transitions.T07", "fly"),
        (lambda t: row(t, "T07").update(by=["king"]), "unknown_role", "transitions.T07", "king"),
        (
            lambda t: row(t, "T07").update(guards=["luck"]),
            "unknown_guard",
            "transitions.T07",
            "luck",
        ),
        (
            lambda t: row(t, "T07").update(effects=["set free"]),
            "unknown_setter",
            "transitions.T07",
            "free",
        ),
        (
            lambda t: row(t, "T07").update(effects=["jump dispatch"]),
            "unknown_effect",
            "transitions.T07",
            "jump",
        ),
        (
            lambda t: row(t, "T07").update(effects=["stop"]),
            "unknown_effect",
            "transitions.T07",
            "stop",
        ),
        (
            lambda t: row(t, "T07").update(effects=["start watch"]),
            "unknown_clock",
            "transitions.T07",
            "watch",
        ),
        (
            lambda t: row(t, "T07").update(effects=["start all"]),
            "unknown_clock",
            "transitions.T07",
            "all",
        ),
        (
            lambda t: row(t, "T07").update(effects=["start dispose of neighbours"]),
            "unknown_target",
            "transitions.T07",
            "neighbours",
        ),
        (
            lambda t: row(t, "T07").update(effects=["stop dispatch at noon"]),
            "unknown_field",
            "transitions.T07",
            "noon",
        ),
        (
            lambda t: row(t, "T07").update(when={"weather": "rain"}),
            "unknown_fact",
            "transitions.T07",
            "weather",
        ),
        (
            lambda t: row(t, "T07").update(when={"agreed": True}),
            "fact_not_asked",
            "transitions.T07",
            "agreed",
        ),
        (
            lambda t: row(t, "T02").update(when={"as": "village"}),
            "unknown_value",
            "transitions.T02",
            "village",
        ),
        (
            lambda t: t["acts"]["dispatch"]["fields"].append("colour*"),
            "unknown_field",
            "acts.dispatch",
            "colour",
        ),
        (
            lambda t: t["fields"]["reason"].update(type="poem"),
            "unknown_field_type",
            "fields.reason",
            "poem",
        ),
        (
            lambda t: t["clocks"]["close"].update(due="someday"),
            "unknown_due_rule",
            "clocks.close",
            "someday",
        ),
        (
            lambda t: t["clocks"]["close"]["ladder"][0].update(to=["king"]),
            "unknown_role",
            "clocks.close.3",
            "king",
        ),
        (
            lambda t: t["clocks"]["close"]["ladder"][0].update(when={"rain": True}),
            "unknown_fact",
            "clocks.close.3",
            "rain",
        ),
        (
            lambda t: t["mends"].update(call_first="shout"),
            "unknown_verb",
            "mends.call_first",
            "shout",
        ),
        (lambda t: t["mends"].update(no_luck="call"), "unknown_code", "mends.no_luck", "no_luck"),
        (
            lambda t: t["mends"]["head_not_reported"].update(moon="call"),
            "unknown_state",
            "mends.head_not_reported",
            "moon",
        ),
        (
            lambda t: t["states"]["received"]["keys"].append("fly"),
            "unknown_verb",
            "states.received",
            "fly",
        ),
        (
            lambda t: t["states"]["received"].update(hands="nobody"),
            "unknown_value",
            "states.received",
            "nobody",
        ),
        (
            lambda t: t["acts"]["merge"].update(undo="fly"),
            "unknown_verb",
            "acts.merge",
            "fly",
        ),
        (
            lambda t: t["procedure"]["track_of"].pop("major"),
            "unknown_value",
            "procedure",
            "major",
        ),
    ],
)
def test_a_name_that_nobody_knows(plant: Plant, code: str, where: str, name: str) -> None:
    found = {(p.code, p.where, p.params.get("name")) for p in planted(plant)}
    assert found == {(code, where, name)}


@pytest.mark.parametrize(
    ("plant", "problem"),
    [
        (
            lambda t: t["clocks"]["close"].update(basis="rumour"),
            Problem("value_not_marked", "clocks.close", {"basis": "rumour", "clause": "X-5.2.7.9"}),
        ),
        (
            lambda t: t["clocks"]["close"].pop("clause"),
            Problem("value_not_marked", "clocks.close", {"basis": "text", "clause": None}),
        ),
        (
            lambda t: t["clocks"]["close"].pop("limit"),
            Problem("limit_missing", "clocks.close", {"due": "limit"}),
        ),
        (lambda t: t.pop("clocks"), Problem("table_missing", "clocks")),
    ],
)
def test_a_clock_says_where_its_value_comes_from(plant: Plant, problem: Problem) -> None:
    assert planted(plant) == (problem,)


@pytest.mark.parametrize("moments", [{}, {"after": "5 min", "share": 0.5}])
def test_a_rung_has_exactly_one_moment(moments: dict[str, object]) -> None:
    def plant(table: dict[str, Any]) -> None:
        table["clocks"]["close"]["ladder"][1] = {"to": ["area_head"], **moments}

    (problem,) = planted(plant)
    assert (problem.code, problem.where) == ("rung_without_one_moment", "clocks.close.4")
    assert problem.params["count"] == len(moments)


def test_a_clause_is_not_needed_for_a_house_value() -> None:
    def plant(table: dict[str, Any]) -> None:
        table["clocks"]["close"]["basis"] = "house"
        del table["clocks"]["close"]["clause"]

    assert planted(plant) == ()


def test_every_clock_of_the_shipped_procedure_is_marked() -> None:
    kinds = [k for kinds in build(TABLE).clocks.values() for k in kinds.values()]
    assert {k.basis for k in kinds} == {"text", "house"}
    assert all(k.clause for k in kinds)


@pytest.mark.parametrize(
    ("change", "where", "name"),
    [
        ({"zh": "{caller}"}, "messages.urge.zh", "caller"),
        ({"tos": "target"}, "messages.urge", "tos"),
        ({"to": {"urge": "whom"}}, "messages.urge.to.urge", "whom"),
    ],
)
def test_a_text_names_only_fields_that_there_are(
    change: dict[str, Any], where: str, name: str
) -> None:
    (problem,) = planted(lambda table: table["messages"]["urge"].update(change))
    assert (problem.code, problem.where, problem.params["name"]) == ("unknown_field", where, name)


def test_the_codes_are_listed_for_whoever_words_them() -> None:
    folder = Path(check_problem.__file__).parent
    text = "".join(path.read_text() for path in folder.glob("check*.py"))
    used = set(re.findall(r"(?:Problem|_unknown)\(\s*\"([a-z_]+)\"", text))
    assert tuple(sorted(used)) == CODES


@pytest.mark.parametrize(
    ("proposed", "code"),
    [
        ({"mode": "on_the_moon"}, "unknown_value"),
        ({"nothing": "x"}, "unknown_field"),
        ({"location": "=somewhere"}, "unknown_value"),
        ({"location": "=phrase"}, "unknown_value"),
    ],
)
def test_what_a_form_proposes_is_something_that_it_can_hold(
    proposed: dict[str, str], code: str
) -> None:
    found = planted(lambda t: t["acts"]["convene"].update(proposed=proposed))
    assert [(p.code, p.where) for p in found] == [(code, "acts.convene.proposed")]


@pytest.mark.parametrize(
    ("plant", "where"),
    [
        (lambda t: row(t, "T15").update(gaurds=row(t, "T15").pop("guards")), "transitions.T15"),
        (lambda t: t["clocks"]["close"]["ladder"][0].update(notise=True), "clocks.close.ladder"),
        (
            lambda t: t["clocks"]["dispatch"]["variants"]["urgent"].update(limt="9 min"),
            "clocks.dispatch.variants.urgent",
        ),
        (lambda t: t["acts"]["close"].update(bundel=True), "acts.close"),
        (lambda t: t["states"]["closed"].update(hand="mine"), "states.closed"),
    ],
)
def test_a_key_that_nothing_reads_is_named(plant: Plant, where: str) -> None:
    assert {(p.code, p.where) for p in planted(plant)} == {("unknown_key", where)}
