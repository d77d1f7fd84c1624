"""Why a clock is due: its frozen limit explained, and that it stays when the calendar changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dutydesk.workflow.cases.explained import explained
from dutydesk.workflow.cases.model import Clock
from dutydesk.workflow.time.calendar import Calendar, Listed, YearTable
from dutydesk.workflow.time.counting import Counting, due_at
from dutydesk.workflow.time.ledger import Why
from dutydesk.workflow.time.limits import parse
from dutydesk.workflow.time.zone import parse_instant

PLAIN = Calendar.of([YearTable(2030, (Listed(date(2030, 1, 1), "元旦", True),), ("notice",))])
FEAST = Calendar.of([YearTable(2030, (Listed(date(2030, 6, 5), "节", True),), ("notice",))])
START = parse_instant("2030-06-03 10:00")


def clock(limit: str, counted: str) -> Clock:
    switch, _colon, value = counted.partition(":")
    known = {switch: value} if value else {}
    due = due_at(parse(limit), START, counting=Counting.of(known), calendar=PLAIN)
    made = Clock(1, "dispose", "甲", "", START, 1, due, START, "own/1", 1)
    return replace(made, limit=limit, counted=counted)


@pytest.mark.parametrize(
    ("limit", "counted"),
    [
        ("60 min", "elapsed"),
        ("1 natural day", "natural_day:rolling24h"),
        ("3 natural days", "natural_day:next_midnight"),
        ("same day", "same_day"),
        ("5 working days", "working_day:end_of_day"),
        ("5 working days", "working_day:same_clock"),
        ("5 working days", "working_day:8h"),
        ("30 working hours", "working_hours"),
    ],
)
def test_the_ledger_leads_from_start_to_due_by_the_frozen_rule(limit: str, counted: str) -> None:
    run = clock(limit, counted)
    found = explained(run, PLAIN)
    assert found is not None
    assert found.warnings == ()
    assert found.ledger[0].from_at == START
    assert found.ledger[-1].to_at == run.due_at
    assert Why.MOVED not in {stretch.why for stretch in found.ledger}


def test_another_calendar_re_dates_nothing_and_says_what_it_would_be() -> None:
    run = clock("5 working days", "working_day:end_of_day")
    found = explained(run, FEAST)
    assert found is not None
    assert found.ledger[-1].to_at == run.due_at
    (doubt,) = found.warnings
    assert doubt.code == "frozen"
    assert doubt.params["would_be"] == parse_instant("2030-06-12 00:00")
    later = clock("5 working days", "working_day:end_of_day")
    assert later.due_at is not None
    later = replace(later, due_at=later.due_at + timedelta(days=3))
    back = explained(later, PLAIN)
    assert back is not None
    assert back.ledger[-1].why is Why.MOVED
    assert back.ledger[-1].to_at == later.due_at


def test_a_moved_clock_is_counted_anew_from_its_move() -> None:
    again = START + timedelta(minutes=7)
    run = clock("20 min", "elapsed")
    run = replace(run, fresh_at=again, due_at=again + timedelta(minutes=20))
    found = explained(run, PLAIN)
    assert found is not None
    assert [stretch.why for stretch in found.ledger] == [Why.MOVED, Why.ELAPSED]
    assert found.warnings == ()


def test_a_time_that_was_agreed_and_a_clock_without_due_time() -> None:
    run = replace(clock("60 min", "elapsed"), limit="", counted="agreed_time")
    found = explained(run, PLAIN)
    assert found is not None
    assert [stretch.why for stretch in found.ledger] == [Why.AGREED_TIME]
    # A clock from before its limit was kept still has a ledger without a gap.
    old = explained(replace(run, counted=""), PLAIN)
    assert old is not None
    assert [stretch.why for stretch in old.ledger] == [Why.RECORDED]
    assert old.ledger[-1].to_at == run.due_at
    assert explained(replace(run, due_at=None), PLAIN) is None
