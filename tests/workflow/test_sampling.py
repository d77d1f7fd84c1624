"""The monthly sample: strata, the share of each, the lot by a seed, and when it is late (A-18)."""

from __future__ import annotations

import copy
import tomllib
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutydesk.config.procedures import FOLDER, load
from dutydesk.workflow.check import check_table
from dutydesk.workflow.sampling import (
    BOTH,
    CLOSED,
    REPORTED,
    STRATA,
    Quota,
    draw,
    light,
    month_named,
    quota_of,
)
from dutydesk.workflow.time.zone import ZONE

FILE = tomllib.loads((FOLDER / "xinchenglu.toml").read_text(encoding="utf-8"))
NOVEMBER = month_named("2026-11")
assert NOVEMBER is not None


def own() -> Quota:
    found = quota_of(load("xinchenglu").raw["routine"])
    assert found is not None
    return found


@pytest.mark.clause("X-4.2.2.7")
def test_the_worked_instant_7_and_12_and_21_give_4_and_6_and_11_of_40() -> None:
    counts = {REPORTED: 7, CLOSED: 12, BOTH: 21}
    wanted = [own().wanted(counts[name]) for name in STRATA]
    assert (wanted, sum(wanted), sum(counts.values())) == ([4, 6, 11], 21, 40)
    assert own().wanted(0) == 0


def test_the_share_and_its_days_stand_in_the_procedure() -> None:
    table = copy.deepcopy(FILE)
    duty = next(d for d in table["routine"] if "ratio" in d)
    duty["ratio"] = 0.7
    changed = quota_of(table["routine"])
    assert changed is not None
    assert changed.wanted(10) == 7, "seven tenths of ten are seven, whatever binary fractions say"
    assert (own().by, own().settle_workdays, own().warn_day) == ("inspector", 1, 20)
    assert quota_of(load("jinshan").raw.get("routine", ())) is None


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("ratio", 0, "not_a_share"),
        ("ratio", 50, "not_a_share"),
        ("ratio", "1/2", "not_a_share"),
        ("by", "watchman", "unknown_role"),
        ("settle_workdays", 0, "not_within"),
        ("warn_day", 31, "not_within"),
    ],
)
def test_a_share_that_is_none_is_found_in_the_file(name: str, value: object, code: str) -> None:
    table = copy.deepcopy(FILE)
    next(d for d in table["routine"] if "ratio" in d)[name] = value
    found = [(p.code, p.where) for p in check_table(table)]
    assert found == [(code, "routine.monthly_quality_sample")]


def test_a_case_is_in_the_stratum_of_what_fell_into_the_month() -> None:
    assert NOVEMBER is not None
    first, last = NOVEMBER.from_at, NOVEMBER.to_at - timedelta(seconds=1)
    before, after = first - timedelta(seconds=1), NOVEMBER.to_at
    assert NOVEMBER.stratum(first, last) == BOTH
    assert NOVEMBER.stratum(last, None) == REPORTED, "still open at the month's end"
    assert NOVEMBER.stratum(last, after) == REPORTED
    assert NOVEMBER.stratum(before, first) == CLOSED
    assert NOVEMBER.stratum(before, after) is None
    assert (NOVEMBER.name, NOVEMBER.before.name) == ("2026-11", "2026-10")
    assert [month_named(text) for text in ("2026-13", "2026-00", "26-11", "")] == [None] * 4


@given(
    st.sets(st.integers(0, 500), max_size=60), st.sets(st.integers(0, 500), max_size=60), st.data()
)
def test_the_lot_is_by_seed_and_case_alone_and_whoever_was_drawn_stays(
    early: set[int], late: set[int], data: st.DataObject
) -> None:
    quota, seed = own(), data.draw(st.integers(0, 99))
    first = draw(map(str, early), quota.wanted(len(early)), seed, ())
    shuffled = data.draw(st.permutations([str(n) for n in early]))
    assert draw(shuffled, quota.wanted(len(early)), seed, ()) == first
    grown = early | late
    more = draw(map(str, grown), quota.wanted(len(grown)), seed, first)
    assert not set(more) & set(first)
    assert len(first) + len(more) == quota.wanted(len(grown)) >= len(grown) / 2
    assert draw(map(str, grown), quota.wanted(len(grown)), seed, {*first, *more}) == ()


def test_another_seed_draws_other_cases() -> None:
    cases = [str(n) for n in range(40)]
    assert set(draw(cases, 20, 1, ())) != set(draw(cases, 20, 2, ()))


def test_it_is_yellow_from_the_warning_day_and_red_once_late() -> None:
    assert NOVEMBER is not None
    due = datetime(2026, 12, 2, tzinfo=ZONE)
    moments = {19: "", 20: "yellow", 30: "yellow"}
    for day, expected in moments.items():
        at = NOVEMBER.from_at.replace(day=day)
        assert light(at, NOVEMBER, own(), due, done=False) == expected
    assert light(due, NOVEMBER, own(), due, done=False) == "yellow", "at the due moment on time"
    assert light(due + timedelta(seconds=1), NOVEMBER, own(), due, done=False) == "red"
    assert light(due + timedelta(days=9), NOVEMBER, own(), due, done=True) == "green"
