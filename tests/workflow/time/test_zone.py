"""Instants as text, and the days of the counting zone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutydesk.workflow.time.zone import (
    ZONE,
    BadInstant,
    InstantReason,
    day_start,
    iso,
    next_midnight,
    parse_instant,
    to_local,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20T18:55:00+08:00", "2026-11-20T18:55:00+08:00"),
        ("2026-11-20T18:55", "2026-11-20T18:55:00+08:00"),
        ("2026-11-20 18:55", "2026-11-20T18:55:00+08:00"),
        (" 2026-11-20  18:55:07 ", "2026-11-20T18:55:07+08:00"),
        ("2026-11-20T10:55:00Z", "2026-11-20T18:55:00+08:00"),
        ("2026-11-20t10:55z", "2026-11-20T18:55:00+08:00"),
        ("2026-11-20T05:55:00.999-0500", "2026-11-20T18:55:00+08:00"),
        ("2026-11-20 18:55:00 +08:00", "2026-11-20T18:55:00+08:00"),
        ("2026-11-20T18:55+08", "2026-11-20T18:55:00+08:00"),
        ("20261120T185500", "2026-11-20T18:55:00+08:00"),
        ("20261120T1855+0800", "2026-11-20T18:55:00+08:00"),
        ("2026-11-20T24:00", "2026-11-21T00:00:00+08:00"),
        ("２０２６-11-20　18:55", "2026-11-20T18:55:00+08:00"),
    ],
)
def test_an_instant_is_read(text: str, expected: str) -> None:
    assert iso(parse_instant(text)) == expected
    assert parse_instant(text).tzinfo is ZONE


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", InstantReason.EMPTY),
        ("  ", InstantReason.EMPTY),
        ("tomorrow", InstantReason.FORM),
        ("18:55", InstantReason.FORM),
        ("2026-11-20T18", InstantReason.FORM),
        ("2026-11-20T18:55:00+08:00x", InstantReason.FORM),
        ("2026-11-20", InstantReason.NO_TIME),
        ("20261120", InstantReason.NO_TIME),
        ("2026-02-30 10:00", InstantReason.NO_SUCH_MOMENT),
        ("2026-11-20 24:01", InstantReason.NO_SUCH_MOMENT),
        ("2026-11-20 18:60", InstantReason.NO_SUCH_MOMENT),
        ("2026-11-20T18:55:00+99:00", InstantReason.NO_SUCH_MOMENT),
        ("2026-11-20T18:55:00+08:75", InstantReason.NO_SUCH_MOMENT),
        ("0001-01-01T00:00", InstantReason.OUT_OF_RANGE),
        ("9999-12-31T24:00", InstantReason.OUT_OF_RANGE),
    ],
)
def test_what_is_no_instant_says_why(text: str, reason: InstantReason) -> None:
    with pytest.raises(BadInstant) as caught:
        parse_instant(text)
    assert (caught.value.text, caught.value.reason) == (text, reason)


def test_the_day_is_that_of_the_zone() -> None:
    at = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    assert to_local(at) == datetime(2026, 11, 21, tzinfo=ZONE)
    assert day_start(at) == datetime(2026, 11, 21, tzinfo=ZONE)
    assert next_midnight(at) == datetime(2026, 11, 22, tzinfo=ZONE)


def test_a_naive_time_is_no_instant() -> None:
    with pytest.raises(ValueError, match="zone"):
        to_local(datetime(2026, 11, 20))


@given(st.datetimes(datetime(1970, 1, 2), datetime(2999, 12, 30), timezones=st.just(UTC)))
def test_what_is_written_is_read_again(at: datetime) -> None:
    assert parse_instant(iso(at)) == at.replace(microsecond=0)
