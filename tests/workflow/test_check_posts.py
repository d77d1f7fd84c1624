"""Planted faults of posts, acts of the desk and locks: each is named with its place."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from dutydesk.config.procedures import load
from dutydesk.workflow.check import check_table

Table = dict[str, Any]


def lone_units(table: Table) -> None:
    table["desk"]["posts"][2].pop("units")
    table["desk"]["posts"][2]["per"] = "unit"


PLANTED: tuple[tuple[Callable[[Table], object], str, str], ...] = (
    (lambda t: t["desk"]["posts"][0].update(role="kaptain"), "unknown_role", "desk.posts.0"),
    (lambda t: t["desk"]["posts"][0].update(per="street"), "unknown_value", "desk.posts.0"),
    (lambda t: t["desk"]["posts"][0].update(shown="never"), "unknown_value", "desk.posts.0"),
    (lambda t: t["desk"]["posts"][1].update(role="commander"), "named_twice", "desk.posts.1"),
    (lone_units, "units_missing", "desk.posts.2"),
    (lambda t: t["desk"]["hand_over"].update(to=["nobody"]), "unknown_role", "desk"),
    (lambda t: t["acts"]["hand_over"].update(does="hand_ovr"), "unknown_value", "acts.hand_over"),
    (lambda t: t["acts"]["take_over"].update(fields=[]), "unknown_field", "acts.take_over"),
    (lambda t: t["procedure"].update(rollout="soon"), "unknown_value", "procedure"),
    (lambda t: t.update(prescribed={"lock": ["statse"]}), "lock_names_nothing", "prescribed.lock"),
)


@pytest.mark.parametrize(("plant", "code", "where"), PLANTED)
def test_a_planted_fault_is_found(plant: Callable[[Table], object], code: str, where: str) -> None:
    table = copy.deepcopy(dict(load("xinchenglu").raw))
    assert check_table(table) == ()
    plant(table)
    assert (code, where) in [(found.code, found.where) for found in check_table(table)]
