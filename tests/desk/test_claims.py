"""A case in hand at one seat: a mark for the others that lapses by itself and guards nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dutydesk.clock import ManualClock
from dutydesk.desk import Desk
from dutydesk.desk.claiming import beat, release, take
from dutydesk.errors import Refused
from dutydesk.views.claims import Claims, Seats, in_hand, whose_words
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.duty.claims import Sitter

ONE, TWO = Sitter("一号席", "陈安"), Sitter("二号席", "李某")
ME = Actor("commander", "陈安")


def registered(desk: Desk) -> str:
    fields = {"channel": "walk_in", "place": "迎园路 1 号", "description": "路面积水"}
    done = desk.execute(Act("register", ME, desk.now(), desk.now(), None, fields))
    assert done.case is not None
    return done.case.no


def held_by(desk: Desk, seat: Sitter) -> list[str]:
    """What the other seats see in this seat's hands."""
    return list(in_hand(desk.read(Claims()), f"不是{seat.seat}", desk.now()))


def test_the_mark_moves_when_a_claim_comes_goes_or_changes_hands_and_only_then(
    desk: Desk, morning: ManualClock
) -> None:
    no = registered(desk)

    def moved() -> bool:
        nonlocal mark
        before, mark = mark, desk.change_mark()
        return mark != before

    mark = desk.change_mark()
    assert take(desk, no, ONE) is None
    assert moved()
    assert take(desk, no, ONE) is None
    assert not moved()
    morning.advance(seconds=40)
    assert beat(desk, ONE, no, (no,), desk.now()) == ()
    assert not moved()
    assert take(desk, no, TWO) is not None
    assert not moved()
    assert take(desk, no, TWO, over=True) is None
    assert moved()
    assert release(desk, (no,), ONE) == 0
    assert not moved()
    assert release(desk, (no,), TWO) == 1
    assert moved()


def test_what_stands_in_the_way_is_given_and_said(desk: Desk, morning: ManualClock) -> None:
    no = registered(desk)
    beat(desk, TWO, no, (), desk.now())
    take(desk, no, TWO)
    morning.advance(minutes=3)
    beat(desk, TWO, no, (no,), desk.now())

    found = take(desk, no, ONE)

    assert found is not None
    assert (found.seat, found.who) == ("二号席", "李某")
    assert whose_words(found, desk.words, desk.now()) == "在 二号席 李某 手里 3 分钟"


def test_it_lapses_ten_minutes_after_the_last_key(desk: Desk, morning: ManualClock) -> None:
    no = registered(desk)
    take(desk, no, ONE)
    morning.advance(minutes=8)
    beat(desk, ONE, no, (no,), desk.now())
    morning.advance(minutes=9, seconds=59)
    assert held_by(desk, ONE) == [no]
    morning.advance(seconds=1)
    assert held_by(desk, ONE) == []
    assert take(desk, no, TWO) is None


def test_a_seat_that_is_alive_without_a_key_lets_go(desk: Desk, morning: ManualClock) -> None:
    no = registered(desk)
    take(desk, no, ONE)
    last_key = desk.now()
    for _half_minute in range(20):
        morning.advance(seconds=30)
        beat(desk, ONE, no, (no,), last_key)
    assert held_by(desk, ONE) == []
    mark = desk.change_mark()
    beat(desk, ONE, no, (no,), desk.now())
    assert held_by(desk, ONE) == [no]
    assert desk.change_mark() != mark


def test_a_dead_desk_is_said_and_its_claim_lapses_with_nothing_lost(
    desk: Desk, morning: ManualClock
) -> None:
    no = registered(desk)
    beat(desk, TWO, no, (), desk.now())
    take(desk, no, TWO)
    morning.advance(minutes=4)

    found = take(desk, no, ONE)

    assert found is not None
    said = "在 二号席 李某 手里 4 分钟，该席 09:00 起没有回应，09:10 自动放手"
    assert whose_words(found, desk.words, desk.now()) == said
    morning.advance(minutes=6)
    assert take(desk, no, ONE) is None
    assert desk.read(Claims())[0].seat == "一号席"


def test_whoever_lost_a_case_is_told(desk: Desk) -> None:
    no = registered(desk)
    take(desk, no, ONE)
    take(desk, no, TWO, over=True)
    (lost,) = beat(desk, ONE, no, (no,), desk.now())
    assert (lost.no, lost.seat) == (no, "二号席")


def test_it_is_no_lock_two_desks_are_judged_by_the_version(desk: Desk) -> None:
    no = registered(desk)
    take(desk, no, TWO)
    fields = {"as": "community", "grid": "迎园", "category": "市政"}
    seen = Act("accept", ME, desk.now(), desk.now(), no, fields, version=1)
    assert desk.execute(seen).case is not None
    with pytest.raises(Refused, match="stale"):
        desk.execute(seen)


def test_no_claim_on_a_case_that_is_not_there(desk: Desk) -> None:
    assert take(desk, "1409012611230099", ONE) is None
    assert desk.read(Claims()) == ()


def test_what_each_seat_looks_at_the_latest_first(desk: Desk, morning: ManualClock) -> None:
    no = registered(desk)
    beat(desk, ONE, no, (), desk.now())
    morning.advance(seconds=5)
    beat(desk, TWO, None, (), desk.now())
    rows = desk.read(Seats())
    assert [(row.seat, row.who, row.case_no) for row in rows] == [
        ("二号席", "李某", None), ("一号席", "陈安", no),
    ]  # fmt: skip
    assert rows[0].seen_at - rows[1].seen_at == timedelta(seconds=5)
    assert rows[0].area == "140901"
