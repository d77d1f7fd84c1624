"""Due times and their ledgers, exact to the second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutydesk.errors import BadInput
from dutydesk.workflow.time.counting import BeyondCalendar, Counting, NoCalendar
from dutydesk.workflow.time.explaining import due
from dutydesk.workflow.time.ledger import Due, Rule, Stretch, Why
from dutydesk.workflow.time.limits import Limit, LimitKind, parse
from dutydesk.workflow.time.zone import ZONE, iso, parse_instant

MIDNIGHT = Counting(natural_day="next_midnight")
ROLLING = Counting(natural_day="rolling24h")


def due_at(limit: str, start: str, counting: Counting = ROLLING) -> str:
    found = due(parse(limit), parse_instant(start), counting=counting)
    return iso(found.due_at).removesuffix("+08:00")


@pytest.mark.parametrize(
    ("limit", "start", "expected"),
    [
        ("20分钟", "2026-11-20T18:55:07", "2026-11-20T19:15:07"),
        ("60 min", "2026-12-31T23:30", "2027-01-01T00:30:00"),
        ("2紧急工作时", "2026-10-01T23:00", "2026-10-02T01:00:00"),
        ("1个自然日", "2026-11-20T17:00", "2026-11-21T17:00:00"),
        ("3天", "2026-09-30T08:00:01", "2026-10-03T08:00:01"),
        ("1 natural day", "2028-02-28T12:00", "2028-02-29T12:00:00"),
        ("当日", "2026-11-20T00:00", "2026-11-21T00:00:00"),
        ("当日", "2026-11-20T23:59:59", "2026-11-21T00:00:00"),
        ("same day", "2026-12-31T09:00", "2027-01-01T00:00:00"),
    ],
)
def test_elapsed_natural_and_same_day_limits(limit: str, start: str, expected: str) -> None:
    assert due_at(limit, start) == expected


@pytest.mark.parametrize(
    ("limit", "start", "expected"),
    [
        ("1个自然日", "2026-11-20T17:00", "2026-11-22T00:00:00"),
        ("1个自然日", "2026-11-20T00:00", "2026-11-22T00:00:00"),
        ("1个自然日", "2026-11-20T23:59:59", "2026-11-22T00:00:00"),
        ("3天", "2026-12-30T10:00", "2027-01-03T00:00:00"),
        ("60分钟", "2026-11-20T23:30", "2026-11-21T00:30:00"),
    ],
)
def test_the_start_day_is_not_counted_under_next_midnight(
    limit: str, start: str, expected: str
) -> None:
    assert due_at(limit, start, MIDNIGHT) == expected


def test_summer_time_of_the_past_moves_nothing() -> None:
    assert due_at("1个自然日", "1991-04-13T12:00") == "1991-04-14T12:00:00"


def test_the_ledger_says_why() -> None:
    start = datetime(2026, 11, 20, 18, 55, tzinfo=ZONE)
    midnight = datetime(2026, 11, 21, tzinfo=ZONE)
    end = datetime(2026, 11, 22, tzinfo=ZONE)
    assert due(parse("1 natural day"), start, counting=MIDNIGHT) == Due(
        end,
        Rule.NEXT_MIDNIGHT,
        (
            Stretch(start, midnight, 0, Why.START_DAY_NOT_COUNTED),
            Stretch(midnight, end, 86400, Why.NATURAL_DAYS),
        ),
    )
    assert due(parse("1 natural day"), start) == Due(
        start + timedelta(days=1),
        Rule.ROLLING_24H,
        (Stretch(start, start + timedelta(days=1), 86400, Why.NATURAL_DAYS),),
    )
    assert due(parse("当日"), start) == Due(
        midnight, Rule.SAME_DAY, (Stretch(start, midnight, 18300, Why.UNTIL_MIDNIGHT),)
    )
    assert due(parse("10 min"), start) == Due(
        start + timedelta(minutes=10),
        Rule.ELAPSED,
        (Stretch(start, start + timedelta(minutes=10), 600, Why.ELAPSED),),
    )


def test_days_are_those_of_the_counting_zone_wherever_the_start_was_written() -> None:
    evening_in_utc = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    assert iso(due(parse("当日"), evening_in_utc).due_at) == "2026-11-22T00:00:00+08:00"


def test_parts_of_a_second_are_cut_off() -> None:
    start = datetime(2026, 11, 20, 9, 0, 0, 999_999, tzinfo=ZONE)
    assert iso(due(parse("10 min"), start).due_at) == "2026-11-20T09:10:00+08:00"


@pytest.mark.parametrize("text", ["12个工作日", "1 working day", "4工作时"])
def test_working_days_and_hours_need_a_calendar(text: str) -> None:
    with pytest.raises(NoCalendar, match="cannot stand here") as caught:
        due(parse(text), parse_instant("2026-11-20 09:00"))
    assert isinstance(caught.value, BadInput)
    assert caught.value.limit == parse(text)


def test_beyond_the_last_year_is_a_named_error() -> None:
    with pytest.raises(BeyondCalendar):
        due(parse("9999天"), datetime(9990, 1, 1, tzinfo=ZONE))


def test_a_naive_start_and_unknown_switches_are_errors() -> None:
    with pytest.raises(ValueError, match="zone"):
        due(parse("1 h"), datetime(2026, 11, 20))
    with pytest.raises(ValueError, match="natural_day"):
        Counting(natural_day="sometimes")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="working_day"):
        Counting(working_day="sometimes")  # type: ignore[arg-type]


STARTS = st.datetimes(
    datetime(2000, 1, 1),
    datetime(2100, 1, 1),
    timezones=st.sampled_from([ZONE, UTC, timezone(timedelta(hours=-7))]),
)
COUNTED = [LimitKind.MINUTES, LimitKind.HOURS, LimitKind.NATURAL_DAYS]
SECONDS = {LimitKind.MINUTES: 60, LimitKind.HOURS: 3600, LimitKind.NATURAL_DAYS: 86400}


@given(STARTS, st.sampled_from(COUNTED), st.integers(1, 9999), st.sampled_from([ROLLING, MIDNIGHT]))
def test_the_ledger_is_whole_and_adds_up(
    start: datetime, kind: LimitKind, amount: int, counting: Counting
) -> None:
    found = due(Limit(kind, amount), start, counting=counting)
    assert_whole(found, start)
    assert found.counted_s == SECONDS[kind] * amount


@given(STARTS)
def test_the_same_day_counts_to_its_end(start: datetime) -> None:
    found = due(Limit(LimitKind.SAME_DAY, 1), start)
    assert_whole(found, start)
    assert 0 < found.counted_s <= 86400
    assert (found.due_at - timedelta(seconds=1)).date() == start.astimezone(ZONE).date()


@given(STARTS, st.integers(1, 9999))
def test_rolling_is_never_later_than_next_midnight(start: datetime, amount: int) -> None:
    limit = Limit(LimitKind.NATURAL_DAYS, amount)
    assert due(limit, start).due_at < due(limit, start, counting=MIDNIGHT).due_at


def assert_whole(found: Due, start: datetime) -> None:
    """The stretches follow one another from the start to the due time; a counted one counts all."""
    edges = [found.ledger[0].from_at, *(stretch.to_at for stretch in found.ledger)]
    assert edges[0] == start.replace(microsecond=0)
    assert edges[-1] == found.due_at
    assert [stretch.from_at for stretch in found.ledger] == edges[:-1]
    for stretch in found.ledger:
        length = (stretch.to_at - stretch.from_at).total_seconds()
        assert length > 0
        assert stretch.counted_s in (0, length)
