"""Whatever pauses and deferrals come: nothing is lost, nothing comes sooner, both ways agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutydesk.config.calendars import shipped_calendar
from dutydesk.workflow.cases.adjustments import Wait
from dutydesk.workflow.cases.dating import counting_by, deferred, paused, pauses, resumed, waiting
from dutydesk.workflow.cases.explained import explained
from dutydesk.workflow.cases.model import Clock
from dutydesk.workflow.time.counting import due_at, elapsed_s, plan_of
from dutydesk.workflow.time.ledger import Why
from dutydesk.workflow.time.limits import parse
from dutydesk.workflow.time.zone import parse_instant

CALENDAR = shipped_calendar()
START = parse_instant("2026-02-10 10:17")
LIMITS = [
    ("3 h", "elapsed"),
    ("4 days", "natural_day:rolling24h"),
    ("4 days", "natural_day:next_midnight"),
    ("5 working days", "working_day:end_of_day"),
    ("5 working days", "working_day:same_clock"),
    ("3 working days", "working_day:8h"),
    ("9 working hours", "working_hours"),
]
# Each step: seconds after the one before, and how long the pause is planned and really lasts.
STEPS = st.lists(
    st.tuples(st.integers(1, 40 * 3600), st.integers(60, 30 * 24 * 3600), st.floats(0.01, 1.0)),
    max_size=4,
)


def clock(limit: str, counted: str) -> Clock:
    counting = counting_by(counted)
    due = due_at(parse(limit), START, counting=counting, calendar=CALENDAR)
    seconds = int((due - START).total_seconds())
    made = Clock(1, "dispose", "甲", "", START, seconds, due, START, "own/1", 1)
    return replace(made, limit=limit, counted=counted)


def played(run: Clock, steps: list[tuple[int, int, float]]) -> tuple[Clock, tuple[Wait, ...]]:
    """The clock after its suspensions, each ended early, and what stands on the case of them."""
    at, waits = START, []
    for after, planned, share in steps:
        at += timedelta(seconds=after)
        if run.due_at is None or run.due_at <= at:
            break
        until = at + timedelta(seconds=planned)
        end = at + timedelta(seconds=max(1, int(planned * share)))
        before = run.due_at
        run = paused(run, at, until, CALENDAR)
        assert (run.due_at or START) >= before
        run = resumed(run, end, CALENDAR)
        assert (run.due_at or START) >= before
        waits.append(Wait(len(waits), at, until, "x", "y", to_at=end))
        at = end
    return run, tuple(waits)


@pytest.mark.parametrize(("limit", "counted"), LIMITS)
@given(steps=STEPS)
def test_what_counts_is_what_passed_without_the_pauses(
    limit: str, counted: str, steps: list[tuple[int, int, float]]
) -> None:
    fresh = clock(limit, counted)
    run, waits = played(fresh, steps)
    assert run.due_at is not None
    counting, held = counting_by(counted), pauses(run)
    wanted = due_at(parse(limit), START, counting=counting, calendar=CALENDAR, pauses=held)
    assert run.due_at == wanted
    counted_s = elapsed_s(
        parse(limit), START, run.due_at, counting=counting, calendar=CALENDAR, pauses=held
    )
    assert counted_s == plan_of(parse(limit), START, counting, CALENDAR).seconds
    # Whoever dates the clock anew from the case's own intervals comes to the same instant.
    assert waiting(fresh, waits, CALENDAR).due_at == run.due_at


@pytest.mark.parametrize(("limit", "counted"), LIMITS)
@given(steps=STEPS, other=st.sampled_from(LIMITS))
def test_a_change_of_class_or_rule_loses_no_pause(
    limit: str, counted: str, steps: list[tuple[int, int, float]], other: tuple[str, str]
) -> None:
    _run, waits = played(clock(limit, counted), steps)
    changed = waiting(clock(*other), waits, CALENDAR)
    assert changed.due_at == due_at(
        parse(other[0]),
        START,
        counting=counting_by(other[1]),
        calendar=CALENDAR,
        pauses=pauses(changed),
    )
    stretches = [(held.from_at, held.to_at) for held in changed.held]
    assert stretches == [(wait.from_at, wait.ends_at) for wait in waits]


@pytest.mark.parametrize(("limit", "counted"), LIMITS)
@given(steps=STEPS, longer=st.sampled_from(["2 h", "3 days", "2 working days", ""]))
def test_the_ledger_has_no_gap_and_its_pauses_count_nothing(
    limit: str, counted: str, steps: list[tuple[int, int, float]], longer: str
) -> None:
    fresh = clock(limit, counted)
    assert fresh.due_at is not None
    if longer:
        put_off = deferred(fresh, START, CALENDAR, counting_by(counted), limit=parse(longer))
    else:
        date = fresh.due_at + timedelta(days=2)
        put_off = deferred(fresh, START, CALENDAR, counting_by(counted), due=date)
    run, _waits = played(put_off, steps)
    found = explained(run, CALENDAR)
    assert found is not None
    assert run.due_at is not None
    assert put_off.due_at is not None
    assert run.due_at >= put_off.due_at > fresh.due_at
    edges: list[datetime] = [START, *(stretch.to_at for stretch in found.ledger)]
    assert [stretch.from_at for stretch in found.ledger] == edges[:-1]
    assert edges[-1] == run.due_at
    assert not any(s.counted_s for s in found.ledger if s.why is Why.PAUSED)
