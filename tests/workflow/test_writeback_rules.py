"""What a procedure says of the platforms is proved, and the ledger follows it."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from world import instant

from dutydesk.config.procedures import FOLDER, load
from dutydesk.workflow.cases.owing import Entry, Owe, Restore, Tick
from dutydesk.workflow.check import check_table

TABLE = tomllib.loads((FOLDER / "xinchenglu.toml").read_text(encoding="utf-8"))
NOW = instant("2026-11-23T09:00")
CLOSE = Entry("1409012611230001", 1, "140901", "hotline_12345", "T-1", "close", NOW)


def orders(table: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = table["writeback"]
    return found


@pytest.mark.parametrize(
    ("plant", "code", "where"),
    [
        (lambda w: w.update(basis="guess"), "value_not_marked", "writeback"),
        (lambda w: w.update(basis="text"), "value_not_marked", "writeback"),
        (
            lambda w: w["acts"].update(closed=w["acts"]["close"]),
            "unknown_verb",
            "writeback.acts.closed",
        ),
        (
            lambda w: w["acts"]["close"].update(covers=["result"]),
            "unknown_verb",
            "writeback.acts.close",
        ),
        (
            lambda w: w["acts"]["close"].update(fields=["phone"]),
            "unknown_field",
            "writeback.acts.close",
        ),
        (lambda w: w["fields"].pop("state"), "unknown_field", "writeback.acts.close"),
        (lambda w: w["acts"]["close"].update(fields=[]), "order_empty", "writeback.acts.close"),
        (
            lambda w: w["channels"].update(fax={}),
            "unknown_value",
            "writeback.channels.fax",
        ),
        (
            lambda w: w["channels"]["grid"].update(note=["at"]),
            "unknown_verb",
            "writeback.channels.grid",
        ),
        (
            lambda w: w["voids"].update(rework="close"),
            "unknown_verb",
            "writeback.voids.rework",
        ),
        (lambda w: w["moves_on"].append("gone"), "unknown_verb", "writeback.moves_on"),
    ],
)
def test_a_fault_in_what_platforms_are_told(
    plant: Callable[[dict[str, Any]], object], code: str, where: str
) -> None:
    table = copy.deepcopy(TABLE)
    plant(orders(table))
    assert (code, where) in {(p.code, p.where) for p in check_table(table)}


def test_a_label_of_the_page_stands_instead_of_the_common_one() -> None:
    rules = load("xinchenglu").writeback
    assert rules.order("grid", "accept")[0] == ("external_no", "任务号")
    assert rules.order("police_110", "accept") == rules.acts["accept"].fields


def test_a_procedure_that_says_nothing_of_platforms_owes_them_nothing() -> None:
    table = {name: part for name, part in TABLE.items() if name != "writeback"}
    assert check_table(table) == ()


def test_the_same_act_is_owed_once_while_it_is_open() -> None:
    book = Owe(CLOSE).apply([CLOSE])
    assert book == [CLOSE]
    entered = Tick(CLOSE.case, NOW, "commander:陈安").apply(book)
    assert len(Owe(CLOSE).apply(entered)) == 2


def test_what_a_batch_ended_is_owed_again_when_the_batch_is_taken_back() -> None:
    ended = Tick(CLOSE.case, NOW, "system", "withdraw", "261123-1").apply([CLOSE])
    assert not ended[0].open
    assert Restore(CLOSE.case, "261123-2").apply(ended) == ended
    assert Restore(CLOSE.case, "261123-1").apply(ended) == [CLOSE]


def test_a_tick_of_one_run_leaves_the_others() -> None:
    second = replace(CLOSE, run=2)
    book = Tick(CLOSE.case, NOW, "x", run=2).apply([CLOSE, second])
    assert [entry.open for entry in book] == [True, False]
