"""Texts keep to their cells, untrusted ones are made harmless, times are said as on the phone."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutydesk.clock import ZONE
from dutydesk.text import (
    NO_LINE_START,
    absolute,
    clean,
    cut,
    fit,
    fold,
    mask_name,
    mask_numbers,
    mask_phone,
    one_line,
    pad,
    pad_left,
    remaining,
    width,
    wrap,
)

CHINESE = st.text(st.sampled_from("燃气井盖塌陷，行人受阻。需城管 abc 12 （急）—①"), max_size=60)
ANY = st.text(max_size=60)
CELLS = st.integers(min_value=1, max_value=40)


def test_a_wide_character_takes_two_cells() -> None:
    assert [width(text) for text in ("", "a", "急", "急a", "e\u0301", "…", "■")] == [
        0,
        1,
        2,
        3,
        1,
        1,
        1,
    ]


@given(st.one_of(CHINESE, ANY), CELLS)
def test_fit_is_always_exactly_as_wide_as_asked(text: str, cells: int) -> None:
    assert width(fit(text, cells)) == cells


@given(CHINESE, CELLS)
def test_fit_keeps_a_short_text_and_marks_a_cut_one(text: str, cells: int) -> None:
    fitted = fit(text, cells)
    line = one_line(text)
    if width(line) <= cells:
        assert fitted.rstrip() == line
    else:
        head = fitted.rstrip().removesuffix("…")
        assert fitted.rstrip().endswith("…")
        assert line.startswith(head)
        assert head == head.rstrip()


def test_a_cut_through_a_wide_character_leaves_its_blank_after_the_dots() -> None:
    assert fit("井盖塌陷", 6) == "井盖… "
    assert fit("井盖塌陷", 7) == "井盖塌…"
    assert fit("井盖塌陷", 8) == "井盖塌陷"
    assert fit("井盖 塌陷", 6) == "井盖… "
    assert fit("急", 1) == "…"
    assert fit("急", 0) == ""


@given(ANY, CELLS)
def test_cut_loses_nothing(text: str, cells: int) -> None:
    head, tail = cut(text, cells)
    assert head + tail == text
    assert width(head) <= cells


def test_padding_counts_cells() -> None:
    assert (pad("派单", 6), pad_left("47分", 6)) == ("派单  ", "  47分")
    assert (pad("派单", 3), pad_left("派单", 3)) == ("派单", "派单")


@given(CHINESE, st.integers(min_value=4, max_value=40))
def test_wrapped_lines_fit_and_keep_every_character(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert all(width(line) <= cells for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_line_does_not_begin_with_a_full_stop() -> None:
    assert wrap("燃气井盖塌陷。行人", 12) == ["燃气井盖塌", "陷。行人"]
    assert all(line[0] not in NO_LINE_START for line in wrap("井盖，塌陷。行人，受阻。" * 5, 10))


def test_a_narrow_word_is_not_split_where_a_break_stands_before_it() -> None:
    assert wrap("城管 dutydesk 到场", 12) == ["城管", "dutydesk 到", "场"]
    assert wrap("a\n\nb", 10) == ["a", "", "b"]
    assert wrap("", 10) == [""]


@given(st.text(st.characters(), max_size=80))
def test_what_is_clean_stays_clean_and_holds_nothing_that_moves_a_cursor(text: str) -> None:
    cleaned, dropped = clean(text)
    assert clean(cleaned) == (cleaned, 0)
    assert dropped >= 0
    assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n"]
    cleaned.encode("utf-8")


@pytest.mark.parametrize(
    ("raw", "kept", "dropped"),
    [
        ("井盖\x1b[31m塌陷\x1b[0m", "井盖塌陷", 9),
        ("a\x00b\x07c", "abc", 2),
        ("\ud83d坏", "坏", 1),
        ("标题\x1b]0;rm -rf\x07后", "标题后", 11),
        ("左\u202e右", "左右", 1),
        ("一\r\n二\t三\r四", "一\n二\t三\n四", 0),
        ("坏[/b]", "坏[/b]", 0),
    ],
)
def test_clean_drops_and_counts(raw: str, kept: str, dropped: int) -> None:
    assert clean(raw) == (kept, dropped)


def test_one_line_joins_lines_with_one_blank() -> None:
    assert one_line("  沿街\n\t店铺 \u2028 跨门  ") == "沿街 店铺 跨门"


def test_search_folds_width_and_case() -> None:
    assert fold("ＡＢＣ１２３ Straße") == "abc123 strasse"


@given(ANY)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_mobile_number_keeps_three_and_four() -> None:
    assert mask_phone("13900001234") == "139******1234"
    assert mask_phone("+86 139-0000-1234") == "139******1234"
    assert mask_phone("１３９００００１２３４") == "139******1234"
    assert (mask_phone("59990000"), mask_phone("无"), mask_phone("")) == ("******00", "", "")


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_no_masked_mobile_shows_its_middle(phone: str) -> None:
    masked = mask_phone(phone)
    assert masked == f"{phone[:3]}******{phone[7:]}"
    assert mask_numbers(f"来电{phone}，请回") == f"来电{masked}，请回"
    for sign in (" ", "-", "\u3000", "\u00a0"):
        parted = sign.join((phone[:3], phone[3:7], phone[7:]))
        assert mask_numbers(f"来电{parted}，请回") == f"来电{masked}，请回"


def test_a_name_keeps_its_first_character() -> None:
    assert [mask_name(name) for name in ("张三", " 张 三丰", "Ann", "")] == [
        "张**",
        "张**",
        "A**",
        "",
    ]


@pytest.mark.parametrize(
    ("seconds", "chinese", "english"),
    [
        (0, "0:00", "0:00"),
        (134, "2:14", "2:14"),
        (599, "9:59", "9:59"),
        (600, "10分", "10m"),
        (2820, "47分", "47m"),
        (3599, "59分", "59m"),
        (3600, "1时00", "1h00"),
        (11520, "3时12", "3h12"),
        (86399, "23时59", "23h59"),
        (97200, "1日3时", "1d3h"),
        (-134, "2:14", "2:14"),
        (86400 * 10 + 7200, "10日", "10d"),
    ],
)
def test_how_long_is_said_in_the_fewest_words(seconds: int, chinese: str, english: str) -> None:
    assert (remaining(seconds), remaining(seconds, "en")) == (chinese, english)


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_how_long_never_takes_more_than_seven_cells(seconds: int) -> None:
    assert width(remaining(seconds)) <= 7


@pytest.mark.parametrize(
    ("due", "chinese", "english"),
    [
        (datetime(2026, 11, 20, 19, 45), "19:45", "19:45"),
        (datetime(2026, 11, 21, 0, 0), "24:00", "24:00"),
        (datetime(2026, 11, 21, 18, 33), "明18:33", "+1 18:33"),
        (datetime(2026, 11, 22, 0, 0), "明24:00", "+1 24:00"),
        (datetime(2026, 11, 19, 9, 10), "昨09:10", "-1 09:10"),
        (datetime(2026, 11, 20, 0, 0), "00:00", "00:00"),
        (datetime(2026, 11, 23, 9, 0), "11-23", "11-23"),
        (datetime(2027, 1, 3, 9, 0), "2027-01-03", "2027-01-03"),
    ],
)
def test_when_is_said_as_on_the_telephone(
    due: datetime, chinese: str, english: str, evening: datetime
) -> None:
    due = due.replace(tzinfo=ZONE)
    assert (absolute(due, evening), absolute(due, evening, "en")) == (chinese, english)


def test_when_is_counted_in_the_offset_of_the_due(evening: datetime) -> None:
    tomorrow_in_utc = (evening + timedelta(hours=8)).astimezone(UTC)
    assert absolute(tomorrow_in_utc, evening) == "18:55"
    assert absolute(tomorrow_in_utc.astimezone(ZONE), evening) == "明02:55"
