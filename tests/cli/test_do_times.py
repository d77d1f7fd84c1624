"""`dutydesk do --set`: a field that is a time takes it as a form does."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from cli_call import Call

from dutydesk.clock import ZONE, SystemClock

NOTE = ("do", "-", "note", "--by", "commander", "--set", "text=回电", "--json", "--set")


def noted(desk: Call, text: str) -> datetime:
    answer = desk(*NOTE, f"remind_at={text}")
    assert answer.code == 0, answer.err
    found: dict[str, Any] = answer.json["events"][0]["data"]
    return datetime.fromisoformat(found["remind_at"])


def test_minutes_from_now_and_a_time_of_day_ahead(desk: Call) -> None:
    before = SystemClock().now()
    at = noted(desk, "+20")
    assert (
        before
        <= at - timedelta(minutes=20) + timedelta(seconds=1)
        <= SystemClock().now() + (timedelta(seconds=1))
    )
    for text in ("1430", "2210", "22:10", "２２１０"):
        at = noted(desk, text).astimezone(ZONE)
        assert f"{at:%H%M}" in ("1430", "2210")
        assert timedelta(0) <= at - before <= timedelta(days=1, minutes=1)
    tomorrow = noted(desk, "明1400").astimezone(ZONE)
    assert (tomorrow.date() - before.astimezone(ZONE).date()).days in (1, 2)
    assert noted(desk, "2031-01-01T09:00:00+08:00").year == 2031


def test_in_a_field_of_the_past_it_lies_back(desk: Call) -> None:
    register = ("do", "-", "register", "--by", "street_centre", "--json", "--set", "channel=grid")
    given = ("--set", "place=嘉乐路20号", "--set", "description=垃圾")
    for number, text in enumerate(("-7", "2210", "昨1600")):
        answer = desk(*register, *given, "--set", f"external_no=A{number}",
                      "--set", f"reported_at={text}")  # fmt: skip
        assert answer.code == 0, answer.err
        at = datetime.fromisoformat(answer.json["events"][0]["data"]["reported_at"])
        assert at <= SystemClock().now()


@pytest.mark.parametrize("text", ["下午", "2575", "+", "25:00"])
def test_what_is_no_time_is_refused_with_the_forms_and_nothing_is_done(
    desk: Call, text: str
) -> None:
    answer = desk(*NOTE, f"remind_at={text}")
    assert answer.code == 1
    refused = answer.json["refused"]
    assert (refused["code"], refused["params"]["field"]) == ("bad_value", "remind_at")
    for form in ("-7", "+20", "2210", "明1400", "2026-11-20 18:55"):
        assert form in refused["params"]["expected"]
        assert form in answer.err
    assert desk("promises", "--json").out == ""
