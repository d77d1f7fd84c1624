"""Times in front of the lines of a list: a night passes midnight, a day that is said holds."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dutydesk.clock import ZONE
from dutydesk.config.timed_lines import TimedLine, Typed, timed_lines, typed_now
from dutydesk.config.when import WhenReason

MORNING = datetime(2026, 11, 21, 7, 30, tzinfo=ZONE)


def read(*texts: str, at: datetime = MORNING, again: bool = False) -> tuple[TimedLine, ...]:
    return timed_lines([Typed(text, at, again) for text in texts])


@pytest.mark.parametrize(
    ("texts", "times"),
    [
        (("2210 a", "22:15 b", "2350 c", "0040 d", "0130 e"),
         ("20 22:10", "20 22:15", "20 23:50", "21 00:40", "21 01:30")),
        (("2350 a", "2210 b"), ("20 23:50", "20 22:10")),
        (("0040 a", "2350 b"), ("21 00:40", "20 23:50")),
        (("昨2310 a", "0100 b"), ("20 23:10", "21 01:00")),
        (("前天2310 a", "0100 b", "0050 c"), ("19 23:10", "20 01:00", "21 00:50")),
        (("-7 a", "０７２５ b", "7点10分 c"), ("21 07:23", "21 07:25", "21 07:10")),
        (("11-19 2200 a", "2026-11-19 22:05 b", "2210, c"), ("19 22:00", "19 22:05", "19 22:10")),
        (("明1400 a", "-1 22:10 b"), ("22 14:00", "20 22:10")),
    ],
)  # fmt: skip
def test_each_line_has_its_moment(texts: tuple[str, ...], times: tuple[str, ...]) -> None:
    found = read(*texts)
    assert [f"{one.at:%d %H:%M}" for one in found] == list(times)
    assert [one.words for one in found] == ["a", "b", "c", "d", "e"][: len(found)]


def test_behind_minutes_ago_a_number_is_a_case() -> None:
    (line,) = read("-7 1107 派 仓场")
    assert f"{line.at:%H:%M}" == "07:23"
    assert line.words == "1107 派 仓场"


def test_empty_lines_count_but_are_no_lines() -> None:
    found = read("", "  ", "2210   1107  派 ")
    assert [(one.number, one.text, one.words) for one in found] == [
        (3, "2210 1107 派", "1107 派"),
    ]


@pytest.mark.parametrize(
    ("text", "token", "reason"),
    [
        ("派 1107", "派", WhenReason.FORM),
        ("9999 派", "9999", WhenReason.NO_SUCH_MOMENT),
        ("2460 派", "2460", WhenReason.NO_SUCH_MOMENT),
    ],
)
def test_a_line_without_a_time_says_what_stands_there(
    text: str, token: str, reason: WhenReason
) -> None:
    (line,) = read(text)
    assert line.at is None
    assert line.bad == (token, reason)


def test_a_list_passes_midnight_twice() -> None:
    found = read("前天2350 a", "0040 b", "2355 c", "0010 d", "0700 e")
    said = [f"{one.at:%d %H:%M}" for one in found]
    assert said == ["19 23:50", "20 00:40", "20 23:55", "21 00:10", "21 07:00"]


def test_a_line_means_the_moment_of_its_typing_however_late_it_is_read() -> None:
    later = MORNING + timedelta(hours=26)
    lines = [Typed("-7 a", MORNING), Typed("2210 b", MORNING), Typed("-7 c", later)]
    said = [f"{one.at:%d %H:%M}" for one in timed_lines(lines)]
    assert said == ["21 07:23", "20 22:10", "22 09:23"]
    assert typed_now(lines[0], MORNING) == "-7 a"
    assert typed_now(lines[0], later) == "2026-11-21 07:23 a"
    assert typed_now(lines[1], later) == "2026-11-20 22:10 b"
    (again,) = read(typed_now(lines[1], later), at=later)
    assert f"{again.at:%d %H:%M} {again.words}" == "20 22:10 b"
    assert typed_now(Typed("9999 d", MORNING), later) == "9999 d"


@pytest.mark.parametrize("text", ["-7 a", "＋20 a", "-2小时 a", "−1天, a"])
def test_a_text_that_may_come_again_says_its_time_of_day(text: str) -> None:
    (line,) = read(text, again=True)
    assert line.at is None
    assert line.bad is not None
    assert line.bad[1] is WhenReason.FROM_NOW
    assert read(text)[0].at is not None
    assert read("昨2210 a", again=True)[0].at is not None
