"""Cells as values: every spelling of a moment, a number, a flag."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutydesk.intake.values import (
    cleaned,
    suspect,
    text_of,
    to_flag,
    to_moment,
    to_number,
    to_texts,
    unescaped,
)
from dutydesk.workflow.time.zone import ZONE

MOMENTS = st.datetimes(
    min_value=datetime(1970, 1, 2), max_value=datetime(2900, 1, 1), timezones=st.just(ZONE)
).map(lambda at: at.replace(microsecond=0))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019/4/25 9:32:09", "2019-04-25T09:32:09"),
        ("2019-11-15 10:07:46", "2019-11-15T10:07:46"),
        ("2024-01-31 00:00:00", "2024-01-31T00:00:00"),
        ("2024-01-31", "2024-01-31T00:00:00"),
        ("2024年1月31日", "2024-01-31T00:00:00"),
        ("2024年1月31日 9时5分", "2024-01-31T09:05:00"),
        ("2024年1月31日上午12:05", "2024-01-31T00:05:00"),
        ("2024/1/31 下午2:05:09", "2024-01-31T14:05:09"),
        ("2024/1/31 2:05:09 PM", "2024-01-31T14:05:09"),
        ("2024.1.31 9:32", "2024-01-31T09:32:00"),
        ("２０２４－０１－３１　０９：３２：０９", "2024-01-31T09:32:09"),
        ("20240131", "2024-01-31T00:00:00"),
        ("20240131093209", "2024-01-31T09:32:09"),
        ("45681", "2025-01-24T00:00:00"),
        ("45681.5", "2025-01-24T12:00:00"),
        ("45681.397326388885", "2025-01-24T09:32:09"),
        ("2024-01-31T09:32:09Z", "2024-01-31T17:32:09"),
        ("2024-01-31T09:32:09+08:00", "2024-01-31T09:32:09"),
        ("2024-01-31 09:32:09.987", "2024-01-31T09:32:09"),
        ("2024-01-31 24:00:00", "2024-02-01T00:00:00"),
        ("\n\t2024-01-31 09:32 ", "2024-01-31T09:32:00"),
        ("2024/1/31 星期三", "2024-01-31T00:00:00"),
    ],
)
def test_a_moment_is_read_in_every_spelling_seen(text: str, expected: str) -> None:
    assert to_moment(text) == datetime.fromisoformat(expected).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "昨天",
        "2024-13-01",
        "2024-02-30",
        "31/01/2024",
        "=TODAY()",
        "9:32",
        "1045681",
        "0",
        "24-1-3",
        "2024-01-31 25:00",
        "2024-01-31 24:30",
        "9999-12-31 24:00",
        "1900-01-01",
        "2024-01-31T09:00+99:00",
    ],
)
def test_what_names_no_moment_is_no_moment(text: str) -> None:
    assert to_moment(text) is None


def test_a_layouts_own_date_form_is_read_after_the_common_ones() -> None:
    assert to_moment("31.01.2024", ("%d.%m.%Y",)) == datetime(2024, 1, 31, tzinfo=ZONE)
    assert to_moment("2024-01-31", ("%Y-%d-%m",)) == datetime(2024, 1, 31, tzinfo=ZONE)


@given(MOMENTS)
def test_a_moment_survives_every_form_it_is_written_in(at: datetime) -> None:
    assert to_moment(at.isoformat()) == at
    assert to_moment(f"{at:%Y/%m/%d %H:%M:%S}".replace("/0", "/")) == at
    assert to_moment(f"{at:%Y}年{at.month}月{at.day}日 {at:%H:%M:%S}") == at
    assert to_moment(at.astimezone(UTC).isoformat()) == at
    assert to_moment(text_of(at.replace(tzinfo=None))) == at


@given(st.datetimes(min_value=datetime(1960, 1, 1), max_value=datetime(2118, 1, 1)))
def test_a_serial_number_is_read_to_the_second(at: datetime) -> None:
    at = at.replace(microsecond=0)
    serial = (at - datetime(1899, 12, 30)) / timedelta(days=1)
    if at.year >= 1970:
        assert to_moment(text_of(serial)) == at.replace(tzinfo=ZONE)


@given(st.text())
def test_no_text_breaks_the_reading_of_a_cell(text: str) -> None:
    moment = to_moment(text)
    assert moment is None or moment.utcoffset() == timedelta(hours=8)
    number = to_number(text, ("12345", "SH"))
    assert number is None or not any(character.isspace() for character in number)
    assert to_flag(text) in (True, False, None)
    assert all(part == part.strip() and part for part in to_texts(text))


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_a_text_is_suspect_exactly_when_cleaning_changes_it(text: str) -> None:
    kept, dropped = cleaned(text)
    assert suspect(kept) is False
    if not suspect(text):
        assert (kept, dropped) == (text, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SH20260130000001", "20260130000001"),
        ("12345SH20260130000001", "20260130000001"),
        ("SH-20260130000001", "20260130000001"),
        ("sh20260130000001", "20260130000001"),
        ("ＳＨ２０２６", "2026"),
        ("1234520260130", "20260130"),
        ("12345", "12345"),
        ("SHANGHAI", "SHANGHAI"),
        ("12345678901.0", "678901"),
        ("20260130000001.0", "20260130000001"),
        ('="20260130000001"', "20260130000001"),
        ("'20260130000001", "20260130000001"),
        (" 2026 0130\t", "20260130"),
        ("2611E0000001", "2611E0000001"),
        ("2611A0000001", "2611A0000001"),
    ],
)
def test_a_number_loses_its_prefixes_and_blanks(text: str, expected: str) -> None:
    assert to_number(text, ("12345", "SH")) == expected


@pytest.mark.parametrize("text", ["1.2E+11", "1.20260130E+15", "2e+13", "2.611E+04"])
def test_a_number_that_a_spreadsheet_has_destroyed_is_told_apart(text: str) -> None:
    assert to_number(text) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (12345678901.0, "12345678901"),
        (20261122000001, "20261122000001"),
        (1234567890123456.0, "1.23456789012346E+15"),
        (45681.5, "45681.5"),
        (True, "true"),
        (datetime(2024, 1, 31, 9, 32, 8, 999_999), "2024-01-31 09:32:09"),
    ],
)
def test_a_typed_cell_becomes_its_text(value: object, expected: str) -> None:
    assert text_of(value) == expected


def test_flags_and_lists_and_escapes() -> None:
    assert [to_flag(word) for word in ("是", "１", "TRUE", "紧急", "否", "0", "一般", "也许")] == [
        *[True] * 4,
        *[False] * 3,
        None,
    ]
    assert to_texts("热点、难点, 堵点；") == ("热点", "难点", "堵点")
    assert unescaped("甲_x000D_乙_x_") == "甲\r乙_x_"
    assert cleaned("甲\x00\x1b[31m乙\x1b[0m\ud800\t\n[/b]") == ("甲乙\t\n[/b]", 11)
