"""The page of coming back counts everything that others did, however much it was."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.storage.queries import since
from dutydesk.views.meanwhile import Meanwhile
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.time.zone import parse_instant

BEGAN = parse_instant("2026-11-20T09:00")
SEAT = "一号席"


def test_others_acts_are_counted_beyond_what_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(since, "LISTED", 4)
    clock = ManualClock(BEGAN)
    desk = memory_desk(clock)
    me = Actor("commander", "陈安")

    def note(text: str, seat: str | None) -> datetime:
        now = clock.advance(minutes=1)
        desk.execute(Act("note", me, now, now, fields={"text": text}, seat=seat))
        return now

    left = note("走前", "二号席")
    for number in range(9):
        note(f"别处 {number}", "二号席" if number % 3 else None)
        note(f"自己 {number}", SEAT)
    found = desk.read(Meanwhile(left, SEAT))
    assert found.acts == 9
    assert found.elsewhere
    assert desk.read(Meanwhile(left - timedelta(minutes=1), SEAT)).acts == 10
    assert desk.read(Meanwhile(clock.now(), SEAT)).acts == 0
