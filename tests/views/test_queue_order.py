"""The queue's pure rules: light, whose turn, order, counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dutydesk.config.procedures import load
from dutydesk.views.queue import (
    BayCount,
    QueueRow,
    arrange,
    bay_counts,
    is_mine,
    joined,
    light,
    make_rows,
)

Make = Callable[..., QueueRow]
NOW = 1_000_000


@pytest.mark.parametrize(
    ("yellow_at", "red_at", "shown"),
    [
        (None, None, "green"),
        (NOW + 1, NOW + 2, "green"),
        (NOW, NOW + 1, "yellow"),
        (NOW - 1, NOW, "red"),
        (None, NOW, "red"),
        (NOW, None, "yellow"),
    ],
)
def test_the_light_turns_at_the_very_moment(
    row: Make, yellow_at: int | None, red_at: int | None, shown: str
) -> None:
    assert light(row(yellow_at=yellow_at, red_at=red_at), NOW) == shown


def test_a_waiting_case_becomes_mine_when_it_turns_red(row: Make) -> None:
    waiting = row(hands="theirs", red_at=NOW)
    assert [is_mine(waiting, NOW - 1), is_mine(waiting, NOW)] == [False, True]


def test_a_case_at_its_end_is_nobodys_turn(row: Make) -> None:
    assert not is_mine(row(bay=None), NOW)
    assert arrange([row(bay=None)], NOW) == ((), ())


@pytest.mark.clause("X-2.10", "X-5.2.3.7")
def test_urgent_stands_above_red_and_red_above_all_others_by_due_time(row: Make) -> None:
    rows = [
        row(no="late", due_at=NOW + 900, red_at=NOW + 900),
        row(no="soon", due_at=NOW + 5, red_at=NOW + 5),
        row(no="red", due_at=NOW - 5, red_at=NOW - 5),
        row(no="redder", due_at=NOW - 9, red_at=NOW - 9, hands="theirs"),
        row(no="urgent", rank=0, track="U", due_at=NOW + 9999, red_at=NOW + 9999),
        row(no="none", due_at=None),
        row(no="away", hands="theirs", due_at=NOW + 50, red_at=NOW + 50),
        row(no="nearer", hands="theirs", due_at=NOW + 40, red_at=NOW + 40),
    ]
    parts = arrange(rows, NOW)
    assert [r.no for r in parts.mine] == ["urgent", "redder", "red", "soon", "late", "none"]
    assert [r.no for r in parts.theirs] == ["nearer", "away"]


def test_a_closed_urgent_case_is_not_on_top(row: Make) -> None:
    rows = [row(no="b"), row(no="a", rank=0, bay=None)]
    assert [r.no for r in arrange(rows, NOW).mine] == ["b"]


def test_every_bay_is_counted_even_an_empty_one(row: Make) -> None:
    procedure = load("xinchenglu")
    rows = [
        row(red_at=NOW, yellow_at=NOW - 1),
        row(yellow_at=NOW, red_at=NOW + 1),
        row(),
        row(bay="结案", state="reviewing"),
        row(bay=None, state="closed"),
    ]
    counts = bay_counts(rows, procedure, NOW)
    none = BayCount(0, 0, 0)
    bays = ["受理", "派单", "处置", "发起", "到场", "协商", "结案", "上报", "街道"]
    assert counts == dict.fromkeys(bays, none) | {
        "派单": BayCount(3, 1, 1),
        "结案": BayCount(1, 0, 0),
    }


def test_stored_lists_are_joined_whatever_they_hold() -> None:
    assert [joined(text, "、") for text in ("[]", '["城管"]', '["a","b\\"c"]')] == [
        "",
        "城管",
        'a、b"c',
    ]


def test_urging_is_counted_once_among_the_marks(row: Make) -> None:
    stored = list(row(urged=3, grid="仓场社区网格"))[:-2]
    stored[QueueRow._fields.index("marks")] = '["回","催"]'
    stored[QueueRow._fields.index("waiting_for")] = '["城管","公安"]'
    made = make_rows([stored], {"to_dispatch": "派单"}, {"仓场社区网格": "仓场"})[0]
    assert (made.marks, made.waiting_for, made.bay, made.grid_short, made.tail) == (
        "回 催3",
        "城管、公安",
        "派单",
        "仓场",
        "0001",
    )
