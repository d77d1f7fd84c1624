"""What a procedure says of its place is marked, and a list of the text is whole or empty."""

from __future__ import annotations

import copy
import tomllib
from typing import Any

import pytest

from dutydesk.config.procedures import FOLDER, load, names
from dutydesk.workflow.check import check, check_table
from dutydesk.workflow.check_organisation import supplied

MINHANG = tomllib.loads((FOLDER / "minhang.toml").read_text(encoding="utf-8"))


def slot(table: dict[str, Any], code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(s for s in table["slots"] if s["code"] == code)
    return found


@pytest.mark.parametrize("name", names())
def test_every_shipped_procedure_holds_together(name: str) -> None:
    assert check(load(name)) == ()


@pytest.mark.clause("M-4.1.1.3", "M-4.1.2.5", "M-4.1.3.1", "M-6.1")
def test_what_the_source_does_not_give_is_an_empty_slot_with_its_counts() -> None:
    empty = {s["code"]: (s.get("classes"), s["items"]) for s in MINHANG["slots"] if not supplied(s)}

    assert empty == {
        "residential_tasks": (3, 10),
        "street_tasks": (3, 11),
        "extension_tasks": (3, 5),
        "annexes": (None, 5),
    }


@pytest.mark.clause("M-4.1.1.4")
def test_a_list_is_filled_whole_and_local_items_do_not_count() -> None:
    table = copy.deepcopy(MINHANG)
    whole = [{"class": str(n % 3), "item": f"事项{n}"} for n in range(10)]
    slot(table, "residential_tasks")["entries"] = [
        *whole,
        {"class": "自选", "item": "本地", "own": True},
    ]
    assert check_table(table) == ()

    slot(table, "residential_tasks")["entries"] = whole[:9]
    problem = check_table(table)[0]
    assert (problem.code, problem.where) == ("slot_count", "slots.residential_tasks")
    assert problem.params["count"] == "9 items"


def test_an_entry_without_mark_or_with_a_code_used_twice_is_named() -> None:
    table = copy.deepcopy(MINHANG)
    table["routine"][0].pop("clause")
    table["levels"][1]["code"] = "district"
    found = {(p.code, p.where) for p in check_table(table)}

    assert found == {
        ("value_not_marked", "routine.section_manned"),
        ("unknown_value", "levels.district"),
    }
