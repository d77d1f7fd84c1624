"""The worked example of contracts.md section 4, line by line."""

from __future__ import annotations

import json

import pytest

from tests.acceptance.drilling import act, alarms, clocks, drill, register


def example() -> list[dict[str, object]]:
    due = "2026-11-24T09:10:00+08:00"
    return drill(
        register(upstream_due=due),
        act("09:10", "accept", **{"as": "community", "grid": "嘉乐社区网格"}),
        act("10:09", "dispatch", by="inspector", station="嘉乐社区网格"),
        act("10:11", "dispatch", station="嘉乐社区网格"),
    )


@pytest.mark.clause("X-5.2.2")
def test_the_example_rings_at_forty_eight_minutes_and_at_red() -> None:
    assert alarms(example()) == [
        ("09:40", "dispatch", None, "yellow", ("commander",), False),
        ("09:58", "dispatch", None, "yellow", ("commander",), True),
        ("10:10", "dispatch", None, "red", ("commander",), True),
    ]


def test_the_example_starts_and_stops_its_clocks() -> None:
    assert clocks(example()) == [
        ("triage", None, "started", "24T09:00", None),
        ("triage", None, "stopped", "24T09:00", True),
        ("dispatch", None, "started", "23T10:10", None),
        ("dispatch", None, "stopped", "23T10:10", False),
        ("dispose", "嘉乐社区网格", "started", "24T03:25", None),
    ]


def test_the_disposal_is_due_to_the_second() -> None:
    dispose = next(x for x in example() if x.get("clock") == "dispose")

    assert dispose["due_at"] == "2026-11-24T03:25:15+08:00"


def test_the_refusal_names_code_and_clause_and_speaks_chinese() -> None:
    refused = next(x for x in example() if x["kind"] == "refused")

    assert (refused["code"], refused["clause"], refused["do"]) == (
        "not_your_role",
        "X-5.2.2",
        "dispatch",
    )
    assert "协调指挥员" in str(refused["message"])


def test_the_keys_stand_in_the_order_of_the_contract() -> None:
    lines = example()
    first = {str(x["kind"]): list(x) for x in reversed(lines)}

    assert first["event"] == ["kind", "at", "case", "event", "state", "by", "data"]
    assert first["clock"] == [
        *("kind", "at", "case", "party", "clock", "change", "due_at", "on_time"),
    ]
    assert first["alarm"] == [
        *("kind", "at", "case", "party", "clock", "light", "rung", "to", "rings", "reason"),
    ]
    assert first["refused"] == [
        *("kind", "at", "case", "do", "code", "params", "message", "clause"),
    ]
    assert list(lines[-1]) == ["kind", "cases", "counts"]


def test_the_same_drill_gives_the_same_bytes() -> None:
    assert json.dumps(example(), ensure_ascii=False) == json.dumps(example(), ensure_ascii=False)


def test_the_summary_counts_the_alarms_of_the_case() -> None:
    case = example()[-1]["cases"]["a"]  # type: ignore[index]

    assert (case["state"], case["alarms"]) == ("at_station", 3)
