"""Two desks over one store, a file or a server: what one has in hand is seen at the other."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from signal import SIGKILL

import pytest
from sampled import server_in_soak

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.desk import Desk
from dutydesk.desk.claiming import beat, release, take
from dutydesk.views.claims import Claims, Seats, in_hand, whose_words
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.duty.claims import Sitter

ONE, TWO = Sitter("一号席", "陈安"), Sitter("二号席", "李某")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres"))
    return f"sqlite:///{tmp_path / 'desk.sqlite3'}"


NINE = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
OTHER_DESK = """
import sys, time
from datetime import datetime
from dutydesk.bootstrap import memory_desk
from dutydesk.desk.claiming import beat, take
from dutydesk.workflow.duty.claims import Sitter
address, no, at = sys.argv[1:]
desk, by = memory_desk(datetime.fromisoformat(at), url=address), Sitter("二号席", "李某")
beat(desk, by, no, (), desk.now())
assert take(desk, no, by) is None
print("taken", flush=True)
time.sleep(60)
"""
"""A desk in a process of its own that takes a case and then does nothing."""


def registered(desk: Desk) -> str:
    fields = {"channel": "walk_in", "place": "迎园路 1 号", "description": "路面积水"}
    me = Actor("commander", "陈安")
    done = desk.execute(Act("register", me, desk.now(), desk.now(), None, fields))
    assert done.case is not None
    return done.case.no


@server_in_soak("address")
def test_a_desk_that_is_killed_lets_go_after_ten_minutes(address: str) -> None:
    clock = ManualClock(NINE)
    one = memory_desk(clock, url=address)
    no = registered(one)
    script = [sys.executable, "-c", OTHER_DESK, address, no, NINE.isoformat()]
    with subprocess.Popen(script, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "taken\n"
        other.kill()
    assert other.returncode == -SIGKILL
    clock.advance(minutes=2)
    found = take(one, no, ONE)
    assert found is not None
    assert whose_words(found, one.words, clock.now()) == (
        "在 二号席 李某 手里 2 分钟，该席 09:00 起没有回应，09:10 自动放手"
    )
    clock.advance(minutes=8)
    assert take(one, no, ONE) is None
    one.close()


def test_two_desks_that_open_a_case_in_the_same_second_agree_whose_it_is(address: str) -> None:
    clock = ManualClock(NINE)
    desks = [memory_desk(clock, url=address) for _seat in range(2)]
    no = registered(desks[0])
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda desk, by: take(desk, no, by), desks, (ONE, TWO)))
    (held,) = desks[0].read(Claims())
    assert [claim.seat for claim in found if claim is not None] == [held.seat]
    for desk in desks:
        desk.close()


def test_a_case_goes_from_hand_to_hand(address: str) -> None:
    clock = ManualClock(NINE)
    one, two = memory_desk(clock, url=address), memory_desk(clock, url=address)
    no = registered(one)
    beat(one, ONE, no, (), clock.now())

    mark = two.change_mark()
    assert take(one, no, ONE) is None
    assert two.change_mark() != mark
    assert list(in_hand(two.read(Claims()), "二号席", clock.now())) == [no]
    found = take(two, no, TWO)
    assert found is not None
    assert (found.seat, found.seen_at) == ("一号席", clock.now())
    assert take(two, no, TWO, over=True) is None
    assert [lost.seat for lost in beat(one, ONE, no, (no,), clock.now())] == ["二号席"]
    one.close()  # It dies without a word.
    clock.advance(minutes=10)
    assert in_hand(two.read(Claims()), "三号席", clock.now()) == {}
    assert [row.seat for row in two.read(Seats())] == ["一号席"]
    assert release(two, (no,), TWO) == 1
    two.close()
