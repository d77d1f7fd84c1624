"""Moments as they are typed at the desk."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutydesk.clock import ZONE
from dutydesk.config.procedures import load
from dutydesk.config.when import BadWhen, WhenReason, parse_when
from dutydesk.screens.forms.timerows import limit_reading, reading, written
from dutydesk.views.labels import Words

NOW = datetime(2026, 11, 20, 18, 57, 42, tzinfo=ZONE)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(
    lambda at: at.replace(microsecond=0, tzinfo=ZONE)
)


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("-7", NOW - timedelta(minutes=7)),
        ("－７", NOW - timedelta(minutes=7)),
        ("+20", NOW + timedelta(minutes=20)),
        ("-2时", NOW - timedelta(hours=2)),
        ("2210", at(19, 22, 10)),
        ("２２１０", at(19, 22, 10)),
        ("1430", at(20, 14, 30)),
        ("14:30", at(20, 14, 30)),
        ("14：30", at(20, 14, 30)),
        ("930", at(20, 9, 30)),
        ("18:57:42", NOW),
        ("昨2210", at(19, 22, 10)),
        ("明1400", at(21, 14)),
        ("明天 9点", at(21, 9)),
        ("11-18 18:00", at(18, 18)),
        ("11-18 24:00", at(19, 0)),
        ("2026-11-20T18:55:00+08:00", at(20, 18, 55)),
        ("2026-11-20 18:55", at(20, 18, 55)),
    ],
)
def test_each_form_means_one_moment(typed: str, meant: datetime) -> None:
    assert parse_when(typed, NOW) == meant


def test_a_time_of_day_ahead_is_the_next_one() -> None:
    assert parse_when("2210", NOW, ahead=True) == at(20, 22, 10)
    assert parse_when("0830", NOW, ahead=True) == at(21, 8, 30)
    assert parse_when("2400", NOW, ahead=True) == at(21, 0)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", WhenReason.EMPTY),
        ("　", WhenReason.EMPTY),
        ("2560", WhenReason.NO_SUCH_MOMENT),
        ("2401", WhenReason.NO_SUCH_MOMENT),
        ("13-40 10:00", WhenReason.NO_SUCH_MOMENT),
        ("下午", WhenReason.FORM),
        ("7", WhenReason.FORM),
        ("[/b]", WhenReason.FORM),
    ],
)
def test_what_is_no_moment_is_refused_with_its_reason(typed: str, reason: WhenReason) -> None:
    with pytest.raises(BadWhen) as caught:
        parse_when(typed, NOW)
    assert caught.value.reason is reason


@given(MOMENTS, st.integers(0, 1439))
def test_a_bare_time_of_day_is_within_a_day_and_on_its_side(now: datetime, minute: int) -> None:
    typed = f"{minute // 60:02d}{minute % 60:02d}"
    past, ahead = parse_when(typed, now), parse_when(typed, now, ahead=True)
    day = timedelta(days=1)
    assert now - day < past <= now <= ahead < now + day
    assert (past.hour * 60 + past.minute, ahead.hour * 60 + ahead.minute) == (minute, minute)


@given(MOMENTS, st.integers(0, 9999))
def test_minutes_away_and_back_are_the_same_moment(now: datetime, minutes: int) -> None:
    assert parse_when(f"+{minutes}", parse_when(f"-{minutes}", now)) == now


@given(MOMENTS, MOMENTS)
def test_what_a_form_writes_can_be_typed_again(moment: datetime, now: datetime) -> None:
    assert parse_when(written(moment, now), now) == moment or written(moment, now)[2] == ":"
    if moment <= now:
        assert parse_when(written(moment, now), now) == moment


@given(st.text(max_size=30))
def test_any_text_is_a_moment_or_a_plain_refusal(typed: str) -> None:
    with suppress(BadWhen):
        assert parse_when(typed, NOW).utcoffset() == timedelta(hours=8)


def test_a_moment_is_read_back_with_its_distance() -> None:
    words = Words(load("xinchenglu"), "zh_CN")
    assert reading(NOW - timedelta(minutes=7), NOW, words) == "18:50（7分前）"
    assert reading(at(21, 14), NOW, words) == "明14:00（还有 19时02）"
    assert reading(at(24, 0), NOW, words) == "11-23 24:00（还有 3日5时）"
    assert reading(NOW, NOW, words) == "18:57（现在）"


def test_a_limit_is_read_back_as_its_due_time() -> None:
    words = Words(load("xinchenglu"), "zh_CN")
    assert limit_reading("2 小时", NOW, words) == ("→ 至 20:57", "dim")
    assert limit_reading("当日", NOW, words) == ("→ 至 24:00", "dim")
    assert limit_reading("3天", NOW, words) == ("→ 至 11-23 18:57", "dim")
    assert limit_reading("12个工作日", NOW, words)[1] == "amber"
    assert limit_reading("两三天", NOW, words)[0].startswith("第 2 个字起读不懂")
