"""Which cases the figures of the find bar name: `/1107+1110`."""

from __future__ import annotations

from datetime import timedelta

import pytest
from shift import NOW, Shift

from dutydesk.clock import ManualClock
from dutydesk.screens.command.several import named, tails


def test_a_number_without_its_day_is_todays_and_of_two_earlier_ones_both_are_told() -> None:
    shift = Shift(ManualClock(NOW - timedelta(days=3)))
    day = 24 * 60
    first, second = shift.case(1, 2 * day), shift.case(2, day)
    assert first[-4:] == second[-4:] == "0001"
    shift.clock.set(NOW)
    (said,) = named(shift.desk, ("0001",)).trouble
    assert first[-6:] in said
    assert second[-6:] in said
    assert [row.no for row in named(shift.desk, (second[-6:],)).rows] == [second]
    today = shift.case(3, 0)
    assert [row.no for row in named(shift.desk, ("0001",)).rows] == [today]
    shift.desk.close()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1107+1110", ("1107", "1110")),
        ("１１０７＋１１１０", ("1107", "1110")),
        ("1107 1110，1115", ("1107", "1110", "1115")),
        ("1107+", ("1107",)),
        ("1107+1107", ("1107",)),
        ("1107", ()),
        ("迎园 12", ()),
        ("+", ()),
        ("", ()),
    ],
)
def test_what_names_several_cases(text: str, found: tuple[str, ...]) -> None:
    assert tails(text) == found
